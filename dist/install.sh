#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Install Continuo for this user, from the unpacked archive that this script is in.
# Usage: sh install.sh [--uninstall]
#
# The script is installed too, so that `sh ~/.local/share/doc/continuo/install.sh --uninstall`
# needs no archive.  Presets and models of your own are never touched.

set -eu
archive=$(cd "$(dirname "$0")" && pwd)
: "${HOME:?is not set}"
data=$HOME/.local/share
case ${XDG_DATA_HOME:-} in /*) data=$XDG_DATA_HOME ;; esac

# Call $1 with each thing's place in the archive and with the folder it goes to
for_each_thing() {
  for name in continuo continuo-synth; do
    "$1" "lib/lv2/$name.lv2" "$HOME/.lv2"
    "$1" "lib/vst3/$name.vst3" "$HOME/.vst3"
    "$1" "lib/clap/$name.clap" "$HOME/.clap"
    "$1" "lib/vst/$name-vst2.so" "$HOME/.vst"
    "$1" "bin/$name-jack" "$HOME/.local/bin"
    "$1" "share/man/man1/$name-jack.1.gz" "$data/man/man1"
    "$1" "share/applications/$name-jack.desktop" "$data/applications"
  done
  "$1" bin/continuo "$HOME/.local/bin"
  "$1" share/man/man1/continuo.1.gz "$data/man/man1"
  "$1" share/metainfo/continuo-jack.metainfo.xml "$data/metainfo"
  "$1" share/icons/hicolor/scalable/apps/continuo.svg "$data/icons/hicolor/scalable/apps"
  "$1" share/doc/continuo "$data/doc"
}

# Whether $1 is of the instrument, and was built without FluidSynth
is_left_out() {
  case $1 in
    *continuo-synth*) [ ! -e "$archive/bin/continuo-synth-jack" ] ;;
    *) false ;;
  esac
}

check() {
  if [ ! -e "$archive/$1" ] && ! is_left_out "$1"; then
    echo "install.sh: $1 is missing beside it; run it from the unpacked archive" >&2
    exit 1
  fi
}

# Away with the old one first: a host may have it open, and must keep what it opened
install_thing() {
  is_left_out "$1" && return
  mkdir -p "$2"
  rm -rf "${2:?}/${1##*/}"
  cp -R "$archive/$1" "$2"
}

# A folder that becomes empty goes too
uninstall_thing() {
  rm -rf "${2:?}/${1##*/}"
  rmdir "$2" 2>/dev/null || true
}

# The bin folder need not be on the PATH of a menu
point_menus_at_programs() {
  for name in continuo-jack continuo-synth-jack; do
    menu=$data/applications/$name.desktop
    if [ -e "$menu" ]; then
      sed "s|^Exec=.*|Exec=\"$HOME/.local/bin/$name\"|" "$menu" >"$menu.new"
      mv "$menu.new" "$menu"
    fi
  done
}

case ${1:-} in
  --uninstall)
    for_each_thing uninstall_thing
    echo "Continuo is uninstalled; presets and models of your own are still there."
    ;;
  "")
    for_each_thing check
    for_each_thing install_thing
    point_menus_at_programs
    cp "$archive/install.sh" "$data/doc/continuo"
    echo "Continuo is installed for $(id -un): plugins in ~/.lv2, ~/.vst3, ~/.clap and ~/.vst,"
    echo "programs in ~/.local/bin.  To remove it: sh $data/doc/continuo/install.sh --uninstall"
    ;;
  *)
    echo "Usage: sh install.sh [--uninstall]" >&2
    exit 1
    ;;
esac

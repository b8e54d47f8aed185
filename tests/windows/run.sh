#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugins are built for Windows: they export what hosts ask for, and need Windows alone.
# With Wine, the CLAP plays there what it plays here, and keeps it in its state.
# Usage: run.sh ROOT BUILD DPF_DIR CLAP_PROBE CLAP VERSION
#
# Where there is no compiler, or no source of cJSON to be had, the test is skipped; where
# CI=true it fails.

set -eu
root=$1 build=$2 dpf=$3 probe=$4 clap=$5 version=$6
triple=x86_64-w64-mingw32

# Leave the test, as $1
leave() {
  echo "$1"
  [ "${CI:-}" = true ] && exit 1
  exit 77
}
for command in "$triple-g++-posix" "$triple-objdump"; do
  command -v "$command" >/dev/null || leave "$command is missing"
done

if ! cmake -S "$root" -B "$build" -DCMAKE_TOOLCHAIN_FILE="$root/dist/windows.cmake" \
  -DCONTINUO_WERROR=ON -DDPF_DIR="$dpf" >"$build.log" 2>&1; then
  cat "$build.log"
  if grep -q "downloading 'http.*cjson.* failed" "$build.log"; then
    leave "the source of cJSON cannot be downloaded"
  fi
  exit 1
fi
if ! cmake --build "$build" --target continuo-midi-vst3 continuo-midi-clap >"$build.log" 2>&1; then
  cat "$build.log"
  exit 1
fi

# Module $1 exports the other arguments, and needs no libraries but Windows' own
check() {
  module=$1
  shift
  "$triple-objdump" -p "$module" >"$build.log"
  for symbol in "$@"; do
    if ! grep -qE "\] $symbol\$" "$build.log"; then
      echo "$module does not export $symbol"
      exit 1
    fi
  done
  needs=$(sed -n 's/.*DLL Name: //p' "$build.log" | tr 'A-Z\n' 'a-z ')
  for library in $needs; do
    case $library in
      kernel32.dll | msvcrt.dll) ;;
      *)
        echo "$module needs $library"
        exit 1
        ;;
    esac
  done
  echo "$(basename "$module") exports $*, and needs $needs"
}
there=$build/clap/continuo.clap
check "$build/vst3/continuo.vst3/Contents/x86_64-win/continuo.vst3" GetPluginFactory InitDll ExitDll
check "$there" clap_entry

wine=
for command in wine64 wine /usr/lib/wine/wine64; do
  if command -v "$command" >/dev/null; then
    wine=$command
    break
  fi
done
if [ -z "$wine" ]; then
  echo "Wine is not installed: not played"
  exit 0
fi

# Built as it is here, but for the way to a library
hosts=$root/tests/hosts notes=$root/tests/fake_host
"$triple-gcc-posix" -std=gnu11 -O1 -static -I"$(dirname "$0")" -I"$hosts" -I"$notes" \
  -I"$root/core" -isystem "$dpf/distrho/src" -DCONTINUO_VERSION="\"$version\"" \
  "$hosts"/clap_probe.c "$hosts"/probe.c "$hosts"/probe_plan.c "$hosts"/pieces.c \
  "$notes"/note_list.c "$build"/core/libcontinuo.a -o "$build/probe.exe"

home=$(mktemp -d)
export WINEPREFIX="$home/wine" WINEDEBUG=-all DISPLAY=
server=/usr/lib/wine/wineserver
trap '"$server" -k 2>/dev/null || true; rm -rf "$home"' EXIT
trap 'exit 143' INT TERM HUP

# Play twice: with settings, and from the state that this leaves.  $1 is a list's name, the
# others are a host
play() {
  list=$1
  shift
  "$@" -w 0.5 -e -q 32 -t 160 -s seed=7 -s key=2 -s style=0 -N -S "$home/$list.state" "$plugin" \
    2>>"$home/log" | tr -d '\r' >"$home/$list.txt"
  "$@" -w 0.5 -e -q 32 -t 160 -R "$home/$list.state" "$plugin" \
    2>>"$home/log" | tr -d '\r' >>"$home/$list.txt"
}
plugin=$clap
play here "$probe"
plugin=$there
play there timeout 60 "$wine" "$build/probe.exe"
if ! cmp "$home/here.txt" "$home/there.txt"; then
  diff "$home/here.txt" "$home/there.txt" | head -20
  cat "$home/log"
  exit 1
fi
echo "$(grep -c '^[0-9]' "$home/there.txt") notes, the same as here"

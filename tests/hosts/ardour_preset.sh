#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# A preset of the user that Ardour saved is loaded in another session, and plays the same.  A
# new take makes it music that no parameter tells of.
# Usage: ardour_preset.sh BUNDLES TEMPO LV2|VST3

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
# shellcheck source=tests/hosts/ardour_phase.sh
. "$here/ardour_phase.sh"
bundles=$1 tempo=$2 format=$3
preset="My own"

need ardour7-lua lv2info
need_python mido
make_home
use_bundles "$bundles"
export LV2_PATH="$HOME/.lv2:$LV2_PATH" # Where presets are saved

create_session "$bundles" "$format" "$tempo" new_take=1
mv "$home/session" "$home/mine"
settings=
create_session "$bundles" "$format" "$tempo"

# Bounce session $1, and keep the list as $2
bounce() {
  phase bounced bounce "$home/$1" "$host_quarters" "$tempo"
  mv "$home/bounce.txt" "$home/$2.txt"
}
bounce mine mine
bounce session before
phase save preset "$home/mine" save "$preset"
phase load preset "$home/session" load "$preset"
bounce session after

# Whether list $1 is mine
is_mine() {
  "$python" -B "$here/same_notes.py" "$home/mine.txt" "$home/$1.txt" --bars "$bars" \
    --tolerance "$(ardour_tolerance "$tempo")"
}
if is_mine before >/dev/null; then
  echo "it was the same before"
  exit 1
fi
is_mine after

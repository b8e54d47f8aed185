# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# shellcheck shell=sh disable=SC2154 # Variables meet in the scripts

# Ardour by its Lua, a process for each phase, to be sourced

# Run the phase $2 with the other arguments; it must print $1 at its end.  Its output is
# left in $home/$2.txt
phase() {
  last_line=$1 script=$2
  shift 2
  ardour7-lua "$here/ardour_$script.lua" "$@" >"$home/$script.txt" 2>"$home/$script.log" || true
  if ! grep -qx "$last_line" "$home/$script.txt"; then
    cat "$home/$script.txt" "$home/$script.log"
    exit 1
  fi
}

# Make $home/session at tempo $1, with the settings of expect.sh and then those in $2
create_session() {
  ardour_tempo=$1 more=${2:-}
  set --
  for setting in $settings $more; do
    set -- "$@" "$(port_name "$uri" "${setting%%=*}")=${setting#*=}"
  done
  phase created create "$home/session" "$uri" "$ardour_tempo" "$@"
}

# Ardour rounds to 1920 ticks a quarter at tempo $1, from a frame that was rounded before
ardour_tolerance() {
  awk -v frame="$(frames_in_quarters "$1" 1.5)" 'BEGIN { print frame + 1 / 1920 }'
}

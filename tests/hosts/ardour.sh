#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugin in Ardour: a session is made, and bounced in a second process.
# Usage: ardour.sh BUNDLES COMMAND_LINE TEMPO

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
bundles=$1 continuo=$2 tempo=$3

need ardour7-lua lv2info
need_python mido
make_home
use_bundles "$bundles"
write_expected "$continuo" "$tempo"

# Run the phase $1 with the other arguments; it must print $done at its end
phase() {
  script=$1
  shift
  ardour7-lua "$here/ardour_$script.lua" "$@" >"$home/$script.txt" 2>"$home/$script.log" || true
  if ! grep -qx "$done" "$home/$script.txt"; then
    cat "$home/$script.txt" "$home/$script.log"
    exit 1
  fi
}

set --
for setting in $settings; do
  set -- "$@" "$(port_name "$uri" "${setting%%=*}")=${setting#*=}"
done
done=created
phase create "$home/session" "$uri" "$tempo" "$@"
done=bounced
phase bounce "$home/session" "$host_quarters" "$tempo"
mv "$home/bounce.txt" "$home/played.txt"

# Ardour rounds to 1920 ticks a quarter, from a frame that was rounded before
check_played "$tempo" "$(awk -v frame="$(frames_in_quarters "$tempo" 1.5)" 'BEGIN { print frame + 1 / 1920 }')"

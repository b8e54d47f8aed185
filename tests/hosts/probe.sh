#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugin in lv2_probe, whatever the blocks and however the position is told.
# Usage: probe.sh BUNDLES COMMAND_LINE LV2_PROBE TEMPO

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
bundles=$1 continuo=$2 probe=$3 tempo=$4

need "$probe"
need_python mido
make_home
use_bundles "$bundles"
write_expected "$continuo" "$tempo"

set --
for setting in $settings; do
  set -- "$@" -s "$setting"
done

# Faster than real time, as in a bounce, after it stood as hosts do
for way in "-w 0.5 -b 64" "-w 0.5 -b 512 -e" "-w 0.5 -b 4096"; do
  # shellcheck disable=SC2086 # Options are words
  "$probe" $way -q "$host_quarters" -t "$tempo" "$@" "$uri" >"$home/played.txt"
  echo "$way:"
  check_played "$tempo" "$(frames_in_quarters "$tempo" 1.5)"
done

# Switched off it is silent
"$probe" -q 8 -t "$tempo" -s bypass=1 "$@" "$uri" >"$home/off.txt"
grep -q "^# sounding 0" "$home/off.txt"
if grep -q "^[0-9]" "$home/off.txt"; then
  echo "bypassed, and yet there are notes"
  exit 1
fi

# A host with a lead-in begins before zero, where nothing is played
for way in "-b 256" "-b 1000 -e"; do
  # shellcheck disable=SC2086
  "$probe" $way -w 0.5 -p 8 -q "$host_quarters" -t "$tempo" "$@" "$uri" >"$home/played.txt"
  echo "$way, from two bars before zero:"
  check_played "$tempo" "$(frames_in_quarters "$tempo" 1.5)"
done

# One that never tells a position hears what others hear at 120, and no stop
"$probe" -n -q 33 "$uri" >"$home/free.txt"
"$probe" -q 33 "$uri" >"$home/told.txt"
for list in free told; do
  awk '/^[0-9]/ && $1 < 32 { print $1, $3, $4 }' "$home/$list.txt" >"$home/$list.notes"
done
if ! [ -s "$home/free.notes" ] || ! diff "$home/told.notes" "$home/free.notes"; then
  echo "without a position there are other notes"
  exit 1
fi

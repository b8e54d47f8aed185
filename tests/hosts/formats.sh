#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugin plays the same notes in all formats, to the frame, whatever the host does.
# Usage: formats.sh BUNDLES PROBES

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
bundles=$1 probes=$2
formats="lv2 vst3 clap vst2"
tempo=160
quarters=32

for format in $formats; do
  need "$probes/${format}_probe"
done
need_python mido
make_home
use_bundles "$bundles"

# Play with the other options in format $1 into $home/$1.txt, and say nothing on the way
play() {
  format=$1
  shift
  "$probes/${format}_probe" -t "$tempo" "$@" "$(plugin_in "$bundles" "$format")" \
    >"$home/$format.txt" 2>"$home/errors"
  if [ -s "$home/errors" ]; then
    echo "in $format something is said:"
    cat "$home/errors"
    exit 1
  fi
}

# Play with these options in all formats, and see whether the notes are the same
is_same() {
  lists=
  for format in $formats; do
    play "$format" -w 0.3 -q "$quarters" "$@"
    lists="$lists $home/$format.txt"
  done
  # shellcheck disable=SC2086 # Lists are words
  "$python" -B "$here/same_notes.py" $lists --bars "$((quarters / 4))" \
    --tolerance "$(frames_in_quarters "$tempo" 1.01)"
}

# The same, with the settings, and thrice if need be: these hosts run ahead of real time, and
# on a busy machine a note may come too late for its place
compare() {
  echo "$*:"
  for setting in $settings; do
    set -- "$@" -s "$setting"
  done
  is_same "$@" || is_same "$@" || is_same "$@"
}

# Blocks of any size, a position that is told on changes only where a format can, and
# fractions as settings
compare -b 64
compare -b 4096 -e -s temperature=0.85 -s style_strength=2.4 -s scale_lock=0.33

# Other meters, after a lead-in that is no whole number of bars
compare -e -m 6/8
compare -e -m 7/8 -p 5
compare -e -m 1/8 -p 1

# A loop, a change of tempo, and an end while it plays
compare -e -l 10:16.5
compare -e -p 4 -l 3:7 -c 20:97
compare -e -c 9.3:211 -b 1000
compare -e -d 13.2

# What is played to it comes out again
compare -e -b 333 -k 81
for format in $formats; do
  grep -qx "1.000000 1.000000 60 81 15" "$home/$format.txt" || { echo "no key in $format"; exit 1; }
done

# A new take comes as often as it is asked for
for presses in "" -N "-N -N"; do
  # shellcheck disable=SC2086 # Options are words
  compare -e -b 512 $presses
  cp "$home/lv2.txt" "$home/take$presses.txt"
done
if cmp -s "$home/take.txt" "$home/take-N.txt" || cmp -s "$home/take-N.txt" "$home/take-N -N.txt"; then
  echo "a new take is no other"
  exit 1
fi

# Switched off they are silent, and without a position they play freely
for format in $formats; do
  play "$format" -q 8 -s bypass=1
  if grep "^[0-9]" "$home/$format.txt"; then
    echo "bypassed, and yet there are notes in $format"
    exit 1
  fi
  play "$format" -n -q "$quarters"
  grep "^[0-9]" "$home/$format.txt" >"$home/$format.notes"
  cmp "$home/lv2.notes" "$home/$format.notes"
done

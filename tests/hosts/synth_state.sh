#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# What is set of the instrument travels in its state: levels, programs, and the SoundFont by its
# path.  One that has gone is named, and the session still has its name.
# Usage: synth_state.sh BUNDLES LV2_PROBE

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
bundles=$1 probe=$2
plugin=urn:continuo:synth

need "$probe"
make_home
use_bundles "$bundles"
# What the tests of the system have: two of any kind will do
fonts=$(ls /usr/share/sounds/sf2/*.sf2 /usr/share/sounds/sf3/*.sf3 2>/dev/null || true)
font=$(echo "$fonts" | head -n 1)
[ -n "$font" ] || need "a SoundFont in /usr/share/sounds"
cp "$font" "$home/own.sf2"

# Play into $home/$1.sound and $home/$1.txt, without effects, which go on as they did before
play() {
  name=$1
  shift
  "$probe" -w 0.3 -q 8 -t 160 -b 256 -e -A "$home/$name.sound" "$@" "$plugin" \
    >"$home/$name.txt" 2>"$home/errors"
}
is_same() {
  cmp "$home/$1.sound" "$home/$2.sound"
}
is_other() {
  if cmp -s "$home/$1.sound" "$home/$2.sound"; then
    echo "$1 sounds like $2"
    exit 1
  fi
}

play usual -s reverb=0
for setting in gain=-12 chorus=0.7 program_right=20 "program_left=7 -s bank_left=8"; do
  # shellcheck disable=SC2086 # Settings may be two
  play set -s reverb=0 -s $setting -S "$home/state"
  is_other set usual
  play restored -R "$home/state"
  is_same set restored
done

# The system's SoundFont has a name that is no path
grep -q "urn:continuo:synth#soundfont" "$home/state/state.ttl"
grep "soundfont" "$home/state/state.ttl"

# Another, by its path, is kept and heard: that it is a copy tells it from none
sed "s|\(#soundfont> *\)<[^>]*>|\1<file://$home/own.sf2>|" "$home/state/state.ttl" >"$home/ttl"
cp "$home/ttl" "$home/state/state.ttl"
play own -R "$home/state" -S "$home/again"
is_same own restored
cat "$home/errors"
[ ! -s "$home/errors" ]
grep -q "own.sf2" "$home/again/state.ttl"

# It has gone: a sentence, the system's is heard, and the next save still knows the name
rm "$home/own.sf2"
play gone -R "$home/again" -S "$home/third"
cat "$home/errors"
grep -q "^Continuo: The SoundFont .*own.sf2 is not played: there is no such file" "$home/errors"
is_same gone restored
grep -q "own.sf2" "$home/third/state.ttl"

#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The instrument plays what the MIDI effect plays, in all formats, and is heard then.
# Usage: synth.sh BUNDLES PROBES

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
bundles=$1 probes=$2
formats="lv2 vst3 clap vst2"
tempo=120

for format in $formats; do
  need "$probes/${format}_probe"
done
need_python mido, numpy
make_home
use_bundles "$bundles"

# Play with the options $3 on, faster than real time, the plugin $2 in format $1
play() {
  probe=$probes/${1}_probe plugin=$(plugin_in "$bundles" "$1" "$2")
  shift 2
  "$probe" -w 0.3 -q "$host_quarters" -t "$tempo" "$@" "$plugin"
}

# Listen to format $1 with the other options
listen() {
  format=$1
  shift
  play "$format" continuo-synth -A "$home/sound" "$@" >"$home/heard.txt"
  cmp "$home/played.notes" "$(notes_of heard)"
  latency=$(sed -n 's/^@ latency //p' "$home/heard.txt")
  [ "$latency" -gt 0 ]
  "$python" -B "$here/sound.py" "$home/sound" "$home/heard.txt" --tempo "$tempo" \
    --latency "$latency"
}

notes_of() {
  grep "^[0-9]" "$home/$1.txt" >"$home/$1.notes"
  echo "$home/$1.notes"
}

# A harpsichord, a quartet on channels of its own, a piano in long blocks
for options in "-s style=8 -b 64" "-s style=3 -s ensemble=5 -s channel_mode=1 -b 256 -e" \
  "-s style=4 -b 4096 -e"; do
  # shellcheck disable=SC2086 # Options are words
  play lv2 continuo $options -s seed=7 >"$home/played.txt"
  notes_of played >/dev/null
  for format in $formats; do
    echo "$options in $format:"
    # shellcheck disable=SC2086
    listen "$format" $options -s seed=7
  done
done

# Live it sounds as in a bounce, to the bit; thrice if need be, as a busy machine may be late
is_live_same() {
  play lv2 continuo-synth -A "$home/live" -b 512 -e -r -s seed=7 -q 16 >"$home/live.txt"
  cmp "$home/live" "$home/bounce"
}
play lv2 continuo-synth -A "$home/bounce" -b 512 -e -s seed=7 -q 16 >"$home/bounce.txt"
is_live_same || is_live_same || is_live_same

# What it says of itself is what was meant
lv2info urn:continuo:synth >"$home/info"
for line in "Class: *Instrument Plugin" "Name: *Continuo Synth$" hardRTCapable \
  "Symbol: *program_right$" "Symbol: *underruns$" "Symbol: *lv2_latency$"; do
  grep -q "$line" "$home/info" || { echo "lv2info does not say: $line"; exit 1; }
done
n_audio=$(grep -c "core#AudioPort" "$home/info" || true)
[ "$n_audio" = 2 ]

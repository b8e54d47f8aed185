#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The instrument in Ardour: a stereo export has sound where the notes are.
# Usage: ardour_sound.sh BUNDLES LV2_PROBE TEMPO LV2|VST3

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
# shellcheck source=tests/hosts/ardour_phase.sh
. "$here/ardour_phase.sh"
bundles=$1 probe=$2 tempo=$3 format=$4
uri=urn:continuo:synth plugin=continuo-synth
settings="seed=7 style=4"

need ardour7-lua lv2info "$probe"
need_python mido, numpy
make_home
use_bundles "$bundles"

# What the MIDI effect plays, less what the export may cut off
set --
for setting in $settings; do
  set -- "$@" -s "$setting"
done
"$probe" -w 0.5 -e -q "$host_quarters" -t "$tempo" "$@" urn:continuo:midi >"$home/played.txt"

create_session "$bundles" "$format" "$tempo"
mkdir -p "$home/session/export"
# At the end of an export Ardour 7.3 dies now and then, in ExportGraphBuilder::reset()
(phase exported export "$home/session" "$host_quarters" "$tempo" song) ||
  phase exported export "$home/session" "$host_quarters" "$tempo" song
cat "$home/export.txt"
for count in late_notes underruns; do
  grep -qx "# $count 0" "$home/export.txt"
done

# Ardour 7 exports an instrument as late as its latency says; a newer one may not
latency=$(sed -n 's/^latency //p' "$home/export.txt")
check() {
  "$python" -B "$here/sound.py" "$home/session/export/song.wav" "$home/played.txt" \
    --tempo "$tempo" --latency "$1"
}
check "$latency" || check 0

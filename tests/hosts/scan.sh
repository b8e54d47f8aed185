#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Qtractor's scanner finds the CLAP and the VST2: MIDI in and out, all the controls, and no audio
# but the instrument's.  Usage: scan.sh BUNDLES COMMAND_LINE

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
bundles=$1 continuo=$2
scanner=$(echo /usr/lib/*/qtractor/qtractor_plugin_scan)

need "$scanner"
make_home
export QT_QPA_PLATFORM=offscreen

# Outputs are the last of the list, with ranges but no default that could be set
n_outputs=2
n_inputs=$(($("$continuo" list parameters | wc -l) - n_outputs))

# Scan $2 as $1, which must be told as $3, with the name $4 and the audio $5
check() {
  found=$(echo "$1:$2" | "$scanner")
  echo "$found"
  case $found in
    *"|$4|$5|1:1|$3|"*) ;;
    *)
      echo "that is not $3"
      exit 1
      ;;
  esac
}
check CLAP "$(plugin_in "$bundles" clap)" "$n_inputs:$n_outputs" Continuo 0:0
check VST2 "$(plugin_in "$bundles" vst2)" "$n_inputs:0" Continuo 0:0 # VST2 has no outputs

# The instrument has as many more as its table
synth=$(dirname "$bundles")/jack/continuo-synth-jack
if [ -x "$synth" ]; then
  n_own_outputs=$("$synth" --help | grep -c " output  ")
  n_own=$("$synth" --help | grep -c "^  [a-z_]*  ")
  n_inputs=$((n_inputs + n_own - n_own_outputs))
  n_outputs=$((n_outputs + n_own_outputs))
  check CLAP "$(plugin_in "$bundles" clap continuo-synth)" "$n_inputs:$n_outputs" "Continuo Synth" 0:2
  check VST2 "$(plugin_in "$bundles" vst2 continuo-synth)" "$n_inputs:0" "Continuo Synth" 0:2
fi

#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The windows of CLAP, VST2 and VST3 on a display.
# Usage: windows.sh BUNDLES WINDOWS VST3_WINDOW

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/../hosts/lib.sh"
# shellcheck source=tests/editor/display.sh
. "$here/display.sh"

need Xvfb
make_home
start_display
for format in clap vst2; do
  "$2" "$format" "$(plugin_in "$1" "$format")"
  synth=$(plugin_in "$1" "$format" continuo-synth)
  [ ! -e "$synth" ] || "$2" "$format" "$synth" synth
done
"$3" "$(plugin_in "$1" vst3)"
synth=$(plugin_in "$1" vst3 continuo-synth)
[ ! -e "$synth" ] || "$3" "$synth" synth

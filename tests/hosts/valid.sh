#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The bundles' data are valid LV2, and what hosts read of the MIDI effect is what was meant.
# Usage: valid.sh BUNDLES

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
bundles=$1

need lv2_validate sord_validate lv2info
make_home
use_bundles "$bundles"

# Its exit status says nothing of errors
lv2_validate "$here/lv2_stubs.ttl" "$bundles"/*.lv2/*.ttl >"$home/report" 2>&1 || true
cat "$home/report"
grep -q "^Found 0 errors" "$home/report"

info=$home/info
lv2info urn:continuo:midi >"$info"
has() {
  grep -q "$1" "$info" || { echo "lv2info does not say: $1"; exit 1; }
}
has "Class: *MIDI Plugin"
has "Name: *Continuo$"
has "hardRTCapable"
n_audio=$(grep -c "core#AudioPort" "$info" || true)
n_events=$(grep -c "atom#AtomPort" "$info" || true)
[ "$n_audio $n_events" = "0 2" ] || { echo "$n_audio audio and $n_events event ports"; exit 1; }

for symbol in lv2_events_in lv2_events_out style temperature top_k top_p min_p rhythm_temperature \
  key scale scale_lock density polyphony low_note high_note velocity dynamics humanize seed channel_mode \
  octave lv2_enabled late_notes current_key; do
  has "Symbol: *$symbol$"
done

#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The libraries show a host nothing but the doors of their format, and in LV2 the one that
# DPF uses while building: two plugins in one process do not meet.
# Usage: symbols.sh BUNDLES NM

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
bundles=$1 nm=$2
status=0

# Library $1 has the doors $2, and no other
check() {
  doors=$("$nm" -D --defined-only "$1" | awk '{ print $3 }' | LC_ALL=C sort | xargs)
  if [ "$doors" != "$2" ]; then
    echo "$1 has $doors where $2 is expected"
    status=1
  fi
}
for bundle in "$bundles"/*.lv2; do
  plugin=$(basename "$bundle" .lv2)
  check "$bundle/${plugin}_dsp.so" "lv2_descriptor lv2_generate_ttl"
  if [ -f "$bundle/${plugin}_ui.so" ]; then
    check "$bundle/${plugin}_ui.so" lv2ui_descriptor
  fi
  # FluidSynth brings in what it likes: of its own
  if readelf -d "$bundle/${plugin}_dsp.so" | grep NEEDED | grep -E "libGL|libX11"; then
    echo "In LV2 $plugin plays only where windows can be"
    status=1
  fi
  check "$(plugin_in "$bundles" vst3 "$plugin")" "GetPluginFactory ModuleEntry ModuleExit"
  check "$(plugin_in "$bundles" clap "$plugin")" clap_entry
  check "$(plugin_in "$bundles" vst2 "$plugin")" main
done
exit "$status"

#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugin's library shows a host nothing but LV2's door, and the one that DPF uses
# while building.
# Usage: symbols.sh BUNDLES NM

set -eu
"$2" -D --defined-only "$1/continuo.lv2/continuo_dsp.so" | awk '{ print $3 }' | sort | {
  read -r first
  read -r second
  echo "$first $second"
  [ "$first $second" = "lv2_descriptor lv2_generate_ttl" ]
  ! read -r third || { echo "and $third"; exit 1; }
}

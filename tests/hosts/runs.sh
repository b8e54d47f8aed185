#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugin goes through all that our hosts can do without a fault: for builds with
# sanitizers, which are too slow for all notes to be in time.
# Usage: runs.sh BUNDLES PROBES

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
bundles=$1 probes=$2

make_home
use_bundles "$bundles"
for format in lv2 vst3 clap vst2; do
  probe=$probes/${format}_probe plugin=$(plugin_in "$bundles" "$format")
  need "$probe"
  "$probe" -w 0.3 -e -q 24 -t 160 -b 333 -p 3 -m 7/8 -l 4:9.5 -c 12:97 -d 13 -k 81 -N -N \
    -S "$home/$format" "$plugin" >"$home/played.txt"
  "$probe" -q 4 -R "$home/$format" "$plugin" >"$home/again.txt"
  for list in played again; do
    grep -q "^[0-9]" "$home/$list.txt"
    if grep "^# [a-z]* [^0]" "$home/$list.txt"; then
      echo "in $format"
      exit 1
    fi
  done
done

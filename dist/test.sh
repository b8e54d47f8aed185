#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Install what the tests need, build with warnings as errors, and run the tests.
# Usage: sh dist/test.sh [PRESET [ARGUMENT OF CTEST...]]
#
# PRESET is one of those of CMakePresets.json that have tests; "ci" if none is given.

set -eu
cd "$(dirname "$0")/.."
preset=${1:-ci}
[ $# -eq 0 ] || shift

sh dist/install-deps.sh test

cmake --preset "$preset" -DCONTINUO_WERROR=ON
cmake --build --preset "$preset" --parallel "$(nproc)"

log=build-$preset/tests.log
rm -f "$log"
status=0
ctest --preset "$preset" --output-on-failure --output-log "$log" "$@" || status=$?

# The last line in numbers: ctest's own gives a percentage, and counts the skipped as passed
n_skipped=$(grep -c '\*\*\*Skipped' "$log" || true)
sed -n 's/.* tests passed, \([0-9]*\) tests* failed out of \([0-9]*\)$/\1 \2/p' "$log" |
  while read -r n_failed n_tests; do
    skipped=
    [ "$n_skipped" -eq 0 ] || skipped=", $n_skipped skipped"
    echo "$((n_tests - n_failed - n_skipped)) passed, $n_failed failed$skipped"
  done
exit "$status"

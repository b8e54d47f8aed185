#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Every LV2 preset loads, and each of its values arrives; valid.sh looks at their data.
# Usage: presets.sh BUNDLES LV2_PRESETS_TEST

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
bundles=$1 test=$2

need "$test"
make_home
use_bundles "$bundles"
"$test" urn:continuo:midi

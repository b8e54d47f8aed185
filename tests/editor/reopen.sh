#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The LV2 window on a display, opened and closed while the plugin plays.
# Usage: reopen.sh BUNDLES REOPEN continuo|continuo-synth TIMES [SECONDS]

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/../hosts/lib.sh"
# shellcheck source=tests/editor/display.sh
. "$here/display.sh"
bundles=$1 reopen=$2
shift 2

need Xvfb
make_home
use_bundles "$bundles"
start_display
"$reopen" "$@"

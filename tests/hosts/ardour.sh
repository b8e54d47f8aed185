#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugin in Ardour: a session is made, and bounced in a second process.
# Usage: ardour.sh BUNDLES COMMAND_LINE TEMPO LV2|VST3

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
# shellcheck source=tests/hosts/ardour_phase.sh
. "$here/ardour_phase.sh"
bundles=$1 continuo=$2 tempo=$3 format=$4

need ardour7-lua lv2info
need_python mido
make_home
use_bundles "$bundles"
write_expected "$continuo" "$tempo"

create_session "$bundles" "$format" "$tempo"
phase bounced bounce "$home/session" "$host_quarters" "$tempo"
mv "$home/bounce.txt" "$home/played.txt"
check_played "$tempo" "$(ardour_tolerance "$tempo")"

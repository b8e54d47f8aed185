#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# A preset that is chosen by the parameter plays what the command line plays of it, the
# host is told what it set, and a session keeps what was changed since.
# Usage: choice.sh BUNDLES COMMAND_LINE PROBES FORMAT

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
bundles=$1 continuo=$2 probe=$3/${4}_probe format=$4
tempo=160
tonic=2 mode=--minor # As the first preset, Bach - Chorale

need "$probe"
need_python mido
make_home
plugin=$(plugin_in "$bundles" "$format")

# What the probe prints is compared, its faults included
play() {
  "$probe" -w 0.3 -e -b 512 -q "$host_quarters" -t "$tempo" "$@" "$plugin" >"$home/played.txt"
  check_played "$tempo" "$(frames_in_quarters "$tempo" 1.5)"
}
expect() {
  "$continuo" generate --bars $((bars + 1)) --tempo "$tempo" --meter 4/4 \
    --preset bach-chorale --set length=0 "$@" -o "$home/expected.mid"
}

expect
play -s preset=1 -S "$home/chosen"
play -R "$home/chosen"

# Changed before or after the choice, and the choice saved with it
expect --temperature 0.8 --set density=2
play -s preset=1 -s temperature=0.8 -s density=2 -S "$home/changed"
play -s temperature=0.8 -s density=2 -s preset=1
play -R "$home/changed" -S "$home/again"
play -R "$home/again"

#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The take travels in the plugin's LV2 state: it is played again in a new instance,
# also where no parameter tells of it.
# Usage: state.sh BUNDLES LV2_PROBE

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
bundles=$1 probe=$2

need "$probe"
make_home
use_bundles "$bundles"

set --
for setting in $settings; do
  set -- "$@" -s "$setting"
done
play() {
  "$probe" -w 0.3 -q "$host_quarters" -t 160 "$@" "$uri" 2>"$home/errors"
}

play -N -S "$home/state" "$@" >"$home/first.txt"
play -R "$home/state" -S "$home/again" >"$home/second.txt"
play -R "$home/again" >"$home/third.txt"
play "$@" >"$home/other.txt"
[ "$(grep -c "^[0-9]" "$home/first.txt")" -ge "$bars" ]
cmp "$home/first.txt" "$home/second.txt"
cmp "$home/first.txt" "$home/third.txt"
if cmp -s "$home/first.txt" "$home/other.txt"; then
  echo "the new take is no other"
  exit 1
fi

# A state that was damaged leaves the parameters' own take, and says so in a sentence
take=$(sed -n 's/.*"\(Continuo[^"]*\)".*/\1/p' "$home/state/state.ttl")
[ "${#take}" -gt 100 ]
sed "s|$take|${take%????????}|" "$home/state/state.ttl" >"$home/again/state.ttl"
play -R "$home/again" >"$home/damaged.txt"
cat "$home/errors"
grep -q "^Continuo: Saved take is damaged" "$home/errors"
cmp "$home/damaged.txt" "$home/other.txt"

#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The take travels in the plugin's state: it is played again in a new instance, also where
# no parameter tells of it.
# Usage: state.sh BUNDLES PROBES FORMAT [PLUGIN]

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
bundles=$1 probe=$2/${3}_probe format=$3

need "$probe"
make_home
use_bundles "$bundles"
plugin=$(plugin_in "$bundles" "$format" "${4:-continuo}")

# A user whose fractions have a comma
need localedef
mkdir "$home/locale"
localedef -i de_DE -f UTF-8 "$home/locale/de_DE.UTF-8"
export LOCPATH="$home/locale" LC_ALL=de_DE.UTF-8

set --
for setting in $settings temperature=0.85 style_strength=2.4; do
  set -- "$@" -s "$setting"
done
play() {
  "$probe" -w 0.3 -q "$host_quarters" -t 160 "$@" "$plugin" 2>"$home/errors"
}

play -N -S "$home/state" "$@" >"$home/first.txt"
play -R "$home/state" -S "$home/again" >"$home/second.txt"
play -R "$home/again" >"$home/third.txt"
play "$@" >"$home/other.txt"
[ "$(grep -c "^[0-9]" "$home/first.txt")" -ge "$bars" ]
cmp "$home/first.txt" "$home/second.txt"
cmp "$home/first.txt" "$home/third.txt"

# A host that restores again, and sends defaults between
play -D -R "$home/state" >"$home/third.txt"
cmp "$home/first.txt" "$home/third.txt"
if cmp -s "$home/first.txt" "$home/other.txt"; then
  echo "the new take is no other"
  exit 1
fi

# What is saved does not hang on who the user is
LC_ALL=C
play -R "$home/again" >"$home/english.txt"
cmp "$home/first.txt" "$home/english.txt"

# A state that was damaged leaves the parameters' own take, and says so in a sentence
state=$home/state damaged=$home/again
if [ -d "$state" ]; then # In LV2 it is a folder
  state=$state/state.ttl damaged=$damaged/state.ttl
fi
take=$(LC_ALL=C grep -aoE 'Continuo[A-Za-z0-9+/=]{100,}' "$state")
LC_ALL=C sed "s|$take|${take%????????}|" "$state" >"$damaged"
play -R "$home/again" >"$home/damaged.txt"
cat "$home/errors"
grep -q "^Continuo: Saved take is damaged" "$home/errors"
cmp "$home/damaged.txt" "$home/other.txt"

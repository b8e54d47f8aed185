#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# A model of the user's own is reached by the state, moves with the session, and is not
# lost where it is missing.
# Usage: models.sh BUNDLES PROBES FORMAT MODEL

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
bundles=$1 probe=$2/${3}_probe format=$3 model=$4

need "$probe"
make_home
use_bundles "$bundles"
plugin=$(plugin_in "$bundles" "$format")
own="$XDG_DATA_HOME/continuo/models"
mkdir -p "$own"

# Chopin where the built-in model has Beethoven
LC_ALL=C sed 's|Beethoven\\",\\"composer\\":3|Songsmith\\",\\"composer\\":5|' "$model" >"$own/Grieg.safetensors"
if cmp -s "$model" "$own/Grieg.safetensors"; then
  echo "the model is no other"
  exit 1
fi

play() {
  "$probe" -w 0.3 -q "$host_quarters" -t 160 "$@" "$plugin" 2>"$home/errors"
}
quiet() {
  if [ -s "$home/errors" ]; then
    cat "$home/errors"
    exit 1
  fi
}
file_of() {
  if [ -d "$1" ]; then # In LV2 it is a folder
    echo "$1/state.ttl"
  else
    echo "$1"
  fi
}
names() {
  LC_ALL=C grep -aq "$2" "$(file_of "$1")" || { echo "$1 does not name $2"; exit 1; }
}

play -s style=2 -s seed=7 -S "$home/builtin" >"$home/builtin.txt"
names "$home/builtin" built-in

# The host's way to choose: the state names it, and no take comes with it
cp -R "$home/builtin" "$home/chosen"
file=$(file_of "$home/chosen")
take=$(LC_ALL=C grep -aoE 'Continuo[A-Za-z0-9+/=]{100,}[.][A-Za-z0-9+/=]*' "$file")
LC_ALL=C sed "s|$take||; s|built-in|Grieg|" "$file" >"$home/edited"
mv "$home/edited" "$file"
play -R "$home/chosen" -S "$home/session" >"$home/own.txt"
quiet
if cmp -s "$home/builtin.txt" "$home/own.txt"; then
  echo "the model of the user's own plays nothing else"
  exit 1
fi
names "$home/session" Grieg

# In LV2 hosts let the user choose a file, and it is loaded while they run
if [ "$format" = lv2 ]; then
  play -s style=2 -s seed=7 -M "$own/Grieg.safetensors" -S "$home/by_file" >"$home/again.txt"
  quiet
  cmp "$home/own.txt" "$home/again.txt"
  names "$home/by_file" "model> <[^>]*Grieg>"
fi

# Restored, again, with defaults between, from another place
play -R "$home/session" >"$home/again.txt"
quiet
cmp "$home/own.txt" "$home/again.txt"
play -D -R "$home/session" >"$home/again.txt"
quiet
cmp "$home/own.txt" "$home/again.txt"
mkdir "$home/moved"
mv "$home/session" "$home/moved/song"
play -R "$home/moved/song" >"$home/again.txt"
quiet
cmp "$home/own.txt" "$home/again.txt"

# Missing: it says so in one sentence, plays what was saved, and saves what was chosen
mv "$own" "$own.gone"
play -R "$home/moved/song" -S "$home/without" >"$home/again.txt"
cat "$home/errors"
grep -q "^Continuo: The model .*Grieg is not played: there is no such file$" "$home/errors"
[ "$(sort -u "$home/errors" | wc -l)" = 1 ]
cmp "$home/own.txt" "$home/again.txt"
names "$home/without" Grieg

# Back again: nothing was lost
mv "$own.gone" "$own"
play -R "$home/without" -S "$home/session" >"$home/again.txt"
quiet
cmp "$home/own.txt" "$home/again.txt"
names "$home/session" Grieg

# One that is broken is refused in a sentence
echo no >"$own/Grieg.safetensors"
play -R "$home/chosen" -S "$home/without" >"$home/again.txt"
cat "$home/errors"
grep -q "^Continuo: The model .*Grieg is not played: Model file ends too early$" "$home/errors"
cmp "$home/builtin.txt" "$home/again.txt"
names "$home/without" Grieg

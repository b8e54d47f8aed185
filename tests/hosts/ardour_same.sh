#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# One project, one music: bounced twice, recorded live, and reopened from where that was
# saved.  A new take makes it music that no parameter tells of.
# Usage: ardour_same.sh BUNDLES COMMAND_LINE TEMPO LV2|VST3

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

create_session "$bundles" "$format" "$tempo" new_take=1
for list in first second; do
  phase bounced bounce "$home/session" "$host_quarters" "$tempo"
  mv "$home/bounce.txt" "$home/$list.txt"
done
phase recorded record "$home/session" "$host_quarters" "$tempo"
phase bounced bounce "$home/session" "$host_quarters" "$tempo"

"$python" -B "$here/same_notes.py" "$home/first.txt" "$home/second.txt" "$home/record.txt" \
  "$home/bounce.txt" --bars "$bars" --tolerance "$(ardour_tolerance "$tempo")"
mv "$home/first.txt" "$home/played.txt"
if check_played "$tempo" "$(ardour_tolerance "$tempo")" >/dev/null; then
  echo "the new take is no other"
  exit 1
fi

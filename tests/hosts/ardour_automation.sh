#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Temperature and top-k are automated: each acts from the next sixteenth on, and what is heard
# is the same in bounces, live, reopened, and in LV2 and VST3.
# Usage: ardour_automation.sh BUNDLES

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
# shellcheck source=tests/hosts/ardour_phase.sh
. "$here/ardour_phase.sh"
bundles=$1
bars=6 host_quarters=28

# A bounce goes by blocks of 8192 frames; a change counts from the end of its block on in LV2,
# and from the beginning in VST3.  At this tempo these quarters are in blocks that have no
# sixteenth in them; the next ones are those where the change acts
tempo=80
warm_at=5.1 warm_acts=5.25
few_at=10.1 few_acts=10.25
shows_within=2
tolerance=$(ardour_tolerance "$tempo")

need ardour7-lua lv2info
need_python mido
make_home
use_bundles "$bundles"

# Bounce the session, and keep the list as $1
bounce() {
  phase bounced bounce "$session" "$host_quarters" "$tempo"
  mv "$home/bounce.txt" "$home/$1.txt"
}

# Automate port $1 to be $2 from quarter $3
automate() {
  phase automated automate "$session" "$format" "$tempo" "$(port_name "$uri" "$1")=$2@$3"
}

for format in LV2 VST3; do
  create_session "$bundles" "$format" "$tempo"
  session=$home/$format
  mv "$home/session" "$session"
  bounce plain
  automate temperature 2 "$warm_at"
  bounce warm
  automate top_k 2 "$few_at"
  bounce "few-$format"
  phase recorded record "$session" "$host_quarters" "$tempo"
  mv "$home/record.txt" "$home/live-$format.txt"
  bounce "again-$format"

  "$python" -B "$here/changed_notes.py" "$home/plain.txt" "$home/warm.txt" \
    --at "$warm_acts" --within "$shows_within" --tolerance "$tolerance"
  "$python" -B "$here/changed_notes.py" "$home/warm.txt" "$home/few-$format.txt" \
    --at "$few_acts" --within "$shows_within" --tolerance "$tolerance"
done

# Whether lists are the same within $1 quarters
same() {
  within=$1
  shift
  "$python" -B "$here/same_notes.py" "$@" --bars "$bars" --tolerance "$within"
}

# In a bounce LV2 gets top-k later than that, so its bounces are alike, and all else is.  Live,
# on a busy machine, what is written anew may be late by a little
same "$tolerance" "$home/few-LV2.txt" "$home/again-LV2.txt"
same "$tolerance" "$home/few-VST3.txt" "$home/again-VST3.txt"
same 0.05 "$home/few-VST3.txt" "$home"/live-*.txt

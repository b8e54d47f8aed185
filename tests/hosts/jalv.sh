#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugin in jalv, in a JACK server without sound.
# Usage: jalv.sh BUNDLES COMMAND_LINE JACK_CAPTURE TEMPO

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
# shellcheck source=tests/hosts/jack_server.sh
. "$here/jack_server.sh"
bundles=$1 continuo=$2 capture=$3 tempo=$4

need jackd jack_wait jalv
need_python mido
make_home
use_bundles "$bundles"
write_expected "$continuo" "$tempo"

start_jack

controls=
for setting in $settings; do
  controls="$controls -c $setting"
done

# jalv ends when its input does: keep that open
mkfifo "$home/input"
exec 9<>"$home/input"
# shellcheck disable=SC2086 # Controls are words
jalv -i -x -n continuo-jalv $controls "$uri" <"$home/input" >"$home/jalv.log" 2>&1 &
pids="$! $pids"

if ! "$capture" -q "$host_quarters" -t "$tempo" continuo-jalv:lv2_events_out >"$home/played.txt"; then
  cat "$home/jackd.log" "$home/jalv.log"
  exit 1
fi
check_played "$tempo" "$(frames_in_quarters "$tempo" 1.5)"

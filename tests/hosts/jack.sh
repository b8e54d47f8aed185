#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The standalone in a JACK server without sound: it plays the command line's notes while the
# transport rolls, and none before, whatever bank is selected; and it goes when JACK does.
# Usage: jack.sh BUNDLES COMMAND_LINE JACK_CAPTURE TEMPO [PROGRAM CLIENT]

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/hosts/expect.sh
. "$here/expect.sh"
# shellcheck source=tests/hosts/jack_server.sh
. "$here/jack_server.sh"
continuo=$2 capture=$3 tempo=$4
standalone=$(dirname "$1")/jack/${5:-continuo-jack} client=${6:-Continuo}

need jackd jack_wait "$standalone"
need_python mido
make_home
write_expected "$continuo" "$tempo"

# What it cannot set it says
for wrong in seed tempo=90 seed=many octave=9 late_notes=1; do
  if "$standalone" "$wrong" 2>"$home/refused"; then
    echo "it takes $wrong"
    exit 1
  fi
  grep -q "$wrong" "$home/refused"
done
"$standalone" --help | grep -q "SYMBOL=VALUE"

start_jack
# shellcheck disable=SC2086 # Settings are words
"$standalone" $settings >"$home/standalone.log" 2>&1 &
standalone_pid=$!
pids="$standalone_pid $pids"
if ! "$capture" -q "$host_quarters" -t "$tempo" -b "$client:events-in" "$client:midi-out" \
  >"$home/played.txt"; then
  cat "$home/jackd.log" "$home/standalone.log"
  exit 1
fi
check_played "$tempo" "$(frames_in_quarters "$tempo" 1.5)"

end_process "$jack_pid"
for _ in 1 2 3 4 5 6 7 8 9 10; do
  kill -0 "$standalone_pid" 2>/dev/null || exit 0
  sleep 0.5
done
echo "JACK has gone, and it is still there"
exit 1

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# shellcheck shell=sh disable=SC2034,SC2154 # Variables meet in the scripts

# A JACK server without sound, to be sourced after lib.sh

# Start one of our own, so that neither one of the user nor another test is met.  Its
# process is $jack_pid
start_jack() {
  export JACK_DEFAULT_SERVER="continuo-$$" JACK_NO_START_SERVER=1 JACK_NO_AUDIO_RESERVATION=1
  jackd -n "$JACK_DEFAULT_SERVER" --no-realtime --sync --timeout 5000 \
    -d dummy -r 48000 -p 1024 >"$home/jackd.log" 2>&1 &
  jack_pid=$!
  pids="$jack_pid"
  jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 20 >/dev/null
}

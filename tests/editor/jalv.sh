#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The window embedded in jalv: a key that is clicked in the circle of fifths comes to the plugin,
# which tells it back.  Usage: jalv.sh BUNDLES WHERE [synth]

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/../hosts/lib.sh"
# shellcheck source=tests/hosts/jack_server.sh
. "$here/../hosts/jack_server.sh"
# shellcheck source=tests/editor/display.sh
. "$here/display.sh"
bundles=$1 where=$2 synth=${3:-}
title="Continuo${synth:+ Synth}"

need Xvfb xdotool jackd jack_wait jalv.gtk3
make_home
use_bundles "$bundles"
start_jack
start_display

jalv.gtk3 --print-controls --jack-name=continuo-window "urn:continuo:${synth:-midi}" >"$home/jalv.log" 2>&1 &
pids="$! $pids"
window=$(find_window "$title") || { cat "$home/jalv.log"; exit 1; }
xdotool windowmove --sync "$window" 0 0 2>/dev/null || true
eval "$(xdotool getwindowgeometry --shell "$window")"
sleep 2

# Click at "$1" of the window, $2 times
click() {
  # shellcheck disable=SC2046 # Two numbers
  set -- $("$where" "$WIDTH" "$HEIGHT" "$1" ${synth:+"$synth"})
  xdotool mousemove $((X + $1)) $((Y + $2)) click 1
}

# Wait for the plugin to tell key $1: 0..11 is C..B, 12..23 their minors
expect_key() {
  for _ in $(seq 50); do
    if grep -q "current_key = $1\.0*$" "$home/jalv.log"; then
      return
    fi
    sleep 0.2
  done
  cat "$home/jalv.log"
  echo "The key did not become $1"
  exit 1
}

click G
expect_key 7
click Em
expect_key 16
[ -n "$synth" ] || exit 0

# A SoundFont that is chosen in the window comes to the plugin, which says what is wrong with it.
# From wherever the list begins, the way leads by the root
mkdir "$home/fonts"
echo none >"$home/fonts/broken.sf2"
click soundfont
sleep 1
xdotool key --delay 60 Left Left Left Left Left Left Left Left
echo "$home/fonts/broken.sf2" | tr / '\n' | while IFS= read -r name; do
  [ -n "$name" ] || continue
  xdotool type --delay 60 "$name"
  sleep 0.3
  xdotool key Return
  sleep 1.5 # Letters would be of the same name
done
for _ in $(seq 25); do
  if grep -q "The SoundFont $home/fonts/broken.sf2 is not played: " "$home/jalv.log"; then
    exit 0
  fi
  sleep 0.2
done
cat "$home/jalv.log"
echo "broken.sf2 was not tried"
exit 1

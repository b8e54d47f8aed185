#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The standalone's window: after New take it plays other notes, a knob that is dragged is drawn
# where it was dragged to, and music is saved where the keyboard says.  Usage: standalone.sh BUNDLES WHERE JACK_CAPTURE

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/../hosts/lib.sh"
# shellcheck source=tests/hosts/jack_server.sh
. "$here/../hosts/jack_server.sh"
# shellcheck source=tests/editor/display.sh
. "$here/display.sh"
standalone=$(dirname "$1")/jack/continuo-jack where=$2 capture=$3

need Xvfb xdotool import jackd jack_wait "$standalone"
make_home
start_jack
start_display

"$standalone" >"$home/standalone.log" 2>&1 &
pids="$! $pids"
window=$(find_window Continuo)
eval "$(xdotool getwindowgeometry --shell "$window")"
sleep 2

# Set $x and $y to where $1 is on the display
find_place() {
  # shellcheck disable=SC2046 # Two numbers
  set -- $("$where" "$WIDTH" "$HEIGHT" "$1")
  x=$((X + $1)) y=$((Y + $2))
}

# Play 8 quarters from the beginning into file $1
play() {
  "$capture" -q 8 -t 120 Continuo:midi-out >"$1"
  [ -s "$1" ]
}

play "$home/first"
play "$home/again"
cmp "$home/first" "$home/again"
find_place new_take
xdotool mousemove "$x" "$y" click 1
sleep 1
play "$home/other"
if cmp -s "$home/first" "$home/other"; then
  echo "New take changed nothing"
  exit 1
fi

# A picture of the knob, before, and after it was turned up and back by its default
look() {
  xdotool mousemove $((X + WIDTH / 2)) $((Y + HEIGHT / 3)) # Over nothing
  sleep 1
  import -window "$window" -crop "60x60+$((x - X - 30))+$((y - Y - 20))" +repage "$home/$1.ppm"
}
find_place recall
look before
xdotool mousemove "$x" "$y" mousedown 1 mousemove "$x" $((y - 30)) mousemove "$x" $((y - 60)) mouseup 1
find_place recall
look turned
if cmp -s "$home/before.ppm" "$home/turned.ppm"; then
  echo "The knob did not turn"
  exit 1
fi
xdotool mousemove "$x" "$y" click --repeat 2 --delay 80 1
look default
if ! cmp "$home/before.ppm" "$home/default.ppm"; then
  echo "The knob did not go back"
  exit 1
fi

# Under the pointer it is lit, until that leaves the window
xdotool mousemove "$x" "$y"
sleep 1
import -window "$window" -crop "60x60+$((x - X - 30))+$((y - Y - 20))" +repage "$home/lit.ppm"
if cmp -s "$home/default.ppm" "$home/lit.ppm"; then
  echo "The knob under the pointer is not lit"
  exit 1
fi
xdotool mousemove $((X + WIDTH + 50)) $((Y + HEIGHT + 50))
sleep 1
import -window "$window" -crop "60x60+$((x - X - 30))+$((y - Y - 20))" +repage "$home/left.ppm"
if ! cmp "$home/default.ppm" "$home/left.ppm"; then
  echo "The knob stays lit"
  exit 1
fi

# The first row of the menu asks where to, and a name that is typed is the file's; Escape is not
find_place save
xdotool windowfocus "$window" mousemove "$x" "$y" click 1
xdotool key --delay 50 Down Return sleep 0.5 type --delay 50 "not this"
xdotool key --delay 50 Escape Escape
xdotool mousemove "$x" "$y" click 1
xdotool key --delay 50 Down Return sleep 0.5 type --delay 50 "by hand"
xdotool key Return
sleep 1
found=$(ls "$home/Music")
if [ "$found" != "by hand.mid" ]; then
  echo "Saved: $found"
  exit 1
fi

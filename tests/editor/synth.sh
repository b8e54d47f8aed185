#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The instrument's window in its standalone: a file that is chosen there is what it tries to play,
# and says why not, in the window too.  Usage: synth.sh BUNDLES WHERE

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/../hosts/lib.sh"
# shellcheck source=tests/hosts/jack_server.sh
. "$here/../hosts/jack_server.sh"
# shellcheck source=tests/editor/display.sh
. "$here/display.sh"
standalone=$(dirname "$1")/jack/continuo-synth-jack where=$2

need Xvfb xdotool import jackd jack_wait "$standalone"
make_home
start_jack
start_display
mkdir "$home/fonts"
echo none >"$home/fonts/broken.sf2"
[ -r /usr/share/sounds/sf2/TimGM6mb.sf2 ] || { echo "No SoundFont to begin with"; exit 77; }
cp /usr/share/sounds/sf2/TimGM6mb.sf2 "$home/fonts/whole.sf2"

"$standalone" "soundfont=$home/fonts/whole.sf2" >"$home/standalone.log" 2>&1 &
pids="$! $pids"
window=$(find_window "Continuo Synth")
eval "$(xdotool getwindowgeometry --shell "$window")"
sleep 2

# Set $x and $y to where $1 is on the display
find_place() {
  # shellcheck disable=SC2046 # Two numbers
  set -- $("$where" "$WIDTH" "$HEIGHT" "$1" synth)
  x=$((X + $1)) y=$((Y + $2))
}

# A picture of the line of status, with the pointer over nothing
look() {
  xdotool mousemove "$((X + 20))" "$((Y + 20))"
  sleep 1
  import -window "$window" -crop "600x24+0+$((HEIGHT - 24))" +repage "$home/$1.ppm"
}
look before

# The list begins with what plays; broken.sf2 stands first in it
find_place soundfont
xdotool windowfocus "$window" mousemove "$x" "$y" click 1
xdotool key --delay 50 Down Return
sleep 2
if ! grep -q "The SoundFont $home/fonts/broken.sf2 is not played: " "$home/standalone.log"; then
  cat "$home/standalone.log"
  echo "broken.sf2 was not tried"
  exit 1
fi
look failed
if cmp -s "$home/before.ppm" "$home/failed.ppm"; then
  echo "The window says nothing of it"
  exit 1
fi

# A knob of its own
find_place gain
import -window "$window" -crop "60x60+$((x - X - 30))+$((y - Y - 20))" +repage "$home/gain.ppm"
xdotool mousemove "$x" "$y" mousedown 1 mousemove "$x" $((y + 40)) mousemove "$x" $((y + 80)) mouseup 1
look turned
import -window "$window" -crop "60x60+$((x - X - 30))+$((y - Y - 20))" +repage "$home/down.ppm"
if cmp -s "$home/gain.ppm" "$home/down.ppm"; then
  echo "The knob did not turn"
  exit 1
fi

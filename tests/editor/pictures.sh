#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The window in its states looks as it did.  Usage: pictures.sh PICTURE [FOLDER]
#
# With FOLDER, what it looks like is written there, for people to look at and keep.

set -eu
here=$(dirname "$0")
# shellcheck source=tests/hosts/lib.sh
. "$here/../hosts/lib.sh"
# shellcheck source=tests/editor/display.sh
. "$here/display.sh"
picture=$1 kept=${2:-}

need Xvfb
need_python numpy, PIL
make_home
start_display

# Scene, size and scale
states="
  play:1000:640:1 play:640:400:1 chorale:2000:1280:2 change:1000:640:1 musician:1000:640:1
  rest:1000:640:1 failure:1000:640:1 alone:1000:640:1 browser:1000:640:1 menu:1000:640:1
  knob:1000:640:1 keys:1000:640:1 save:1000:640:1 synth:1000:736:1 synth:640:496:1 silence:1000:736:1"
status=0
for state in $states; do
  IFS=: read -r scene width height scale <<END
$state
END
  name="$scene-$width"
  "$picture" "$scene" "$width" "$height" "$scale" "$home/$name.ppm" 3
  "$python" "$here/compare.py" "$home/$name.ppm" "$here/golden/$name.png" $kept || status=1
done
exit "$status"

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# shellcheck shell=sh disable=SC2034,SC2154 # Variables meet in the scripts

# A display that nobody sees, to be sourced after lib.sh

# Start one of our own, of a number that is free.  OpenGL is drawn by the processor
start_display() {
  export LIBGL_ALWAYS_SOFTWARE=1 GALLIUM_DRIVER=llvmpipe
  mkfifo "$home/display"
  Xvfb -displayfd 3 -screen 0 1400x900x24 +extension GLX -nolisten tcp \
    3>"$home/display" >"$home/xvfb.log" 2>&1 &
  pids="$! $pids"
  read -r number <"$home/display"
  export DISPLAY=":$number"
}

# Wait until a window called $1 is there, and print its number
find_window() {
  for _ in $(seq 100); do
    found=$(xdotool search --onlyvisible --name "^$1\$" 2>/dev/null | tail -n 1)
    if [ -n "$found" ]; then
      echo "$found"
      return
    fi
    sleep 0.2
  done
  echo "No window called $1" >&2
  exit 1
}

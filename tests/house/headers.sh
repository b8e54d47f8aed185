#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Compile every header of core/, ui/ and plugin/sound alone as C11, and those that C++ reads as
# C++17 too.
# Usage: headers.sh ROOT CC CXX [NANOVG]
#
# Those of the window need NanoVG's folder, and are left out without.

set -eu
root=$1 cc=$2 cxx=$3 nanovg=${4:-}
here=$(dirname "$0")
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only"
status=0

# Twice, for its guard, and with a declaration, for headers of macros only
compile() {
  # shellcheck disable=SC2086 # Flags are words
  if ! printf '#include "%s"\n#include "%s"\nint here;\n' "$1" "$1" | (cd "$root" && shift && "$@" -); then
    echo "$1 does not stand alone in: $2"
    status=1
  fi
}

headers=$(sh "$here/files.sh" "$root" 'core/*.h' 'ui/cli/*.h' 'plugin/sound/*.h')
for header in $headers; do
  # Those that need FluidSynth are compiled where there is one
  if grep -q '<fluidsynth.h>' "$root/$header"; then
    continue
  fi
  # shellcheck disable=SC2086
  compile "$header" "$cc" -std=c11 $warnings -Wstrict-prototypes -I. -Icore -Iplugin/sound -x c
done
if [ -d "$nanovg" ]; then
  for header in $(sh "$here/files.sh" "$root" 'ui/editor/*.h'); do
    # shellcheck disable=SC2086
    compile "$header" "$cc" -std=c11 $warnings -Wstrict-prototypes -I. -Icore -Iui/editor -Iplugin/synth \
      -isystem "$nanovg" -x c
  done
fi
# shellcheck disable=SC2086
compile core/continuo.h "$cxx" -std=c++17 $warnings -I. -x c++
sound=plugin/sound/sound.h
if [ -f "$root/$sound" ]; then
  # shellcheck disable=SC2086
  compile "$sound" "$cxx" -std=c++17 $warnings -I. -Icore -x c++
fi
exit "$status"

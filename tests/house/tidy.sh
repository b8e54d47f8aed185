#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Run clang-tidy over the C files that a build compiles.
# Usage: tidy.sh ROOT BUILD CLANG_TIDY

set -eu
root=$1 build=$2 tidy=$3
here=$(dirname "$0")
command -v "$tidy" || { echo "$tidy is missing"; exit 1; }
cd "$root"

files=$(sh "$here/files.sh" "$root" 'core/*.c' 'plugin/*.c' 'ui/*.c' 'tests/*.c' |
  while IFS= read -r file; do
    if grep -qF "$root/$file\"" "$build/compile_commands.json"; then
      echo "$file"
    fi
  done)
[ -n "$files" ]

printf '%s\n' "$files" |
  xargs -d '\n' -n 1 -P "$(nproc)" "$tidy" --quiet -p "$build"

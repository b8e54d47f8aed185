#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Fail if a C or C++ file is not as clang-format would write it.
# Usage: format.sh ROOT CLANG_FORMAT

set -eu
here=$(dirname "$0")
command -v "$2" || { echo "$2 is missing"; exit 1; }
files=$(sh "$here/files.sh" "$1" '*.c' '*.h' '*.cpp' '*.hpp')
[ -n "$files" ]
cd "$1"

if ! found=$(printf '%s\n' "$files" |
  xargs -d '\n' "$2" --style=file --dry-run -Werror 2>&1); then
  # A line for each file: what to change in it is for the tool
  printf '%s\n' "$found" | sed -n 's/^\([^:]*\):.*-Wclang-format-violations.*/\1/p' | uniq -c
  echo "Not as $2 -i writes it"
  exit 1
fi

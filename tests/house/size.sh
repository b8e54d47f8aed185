#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Fail if a C or C++ file is so long that there is a second subject in it.
# Usage: size.sh ROOT

set -eu
max_lines=500
here=$(dirname "$0")
status=0
for file in $(sh "$here/files.sh" "$1" '*.c' '*.h' '*.cpp' '*.hpp'); do
  n_lines=$(wc -l <"$1/$file")
  if [ "$n_lines" -gt "$max_lines" ]; then
    echo "$file has $n_lines lines, more than $max_lines"
    status=1
  fi
done
exit "$status"

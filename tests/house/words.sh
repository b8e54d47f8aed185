#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Fail if a file holds a mark of unfinished work: that belongs in an issue.
# Usage: words.sh ROOT

set -eu
here=$(dirname "$0")
files=$(sh "$here/files.sh" "$1" | grep -v '^LICENSES/')
[ -n "$files" ]
cd "$1"
# Brackets keep this file from finding itself
found=$(printf '%s\n' "$files" | xargs -d '\n' grep -nHIwE '[T]ODO|[F]IXME|[X]XX' || true)
if [ -n "$found" ]; then
  printf '%s\n' "$found"
  exit 1
fi

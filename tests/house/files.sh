#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Print the project's files below ROOT that match any of the PATTERNs, one a line.
# Usage: files.sh ROOT [PATTERN...]
#
# In a git checkout that is what git knows or would add; in an unpacked archive,
# everything but build folders.

set -eu
cd "$1"
shift

list() {
  if [ "$(git rev-parse --show-cdup 2>/dev/null || echo no)" = "" ]; then
    git ls-files --cached --others --exclude-standard
  else
    find . -path ./.git -prune -o -path './build*' -prune -o \
      -name __pycache__ -prune -o -type f -print | sed 's|^\./||'
  fi
}

wanted() {
  [ $# -eq 0 ] && return 0
  for pattern in "$@"; do
    # shellcheck disable=SC2254 # The pattern is meant to match
    case $file in $pattern) return 0 ;; esac
  done
  return 1
}

list | sort | while IFS= read -r file; do
  # Git still lists what was deleted and not yet committed
  if [ -f "$file" ] && wanted "$@"; then
    printf '%s\n' "$file"
  fi
done

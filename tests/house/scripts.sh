#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Fail if a shell script cannot be parsed by the shell its first line names.
# Usage: scripts.sh ROOT

set -eu
here=$(dirname "$0")
status=0
n_scripts=0
for file in $(sh "$here/files.sh" "$1"); do
  read -r first <"$1/$file" 2>/dev/null || continue
  case $first in
    '#!'*bash*) shell=bash ;;
    '#!'*/sh*) shell=sh ;;
    *) continue ;;
  esac
  n_scripts=$((n_scripts + 1))
  "$shell" -n "$1/$file" || status=1
done
[ "$n_scripts" -gt 0 ] || exit 1
exit "$status"

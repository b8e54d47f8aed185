#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Fail if a C or C++ file is not as clang-format would write it.
# Usage: format.sh ROOT CLANG_FORMAT

set -eu
here=$(dirname "$0")
files=$(sh "$here/files.sh" "$1" '*.c' '*.h' '*.cpp' '*.hpp')
[ -n "$files" ]
cd "$1"
printf '%s\n' "$files" | xargs -d '\n' "$2" --style=file --dry-run -Werror

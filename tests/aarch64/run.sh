#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Build the tests of the kernels and layers for aarch64 and run them on processors of two ages.
# Usage: run.sh ROOT BUILD [CC [QEMU]]
#
# Where there is no compiler or no QEMU the test is skipped; where CI=true it fails.

set -eu
root=$1 build=$2 cc=${3:-aarch64-linux-gnu-gcc} qemu=${4:-qemu-aarch64}
here=$(dirname "$0")
for command in "$cc" "$qemu"; do
  if ! command -v "$command" >/dev/null; then
    echo "$command is missing"
    [ "${CI:-}" = true ] && exit 1
    exit 77
  fi
done
mkdir -p "$build"

model=$root/core/model
flags="-std=c11 -O3 -ffp-contract=off -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -static"

# run TEST CPU N_LEFT_OUT: the test passes there, and leaves out so many kernels
run() {
  echo "$1 on $2:"
  "$qemu" -cpu "$2" "$build/$1" >"$build/$1.log" || { cat "$build/$1.log"; exit 1; }
  cat "$build/$1.log"
  [ "$(grep -c 'not on this processor' "$build/$1.log")" -eq "$3" ]
}

# shellcheck disable=SC2086 # Flags are words
"$cc" $flags -I"$here" -I"$root/core" -o "$build/dot" "$root/tests/unit/dot.c" "$model"/dot*.c -lm
# shellcheck disable=SC2086
"$cc" $flags -I"$here" -I"$root/core" -o "$build/activation" "$root/tests/unit/activation.c" \
  "$model/activation.c" -lm
# shellcheck disable=SC2086
"$cc" $flags -I"$here" -I"$root/core" -o "$build/layers" "$root/tests/unit/layers.c" "$model/layers.c" \
  "$model/matrix.c" "$model/activation.c" "$model"/dot*.c -lm

# Of six kernels, three are for x86-64 and one for a newer aarch64 than the second
run dot neoverse-n1 3
run dot cortex-a53 4
run activation cortex-a53 0
run layers cortex-a53 0

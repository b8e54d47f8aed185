#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Run a program on one processor with four others that take all they get.
# Usage: crowded.sh PROGRAM [ARGUMENT...]

set -eu
processor=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')
taskset -cp "$processor" $$ >/dev/null

# If this script is killed, they end all the same
crowd=
trap 'kill $crowd' EXIT
for _ in 1 2 3 4; do
  timeout 120 sh -c 'while :; do :; done' &
  crowd="$crowd $!"
done
"$@"

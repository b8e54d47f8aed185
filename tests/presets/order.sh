#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Every preset of the folder is in order.txt, once, and nothing else is.
# Usage: order.sh PRESETS

set -eu
cd "$1"
{
  for file in *.preset; do
    echo "${file%.preset}"
  done
  grep '^[a-z]' order.txt
} | sort | uniq -c | {
  status=0
  while read -r count id; do
    if [ "$count" != 2 ]; then
      echo "$id is not just once in order.txt and once a file"
      status=1
    fi
  done
  exit "$status"
}

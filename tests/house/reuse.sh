#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Fail unless every file of the project says its copyright and licence.
# Usage: reuse.sh ROOT
#
# A copy is looked at, so that build folders in an unpacked archive do not count.

set -eu
here=$(dirname "$0")
command -v reuse || { echo "reuse is missing"; exit 1; }
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
sh "$here/files.sh" "$1" >"$copy.list"
tar -C "$1" -cf - -T "$copy.list" | tar -C "$copy" -xf -
rm "$copy.list"
reuse --root "$copy" lint

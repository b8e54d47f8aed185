#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Install the Debian packages that are missing for building, and with "test" for testing.
# Usage: install-deps.sh [test]
#
# These lists are the only ones: the other scripts call this one.

set -eu

# For Continuo itself: compilers, libraries, the plugin framework, what its windows need, and
# a sound
build_packages="
  cmake g++ make pkg-config python3
  dpf-source
  libgl-dev libx11-dev libxcursor-dev libxext-dev libxrandr-dev
  libcjson-dev
  libfluidsynth-dev timgm6mb-soundfont
  libopenblas-serial-dev"

# For the tests: cmocka, the house's tools, an aarch64, a Windows (410 MB; Wine, 670 more, is used
# if it is there), hosts, what reads their output, a display for windows, and what judges packages
test_packages="
  clang-format clang-tidy reuse
  libcmocka-dev
  gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
  g++-mingw-w64-x86-64-posix
  ardour jackd2 jalv locales qtractor
  libjack-jackd2-dev liblilv-dev lilv-utils lv2-dev sordi
  musescore3
  libgl1-mesa-dri x11-utils xdotool xvfb
  appstream desktop-file-utils dpkg-dev fakeroot file lintian man-db mandoc xz-utils
  python3-mido python3-numpy"

packages=$build_packages
if [ "${1:-}" = test ]; then
  packages="$build_packages $test_packages"
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "Not a Debian system: please see that these are there:" $packages
  exit 0
fi

missing=
for package in $packages; do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  if [ "$state" != installed ]; then
    missing="$missing $package"
  fi
done
[ -n "$missing" ] || exit 0

# As root where we are, by sudo where not; without a terminal sudo must not ask
as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Please run as root: apt-get install --no-install-recommends$missing" >&2
    exit 1
  fi
  as_root=sudo
  [ -t 0 ] || as_root="sudo -n"
fi

echo "Installing:$missing"
$as_root apt-get -q update
# shellcheck disable=SC2086 # Packages are words
$as_root env DEBIAN_FRONTEND=noninteractive \
  apt-get -q -y --no-install-recommends install $missing

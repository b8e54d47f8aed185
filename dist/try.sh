#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Build Continuo, let it play, and install its plugins for this user.
# Usage: sh dist/try.sh

set -eu
cd "$(dirname "$0")/.."

sh dist/install-deps.sh

cmake --preset release
cmake --build --preset release --parallel "$(nproc)"

continuo=build/ui/cli/continuo
sound=$PWD/build/bach
for suffix in mid wav; do
  "$continuo" generate --style bach --key "D minor" --bars 16 --tempo 84 --seed 7 \
    -o "$sound.$suffix"
done

# Away with the old one first: a host may have it open, and must keep what it opened
for plugin in lv2/continuo.lv2 vst3/continuo.vst3 clap/continuo.clap \
  lv2/continuo-synth.lv2 vst3/continuo-synth.vst3 clap/continuo-synth.clap; do
  folder=$HOME/.${plugin%/*}
  mkdir -p "$folder"
  rm -rf "$folder/${plugin##*/}"
  cp -R "build/$plugin" "$folder"
done

cat <<END

Continuo has played sixteen bars after Bach:
  $sound.wav
  $sound.mid

The plugins are in ~/.lv2, ~/.vst3 and ~/.clap.
In Ardour or Reaper, add "Continuo" to a MIDI track before its instrument, or
"Continuo Synth" as the instrument, and press play.  If the host was open, let it scan for plugins again.
END

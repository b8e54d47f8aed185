# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# shellcheck shell=sh disable=SC2034,SC2154 # Variables meet in the scripts

# What the host tests play, to be sourced: the settings, what the command line makes
# of them, and the comparison

uri=urn:continuo:midi
bars=12
settings="seed=5 style=0 key=2 scale=0" # D major
tonic=2
mode= # Of the key, or --minor

# Play a bar more than is compared: the command line ends where the host goes on
host_quarters=$(((bars + 1) * 4))

# Let the command line $1 write the same music at tempo $2 into $home/expected.mid
write_expected() {
  sets=
  for setting in $settings; do
    sets="$sets --set $setting"
  done
  # shellcheck disable=SC2086 # Settings are words
  "$1" generate --bars $((bars + 1)) --tempo "$2" --meter 4/4 --set length=0 $sets \
    -o "$home/expected.mid"
}

# Compare $home/played.txt with it: tempo $1, tolerance in quarters $2
check_played() {
  # shellcheck disable=SC2086 # No mode is no word
  "$python" -B "$(dirname "$0")/check_notes.py" "$home/played.txt" "$home/expected.mid" \
    --tempo "$1" --bars "$bars" --tonic "$tonic" $mode --tolerance "$2"
}

# The length of $2 frames in quarters at tempo $1, at 48 kHz
frames_in_quarters() {
  awk -v tempo="$1" -v n="$2" 'BEGIN { print n * tempo / (60 * 48000) }'
}

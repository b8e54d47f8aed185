# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# shellcheck shell=sh disable=SC2154 # Variables meet in the scripts

# Ardour by its Lua, a process for each phase, to be sourced

# Run the phase $2 with the other arguments, where it finds what phases share; it must print $1
# at its end.  Its output is left in $home/$2.txt
phase() {
  last_line=$1 script=$2
  shift 2
  (cd "$here" && ardour7-lua "ardour_$script.lua" "$@") >"$home/$script.txt" 2>"$home/$script.log" ||
    true
  if ! grep -qx "$last_line" "$home/$script.txt"; then
    cat "$home/$script.txt" "$home/$script.log"
    exit 1
  fi
}

# Let Ardour find the VST3 $2 beside the bundles in $1, and set $ardour_id to its number there
scan_vst3() {
  mkdir -p "$home/.vst3"
  # With the time it was built at: what is new counts as newer than what was found in it
  cp -Rp "$(dirname "$1")/vst3/$2.vst3" "$home/.vst3"
  (
    # The scanner stands beside the program and needs what that sets; the Lua one itself
    # never scans
    eval "$(grep '^export' "$(command -v ardour7-lua)")"
    "$ARDOUR_DLL_PATH/ardour-vst3-scanner" -f "$home/.vst3/$2.vst3" >"$home/scan.log" 2>&1
  )
  ardour_id=$(sed -n 's/.*VST3Info uid="\([0-9A-F]*\)".*/\1/p' "$XDG_CACHE_HOME"/ardour7/vst/*.v3i)
}

# Make $home/session with the plugin $uri beside the bundles in $1, in the format $2, where its
# library is called $plugin, at tempo $3, with the settings of expect.sh and then those in $4
create_session() {
  ardour_bundles=$1 ardour_format=$2 ardour_tempo=$3 more=${4:-}
  ardour_id=$uri
  if [ "$ardour_format" = VST3 ]; then
    scan_vst3 "$ardour_bundles" "${plugin:-continuo}"
  fi
  set --
  for setting in $settings $more; do
    set -- "$@" "$(port_name "$uri" "${setting%%=*}")=${setting#*=}"
  done
  phase created create "$home/session" "$ardour_format" "$ardour_id" "$ardour_tempo" "$@"
}

# Ardour rounds to 1920 ticks a quarter at tempo $1, from a frame that was rounded before
ardour_tolerance() {
  awk -v frame="$(frames_in_quarters "$1" 1.5)" 'BEGIN { print frame + 1 / 1920 }'
}

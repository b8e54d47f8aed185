# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# shellcheck shell=sh disable=SC2034,SC2154 # Variables meet in the scripts

# For the scripts of the host tests, to be sourced: tools, a home of their own, an end
# without leftovers

skipped=77

# Go on only if all these commands exist: where CI=true they must, else the test is skipped
need() {
  for tool in "$@"; do
    if ! command -v "$tool" >/dev/null; then
      echo "$tool is not installed"
      [ "${CI:-}" = true ] && exit 1
      exit "$skipped"
    fi
  done
}

# Set $python to a Python 3 that has the modules $@; the user's may hide the system's
need_python() {
  for python in python3 /usr/bin/python3; do
    if "$python" -c "import $*" 2>/dev/null; then
      return
    fi
  done
  need "python3 with $*"
}

# Processes to be ended, clients before their server
pids=

# End a process: by force if it has not gone by itself after a while
end_process() {
  kill "$1" 2>/dev/null || return 0
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.3
  done
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

end_all() {
  for pid in $pids; do
    end_process "$pid"
  done
  rm -rf "$home"
}

# A folder for everything the host writes; $home is gone when the script ends
make_home() {
  home=$(mktemp -d)
  trap end_all EXIT
  trap 'exit 143' INT TERM HUP
  mkdir "$home/run"
  chmod 700 "$home/run"
  export HOME="$home"
  export XDG_CACHE_HOME="$home/.cache" XDG_CONFIG_HOME="$home/.config"
  export XDG_DATA_HOME="$home/.local/share" XDG_RUNTIME_DIR="$home/run"
}

# Let hosts find the bundles in folder $1 and the LV2 specification, and nothing else
use_bundles() {
  export LV2_PATH="$1:/usr/lib/lv2"
}

# Print what the plugin $3, or else the MIDI effect, beside the bundles in $1 is called in format
# $2: its URI or library
plugin_in() {
  built=$(dirname "$1") plugin_name=${3:-continuo}
  case $2-$plugin_name in
    lv2-continuo) echo urn:continuo:midi ;;
    lv2-*) echo "urn:continuo:${plugin_name#continuo-}" ;;
    vst3-*) echo "$built/vst3/$plugin_name.vst3"/Contents/*/"$plugin_name.so" ;;
    clap-*) echo "$built/clap/$plugin_name.clap" ;;
    vst2-*) echo "$built/vst2/$plugin_name-vst2.so" ;;
  esac
}

# Print the name that port $2 of plugin $1 shows to people
port_name() {
  lv2info "$1" | awk -v symbol="$2" '
    /^\t\tSymbol:/ { found = ($2 == symbol) }
    /^\t\tName:/ && found { sub(/^[^:]*: */, ""); print; exit }'
}

#!/bin/sh
# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# See each check of the house pass on a sound sample tree, and refuse a flaw of its kind.
# Usage: refuses.sh ROOT CC CXX CLANG_FORMAT CLANG_TIDY

set -eu
root=$1 cc=$2 cxx=$3 clang_format=$4 clang_tidy=$5
here=$root/tests/house
tree=$(mktemp -d)
output=$tree.txt
trap 'rm -rf "$tree" "$output"' EXIT
status=0

head_c='// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC
'
head_sh='# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
'

# Write the sound sample tree
plant() {
  rm -rf "$tree"
  mkdir -p "$tree/core/base" "$tree/core/music" "$tree/core/model" \
    "$tree/plugin/sound" "$tree/LICENSES" "$tree/build"
  cp "$root/.clang-format" "$root/.clang-tidy" "$tree"
  cp "$root/LICENSES/ISC.txt" "$tree/LICENSES"
  printf '%s\nint\nanswer(void);\n' "$head_c" >"$tree/core/base/answer.h"
  printf '%s\n#include "base/answer.h"\n\nint\nanswer(void)\n{\n  return 0;\n}\n' "$head_c" \
    >"$tree/core/base/answer.c"
  printf '%s\nint\ncontinuo(void);\n' "$head_c" >"$tree/core/continuo.h"
  printf '%s\n#include "continuo.h"\n' "$head_c" >"$tree/plugin/plugin.c"
  printf '%s\nint\nengine(void);\n' "$head_c" >"$tree/plugin/sound/engine.h"
  printf '%s\n#include "base/answer.h"\n' "$head_c" >"$tree/plugin/sound/sound.c"
  printf '%s\n#include "base/answer.h"\n#include "continuo.h"\n' "$head_c" >"$tree/core/top.c"
  printf '#!/bin/sh\n%s\necho sound\n' "$head_sh" >"$tree/sound.sh"
  printf '[{"directory": "%s", "file": "%s", "command": "cc -I%s -c %s"}]\n' \
    "$tree" "$tree/core/base/answer.c" "$tree/core" "$tree/core/base/answer.c" \
    >"$tree/build/compile_commands.json"
}

check() {
  case $1 in
    layers) cmake "-DROOT=$tree" -P "$here/layers.cmake" ;;
    headers) sh "$here/headers.sh" "$tree" "$cc" "$cxx" ;;
    format) sh "$here/format.sh" "$tree" "$clang_format" ;;
    tidy) sh "$here/tidy.sh" "$tree" "$tree/build" "$clang_tidy" ;;
    *) sh "$here/$1.sh" "$tree" ;;
  esac >"$output" 2>&1
}

# refuses CHECK WORDS FILE TEXT: once TEXT ends FILE, CHECK fails and its output has WORDS
refuses() {
  plant
  if ! check "$1"; then
    echo "$1 refuses a sound tree:"
    cat "$output"
    status=1
  fi
  # shellcheck disable=SC2059 # The text is written with \n
  printf "$4" >>"$tree/$3"
  if check "$1"; then
    echo "$1 accepts $3 with: $4"
    status=1
  elif ! grep -q "$2" "$output"; then
    echo "$1 refuses $3, but does not say \"$2\":"
    cat "$output"
    status=1
  fi
}

refuses layers 'stands below or beside music' core/base/answer.c '#include "music/tick.h"\n'
refuses layers 'only continuo.h' plugin/plugin.c '#include "base/answer.h"\n'
refuses layers 'only sound.h' plugin/plugin.c '#include "engine.h"\n'
refuses layers 'only continuo.h' plugin/sound/sound.c '#include "core/base/answer.h"\n'
refuses layers 'leaves its room' plugin/plugin.c '#include "../core/base/answer.h"\n'
refuses layers 'public header' core/base/answer.c '#include <continuo.h>\n'
refuses headers 'does not stand alone' core/base/answer.h 'uint8_t lost;\n'
refuses headers 'does not stand alone' core/continuo.h 'extern int class;\n'
refuses format 'core/base/answer.c' core/base/answer.c 'int  wide;\n'
refuses tidy 'readability-magic-numbers' core/base/answer.c \
  '\nint\nmany(int x)\n{\n  return x * 37;\n}\n'
refuses reuse 'no.*licens' core/base/bare.c 'int bare;\n'
refuses scripts 'unexpected' sound.sh 'if true; then\n'
refuses size 'lines, more than' core/base/answer.c "$(printf '%0600d' 0 | sed 's/0/\\n/g')"
refuses words 'sound.sh' sound.sh '# FIX''ME\n'
exit "$status"

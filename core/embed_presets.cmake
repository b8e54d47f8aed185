# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Write the texts of presets as C.
# Run: cmake "-DFILES=<a>.preset;<b>.preset" -DOUTPUT=<file>.c -P embed_presets.cmake

cmake_minimum_required(VERSION 3.20)

# Set `variable` to a C string literal of `text`, a line of it on each line
function(set_literal variable text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REPLACE "\n" "\\n\"\n   \"" text "${text}")
  set(${variable} "\"${text}\"" PARENT_SCOPE)
endfunction()

set(labels "\"Own settings\"")
set(rows "")
foreach(file IN LISTS FILES)
  file(READ "${file}" text)
  if(NOT "\n${text}" MATCHES "\nname *= *([^\n]*[^ \n])")
    message(FATAL_ERROR "${file} does not say its name")
  endif()
  set_literal(label "${CMAKE_MATCH_1}")
  set_literal(literal "${text}")
  get_filename_component(id "${file}" NAME_WE)
  string(APPEND labels ",\n  ${label}")
  string(APPEND rows "  {\"${id}\",\n   ${literal}},\n")
endforeach()

file(WRITE "${OUTPUT}" "// Made by embed_presets.cmake from presets/

#include \"preset.h\"

const char* const ct_builtin_preset_labels[] = {
  ${labels}};

const CtBuiltinPreset ct_builtin_presets[] = {
${rows}};
")

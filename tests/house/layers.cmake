# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Fail if an #include points upwards.  Run: cmake -DROOT=<source> -P layers.cmake

cmake_minimum_required(VERSION 3.20)

# What each room of core/ may include, as room/header
set(base base)
set(music base music)
set(model base model)
set(gen base music model gen)
set(core base music model gen)

# Those that may include the headers which stand in core/ itself
set(upper_rooms gen core)

# The only header of core/ for those outside
set(public_header continuo.h)

# A room outside core/ that stands on its base, as it has rings and threads of its own, and the
# only header of it for plugins and the command line
set(sound_room plugin/sound)
set(sound_header sound.h)

set(n_files 0)
set(bad "")

macro(refuse reason)
  list(APPEND bad "${file} includes ${path}: ${reason}")
endmacro()

# Set `paths` to what `file` includes, be it by "" or <>
macro(read_includes file)
  file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[\"<]")
  set(paths "")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^[^\"<]*[\"<]([^\">]*)[\">].*" "\\1" path "${line}")
    list(APPEND paths "${path}")
  endforeach()
  math(EXPR n_files "${n_files} + 1")
endmacro()

function(set_sources variable)
  set(found "")
  foreach(pattern IN LISTS ARGN)
    foreach(suffix c h cpp hpp)
      file(GLOB_RECURSE files "${ROOT}/${pattern}/*.${suffix}")
      list(APPEND found ${files})
    endforeach()
  endforeach()
  set(${variable} "${found}" PARENT_SCOPE)
endfunction()

# A path inside core/: by room, and downwards
macro(check_core_include room)
  string(REGEX MATCH "^[^/]*" target "${path}")
  if(path MATCHES "\\.\\./")
    refuse("name the room")
  elseif(path MATCHES "/" AND EXISTS "${ROOT}/core/${target}")
    if(NOT target IN_LIST ${room})
      refuse("${room} stands below or beside ${target}")
    endif()
  elseif(path MATCHES "^(plugin|ui|tests)/")
    refuse("core/ stands below ${target}")
  elseif(path STREQUAL public_header AND NOT "${room}" IN_LIST upper_rooms)
    refuse("${room} stands below the public header")
  elseif(EXISTS "${ROOT}/core/${path}" AND NOT "${room}" IN_LIST upper_rooms)
    refuse("${room} stands below the top of core/")
  endif()
endmacro()

# A path outside core/: the public header, the room's own headers, and others' projects
macro(check_outer_include)
  get_filename_component(folder "${file}" DIRECTORY)
  set(is_sound FALSE)
  if(folder STREQUAL "${ROOT}/${sound_room}")
    set(is_sound TRUE)
  endif()
  if(path MATCHES "\\.\\./")
    refuse("leaves its room")
  elseif(is_sound AND path MATCHES "^base/" AND EXISTS "${ROOT}/core/${path}")
    # Downwards
  elseif(NOT is_sound AND NOT path STREQUAL sound_header AND NOT EXISTS "${folder}/${path}"
         AND EXISTS "${ROOT}/${sound_room}/${path}")
    refuse("only ${sound_header} of ${sound_room} is seen from here")
  elseif(NOT path STREQUAL public_header
         AND NOT EXISTS "${folder}/${path}"
         AND (EXISTS "${ROOT}/core/${path}" OR EXISTS "${ROOT}/${path}"))
    refuse("only ${public_header} and its own room's headers are seen from here")
  endif()
endmacro()

foreach(room base music model gen)
  set_sources(files "core/${room}")
  foreach(file IN LISTS files)
    read_includes("${file}")
    foreach(path IN LISTS paths)
      check_core_include(${room})
    endforeach()
  endforeach()
endforeach()

file(GLOB files "${ROOT}/core/*.c" "${ROOT}/core/*.h")
foreach(file IN LISTS files)
  read_includes("${file}")
  foreach(path IN LISTS paths)
    check_core_include(core)
  endforeach()
endforeach()

set_sources(files plugin ui)
foreach(file IN LISTS files)
  read_includes("${file}")
  foreach(path IN LISTS paths)
    check_outer_include()
  endforeach()
endforeach()

if(n_files EQUAL 0)
  message(FATAL_ERROR "No sources below ${ROOT}")
endif()
if(bad)
  list(JOIN bad "\n  " text)
  message(FATAL_ERROR "An include points the wrong way:\n  ${text}")
endif()
message(STATUS "${n_files} files include only downwards")

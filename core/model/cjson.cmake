# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Set `cjson` to what brings cJSON: the system's, or, where that has none, as for another
# system, Debian's copy of its source, which is one file.  Without a network, unpack that and
# set FETCHCONTENT_SOURCE_DIR_CJSON to where it is

find_package(PkgConfig REQUIRED)
pkg_check_modules(CJSON IMPORTED_TARGET libcjson)
if(CJSON_FOUND)
  set(cjson PkgConfig::CJSON)
  return()
endif()
if(NOT CMAKE_CROSSCOMPILING)
  message(FATAL_ERROR "cJSON is missing (Debian: libcjson-dev)")
endif()

include(FetchContent)
if(POLICY CMP0135) # Files are as old as their unpacking
  cmake_policy(SET CMP0135 NEW)
endif()
FetchContent_Declare(
  cjson
  URL http://deb.debian.org/debian/pool/main/c/cjson/cjson_1.7.15.orig.tar.gz
  URL_HASH SHA256=5308fd4bd90cef7aa060558514de6a1a4a0819974a26e6ed13973c5f624c24b2)
FetchContent_GetProperties(cjson)
if(NOT cjson_POPULATED)
  FetchContent_Populate(cjson)
endif()

# The core asks for <cjson/cJSON.h>, as it is where it is installed
file(COPY "${cjson_SOURCE_DIR}/cJSON.h" DESTINATION "${CMAKE_CURRENT_BINARY_DIR}/include/cjson")
add_library(cjson STATIC "${cjson_SOURCE_DIR}/cJSON.c")
target_include_directories(cjson SYSTEM PUBLIC "${CMAKE_CURRENT_BINARY_DIR}/include")
target_compile_definitions(cjson PUBLIC CJSON_HIDE_SYMBOLS) # A module exports its format's only
set(cjson cjson)

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Write the copyright file of packages, with the licences that Debian has not at hand

# Set `out` to the text of a licence as a field of several lines holds it
function(continuo_licence_field file out)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  string(STRIP "${text}" text)
  string(REPLACE "\n" "\n " text " ${text}")
  string(REGEX REPLACE "\n +\n" "\n .\n" text "${text}")
  string(REGEX REPLACE "\n +\n" "\n .\n" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

continuo_licence_field(${PROJECT_SOURCE_DIR}/LICENSES/CC-BY-SA-4.0.txt CONTINUO_CC_BY_SA)
configure_file(copyright.in copyright @ONLY)

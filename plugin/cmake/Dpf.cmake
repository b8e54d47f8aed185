# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Bring in DPF, and with it dpf_add_plugin(): from DPF_DIR if there is one, else
# from the network.  Nothing is written into DPF_DIR: a copy is mended and built

set(DPF_DIR "/usr/share/dpf" CACHE PATH "DPF's sources: Debian's dpf-source, or a newer checkout")

# Of 8 February 2025: tested with our plugins, fixes in VST3, CLAP and LV2 since 1.6
set(dpf_pinned_commit e952d46e)

if(EXISTS "${DPF_DIR}/cmake/DPF-plugin.cmake")
  message(STATUS "DPF: ${DPF_DIR}")
  set(dpf_from "${DPF_DIR}")
else()
  message(STATUS "DPF: none in ${DPF_DIR}, so downloading commit ${dpf_pinned_commit}; "
                 "install dpf-source or set DPF_DIR to build without a network")
  include(FetchContent)
  FetchContent_Declare(
    dpf
    GIT_REPOSITORY https://github.com/DISTRHO/DPF.git
    GIT_TAG ${dpf_pinned_commit})
  FetchContent_GetProperties(dpf)
  if(NOT dpf_POPULATED)
    FetchContent_Populate(dpf)
  endif()
  set(dpf_from "${dpf_SOURCE_DIR}")
endif()

# Replace `old` by `new` in a file of the copy.  A DPF without `old` has no such
# defect any more, or another: the test that is named with each tells
function(continuo_mend_dpf file old new)
  file(READ "${dpf_copy}/${file}" text)
  string(REPLACE "${old}" "${new}" text "${text}")
  file(WRITE "${dpf_copy}/${file}" "${text}")
endfunction()

set(dpf_copy "${CMAKE_CURRENT_BINARY_DIR}/dpf-mended")
file(COPY "${dpf_from}/" DESTINATION "${dpf_copy}" PATTERN .git EXCLUDE)

# A negative frame in LV2, as in a lead-in, was passed over: the one before it was told in
# its place for a block, and its notes were heard (hosts/probe)
continuo_mend_dpf(
  distrho/src/DistrhoPluginLV2.cpp
  "if (fLastPositionData.frame >= 0)
                        fTimePosition.frame"
  "fTimePosition.frame")

add_subdirectory("${dpf_copy}" "${CMAKE_CURRENT_BINARY_DIR}/dpf" EXCLUDE_FROM_ALL)

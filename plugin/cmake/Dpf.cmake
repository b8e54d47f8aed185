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

# What is mended is not copied first, so that it stays as it is where CMake runs again
include(${CMAKE_CURRENT_LIST_DIR}/DpfMends.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/DpfMendsClap.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/DpfMendsUi.cmake)
set(dpf_copy "${CMAKE_CURRENT_BINARY_DIR}/dpf-mended")
continuo_copy_dpf()

add_subdirectory("${dpf_copy}" "${CMAKE_CURRENT_BINARY_DIR}/dpf" EXCLUDE_FROM_ALL)
include(${CMAKE_CURRENT_LIST_DIR}/DpfClap.cmake)

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The plugins for Windows, from Debian (g++-mingw-w64-x86-64-posix):
#
#   cmake -S . -B build-windows -DCMAKE_TOOLCHAIN_FILE=dist/windows.cmake
#   cmake --build build-windows --target continuo-midi-vst3 continuo-midi-clap

set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
# What pkg-config knows otherwise is of this system
set(ENV{PKG_CONFIG_LIBDIR} /usr/x86_64-w64-mingw32/lib/pkgconfig)

# GCC takes the stack to be aligned to 32 bytes where Windows aligns it to 16: let no move of a
# vector rely on it.  And isfinite() of its headers turns doubles into floats
set(CMAKE_C_FLAGS_INIT "-Wa,-muse-unaligned-vector-move -Wno-float-conversion")
set(CMAKE_CXX_FLAGS_INIT "-Wa,-muse-unaligned-vector-move")

# One file each, which needs Windows alone
set(CMAKE_MODULE_LINKER_FLAGS_INIT "-static")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")

# There is no OpenBLAS and no FluidSynth, and the tests are for a Unix
set(CONTINUO_CLI OFF CACHE BOOL "Build the command line (needs OpenBLAS)")
set(CONTINUO_FLUIDSYNTH OFF CACHE BOOL "Render audio through FluidSynth")
set(CONTINUO_TESTS OFF CACHE BOOL "Build the tests")

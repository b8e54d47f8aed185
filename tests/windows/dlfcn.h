// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file dlfcn.h As much of POSIX's header as the probe for CLAP needs, for
/// Windows

#ifndef CONTINUO_TESTS_DLFCN_H
#define CONTINUO_TESTS_DLFCN_H

#include <windows.h>

enum { RTLD_NOW = 0, RTLD_LOCAL = 0 };

static inline void*
dlopen(const char* const path, const int mode)
{
  (void)mode;
  return (void*)LoadLibraryA(path);
}

static inline void*
dlsym(void* const library, const char* const symbol)
{
  return (void*)GetProcAddress((HMODULE)library, symbol);
}

static inline int
dlclose(void* const library)
{
  return FreeLibrary((HMODULE)library) ? 0 : 1;
}

#endif // CONTINUO_TESTS_DLFCN_H

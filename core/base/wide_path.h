// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file wide_path.h Paths as Windows has them; for the files that are built
/// there

#ifndef CT_BASE_WIDE_PATH_H
#define CT_BASE_WIDE_PATH_H

#include <stddef.h>
#include <wchar.h>

/// A path of UTF-8, and then `extra` characters of room.
/// @return Memory for free(), or null if it is no UTF-8 or out of memory
wchar_t*
ct_wide_path(const char* path, size_t extra);

/// A path as UTF-8.  @return Memory for free(), or null
char*
ct_narrow_path(const wchar_t* path);

#endif // CT_BASE_WIDE_PATH_H

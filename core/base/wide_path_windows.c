// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/wide_path.h"

#include <windows.h>

#include <stdlib.h>

wchar_t*
ct_wide_path(const char* const path, const size_t extra)
{
  const int size =
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
  wchar_t* const wide =
    size ? (wchar_t*)calloc((size_t)size + extra, sizeof(wchar_t)) : NULL;
  if (wide) {
    MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, size);
  }
  return wide;
}

char*
ct_narrow_path(const wchar_t* const path)
{
  const int size =
    WideCharToMultiByte(CP_UTF8, 0, path, -1, NULL, 0, NULL, NULL);
  char* const narrow = size ? (char*)malloc((size_t)size) : NULL;
  if (narrow) {
    WideCharToMultiByte(CP_UTF8, 0, path, -1, narrow, size, NULL, NULL);
  }
  return narrow;
}

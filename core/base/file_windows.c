// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/file.h"
#include "base/wide_path.h"

#include <windows.h>

#include <stdlib.h>
#include <wchar.h>

/// Room for a process number and ".part" after a name
#define SUFFIX_SIZE 32U

/// Most that WriteFile() is given at once, bytes
static const size_t max_write = (size_t)1U << 30U;

static CtStatus
map_open(const HANDLE handle, CtMappedFile* const file)
{
  LARGE_INTEGER size;
  if (GetFileType(handle) != FILE_TYPE_DISK || !GetFileSizeEx(handle, &size)) {
    return CT_BAD_READ;
  }
  if (size.QuadPart == 0) {
    return CT_SUCCESS; // Nothing to map, and zero bytes are refused
  }

  const HANDLE mapping =
    CreateFileMappingW(handle, NULL, PAGE_READONLY, 0U, 0U, NULL);
  if (!mapping) {
    return CT_BAD_READ;
  }
  file->bytes =
    (const uint8_t*)MapViewOfFile(mapping, FILE_MAP_READ, 0U, 0U, 0U);
  file->size = file->bytes ? (size_t)size.QuadPart : 0U;
  CloseHandle(mapping); // The view lives on
  return file->bytes ? CT_SUCCESS : CT_BAD_READ;
}

CtStatus
ct_file_map(const char* const path, CtMappedFile* const file)
{
  file->bytes = NULL;
  file->size  = 0U;

  wchar_t* const wide   = ct_wide_path(path, 0U);
  const HANDLE   handle = wide ? CreateFileW(wide,
                                           GENERIC_READ,
                                           FILE_SHARE_READ | FILE_SHARE_DELETE,
                                           NULL,
                                           OPEN_EXISTING,
                                           FILE_ATTRIBUTE_NORMAL,
                                           NULL)
                               : INVALID_HANDLE_VALUE;
  free(wide);
  if (handle == INVALID_HANDLE_VALUE) {
    return CT_CANNOT_OPEN;
  }

  const CtStatus st = map_open(handle, file);
  CloseHandle(handle); // The view lives on
  return st;
}

void
ct_file_unmap(CtMappedFile* const file)
{
  if (file->bytes) {
    UnmapViewOfFile(file->bytes);
  }
  file->bytes = NULL;
  file->size  = 0U;
}

/// Write a new file
static CtStatus
write_new(const wchar_t* const path, const void* const bytes, const size_t size)
{
  const HANDLE handle = CreateFileW(
    path, GENERIC_WRITE, 0U, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (handle == INVALID_HANDLE_VALUE) {
    return CT_CANNOT_OPEN;
  }

  const uint8_t* at      = (const uint8_t*)bytes;
  size_t         left    = size;
  BOOL           is_done = TRUE;
  while (is_done && left) {
    const DWORD n_asked = (DWORD)(left < max_write ? left : max_write);
    DWORD       n       = 0U;
    is_done             = WriteFile(handle, at, n_asked, &n, NULL) && n;
    at += n;
    left -= n;
  }
  return CloseHandle(handle) && is_done ? CT_SUCCESS : CT_BAD_WRITE;
}

CtStatus
ct_file_write(const char* const path,
              const void* const bytes,
              const size_t      size)
{
  wchar_t* const wide      = ct_wide_path(path, 0U);
  wchar_t* const temporary = ct_wide_path(path, SUFFIX_SIZE);
  CtStatus       st        = wide && temporary ? CT_SUCCESS : CT_NO_MEMORY;
  if (!st) {
    // Beside the target, since a file is replaced in one file system only
    const size_t length = wcslen(temporary);
    (void)swprintf(temporary + length,
                   SUFFIX_SIZE,
                   L".%lu.part",
                   (unsigned long)GetCurrentProcessId());
    st = write_new(temporary, bytes, size);
    if (!st &&
        !MoveFileExW(temporary,
                     wide,
                     MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) {
      st = CT_CANNOT_OPEN;
    }
    if (st) {
      (void)DeleteFileW(temporary);
    }
  }
  free(temporary);
  free(wide);
  return st;
}

bool
ct_file_exists(const char* const path)
{
  wchar_t* const wide = ct_wide_path(path, 0U);
  const bool     is_there =
    wide && GetFileAttributesW(wide) != INVALID_FILE_ATTRIBUTES;
  free(wide);
  return is_there;
}

CtStatus
ct_file_remove(const char* const path)
{
  wchar_t* const wide       = ct_wide_path(path, 0U);
  const bool     is_removed = wide && DeleteFileW(wide);
  free(wide);
  return is_removed ? CT_SUCCESS : CT_BAD_WRITE;
}

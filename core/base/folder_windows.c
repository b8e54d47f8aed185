// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/folder.h"
#include "base/wide_path.h"

#include <windows.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct CtFolderImpl {
  HANDLE           search;
  WIN32_FIND_DATAW entry;
  bool             is_found; ///< The entry is one that was not told
  char*            name;     ///< That was told last
};

CtStatus
ct_folder_open(const char* const path, CtFolder** const folder)
{
  static const wchar_t all[] = L"/*";
  wchar_t* const       wide  = ct_wide_path(path, wcslen(all));
  *folder                    = (CtFolder*)calloc(1U, sizeof(CtFolder));
  if (!wide || !*folder) {
    free(wide);
    free(*folder);
    *folder = NULL;
    return CT_NO_MEMORY;
  }

  wcscat(wide, all);
  (*folder)->search   = FindFirstFileW(wide, &(*folder)->entry);
  (*folder)->is_found = (*folder)->search != INVALID_HANDLE_VALUE;
  const DWORD error   = GetLastError();
  free(wide);
  if ((*folder)->is_found) {
    return CT_SUCCESS;
  }
  free(*folder);
  *folder = NULL;
  return error == ERROR_PATH_NOT_FOUND || error == ERROR_FILE_NOT_FOUND
           ? CT_SUCCESS
           : CT_CANNOT_OPEN;
}

const char*
ct_folder_next(CtFolder* const folder)
{
  free(folder->name);
  folder->name = NULL;
  while (!folder->name && folder->is_found) {
    folder->name     = ct_narrow_path(folder->entry.cFileName);
    folder->is_found = FindNextFileW(folder->search, &folder->entry);
  }
  return folder->name;
}

void
ct_folder_close(CtFolder* const folder)
{
  if (folder) {
    (void)FindClose(folder->search);
    free(folder->name);
    free(folder);
  }
}

CtStatus
ct_folder_make(const char* const path)
{
  wchar_t* const wide    = ct_wide_path(path, 0U);
  const bool     is_made = wide && (CreateDirectoryW(wide, NULL) ||
                                GetLastError() == ERROR_ALREADY_EXISTS);
  free(wide);
  return is_made ? CT_SUCCESS : CT_BAD_WRITE;
}

/// Whether it separates folders
static bool
is_separator(const char c)
{
  return c == '/' || c == '\\';
}

bool
ct_path_is_absolute(const char* const path)
{
  const bool has_drive = isalpha((unsigned char)path[0]) && path[1] == ':';
  return has_drive ? is_separator(path[2])
                   : is_separator(path[0]) && is_separator(path[1]);
}

const char*
ct_path_last_separator(const char* const path)
{
  const char* last = NULL;
  for (const char* c = path; *c; ++c) {
    last = is_separator(*c) ? c : last;
  }
  return last;
}

/// What the environment says, or null
static char*
environment(const wchar_t* const variable)
{
  const wchar_t* const value = _wgetenv(variable);
  return value ? ct_narrow_path(value) : NULL;
}

char*
ct_user_data(void)
{
  return environment(L"APPDATA");
}

char*
ct_user_home(void)
{
  return environment(L"USERPROFILE");
}

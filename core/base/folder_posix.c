// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/// Permissions of a new folder, less the user's mask
#define FOLDER_MODE 0777U

struct CtFolderImpl {
  DIR* directory;
};

CtStatus
ct_folder_open(const char* const path, CtFolder** const folder)
{
  DIR* const directory = opendir(path);
  *folder              = NULL;
  if (!directory) {
    return errno == ENOENT ? CT_SUCCESS : CT_CANNOT_OPEN;
  }
  *folder = (CtFolder*)malloc(sizeof(CtFolder));
  if (!*folder) {
    (void)closedir(directory);
    return CT_NO_MEMORY;
  }
  (*folder)->directory = directory;
  return CT_SUCCESS;
}

const char*
ct_folder_next(CtFolder* const folder)
{
  const struct dirent* const entry = readdir(folder->directory);
  return entry ? entry->d_name : NULL;
}

void
ct_folder_close(CtFolder* const folder)
{
  if (folder) {
    (void)closedir(folder->directory);
    free(folder);
  }
}

CtStatus
ct_folder_make(const char* const path)
{
  return !mkdir(path, FOLDER_MODE) || errno == EEXIST ? CT_SUCCESS
                                                      : CT_BAD_WRITE;
}

bool
ct_path_is_absolute(const char* const path)
{
  return *path == '/';
}

const char*
ct_path_last_separator(const char* const path)
{
  return strrchr(path, '/');
}

/// What the environment says, or null
static char*
environment(const char* const variable)
{
  const char* const value = getenv(variable);
  return value ? strdup(value) : NULL;
}

char*
ct_user_data(void)
{
  return environment("XDG_DATA_HOME");
}

char*
ct_user_home(void)
{
  return environment("HOME");
}

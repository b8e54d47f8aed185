// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file folder.h Folders, paths, and where the user's own files are.  Paths
/// are UTF-8 in all systems

#ifndef CT_BASE_FOLDER_H
#define CT_BASE_FOLDER_H

#include "base/attributes.h"
#include "base/status.h"

#include <stdbool.h>

/// A folder that is being listed
typedef struct CtFolderImpl CtFolder;

/**
   Open a folder, to list what is in it.

   @thread main|worker
   @param folder Set to what is for ct_folder_close(), or to null if there is no
   such folder or on failure.
   @return CT_SUCCESS, also if there is none, CT_NO_MEMORY or CT_CANNOT_OPEN.
*/
CT_NODISCARD CtStatus
ct_folder_open(const char* path, CtFolder** folder);

/// Name of the next file or folder in it, in no order, or null.  Good until the
/// next call.  @thread main|worker
const char*
ct_folder_next(CtFolder* folder);

/// Null is fine.  @thread main|worker
void
ct_folder_close(CtFolder* folder);

/// Make a folder; one that is there is fine.  @thread main|worker
/// @return CT_SUCCESS or CT_BAD_WRITE
CT_NODISCARD CtStatus
ct_folder_make(const char* path);

/// Whether a path does not hang on where a program runs.  @thread any
bool
ct_path_is_absolute(const char* path);

/// The last separator in a path, or null.  @thread any
const char*
ct_path_last_separator(const char* path);

/// Where the user's data are, by the system's rule, or null if the environment
/// does not tell.  @thread main
/// @return Memory for free()
char*
ct_user_data(void);

/// The user's home, or null.  @thread main
/// @return Memory for free()
char*
ct_user_home(void);

#endif // CT_BASE_FOLDER_H

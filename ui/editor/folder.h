// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file folder.h What is in a folder, paths, and files that are written whole

#ifndef ED_FOLDER_H
#define ED_FOLDER_H

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

CONTINUO_BEGIN_DECLS

/// Bytes of a path and its end
#define ED_PATH_SIZE 1024U

/// Bytes of a file's name and its end
#define ED_FILE_NAME_SIZE 256U

/// A folder or a file
typedef struct {
  char name[ED_FILE_NAME_SIZE];
  bool is_folder;
} EdFolderRow;

/// What is in a folder: folders first, by name
typedef struct {
  EdFolderRow* rows;
  int          n_rows;
} EdFolder;

/**
   List a folder, less what is hidden.

   @param self Empty.
   @param endings Of the names of files that count, without the dot and in any
   case; null ends them, and null for all.
   @return Null, or what is wrong; then it stays empty.
*/
const char*
ed_folder_read(EdFolder* self, const char* path, const char* const* endings);

/// Empty it.
void
ed_folder_clear(EdFolder* self);

/// Copy a path.  @return False if it is too long
bool
ed_path_copy(char to[ED_PATH_SIZE], const char* from);

/// A path in a folder.  @return False if it is too long
bool
ed_path_join(char to[ED_PATH_SIZE], const char* folder, const char* name);

/**
   Write a file as a whole: what was there stays if that fails.

   @return Null, or what is wrong.
*/
const char*
ed_file_write(const char* path, const uint8_t* bytes, size_t size);

CONTINUO_END_DECLS

#endif // ED_FOLDER_H

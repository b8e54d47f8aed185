// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file file.h Whole files, mapped for reading and replaced for writing.
/// Paths are UTF-8 in all systems

#ifndef CT_BASE_FILE_H
#define CT_BASE_FILE_H

#include "base/attributes.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A file in memory; read only
typedef struct {
  const uint8_t* bytes; ///< First byte, null if the file is empty
  size_t         size;  ///< Bytes
} CtMappedFile;

/**
   Map the regular file at `path`.

   @thread main|worker
   @param file Set to the mapping for ct_file_unmap(); empty on failure.
   @return CT_SUCCESS, CT_CANNOT_OPEN or CT_BAD_READ.
*/
CT_NODISCARD CtStatus
ct_file_map(const char* path, CtMappedFile* file);

/// Give the mapping back; an empty one is fine.  @thread main|worker
void
ct_file_unmap(CtMappedFile* file);

/**
   Replace the file at `path`: readers see the old bytes or the new, never a
   part.

   Writes beside it and renames.  @thread main|worker
   @return CT_SUCCESS, CT_NO_MEMORY, CT_CANNOT_OPEN or CT_BAD_WRITE.
*/
CT_NODISCARD CtStatus
ct_file_write(const char* path, const void* bytes, size_t size);

/// Whether there is a file or folder at `path`.  @thread main|worker
bool
ct_file_exists(const char* path);

/// Delete the file at `path`.  @thread main|worker
/// @return CT_SUCCESS or CT_BAD_WRITE
CT_NODISCARD CtStatus
ct_file_remove(const char* path);

#endif // CT_BASE_FILE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file pieces.h A plugin's state that is read and written by pieces.

   Hosts may take and give less than a plugin asks for.  These pieces are of
   odd sizes, so that ends of words fall on ends of pieces sooner or later.
*/

#ifndef CONTINUO_TESTS_PIECES_H
#define CONTINUO_TESTS_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Bytes, empty as `{0}`
typedef struct {
  uint8_t* bytes; ///< Ours
  size_t   size;
  size_t   at;       ///< How far they were read
  uint32_t n_pieces; ///< Read or written, which tells the size of the next
} Pieces;

/// Free the bytes
void
pieces_clear(Pieces* pieces);

/// Read at most `size` bytes.  @return How many, zero at the end
size_t
pieces_read(Pieces* pieces, void* buffer, size_t size);

/// Take at most `size` bytes.  @return How many were taken
size_t
pieces_write(Pieces* pieces, const void* buffer, size_t size);

/// Write all to a file.  @return False if that cannot be done
bool
pieces_save(const Pieces* pieces, const char* path);

/// Read a file.  @return False if that cannot be done
bool
pieces_load(Pieces* pieces, const char* path);

#endif // CONTINUO_TESTS_PIECES_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "pieces.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Size of the next piece, if there is so much
static size_t
next_size(Pieces* pieces, const size_t most)
{
  static const size_t sizes[] = {1U, 511U, 64U, 3U, 200U, 17U, 2U};
  const size_t        n_sizes = sizeof(sizes) / sizeof(sizes[0]);
  const size_t        size    = sizes[pieces->n_pieces++ % n_sizes];
  return size < most ? size : most;
}

void
pieces_clear(Pieces* pieces)
{
  free(pieces->bytes);
  *pieces = (Pieces){0};
}

size_t
pieces_read(Pieces* pieces, void* buffer, const size_t size)
{
  const size_t left    = pieces->size - pieces->at;
  const size_t n_bytes = next_size(pieces, left < size ? left : size);
  if (n_bytes) {
    memcpy(buffer, pieces->bytes + pieces->at, n_bytes);
  }
  pieces->at += n_bytes;
  return n_bytes;
}

size_t
pieces_write(Pieces* pieces, const void* buffer, const size_t size)
{
  const size_t   n_bytes = next_size(pieces, size);
  uint8_t* const bytes   = realloc(pieces->bytes, pieces->size + n_bytes + 1U);
  if (!bytes) {
    abort();
  }
  memcpy(bytes + pieces->size, buffer, n_bytes);
  pieces->bytes = bytes;
  pieces->size += n_bytes;
  return n_bytes;
}

bool
pieces_save(const Pieces* pieces, const char* path)
{
  FILE* const file = fopen(path, "wb");
  if (!file) {
    return false;
  }
  const bool is_written =
    fwrite(pieces->bytes, 1U, pieces->size, file) == pieces->size;
  return !fclose(file) && is_written;
}

bool
pieces_load(Pieces* pieces, const char* path)
{
  enum { CHUNK = 4096 };
  uint8_t     chunk[CHUNK];
  FILE* const file = fopen(path, "rb");
  if (!file) {
    return false;
  }
  for (size_t n = 0U; (n = fread(chunk, 1U, sizeof(chunk), file)) > 0U;) {
    for (size_t done = 0U; done < n;) {
      done += pieces_write(pieces, chunk + done, n - done);
    }
  }
  pieces->n_pieces = 0U;
  return !fclose(file);
}

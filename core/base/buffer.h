// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file buffer.h Bytes that grow while they are written

#ifndef CT_BASE_BUFFER_H
#define CT_BASE_BUFFER_H

#include "base/attributes.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/**
   Growable bytes.

   After the first failure nothing more is written and `status` keeps the
   reason, so a writer may put many things and look once.
*/
typedef struct {
  uint8_t* bytes;    ///< Heap, or null if nothing was written
  size_t   size;     ///< Bytes written
  size_t   capacity; ///< Bytes there is room for
  CtStatus status;   ///< CT_SUCCESS or CT_NO_MEMORY
} CtBuffer;

/// An empty buffer, for ct_buffer_free() or ct_buffer_take().
/// @thread main|worker
CtBuffer
ct_buffer_init(void);

/// Free the bytes and make it empty.  @thread main|worker
void
ct_buffer_free(CtBuffer* buffer);

/// Append `size` bytes.  @thread main|worker
void
ct_put_bytes(CtBuffer* buffer, const void* bytes, size_t size);

/// Append the characters of `text` without its end.  @thread main|worker
void
ct_put_text(CtBuffer* buffer, const char* text);

/// Append one byte.  @thread main|worker
void
ct_put_u8(CtBuffer* buffer, uint8_t value);

/// Append two bytes, big-endian.  @thread main|worker
void
ct_put_u16_be(CtBuffer* buffer, uint16_t value);

/// Append four bytes, big-endian.  @thread main|worker
void
ct_put_u32_be(CtBuffer* buffer, uint32_t value);

/// Overwrite four bytes at `offset`, big-endian; they must have been written.
/// @thread main|worker
void
ct_patch_u32_be(CtBuffer* buffer, size_t offset, uint32_t value);

/// Append four bytes, little-endian.  @thread main|worker
void
ct_put_u32_le(CtBuffer* buffer, uint32_t value);

/// Append eight bytes, little-endian.  @thread main|worker
void
ct_put_u64_le(CtBuffer* buffer, uint64_t value);

/**
   Hand the bytes over and leave the buffer empty.

   @thread main|worker
   @param bytes Set to memory for free(), or to null on failure.
   @param size Set to its size, zero on failure.
   @return The buffer's status.
*/
CT_NODISCARD CtStatus
ct_buffer_take(CtBuffer* buffer, uint8_t** bytes, size_t* size);

#endif // CT_BASE_BUFFER_H

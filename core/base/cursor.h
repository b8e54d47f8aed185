// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file cursor.h Bytes from outside, read with a known end

#ifndef CT_BASE_CURSOR_H
#define CT_BASE_CURSOR_H

#include "base/attributes.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/**
   Place in borrowed bytes.

   Every read either gives its value and moves on, or returns CT_REACHED_END and
   leaves both the cursor and the result as they were.
*/
typedef struct {
  const uint8_t* at;  ///< Next byte
  const uint8_t* end; ///< One past the last
} CtCursor;

/// Cursor over `size` bytes.  @thread any
CtCursor
ct_cursor_init(const uint8_t* bytes, size_t size);

/// Bytes left.  @thread any
size_t
ct_cursor_left(const CtCursor* cursor);

/// One byte.  @thread any
CT_NODISCARD CtStatus
ct_read_u8(CtCursor* cursor, uint8_t* out);

/// Two bytes, big-endian (SMF).  @thread any
CT_NODISCARD CtStatus
ct_read_u16_be(CtCursor* cursor, uint16_t* out);

/// Four bytes, big-endian (SMF).  @thread any
CT_NODISCARD CtStatus
ct_read_u32_be(CtCursor* cursor, uint32_t* out);

/// Two bytes, little-endian.  @thread any
CT_NODISCARD CtStatus
ct_read_u16_le(CtCursor* cursor, uint16_t* out);

/// Four bytes, little-endian.  @thread any
CT_NODISCARD CtStatus
ct_read_u32_le(CtCursor* cursor, uint32_t* out);

/// Eight bytes, little-endian (safetensors).  @thread any
CT_NODISCARD CtStatus
ct_read_u64_le(CtCursor* cursor, uint64_t* out);

/// `size` bytes without a copy.  @thread any  @param out Set to the first,
/// borrowed
CT_NODISCARD CtStatus
ct_read_bytes(CtCursor* cursor, size_t size, const uint8_t** out);

/// A cursor of its own for the next `size` bytes, which are skipped here.
/// @thread any
CT_NODISCARD CtStatus
ct_read_part(CtCursor* cursor, size_t size, CtCursor* out);

/// Pass over `size` bytes.  @thread any
CT_NODISCARD CtStatus
ct_skip(CtCursor* cursor, size_t size);

#endif // CT_BASE_CURSOR_H

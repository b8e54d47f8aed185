// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/cursor.h"

CtCursor
ct_cursor_init(const uint8_t* const bytes, const size_t size)
{
  const CtCursor cursor = {bytes, size ? bytes + size : bytes};
  return cursor;
}

size_t
ct_cursor_left(const CtCursor* const cursor)
{
  return (size_t)(cursor->end - cursor->at);
}

CtStatus
ct_read_bytes(CtCursor* const       cursor,
              const size_t          size,
              const uint8_t** const out)
{
  if (ct_cursor_left(cursor) < size) {
    return CT_REACHED_END;
  }

  *out = cursor->at;
  if (size) {
    cursor->at += size;
  }
  return CT_SUCCESS;
}

CtStatus
ct_read_part(CtCursor* const cursor, const size_t size, CtCursor* const out)
{
  const uint8_t* bytes = NULL;
  const CtStatus st    = ct_read_bytes(cursor, size, &bytes);
  if (!st) {
    *out = ct_cursor_init(bytes, size);
  }
  return st;
}

CtStatus
ct_skip(CtCursor* const cursor, const size_t size)
{
  const uint8_t* bytes = NULL;
  return ct_read_bytes(cursor, size, &bytes);
}

CtStatus
ct_read_u8(CtCursor* const cursor, uint8_t* const out)
{
  const uint8_t* s  = NULL;
  const CtStatus st = ct_read_bytes(cursor, sizeof(*out), &s);
  if (!st) {
    *out = s[0];
  }
  return st;
}

CtStatus
ct_read_u16_be(CtCursor* const cursor, uint16_t* const out)
{
  const uint8_t* s  = NULL;
  const CtStatus st = ct_read_bytes(cursor, sizeof(*out), &s);
  if (!st) {
    *out = (uint16_t)(((uint32_t)s[0] << 8U) | s[1]);
  }
  return st;
}

CtStatus
ct_read_u32_be(CtCursor* const cursor, uint32_t* const out)
{
  const uint8_t* s  = NULL;
  const CtStatus st = ct_read_bytes(cursor, sizeof(*out), &s);
  if (!st) {
    *out = ((uint32_t)s[0] << 24U) | ((uint32_t)s[1] << 16U) |
           ((uint32_t)s[2] << 8U) | s[3];
  }
  return st;
}

CtStatus
ct_read_u16_le(CtCursor* const cursor, uint16_t* const out)
{
  const uint8_t* s  = NULL;
  const CtStatus st = ct_read_bytes(cursor, sizeof(*out), &s);
  if (!st) {
    *out = (uint16_t)(((uint32_t)s[1] << 8U) | s[0]);
  }
  return st;
}

CtStatus
ct_read_u32_le(CtCursor* const cursor, uint32_t* const out)
{
  const uint8_t* s  = NULL;
  const CtStatus st = ct_read_bytes(cursor, sizeof(*out), &s);
  if (!st) {
    *out = ((uint32_t)s[3] << 24U) | ((uint32_t)s[2] << 16U) |
           ((uint32_t)s[1] << 8U) | s[0];
  }
  return st;
}

CtStatus
ct_read_u64_le(CtCursor* const cursor, uint64_t* const out)
{
  if (ct_cursor_left(cursor) < sizeof(*out)) {
    return CT_REACHED_END;
  }

  uint64_t value = 0U;
  for (size_t i = 0U; i < sizeof(*out); ++i) {
    value |= (uint64_t)cursor->at[i] << (8U * i);
  }
  *out = value;
  cursor->at += sizeof(*out);
  return CT_SUCCESS;
}

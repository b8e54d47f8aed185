// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/buffer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// Bytes of the first allocation
#define FIRST_CAPACITY 256U

CtBuffer
ct_buffer_init(void)
{
  const CtBuffer buffer = {NULL, 0U, 0U, CT_SUCCESS};
  return buffer;
}

void
ct_buffer_free(CtBuffer* const buffer)
{
  free(buffer->bytes);
  *buffer = ct_buffer_init();
}

/// Make room for `size` more bytes.  @return False, with the status set, if
/// there is none
static bool
reserve(CtBuffer* const buffer, const size_t size)
{
  if (buffer->status) {
    return false;
  }
  if (size <= buffer->capacity - buffer->size) {
    return true;
  }

  uint8_t* bytes    = NULL;
  size_t   capacity = buffer->capacity ? buffer->capacity : FIRST_CAPACITY;
  while (capacity - buffer->size < size && capacity <= SIZE_MAX / 2U) {
    capacity *= 2U;
  }
  if (capacity - buffer->size >= size) {
    bytes = (uint8_t*)realloc(buffer->bytes, capacity);
  }
  if (!bytes) {
    buffer->status = CT_NO_MEMORY;
    return false;
  }

  buffer->bytes    = bytes;
  buffer->capacity = capacity;
  return true;
}

void
ct_put_bytes(CtBuffer* const buffer, const void* const bytes, const size_t size)
{
  if (size && reserve(buffer, size)) {
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
  }
}

void
ct_put_text(CtBuffer* const buffer, const char* const text)
{
  ct_put_bytes(buffer, text, strlen(text));
}

void
ct_put_u8(CtBuffer* const buffer, const uint8_t value)
{
  ct_put_bytes(buffer, &value, sizeof(value));
}

void
ct_put_u16_be(CtBuffer* const buffer, const uint16_t value)
{
  ct_put_u8(buffer, (uint8_t)(value >> 8U));
  ct_put_u8(buffer, (uint8_t)(value & 0xFFU));
}

void
ct_put_u32_be(CtBuffer* const buffer, const uint32_t value)
{
  ct_put_u16_be(buffer, (uint16_t)(value >> 16U));
  ct_put_u16_be(buffer, (uint16_t)(value & 0xFFFFU));
}

void
ct_patch_u32_be(CtBuffer* const buffer,
                const size_t    offset,
                const uint32_t  value)
{
  if (!buffer->status && offset <= buffer->size &&
      buffer->size - offset >= sizeof(value)) {
    for (size_t i = 0U; i < sizeof(value); ++i) {
      buffer->bytes[offset + i] =
        (uint8_t)((value >> (24U - (8U * i))) & 0xFFU);
    }
  }
}

void
ct_put_u32_le(CtBuffer* const buffer, const uint32_t value)
{
  for (size_t i = 0U; i < sizeof(value); ++i) {
    ct_put_u8(buffer, (uint8_t)((value >> (8U * i)) & 0xFFU));
  }
}

void
ct_put_u64_le(CtBuffer* const buffer, const uint64_t value)
{
  ct_put_u32_le(buffer, (uint32_t)(value & UINT32_MAX));
  ct_put_u32_le(buffer, (uint32_t)(value >> 32U));
}

CtStatus
ct_buffer_take(CtBuffer* const buffer,
               uint8_t** const bytes,
               size_t* const   size)
{
  const CtStatus st = buffer->status;
  *bytes            = NULL;
  *size             = 0U;
  if (!st) {
    *bytes        = buffer->bytes;
    *size         = buffer->size;
    buffer->bytes = NULL;
  }
  ct_buffer_free(buffer);
  return st;
}

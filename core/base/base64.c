// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/base64.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// Three bytes are four digits of six bits
#define GROUP_BYTES 3U
#define GROUP_DIGITS 4U
#define DIGIT_BITS 6U

static const char digits[] =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static const char     padding    = '=';
static const uint32_t digit_mask = 0x3FU;

CtStatus
ct_base64_encode(const uint8_t* const bytes,
                 const size_t         size,
                 char** const         text)
{
  const size_t n_groups = (size / GROUP_BYTES) + (size % GROUP_BYTES ? 1U : 0U);
  char* const  out      = n_groups < SIZE_MAX / GROUP_DIGITS
                            ? (char*)malloc((n_groups * GROUP_DIGITS) + 1U)
                            : NULL;
  *text                 = out;
  if (!out) {
    return CT_NO_MEMORY;
  }

  for (size_t i = 0U; i < n_groups; ++i) {
    const size_t begin = i * GROUP_BYTES;
    const size_t left  = size - begin;
    uint32_t     group = 0U;
    for (uint32_t j = 0U; j < GROUP_BYTES; ++j) {
      group = (group << 8U) | (j < left ? bytes[begin + j] : 0U);
    }
    for (uint32_t j = 0U; j < GROUP_DIGITS; ++j) {
      const uint32_t shift = DIGIT_BITS * (GROUP_DIGITS - 1U - j);
      char* const    digit = &out[(i * GROUP_DIGITS) + j];
      *digit               = padding;
      if (j <= left) {
        *digit = digits[(group >> shift) & digit_mask];
      }
    }
  }
  out[n_groups * GROUP_DIGITS] = '\0';
  return CT_SUCCESS;
}

/// The value of a digit.  @return False if it is none
static bool
digit_value(const char digit, uint32_t* const value)
{
  const char* const at = digit ? strchr(digits, digit) : NULL;
  *value               = at ? (uint32_t)(at - digits) : 0U;
  return at;
}

/// Read a group with `n` of its bytes.  @return False if it is none
static bool
read_group(const char* const text, const uint32_t n, uint8_t* const out)
{
  uint32_t group = 0U;
  for (uint32_t i = 0U; i < GROUP_DIGITS; ++i) {
    uint32_t value = 0U;
    if (i <= n ? !digit_value(text[i], &value) : text[i] != padding) {
      return false;
    }
    group = (group << DIGIT_BITS) | value;
  }
  for (uint32_t i = 0U; i < n; ++i) {
    out[i] = (uint8_t)((group >> (8U * (GROUP_BYTES - 1U - i))) & 0xFFU);
  }
  return !(group & ((1U << (8U * (GROUP_BYTES - n))) - 1U));
}

CtStatus
ct_base64_decode(const char* const text,
                 uint8_t** const   bytes,
                 size_t* const     size)
{
  const size_t length   = strlen(text);
  const size_t n_groups = length / GROUP_DIGITS;
  size_t       n_padded = 0U;
  while (n_padded < 2U && n_padded < length &&
         text[length - 1U - n_padded] == padding) {
    ++n_padded;
  }
  *bytes = NULL;
  *size  = 0U;
  if (length % GROUP_DIGITS) {
    return CT_NOT_BASE64;
  }

  uint8_t* const out = (uint8_t*)malloc((n_groups * GROUP_BYTES) + 1U);
  if (!out) {
    return CT_NO_MEMORY;
  }
  for (size_t i = 0U; i < n_groups; ++i) {
    const uint32_t n =
      GROUP_BYTES - (i + 1U == n_groups ? (uint32_t)n_padded : 0U);
    if (!read_group(text + (i * GROUP_DIGITS), n, out + (i * GROUP_BYTES))) {
      free(out);
      return CT_NOT_BASE64;
    }
  }
  *bytes = out;
  *size  = (n_groups * GROUP_BYTES) - n_padded;
  return CT_SUCCESS;
}

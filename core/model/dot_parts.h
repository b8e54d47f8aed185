// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file dot_parts.h How the kernels take whole numbers apart, and put sums of
/// their parts together

#ifndef CT_MODEL_DOT_PARTS_H
#define CT_MODEL_DOT_PARTS_H

#include "model/branchless.h"
#include "model/dot.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CT_DOT_HALF_BITS 12U
#define CT_DOT_HALF_SIZE (1 << CT_DOT_HALF_BITS)
#define CT_DOT_BYTE_SIZE 256

/// x less its multiple of `size` that is nearest, in [-size / 2, size / 2)
CT_INLINE int32_t
ct_dot_low(const int32_t x, const int32_t size)
{
  return ((x + (size / 2)) & (size - 1)) - (size / 2);
}

/// x = 2^12 high + low, where low may be negative
CT_INLINE void
ct_dot_split_halves(const int32_t* const x,
                    const uint32_t       n,
                    CtDotVector* const   vector)
{
  for (uint32_t i = 0U; i < n; ++i) {
    const int32_t low          = ct_dot_low(x[i], CT_DOT_HALF_SIZE);
    vector->parts.halves[0][i] = (int16_t)low;
    vector->parts.halves[1][i] = (int16_t)((x[i] - low) / CT_DOT_HALF_SIZE);
  }
}

/// x = 2^16 high + 2^8 middle + low, all with a sign
CT_INLINE void
ct_dot_split_bytes(const int32_t* const x,
                   const uint32_t       n,
                   CtDotVector* const   vector)
{
  for (uint32_t i = 0U; i < n; ++i) {
    const int32_t low         = ct_dot_low(x[i], CT_DOT_BYTE_SIZE);
    const int32_t rest        = (x[i] - low) / CT_DOT_BYTE_SIZE;
    const int32_t middle      = ct_dot_low(rest, CT_DOT_BYTE_SIZE);
    vector->parts.bytes[0][i] = (int8_t)low;
    vector->parts.bytes[1][i] = (int8_t)middle;
    vector->parts.bytes[2][i] = (int8_t)((rest - middle) / CT_DOT_BYTE_SIZE);
  }
}

/// What CT_DOT_OFFSET has added to every sum with `vector`
CT_INLINE double
ct_dot_excess(const CtDotVector* const vector)
{
  return (double)CT_DOT_OFFSET * vector->total;
}

/// Sums out of those of the halves, less `excess`: exact in double, and then
/// rounded once
CT_INLINE void
ct_dot_join_halves(int32_t (*const parts)[CT_DOT_ROWS],
                   const double excess,
                   float* const sums)
{
  for (uint32_t r = 0U; r < CT_DOT_ROWS; ++r) {
    const double high = (double)parts[1][r] * CT_DOT_HALF_SIZE;
    sums[r]           = (float)(high + (double)parts[0][r] - excess);
  }
}

/// As ct_dot_join_halves(), of bytes
CT_INLINE void
ct_dot_join_bytes(int32_t (*const parts)[CT_DOT_ROWS],
                  const double excess,
                  float* const sums)
{
  for (uint32_t r = 0U; r < CT_DOT_ROWS; ++r) {
    const double high =
      (double)parts[2][r] * (CT_DOT_BYTE_SIZE * CT_DOT_BYTE_SIZE);
    const double middle = (double)parts[1][r] * CT_DOT_BYTE_SIZE;
    sums[r]             = (float)(high + middle + (double)parts[0][r] - excess);
  }
}

/// Quad `q` of one half of a vector, as one word
CT_INLINE int64_t
ct_dot_half_quad(const CtDotVector* const vector,
                 const uint32_t           half,
                 const uint32_t           q)
{
  int64_t quad = 0;
  memcpy(
    &quad, &vector->parts.halves[half][(size_t)q * CT_DOT_QUAD], sizeof(quad));
  return quad;
}

/// Quad `q` of one of the bytes of a vector, as one word
CT_INLINE int32_t
ct_dot_byte_quad(const CtDotVector* const vector,
                 const uint32_t           byte,
                 const uint32_t           q)
{
  int32_t quad = 0;
  memcpy(
    &quad, &vector->parts.bytes[byte][(size_t)q * CT_DOT_QUAD], sizeof(quad));
  return quad;
}

#endif // CT_MODEL_DOT_PARTS_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file dot_parts.h How the kernels lay out whole numbers, and where their
/// sums begin

#ifndef CT_MODEL_DOT_PARTS_H
#define CT_MODEL_DOT_PARTS_H

#include "model/branchless.h"
#include "model/dot.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CT_DOT_BYTE_BITS 8
#define CT_DOT_BYTE_HALF (1 << (CT_DOT_BYTE_BITS - 1))
#define CT_DOT_BYTE_MASK ((1 << CT_DOT_BYTE_BITS) - 1)

/// x = 2^8 high + low, both with a sign
CT_INLINE void
ct_dot_split_bytes(const int32_t* const x,
                   const uint32_t       n,
                   CtDotVector* const   vector)
{
  // What is shifted has no sign, as then it is plain what comes in
  const int32_t half = CT_DOT_BYTE_HALF;
  for (uint32_t i = 0U; i < n; ++i) {
    const uint32_t raised =
      (uint32_t)(x[i] + half + (half << CT_DOT_BYTE_BITS));
    const int32_t low         = (int32_t)(raised & CT_DOT_BYTE_MASK) - half;
    const int32_t high        = (int32_t)(raised >> CT_DOT_BYTE_BITS) - half;
    vector->parts.bytes[0][i] = (int8_t)low;
    vector->parts.bytes[1][i] = (int8_t)high;
  }
}

CT_INLINE void
ct_dot_split_words(const int32_t* const x,
                   const uint32_t       n,
                   CtDotVector* const   vector)
{
  for (uint32_t i = 0U; i < n; ++i) {
    vector->parts.words[i] = (int16_t)x[i];
  }
}

/// Where sums begin, so that they end without what CT_DOT_OFFSET adds
CT_INLINE int32_t
ct_dot_start(const CtDotVector* const vector)
{
  return -CT_DOT_OFFSET * vector->total;
}

/// Quad `q` of a vector, as one number
CT_INLINE int64_t
ct_dot_word_quad(const CtDotVector* const vector, const uint32_t q)
{
  int64_t quad = 0;
  memcpy(&quad, &vector->parts.words[(size_t)q * CT_DOT_QUAD], sizeof(quad));
  return quad;
}

/// Half of a quad of a vector, as one number
CT_INLINE int32_t
ct_dot_word_pair(const CtDotVector* const vector,
                 const uint32_t           q,
                 const uint32_t           half)
{
  const size_t at   = ((size_t)q * CT_DOT_QUAD) + ((size_t)half * 2U);
  int32_t      pair = 0;
  memcpy(&pair, &vector->parts.words[at], sizeof(pair));
  return pair;
}

/// Quad `q` of one of the bytes of a vector, as one number
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

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file branchless.h Choices without branches, so that compilers make vectors
/// of loops over them

#ifndef CT_MODEL_BRANCHLESS_H
#define CT_MODEL_BRANCHLESS_H

#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#  define CT_INLINE static inline __attribute__((always_inline))
#else
#  define CT_INLINE static inline
#endif

/// @return `a` if `choice` is 1, `b` if it is 0.  @thread any
CT_INLINE float
ct_choose(const int32_t choice, const float a, const float b)
{
  int32_t a_bits = 0;
  int32_t b_bits = 0;
  memcpy(&a_bits, &a, sizeof(a));
  memcpy(&b_bits, &b, sizeof(b));

  const int32_t mask   = -choice;
  const int32_t bits   = (a_bits & mask) | (b_bits & ~mask);
  float         chosen = 0.0F;
  memcpy(&chosen, &bits, sizeof(bits));
  return chosen;
}

/// x within [low, high]; what is no number becomes `low`.  @thread any
CT_INLINE float
ct_clamp(const float x, const float low, const float high)
{
  const float raised = ct_choose(x >= low, x, low);
  return ct_choose(raised > high, high, raised);
}

/// The whole number next to x, which must be within those of 32 bits; halves go
/// away from zero.  @thread any
CT_INLINE int32_t
ct_round(const float x)
{
  return (int32_t)(x + ct_choose(x < 0.0F, -0.5F, 0.5F));
}

#endif // CT_MODEL_BRANCHLESS_H

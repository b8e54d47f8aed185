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

/// The bits of x.  @thread any
CT_INLINE int32_t
ct_bits(const float x)
{
  int32_t bits = 0;
  memcpy(&bits, &x, sizeof(bits));
  return bits;
}

/// The float that has these bits.  @thread any
CT_INLINE float
ct_of_bits(const int32_t bits)
{
  float x = 0.0F;
  memcpy(&x, &bits, sizeof(x));
  return x;
}

/// x within [low, high], which must be below and above 0; what is no number
/// becomes one of them.  @thread any
CT_INLINE float
ct_clamp(const float x, const float low, const float high)
{
  // Bits of floats are in their order as far as the sign is that of `high`, and
  // without regard to the sign those of negative ones are in the reverse order,
  // above all others
  const int32_t  bits = ct_bits(x) < ct_bits(high) ? ct_bits(x) : ct_bits(high);
  const uint32_t lowest  = (uint32_t)ct_bits(low);
  const uint32_t clamped = (uint32_t)bits < lowest ? (uint32_t)bits : lowest;
  return ct_of_bits((int32_t)clamped);
}

/// 1.5 times 2^23: in a float near this, the last bit is worth 1
#define CT_ROUNDING 12582912.0F

/// The whole number next to x, which must be within 2^22; halves go to the even
/// one.  @thread any
CT_INLINE int32_t
ct_round(const float x)
{
  return ct_bits(x + CT_ROUNDING) - ct_bits(CT_ROUNDING);
}

#endif // CT_MODEL_BRANCHLESS_H

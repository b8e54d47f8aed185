// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/rng.h"

/// 2^64 divided by the golden ratio, odd: the increment of SplitMix64
#define GOLDEN_GAMMA UINT64_C(0x9E3779B97F4A7C15)

/// Bits that fit a float exactly
#define COIN_BITS 24U

uint64_t
ct_mix(uint64_t x)
{
  // NOLINTBEGIN(readability-magic-numbers): the paper names them no more than
  // this
  x = (x ^ (x >> 30U)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27U)) * UINT64_C(0x94D049BB133111EB);
  return x ^ (x >> 31U);
  // NOLINTEND(readability-magic-numbers)
}

uint64_t
ct_key(const uint64_t seed,
       const int64_t  tick,
       const uint32_t count,
       const uint32_t head)
{
  // Mixed one after the other, so that no sum of two inputs can be another's
  uint64_t key = ct_mix(seed + GOLDEN_GAMMA);
  key          = ct_mix((key ^ (uint64_t)tick) + GOLDEN_GAMMA);
  return ct_mix((key ^ (((uint64_t)count << 32U) | head)) + GOLDEN_GAMMA);
}

float
ct_coin(const uint64_t key)
{
  return (float)(key >> (64U - COIN_BITS)) / (float)(UINT32_C(1) << COIN_BITS);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "dice.h"

uint64_t
dice_bits(Dice* dice)
{
  dice->state += UINT64_C(0x9E3779B97F4A7C15);
  uint64_t bits = dice->state;
  bits          = (bits ^ (bits >> 30U)) * UINT64_C(0xBF58476D1CE4E5B9);
  bits          = (bits ^ (bits >> 27U)) * UINT64_C(0x94D049BB133111EB);
  return bits ^ (bits >> 31U);
}

int64_t
dice_between(Dice* dice, const int64_t low, const int64_t high)
{
  const uint64_t n = (uint64_t)(high - low) + 1U;
  return low + (int64_t)(dice_bits(dice) % n);
}

double
dice_real(Dice* dice, const double low, const double high)
{
  const unsigned n_bits = 53U; // of a double's mantissa
  const double   unit   = (double)(dice_bits(dice) >> (64U - n_bits)) /
                      (double)(UINT64_C(1) << n_bits);
  return low + (high - low) * unit;
}

bool
dice_one_in(Dice* dice, const int64_t n)
{
  return dice_between(dice, 1, n) == 1;
}

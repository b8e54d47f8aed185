// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file dice.h Chance for tests: the same throws from the same seed everywhere

#ifndef CONTINUO_TESTS_DICE_H
#define CONTINUO_TESTS_DICE_H

#include <stdbool.h>
#include <stdint.h>

/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators" (OOPSLA 2014)
typedef struct {
  uint64_t state;
} Dice;

/// Any 64 bits
uint64_t
dice_bits(Dice* dice);

/// A whole number of [low, high], both included
int64_t
dice_between(Dice* dice, int64_t low, int64_t high);

/// A number of [low, high)
double
dice_real(Dice* dice, double low, double high);

/// True once in `n` throws
bool
dice_one_in(Dice* dice, int64_t n);

#endif // CONTINUO_TESTS_DICE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file rng.h Chance that is a function of position, with no state

#ifndef CT_BASE_RNG_H
#define CT_BASE_RNG_H

#include "base/attributes.h"

#include <stdint.h>

/**
   Mix 64 bits so that every bit of input changes half of the output.

   Finaliser of SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom
   Number Generators" (OOPSLA 2014), with the constants of Stafford's "Mix13".
   @thread any
*/
CT_REALTIME uint64_t
ct_mix(uint64_t x);

/**
   Key for one draw.

   The same position gives the same draw, however the player came there.
   @thread any
   @param seed The take.
   @param tick Musical position, may be negative.
   @param count Which note at this tick.
   @param head Which decision of this note.
*/
CT_REALTIME uint64_t
ct_key(uint64_t seed, int64_t tick, uint32_t count, uint32_t head);

/// A number in [0, 1) of 24 bits, so exact in float.  @thread any
CT_REALTIME float
ct_coin(uint64_t key);

#endif // CT_BASE_RNG_H

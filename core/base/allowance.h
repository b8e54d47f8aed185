// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file allowance.h What the audio threads of this process may spend together.

   Each instance of a plugin may take a share of its block for work that is
   late.  A host runs all of them within the time of one block, and where they
   are late they are so together: the shares must not add up.
*/

#ifndef CT_BASE_ALLOWANCE_H
#define CT_BASE_ALLOWANCE_H

#include "base/attributes.h"

#include <stdatomic.h>
#include <stdint.h>

/// Part of real time that is spent at most, in the long run.  All zero is
/// unspent.
typedef struct {
  /// When all that was spent will have been regained, in ct_cycles()
  _Atomic uint64_t regained;
} CtAllowance;

/**
   What may be spent at `now`.

   This is the generic cell rate algorithm (ITU-T I.371, annex A) with time as
   its cells: what was spent is regained at half the speed of time.
   @thread any
   @param now In ct_cycles(), as are all of these.
   @param most What may be spent at once, by all together.
*/
CT_REALTIME static inline uint64_t
ct_allowance_left(const CtAllowance* const allowance,
                  const uint64_t           now,
                  const uint64_t           most)
{
  const uint64_t regained =
    atomic_load_explicit(&allowance->regained, memory_order_relaxed);
  const uint64_t spent = regained > now ? (regained - now) / 2U : 0U;
  return spent < most ? most - spent : 0U;
}

/// Spend `cycles`, begun at `now`.  @thread any
CT_REALTIME static inline void
ct_allowance_spend(CtAllowance* const allowance,
                   const uint64_t     now,
                   const uint64_t     cycles)
{
  const uint64_t regained =
    atomic_load_explicit(&allowance->regained, memory_order_relaxed);
  if (regained < now) {
    // Two threads that come here at once may forget what one of them spent
    atomic_store_explicit(
      &allowance->regained, now + (2U * cycles), memory_order_relaxed);
  } else {
    atomic_fetch_add_explicit(
      &allowance->regained, 2U * cycles, memory_order_relaxed);
  }
}

#endif // CT_BASE_ALLOWANCE_H

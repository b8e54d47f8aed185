// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file tick.h Musical time

#ifndef CT_MUSIC_TICK_H
#define CT_MUSIC_TICK_H

#include <stdbool.h>
#include <stdint.h>

/// Ticks to the quarter note
#define CT_PPQN 960

/// Ticks of a whole note
#define CT_TICKS_PER_WHOLE (INT64_C(4) * CT_PPQN)

/// Ticks of a sixteenth note
#define CT_TICKS_PER_SIXTEENTH (CT_PPQN / 4)

/// Absolute position in ticks; bar one begins at zero, pre-roll is negative
typedef int64_t CtTick;

/// Half-open range of ticks
typedef struct {
  CtTick begin; ///< First tick in it
  CtTick end;   ///< First tick past it; equal to `begin` if empty
} CtTickRange;

/// Whether `tick` lies in `range`.  @thread any
static inline bool
ct_range_contains(const CtTickRange range, const CtTick tick)
{
  return tick >= range.begin && tick < range.end;
}

/// Quotient rounded down, also for negative `a`; `b` must be positive.
/// @thread any
static inline int64_t
ct_floor_div(const int64_t a, const int64_t b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/// Quotient rounded up, also for negative `a`; `b` must be positive.
/// @thread any
static inline int64_t
ct_ceil_div(const int64_t a, const int64_t b)
{
  return a / b + (a % b > 0 ? 1 : 0);
}

#endif // CT_MUSIC_TICK_H

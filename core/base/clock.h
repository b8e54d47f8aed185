// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file clock.h Wall time and processor time

#ifndef CT_BASE_CLOCK_H
#define CT_BASE_CLOCK_H

#include "base/attributes.h"

#include <stdint.h>

/// Monotonic time in nanoseconds, from an arbitrary zero.  @thread worker|main,
/// it may call the system
uint64_t
ct_clock_ns(void);

/// The processor's time-stamp counter, or 0 where there is none.  No system
/// call.  @thread any
CT_REALTIME uint64_t
ct_cycles(void);

/**
   Counts of ct_cycles() in a nanosecond, or 0 where there is no counter.

   Measured over some milliseconds by the first call and kept.
   @thread worker|main; call it once before an audio thread needs it
*/
double
ct_cycles_per_ns(void);

#endif // CT_BASE_CLOCK_H

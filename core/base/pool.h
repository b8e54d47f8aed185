// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file pool.h A few threads that do the work of many, the most urgent first.

   Nobody wakes them, since an audio thread may not: they look again after a nap
   of a millisecond.
*/

#ifndef CT_BASE_POOL_H
#define CT_BASE_POOL_H

#include "base/attributes.h"
#include "base/status.h"

#include <math.h>
#include <stdbool.h>

/// Urgency of a job that has nothing to do
#define CT_POOL_IDLE HUGE_VAL

/// Urgency from which on work is only for who has nothing else to do: one
/// thread at a time does it, as hosts need the processors
#define CT_POOL_SPARE 1e12

/// How long a job can wait: the least is done first.  @thread A pool's
typedef double (*CtUrgencyFunc)(void* handle);

/// Do a millisecond's share of the work.  @thread A pool's, one at a time
/// @return False if nothing could be done just now
typedef bool (*CtWorkFunc)(void* handle);

/// Work that comes again and again
typedef struct {
  CtUrgencyFunc urgency;
  CtWorkFunc    work;
  void*         handle; ///< Passed to both as it is
} CtJob;

/**
   Let the threads of this process work on `job` from now on.

   @thread main
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_pool_add(const CtJob* job);

/// Work no more on the job of `handle`; waits for what is under way.
/// @thread main
void
ct_pool_remove(const void* handle);

#endif // CT_BASE_POOL_H

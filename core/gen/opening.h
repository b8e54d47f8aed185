// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file opening.h How a take opens under given wishes: what its sections go on
   from.

   A section that nothing but time has changed since the last begins where the
   take's first eight bars end, so it can be written without those between, and
   the piece comes back to its beginning.
*/

#ifndef CT_GEN_OPENING_H
#define CT_GEN_OPENING_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/generator.h"
#include "gen/settings.h"
#include "music/meter.h"

#include <stddef.h>
#include <stdint.h>

/// Openings kept: of the last few wishes
#define CT_N_OPENINGS 4U

/// The end of an opening
typedef struct {
  CtSettings settings;
  CtMeter    meter;
  uint64_t   serial; ///< 0 if it is free
  char* moment; ///< [moment_size] at its last bar line, before what follows
} CtOpening;

/// Some openings
typedef struct {
  CtOpening items[CT_N_OPENINGS];
  size_t    moment_size;
  uint64_t  serial;
} CtOpenings;

/// Have memory for moments of a size.
/// @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY; to be cleared in any case
CT_NODISCARD CtStatus
ct_openings_init(CtOpenings* self, size_t moment_size);

/// @thread main|worker
void
ct_openings_clear(CtOpenings* self);

/// Forget all.  @thread any
CT_REALTIME void
ct_openings_forget(CtOpenings* self);

/// Keep `moment` as the end of an opening, in place of the oldest if need be.
/// @thread any
CT_REALTIME void
ct_openings_put(CtOpenings*       self,
                const CtSettings* settings,
                CtMeter           meter,
                const CtMoment*   moment);

/// The end of an opening.  @thread any  @return Borrowed, or null
CT_REALTIME const CtMoment*
ct_openings_find(const CtOpenings* self,
                 const CtSettings* settings,
                 CtMeter           meter);

#endif // CT_GEN_OPENING_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file drawer.h Takes that were put aside, and come back when their wishes do.

   Hosts send defaults before what they saved, and the last values of a pass
   before the first of the next: a take must not be lost to wishes that nobody
   hears.
*/

#ifndef CT_GEN_DRAWER_H
#define CT_GEN_DRAWER_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/request.h"
#include "gen/sheet.h"
#include "gen/take.h"

#include <stdint.h>

/// Sheets that can be put aside
#define CT_N_ASIDE 2U

/// Sheets that were played
typedef struct {
  CtSheet  sheets[CT_N_ASIDE];
  uint64_t serials[CT_N_ASIDE]; ///< When each was put aside; 0 if it is empty
  uint64_t serial;
} CtDrawer;

/// Begin empty.
/// @thread main
/// @return CT_SUCCESS or CT_NO_MEMORY; to be cleared in any case
CT_NODISCARD CtStatus
ct_drawer_init(CtDrawer*         self,
               const CtSettings* settings,
               const CtMeterMap* meters);

/// @thread main
void
ct_drawer_clear(CtDrawer* self);

/// Forget all.  @thread main|worker
void
ct_drawer_empty(CtDrawer* self);

/// As ct_sheet_reserve(), for what is put aside.  @thread main|worker
CT_NODISCARD CtStatus
ct_drawer_reserve(CtDrawer* self);

/**
   Let `take` have the sheet that a request wants.

   The one at hand stays if it fits.  Else one that was put aside and fits comes
   back; else, if the one at hand was heard, it is put aside for an empty one.
   @thread any
*/
CT_REALTIME void
ct_drawer_choose(CtDrawer* self, CtTake* take, const CtRequest* request);

/// The sheet that was put aside last, or null.  @thread main|worker
const CtSheet*
ct_drawer_last(const CtDrawer* self);

#endif // CT_GEN_DRAWER_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file sheet.h A take as it can be kept: wishes, meters and notes by position.

   There is no network in it, so it outlives the model that wrote it.
*/

#ifndef CT_GEN_SHEET_H
#define CT_GEN_SHEET_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/section.h"
#include "gen/settings.h"
#include "music/meter.h"

#include <stdbool.h>
#include <stddef.h>

/// "Nothing has changed", for functions that tell where something has
#define CT_NO_CHANGE INT64_MAX

/// "From the beginning", for wishes
#define CT_FROM_BEGINNING INT64_MIN

/// Wishes, meters, notes
typedef struct {
  CtWish*    wishes; ///< By tick; the first is in force from the beginning
  size_t     n_wishes;
  size_t     wish_capacity;
  CtMeterMap meters;
  CtSections sections;
  bool       is_restored; ///< From a session: none to be given up for others
} CtSheet;

/// An empty sheet of one wish.
/// @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY; to be cleared in any case
CT_NODISCARD CtStatus
ct_sheet_init(CtSheet*          self,
              const CtSettings* settings,
              const CtMeterMap* meters);

/// A copy of `other`.
/// @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY; to be cleared in any case
CT_NODISCARD CtStatus
ct_sheet_copy(CtSheet* self, const CtSheet* other);

/// @thread main|worker
void
ct_sheet_clear(CtSheet* self);

/// Make it an empty sheet of one wish, which keeps its room.  @thread any
CT_REALTIME void
ct_sheet_reset(CtSheet*          self,
               const CtSettings* settings,
               const CtMeterMap* meters);

/// Have room for what comes next, so that none of the functions below needs
/// memory.
/// @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_sheet_reserve(CtSheet* self);

/// Index of the wish in force at `tick`.  @thread any
CT_REALTIME size_t
ct_sheet_wish_at(const CtSheet* self, CtTick tick);

/// Settings in force at `tick`.  @thread any  @return Borrowed until a change
CT_REALTIME const CtSettings*
ct_sheet_settings(const CtSheet* self, CtTick tick);

/**
   Wish `settings` from `from` on, whatever was wished after it.

   Notes at or after the first difference are forgotten.
   @thread any
   @param from At or before tick 0 it is for the whole take.
   @param changed Set to the tick of the first difference, or CT_NO_CHANGE.
   @return CT_SUCCESS, or CT_NO_MEMORY if there is no room: nothing has changed.
*/
CT_REALTIME CT_NODISCARD CtStatus
ct_sheet_wish(CtSheet*          self,
              CtTick            from,
              const CtSettings* settings,
              CtTick*           changed);

/**
   Let a bar of `meter` begin at `bar_line`, as the host's does.

   @thread any
   @return Begin of the first bar that is another now, or CT_NO_CHANGE.
*/
CT_REALTIME CtTick
ct_sheet_meter(CtSheet* self, CtTick bar_line, CtMeter meter);

/// Whether a bar of `meter` begins at `bar_line`.  @thread any
CT_REALTIME bool
ct_sheet_has_bar(const CtSheet* self, CtTick bar_line, CtMeter meter);

/// Whether anything of it was heard.  @thread any
bool
ct_sheet_is_heard(const CtSheet* self);

#endif // CT_GEN_SHEET_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file take.h The music as a function of position: bars, notes, and the wishes
   they followed.

   The take is written forwards, an event at a time, and keeps a snapshot of the
   generator at every bar line.  Changed wishes or meters rewrite it from their
   tick on: the last snapshot before is restored, and what lies between comes
   out as it was, since chance is keyed by position.
*/

#ifndef CT_GEN_TAKE_H
#define CT_GEN_TAKE_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/generator.h"
#include "gen/model.h"
#include "gen/settings.h"
#include "music/meter.h"
#include "music/note.h"

#include <stdbool.h>
#include <stddef.h>

/// A bar that has been begun
typedef struct {
  CtTick  tick;    ///< Its bar line
  int64_t length;  ///< Ticks
  size_t  n_notes; ///< Notes of the take before it
} CtTakeBar;

/// The music so far
typedef struct {
  CtGenerator generator;
  CtMeterMap  meters;
  CtNote*     notes; ///< By onset
  size_t      n_notes;
  size_t      note_capacity;
  CtTakeBar*  bars;    ///< Bar one is at tick 0
  char*       moments; ///< [n_bars][ct_moment_size()] as each bar begins
  size_t      n_bars;
  size_t      bar_capacity;
  CtWish*     wishes; ///< By tick; the first is in force from the beginning
  size_t      n_wishes;
  size_t      wish_capacity;
  char* prelude; ///< Moment that the first bar begins from, or null for silence
} CtTake;

/// Begin an empty take, in a copy of `meters`.
/// @thread worker|main
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_take_init(CtTake*           self,
             const CtModel*    model,
             const CtSettings* settings,
             const CtMeterMap* meters);

/// @thread worker|main
void
ct_take_clear(CtTake* self);

/**
   Wish `settings` from tick `from` on, whatever was wished after it.

   @thread worker|main
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_take_wish(CtTake* self, CtTick from, const CtSettings* settings);

/// Wishes in force at `tick`.  @thread worker|main  @return Borrowed until a
/// change
const CtSettings*
ct_take_settings(const CtTake* self, CtTick tick);

/// Let a bar of `meter` begin at `bar_line`, as the host's does; rewrites what
/// differs.
/// @thread worker|main  @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_take_meter(CtTake* self, CtTick bar_line, CtMeter meter);

/// Let the music go on from a moment that has heard something; it becomes bar
/// one's past.
/// @thread worker|main  @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_take_prime(CtTake* self, const CtMoment* moment);

/// Write one more event.  @thread worker|main  @return CT_SUCCESS or
/// CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_take_extend(CtTake* self);

/// Notes with an onset before this tick are all written, and final until a
/// change.
/// @thread worker|main
CtTick
ct_take_horizon(const CtTake* self);

/// Index of the first note at or after `tick`.  @thread worker|main
size_t
ct_take_find(const CtTake* self, CtTick tick);

#endif // CT_GEN_TAKE_H

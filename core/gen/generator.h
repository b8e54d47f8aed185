// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file generator.h One event after another, as the network draws them.

   All that decides the next event lies in a moment: where the piece stands, the
   network's state, and what was struck.  Chance is keyed by position, so going
   on from a copy of a moment gives what going on from the moment itself gave.
*/

#ifndef CT_GEN_GENERATOR_H
#define CT_GEN_GENERATOR_H

#include "base/attributes.h"
#include "gen/context.h"
#include "gen/model.h"
#include "gen/settings.h"
#include "gen/spread.h"
#include "music/note.h"

#include <stdbool.h>
#include <stdint.h>

/// Everything that decides what comes next; copied whole as a snapshot
typedef struct {
  CtTick   bar_tick; ///< Bar line of the current bar
  CtTick   tick;     ///< Onset of the last event, or the bar line
  uint64_t own[];    ///< What the model's kind keeps beside
} CtMoment;

/// What ct_generator_next() made
typedef enum {
  CT_MADE_NOTE,
  CT_MADE_NOTHING,   ///< Not yet: a rest, or a note whose end is still to come
  CT_MADE_CANDIDATE, ///< One more way that the bar could go is known; it stands
                     ///< at its beginning again
  CT_MADE_BAR,       ///< The bar is over: ct_generator_bar() begins the next
} CtMade;

/// A network at work on one piece
typedef struct {
  const CtModel* model; ///< Borrowed
  CtMoment*      moment;
  void*          scratch; ///< What the model's kind works in
  CtSpread       spread;  ///< What the last pitch was drawn from
} CtGenerator;

/// @thread worker|main  @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_generator_init(CtGenerator* self, const CtModel* model);

/// Free what ct_generator_init() took.  @thread worker|main
void
ct_generator_clear(CtGenerator* self);

/// Bytes of a moment of `model`.  @thread any
size_t
ct_moment_size(const CtModel* model);

/// Where a moment stands: the onset of its last event.
/// @thread any
CT_REALTIME CtTick
ct_moment_tick(const CtMoment* moment);

/// Begin a piece at `bar_tick`, in a bar of `bar_length` ticks.
/// @thread worker|main
void
ct_generator_begin(CtGenerator*      self,
                   const CtSettings* settings,
                   CtTick            bar_tick,
                   int64_t           bar_length,
                   CtMeter           meter);

/// End all that sounds, and the section, before a next bar.  @thread any
CT_REALTIME void
ct_generator_breathe(CtGenerator* self);

/// Begin the next bar, at `bar_tick`.  @thread worker|main
void
ct_generator_bar(CtGenerator*      self,
                 const CtSettings* settings,
                 CtTick            bar_tick,
                 int64_t           bar_length,
                 CtMeter           meter);

/// Whether the functions below do anything: else the music has no form.
/// @thread any
CT_REALTIME bool
ct_generator_follows_form(const CtGenerator* self);

/// Tell how near the end the bar is that was just entered.  @thread any
/// @param ending Row of the network's table, of ct_form_ending()
CT_REALTIME void
ct_generator_ending(CtGenerator* self, uint32_t ending);

/// Let the bar that was just entered be like an earlier one.  @thread any
/// @param grade Below CT_N_RECALLS: how much, 0 is not
CT_REALTIME void
ct_generator_recall(CtGenerator* self, const CtBarNotes* bar, uint32_t grade);

/// The notes of the bar before the one that was just entered.  @thread any
CT_REALTIME const CtBarNotes*
ct_generator_last_bar(const CtGenerator* self);

/**
   Draw the next event, or take a step towards it.

   One that would come where other wishes are in force is drawn again under
   those, as late as they begin or later.
   @thread worker|main
   @param wishes [n_wishes] Those in force where the generator stands, and all
   later ones.
   @param note Set if a note was made.
*/
CtMade
ct_generator_next(CtGenerator*  self,
                  const CtWish* wishes,
                  size_t        n_wishes,
                  CtNote*       note);

#endif // CT_GEN_GENERATOR_H

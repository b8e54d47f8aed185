// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file take.h The music as a function of position, written where it is needed.

   Sections of eight bars are written an event at a time.  Under wishes and a
   meter that stay, each goes on from how the take opens, so any bar is at most
   seven bars of writing away; where they have just changed, it goes on from the
   section before.  Chance is keyed by position: what is written again comes out
   as it was.
*/

#ifndef CT_GEN_TAKE_H
#define CT_GEN_TAKE_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/context.h"
#include "gen/form.h"
#include "gen/generator.h"
#include "gen/model.h"
#include "gen/opening.h"
#include "gen/settings.h"
#include "gen/sheet.h"
#include "gen/spread.h"
#include "gen/track.h"
#include "music/meter.h"

#include <stdbool.h>

/// Where the generator of a take stands
typedef enum {
  CT_AT_NOWHERE,
  CT_AT_SECTION,
  CT_AT_OPENING, ///< In an opening that is not part of the sheet
} CtPlace;

/// A sheet, and a generator that writes it
typedef struct {
  CtSheet     sheet;
  CtGenerator generator;
  CtTracks    tracks;
  CtOpenings  openings;
  char*       prelude; ///< Moment that all begins from, or null for silence
  CtPlace     place;
  CtTick      section; ///< Begin of the section that the generator stands in
  CtTick      bar_end; ///< Next bar line of the generator
  CtWish      opening; ///< Wish of the opening that the generator stands in
  CtMeter     opening_meter;
  CtBarNotes  theme[CT_PHRASE_BARS]; ///< First phrase of that opening
  CtSpreads*  spreads; ///< What its notes were drawn from, borrowed or null
  uint64_t version; ///< Counts changes, each of which voids the drafts before
} CtTake;

/// Most wishes that a draft knows: more than a bar has sixteenths
#define CT_DRAFT_WISHES 64U

/// An event that is drawn aside, so that nobody waits for the take meanwhile
typedef struct {
  CtGenerator generator; ///< Its own
  uint64_t    version;   ///< Of the take that it was begun for
  CtWish      wishes[CT_DRAFT_WISHES];
  uint32_t    n_wishes;
  CtMade      made;
  CtNote      note;
} CtDraft;

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

/// Go on with another model: wishes and meters stay, notes and what was primed
/// don't.
/// @thread worker|main
/// @return CT_SUCCESS, or CT_NO_MEMORY: nothing has changed
CT_NODISCARD CtStatus
ct_take_set_model(CtTake* self, const CtModel* model);

/// Go on with another sheet, and leave the one at hand in its place.
/// @thread any
CT_REALTIME void
ct_take_swap(CtTake* self, CtSheet* sheet);

/// Let the music go on from a moment that has heard something; it becomes bar
/// one's past.
/// @thread worker|main  @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_take_prime(CtTake* self, const CtMoment* moment);

/// As ct_sheet_reserve(): until its room is used up, the functions below need
/// no memory.
/// @thread worker|main
CT_NODISCARD CtStatus
ct_take_reserve(CtTake* self);

/// As ct_sheet_wish().  @thread any
CT_REALTIME CT_NODISCARD CtStatus
ct_take_wish(CtTake* self, CtTick from, const CtSettings* settings);

/// As ct_sheet_meter().  @thread any
CT_REALTIME void
ct_take_meter(CtTake* self, CtTick bar_line, CtMeter meter);

/// First tick at or after `from` whose notes are not all written.  @thread any
CT_REALTIME CtTick
ct_take_horizon(const CtTake* self, CtTick from);

/**
   Draw one more event on the way to ct_take_horizon(self, from).

   @thread any
   @return CT_SUCCESS, or CT_NO_MEMORY if no room is left in reserve: nothing
   was drawn.
*/
CT_REALTIME CT_NODISCARD CtStatus
ct_take_extend(CtTake* self, CtTick from);

/**
   Begin to draw that event aside: from here to ct_take_end_draft() the take may
   be used, and changed, by others.

   @thread worker
   @param draft Its generator is of the take's model.
   @return As ct_take_extend().
*/
CT_NODISCARD CtStatus
ct_take_begin_draft(CtTake* self, CtTick from, CtDraft* draft);

/// Draw it; the take itself is not used.  @thread worker
void
ct_draft_draw(CtDraft* draft);

/// Enter the event, unless the take has changed meanwhile.  @thread worker
void
ct_take_end_draft(CtTake* self, CtDraft* draft);

#endif // CT_GEN_TAKE_H

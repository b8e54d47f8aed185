// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file house_draw.h How the house network draws an event

#ifndef CT_GEN_HOUSE_DRAW_H
#define CT_GEN_HOUSE_DRAW_H

#include "base/attributes.h"
#include "gen/context.h"
#include "gen/generator.h"
#include "gen/house.h"
#include "gen/settings.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Head number of the draw that scatters velocities
#define CT_HEAD_VELOCITY CT_N_HEADS

/// An event that was drawn
typedef struct {
  CtChoice          choice;   ///< The note, if it is one
  const CtSettings* settings; ///< The wish that it was drawn under, borrowed
} CtHouseDraw;

/**
   Draw the next event, and leave the moment as it is.

   @thread any
   @param wishes [n_wishes] As for ct_generator_next().
   @return False if the event is the bar line.
*/
bool
ct_house_draw(CtGenerator*  self,
              const CtWish* wishes,
              size_t        n_wishes,
              CtHouseDraw*  drawn);

/// Where the last event was; for a bar that is tried, would be.  @thread any
CT_REALTIME CtTick
ct_house_tick(const CtGenerator* self);

/// Chance, in [0, 1), of a decision about the next note.
/// @param head CtHeadId or CT_HEAD_VELOCITY
/// @thread any
CT_REALTIME float
ct_house_coin(const CtGenerator* self,
              const CtSettings*  settings,
              uint32_t           head);

/// MIDI key that a row of the pitch table is heard as.  @thread any
CT_REALTIME uint8_t
ct_house_key(const CtGenerator* self, const CtSettings* settings, uint32_t row);

#endif // CT_GEN_HOUSE_DRAW_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file humanize.h How far notes are from the grid, as hands are.

   Notes are only ever put off, and by less than a step of the model's grid, so
   none passes another of its key, and loops between beats lose none.  How much
   depends on seed, place and key alone: what ends a note and what begins the
   next one of that key move together.
*/

#ifndef CT_MUSIC_HUMANIZE_H
#define CT_MUSIC_HUMANIZE_H

#include "base/attributes.h"
#include "music/tick.h"

#include <stdint.h>

/// Longest delay: less than a step of the model's grid
#define CT_HUMANIZE_MAX_TICKS (CT_PPQN / 24 - 1)

/// A wish for freedom from the grid
typedef struct {
  float    amount; ///< 0 is on the grid, 1 is off by up to 20 ms
  uint32_t seed;
} CtHumanize;

/// The same over time: what holds before a tick, and from it on
typedef struct {
  CtTick     from;
  CtHumanize before;
  CtHumanize after;
} CtHumanizeTurn;

/// Hold one wish everywhere.  @thread any
CT_REALTIME void
ct_humanize_hold(CtHumanizeTurn* turn, CtHumanize wish);

/// Hold another wish from `from` on; what was wished for the time after the
/// last turn holds before.  @thread any
CT_REALTIME void
ct_humanize_turn(CtHumanizeTurn* turn, CtTick from, CtHumanize wish);

/// The wish that holds at `tick`.  @thread any
CT_REALTIME CtHumanize
ct_humanize_at(const CtHumanizeTurn* turn, CtTick tick);

/**
   How much an end of a note is put off.

   All players drift together from beat to beat; each note has its own chance
   besides; and what is low comes after what is high, as pianists play (Goebl,
   "Melody lead in piano performance: expressive device or artifact?", J.
   Acoust. Soc. Am. 110, 2001).
   @thread any
   @param tempo Quarters a minute.
   @param tick Where it is on the grid.
   @param pitch MIDI key.
   @return Ticks, from 0 to CT_HUMANIZE_MAX_TICKS
*/
CT_REALTIME CtTick
ct_humanize(CtHumanize wish, double tempo, CtTick tick, uint8_t pitch);

#endif // CT_MUSIC_HUMANIZE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file spread.h What pitches a note was drawn from, kept to be shown.

   A table by place: whoever writes the take enters, and any thread looks
   without waiting for it.  What does not fit pushes out what is there, so that
   a look may find nothing.
*/

#ifndef CT_GEN_SPREAD_H
#define CT_GEN_SPREAD_H

#include "base/attributes.h"
#include "music/note.h"

#include <stdbool.h>
#include <stdint.h>

/// Most pitches of a spread: the likeliest
#define CT_SPREAD_SIZE 16U

/// Choices by weight, the likeliest first
typedef struct {
  uint8_t n;                       ///< How many
  uint8_t n_kept;                  ///< Of them, those that could be drawn
  uint8_t keys[CT_SPREAD_SIZE];    ///< As MIDI counts
  uint8_t weights[CT_SPREAD_SIZE]; ///< 255 is that of the likeliest
} CtSpread;

/// A table of spreads
typedef struct CtSpreadsImpl CtSpreads;

/// @thread main  @return For ct_spreads_free(), or null if out of memory
CT_NODISCARD CtSpreads*
ct_spreads_new(void);

/// Null is fine.  @thread main
void
ct_spreads_free(CtSpreads* self);

/// Keep what `note` was drawn from.  @thread One at a time
CT_REALTIME void
ct_spreads_enter(CtSpreads* self, const CtNote* note, const CtSpread* spread);

/// What the note at `tick` was drawn from.  @thread any  @return False if that
/// is not known (any more)
bool
ct_spreads_look(const CtSpreads* self,
                CtTick           tick,
                uint8_t          part,
                uint8_t          pitch,
                CtSpread*        spread);

#endif // CT_GEN_SPREAD_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file tuplet.h Where in a bar triplets are

#ifndef CT_MUSIC_TUPLET_H
#define CT_MUSIC_TUPLET_H

#include "music/bar_shape.h"
#include "music/note_value.h"

#include <stdbool.h>
#include <stdint.h>

/// A stretch of a bar in which one voice changes nothing
typedef struct {
  CtSpan span;    ///< In the bar
  bool   is_rest; ///< Nothing sounds
} CtStretch;

/// The stretches of one voice in one bar, from bar line to bar line
typedef struct {
  const CtBarShape* shape;
  const CtStretch*  stretches;
  uint32_t          n_stretches;
  CtCut*            cuts; ///< [ct_cut_size()] Memory to work in
} CtVoiceBar;

/// Unit of the triplet over `span`, as it is written: a quarter holds three
/// eighths.  @thread any
int64_t
ct_tuplet_unit(CtSpan span);

/// A place in the triplet over `span`, as it is written: counted from its
/// begin in written units, three for two.  @thread any
int64_t
ct_tuplet_place(CtSpan span, int64_t place);

/**
   Choose the triplets that the stretches are written in.

   They are halves of a bar of four quarters, beats, divisions of beats or
   halves of these, whichever need the fewest symbols.
   @thread any
   @param tuplets [length of the bar / CT_SHORTEST_VALUE] Set in time order.
   @return Number of triplets.
*/
uint32_t
ct_tuplets_choose(const CtVoiceBar* bar, CtSpan* tuplets);

#endif // CT_MUSIC_TUPLET_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file rhythm.h One voice of one bar as note values, triplets and beams

#ifndef CT_MUSIC_RHYTHM_H
#define CT_MUSIC_RHYTHM_H

#include "music/note_value.h"
#include "music/tuplet.h"

#include <stdbool.h>
#include <stdint.h>

/// Most beams of a note: those of a sixty-fourth
#define CT_MAX_BEAMS 4U

/// What a beam does at a note
typedef enum {
  CT_BEAM_NONE,
  CT_BEAM_BEGIN,
  CT_BEAM_CONTINUE,
  CT_BEAM_END,
  CT_BEAM_FORWARD,  ///< A stub after the stem
  CT_BEAM_BACKWARD, ///< A stub before the stem
} CtBeam;

/// A chord, a note or a rest as it is written
typedef struct {
  CtSpan      span;  ///< In the bar
  CtNoteValue value; ///< Of a bar's rest: none
  bool        is_rest;
  bool        is_bar_rest;         ///< Fills the bar, whatever its length
  bool        is_tuplet;           ///< Three in the time of two
  bool        begins_tuplet;       ///< The first of them
  bool        ends_tuplet;         ///< The last of them
  uint8_t     tuplet_base;         ///< CtValueBase of which it has three
  uint8_t     beams[CT_MAX_BEAMS]; ///< CtBeam, from the one farthest from the
                                   ///< heads
} CtSymbol;

/// Most symbols of a bar.  @thread any
uint32_t
ct_rhythm_size(const CtBarShape* shape);

/**
   Write the stretches of a bar.

   @thread any
   @param tuplets [length / CT_SHORTEST_VALUE] Memory to work in.
   @param symbols [ct_rhythm_size()] Set in time order, without beams.
   @return Number of symbols.
*/
uint32_t
ct_rhythm_write(const CtVoiceBar* bar, CtSpan* tuplets, CtSymbol* symbols);

/// Set the beams: over beats, or over more where there are only eighths.
/// @thread any
void
ct_rhythm_beam(const CtBarShape* shape, CtSymbol* symbols, uint32_t n_symbols);

#endif // CT_MUSIC_RHYTHM_H

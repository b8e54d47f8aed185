// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file spelling.h Names of notes: whether a black key is a sharp or a flat

   Names lie on the line of fifths: ... Bb F C G D A E B F# ..., C is 0.
*/

#ifndef CT_MUSIC_SPELLING_H
#define CT_MUSIC_SPELLING_H

#include "music/key.h"

#include <stddef.h>
#include <stdint.h>

/// Steps of a scale, C to B
#define CT_STEPS_PER_OCTAVE 7

/// A note as it is written
typedef struct {
  int step;   ///< 0..6 = C..B
  int alter;  ///< Sharps, or flats if negative, -2..2
  int octave; ///< 4 begins with middle C
} CtSpelling;

/// A note to be spelled
typedef struct {
  int64_t  begin; ///< Onset; lists are sorted by it
  uint8_t  pitch; ///< MIDI key
  uint32_t line;  ///< Whose melody it is part of: a staff
} CtSpeltNote;

/// Step, accidental and octave of MIDI key `pitch` called `fifths`.
/// @thread any
CtSpelling
ct_spelling(int fifths, int pitch);

/// Step on a staff: 7 * octave + step, 28 is middle C.  @thread any
int
ct_spelling_place(CtSpelling spelling);

/// Where the tonic of a key lies on the line of fifths.  @thread any
int
ct_key_fifths(CtKey key);

/**
   Spell the notes of a piece.

   A note is named as the tonics that sound around it would name it, by the
   chromatic scale with lowered second, third, sixth and seventh and raised
   fourth, each tonic weighing as often as it sounds among the last ten notes
   and the next forty-two (stage one of ps13: D. Meredith, "The ps13 pitch
   spelling algorithm", Journal of New Music Research 35, 2006); the tonic of
   the key weighs too.  Then chromatic neighbours and passing notes are
   written on the step next to where they go.
   @thread any
   @param notes [n_notes] By onset.
   @param fifths [n_notes] Set to places on the line of fifths.
*/
void
ct_spell(const CtSpeltNote* notes, size_t n_notes, CtKey key, int16_t* fifths);

#endif // CT_MUSIC_SPELLING_H

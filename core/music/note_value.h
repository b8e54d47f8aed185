// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file note_value.h Note values, and cutting what has none into tied notes

#ifndef CT_MUSIC_NOTE_VALUE_H
#define CT_MUSIC_NOTE_VALUE_H

#include "music/bar_shape.h"

#include <stdbool.h>
#include <stdint.h>

/// From the longest value down, each half of the one before
typedef enum {
  CT_VALUE_BREVE,
  CT_VALUE_WHOLE,
  CT_VALUE_HALF,
  CT_VALUE_QUARTER,
  CT_VALUE_EIGHTH,
  CT_VALUE_16TH,
  CT_VALUE_32ND,
  CT_VALUE_64TH,
  CT_N_VALUES
} CtValueBase;

/// Such as a dotted quarter
typedef struct {
  uint8_t base;   ///< CtValueBase
  uint8_t n_dots; ///< 0 or 1
} CtNoteValue;

/// Memory to cut spans of a bar with: ct_cut_size() of these
typedef struct {
  int32_t cost; ///< Of the best cuts up to here
  int32_t from; ///< Where the last piece of them begins
} CtCut;

/// The value that lasts `length` units.  @thread any  @return False if none
/// does
bool
ct_note_value(int64_t length, CtNoteValue* value);

/// Number of CtCut for bars of `shape`.  @thread any
uint32_t
ct_cut_size(const CtBarShape* shape);

/**
   Cut a span into the fewest values that still show where the beats are.

   A note may hide a beat if it begins or ends at a place at least as strong, or
   if it is a plain syncopation (eighth, quarter, eighth).  Rests fill whole
   beats, and divisions of them.
   @thread any
   @param span On sixty-fourths of the bar; not empty.
   @param cuts [ct_cut_size()] Afterwards read by ct_cut_piece().
   @return Number of pieces.
*/
uint32_t
ct_cut(const CtBarShape* shape, CtSpan span, bool is_rest, CtCut* cuts);

/// Piece that ends at `end`, of the span that was cut last.  @thread any
CtSpan
ct_cut_piece(const CtCut* cuts, CtSpan span, int64_t end);

#endif // CT_MUSIC_NOTE_VALUE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file bar_shape.h How a bar is counted, and how strong its places are

#ifndef CT_MUSIC_BAR_SHAPE_H
#define CT_MUSIC_BAR_SHAPE_H

#include "music/meter.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

/// Units of written music to the quarter: the model's grid and sixty-fourths
/// are whole numbers of them
#define CT_UNITS_PER_QUARTER 48
#define CT_UNITS_PER_WHOLE (INT64_C(4) * CT_UNITS_PER_QUARTER)
#define CT_TICKS_PER_UNIT (CT_PPQN / CT_UNITS_PER_QUARTER)

/// Units of a sixty-fourth, the shortest value that is written
#define CT_SHORTEST_VALUE (CT_UNITS_PER_WHOLE / 64)

/// How strong a place is; below a division come its halves, quarters ...
typedef enum {
  CT_LEVEL_BAR,
  CT_LEVEL_MIDDLE,
  CT_LEVEL_BEAT,
  CT_LEVEL_DIVISION,
} CtLevel;

/// Half-open range of units in a bar or a piece
typedef struct {
  int64_t begin; ///< First unit in it
  int64_t end;   ///< First unit past it
} CtSpan;

/// A bar, in units
typedef struct {
  int64_t length;
  int64_t unit;    ///< What the meter's lower number counts
  int64_t beat;    ///< Two or three units, or one; the last beat takes what is
                   ///< left
  int64_t n_beats; ///< At least 1
  int64_t middle;  ///< Where its second part begins, 0 if it has no parts
} CtBarShape;

/**
   Beats as musicians count them.

   6/8, 9/8, 12/8, 3/8 and 6/4 have beats of three units, other meters of
   eighths or less beats of two and a last one of three if need be (7/8 is
   2 + 2 + 3), all others one beat to the unit.
   @thread any
   @param meter Valid.
*/
CtBarShape
ct_bar_shape(CtMeter meter);

/// Three of `unit` in one beat, as the notes of a triplet are counted.
/// @thread any
CtBarShape
ct_bar_shape_ternary(int64_t unit);

/// The beat that `place` lies in, 0 <= place < length.  @thread any
CtSpan
ct_bar_beat(const CtBarShape* shape, int64_t place);

/// Whether `beat` has three units.  @thread any
bool
ct_beat_is_ternary(const CtBarShape* shape, CtSpan beat);

/// Whether beats are made of smaller units, as in 6/8 or 7/8.  @thread any
bool
ct_bar_is_compound(const CtBarShape* shape);

/// Level of a place, 0 <= place <= length; smaller is stronger.  @thread any
unsigned
ct_bar_level(const CtBarShape* shape, int64_t place);

#endif // CT_MUSIC_BAR_SHAPE_H

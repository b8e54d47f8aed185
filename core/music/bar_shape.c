// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/bar_shape.h"

#define TERNARY INT64_C(3)

/// Lower number of a quarter, and of an eighth
#define QUARTERS 4U
#define EIGHTHS 8U

/// Beats of 6/8 and 6/4, but not of 3/4, are three units long
static bool
has_ternary_beats(const CtMeter meter)
{
  return meter.numerator % TERNARY == 0 &&
         (meter.denominator >= EIGHTHS ||
          (meter.denominator == QUARTERS && meter.numerator > TERNARY));
}

/// First beat of the bar's second part: 2 + 2, 3 + 2, 4 + 3, 4 + 4
static int64_t
middle_beat(const int64_t n_beats)
{
  static const int64_t middles[] = {0, 0, 0, 0, 2, 3, 0, 4, 4};

  return n_beats < (int64_t)(sizeof(middles) / sizeof(middles[0]))
           ? middles[n_beats]
           : 0;
}

CtBarShape
ct_bar_shape(const CtMeter meter)
{
  CtBarShape    shape = {0};
  const int64_t n     = (int64_t)meter.numerator;
  shape.unit          = CT_UNITS_PER_WHOLE / (int64_t)meter.denominator;
  shape.length        = n * shape.unit;
  if (has_ternary_beats(meter)) {
    shape.n_beats = n / TERNARY;
    shape.beat    = TERNARY * shape.unit;
  } else if (meter.denominator >= EIGHTHS && n > 1) {
    shape.n_beats = n / 2;
    shape.beat    = 2 * shape.unit;
  } else {
    shape.n_beats = n;
    shape.beat    = shape.unit;
  }
  shape.middle = middle_beat(shape.n_beats) * shape.beat;
  return shape;
}

CtBarShape
ct_bar_shape_ternary(const int64_t unit)
{
  const CtBarShape shape = {TERNARY * unit, unit, TERNARY * unit, 1, 0};
  return shape;
}

CtSpan
ct_bar_beat(const CtBarShape* const shape, const int64_t place)
{
  const int64_t last  = shape->n_beats - 1;
  const int64_t index = place / shape->beat < last ? place / shape->beat : last;
  const int64_t begin = index * shape->beat;
  const CtSpan  beat  = {begin,
                       index == last ? shape->length : begin + shape->beat};
  return beat;
}

bool
ct_beat_is_ternary(const CtBarShape* const shape, const CtSpan beat)
{
  return beat.end - beat.begin == TERNARY * shape->unit;
}

bool
ct_bar_is_compound(const CtBarShape* const shape)
{
  return shape->beat != shape->unit;
}

unsigned
ct_bar_level(const CtBarShape* const shape, const int64_t place)
{
  if (place == 0 || place == shape->length) {
    return CT_LEVEL_BAR;
  }
  if (place == shape->middle) {
    return CT_LEVEL_MIDDLE;
  }
  const CtSpan  beat = ct_bar_beat(shape, place);
  const int64_t rest = place - beat.begin;
  if (!rest) {
    return CT_LEVEL_BEAT;
  }

  unsigned level = CT_LEVEL_DIVISION;
  int64_t  part =
    ct_beat_is_ternary(shape, beat) ? shape->unit : (beat.end - beat.begin) / 2;
  for (; part > 1 && rest % part; part /= 2) {
    ++level;
  }
  return level;
}

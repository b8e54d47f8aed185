// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/tuplet.h"

#define TERNARY 3

/// Longest triplet, in units: three quarters in the time of two
#define LONGEST (INT64_C(2) * CT_UNITS_PER_QUARTER)

/// Shortest triplet that may be halved instead
#define SHORTEST_HALVED (INT64_C(4) * CT_SHORTEST_VALUE)

// What a triplet costs, what one over two beats costs more, and each note more
// than there are stretches
static const uint32_t tuplet_cost = 4U;
static const uint32_t long_cost   = 5U;
static const uint32_t tie_cost    = 3U;

int64_t
ct_tuplet_unit(const CtSpan span)
{
  return (span.end - span.begin) / 2;
}

int64_t
ct_tuplet_place(const CtSpan span, const int64_t place)
{
  return (place - span.begin) * TERNARY / 2;
}

/// Whether a change inside of `span` is on no sixty-fourth
static bool
needs_tuplet(const CtVoiceBar* const bar, const CtSpan span)
{
  for (uint32_t i = 0U; i < bar->n_stretches; ++i) {
    const int64_t begin = bar->stretches[i].span.begin;
    if (begin > span.begin && begin < span.end && begin % CT_SHORTEST_VALUE) {
      return true;
    }
  }
  return false;
}

static uint32_t
cost_as_tuplet(const CtVoiceBar* const bar, const CtSpan span)
{
  const CtBarShape shape = ct_bar_shape_ternary(ct_tuplet_unit(span));
  uint32_t         cost =
    tuplet_cost + (span.end - span.begin == LONGEST ? long_cost : 0U);
  for (uint32_t i = 0U; i < bar->n_stretches; ++i) {
    const CtStretch* const stretch = &bar->stretches[i];
    CtSpan                 part    = stretch->span;
    if (part.begin < span.end && part.end > span.begin) {
      if (part.begin < span.begin) {
        part.begin = span.begin;
        cost += tie_cost;
      }
      if (part.end > span.end) {
        part.end = span.end;
        cost += tie_cost;
      }
      const CtSpan written = {ct_tuplet_place(span, part.begin),
                              ct_tuplet_place(span, part.end)};
      cost +=
        tie_cost * (ct_cut(&shape, written, stretch->is_rest, bar->cuts) - 1U);
    }
  }
  return cost;
}

/// Half of a span
static CtSpan
half(const CtSpan span, const bool second)
{
  const int64_t middle = span.begin + ((span.end - span.begin) / 2);
  const CtSpan  result = {second ? middle : span.begin,
                         second ? span.end : middle};
  return result;
}

// Halves of halves: from four quarters to thirty-seconds, six deep at most
// NOLINTBEGIN(misc-no-recursion)

/// Least cost of a span as a triplet, or halved until what is not binary is in
/// triplets.  @param whole Set to whether it is to be one triplet
static uint32_t
least_cost(const CtVoiceBar* const bar, const CtSpan span, bool* const whole)
{
  *whole = false;
  if (!needs_tuplet(bar, span)) {
    return 0U;
  }

  const int64_t  length = span.end - span.begin;
  const uint32_t as_one =
    length <= LONGEST ? cost_as_tuplet(bar, span) : UINT32_MAX;
  bool inner = false;
  *whole     = length < SHORTEST_HALVED;
  if (*whole) {
    return as_one;
  }
  const uint32_t halved = least_cost(bar, half(span, false), &inner) +
                          least_cost(bar, half(span, true), &inner);
  *whole = as_one < halved;
  return *whole ? as_one : halved;
}

/// Put the triplets of a span in time order.  @return Number of all triplets
static uint32_t
put(const CtVoiceBar* const bar,
    const CtSpan            span,
    CtSpan* const           tuplets,
    const uint32_t          n_tuplets)
{
  bool whole = false;
  if (!least_cost(bar, span, &whole)) {
    return n_tuplets;
  }
  if (whole) {
    tuplets[n_tuplets] = span;
    return n_tuplets + 1U;
  }
  const uint32_t n = put(bar, half(span, false), tuplets, n_tuplets);
  return put(bar, half(span, true), tuplets, n);
}

// NOLINTEND(misc-no-recursion)

/// The first part of a beat of three units that is counted in quarters, as in
/// 7/8: two units, or one if the triplets are in the other two
static CtSpan
uneven_part(const CtVoiceBar* const bar, const CtSpan beat)
{
  const int64_t  unit   = bar->shape->unit;
  const CtSpan   first  = {beat.begin, beat.begin + unit};
  const CtSpan   pair   = {beat.begin, first.end + unit};
  const CtSpan   single = {pair.end, beat.end};
  const CtSpan   rest   = {first.end, beat.end};
  bool           whole  = false;
  const uint32_t pair_first =
    least_cost(bar, pair, &whole) + least_cost(bar, single, &whole);
  const uint32_t pair_last =
    least_cost(bar, first, &whole) + least_cost(bar, rest, &whole);
  return pair_last < pair_first ? first : pair;
}

/// The longest span at `place` that a triplet may lie in: two quarters of a
/// bar, a beat, or a division of one that has three
static CtSpan
span_at(const CtVoiceBar* const bar, const int64_t place)
{
  const CtBarShape* const shape = bar->shape;
  const bool has_halves = shape->middle == LONGEST || shape->length == LONGEST;
  if (shape->beat == CT_UNITS_PER_QUARTER && has_halves &&
      shape->length % LONGEST == 0) {
    return (CtSpan){place, place + LONGEST};
  }
  const CtSpan beat = ct_bar_beat(shape, place);
  if (!ct_beat_is_ternary(shape, beat)) {
    return beat;
  }
  if (shape->beat == beat.end - beat.begin) {
    return (CtSpan){place, place + shape->unit};
  }
  return place == beat.begin ? uneven_part(bar, beat)
                             : (CtSpan){place, beat.end};
}

uint32_t
ct_tuplets_choose(const CtVoiceBar* const bar, CtSpan* const tuplets)
{
  uint32_t n_tuplets = 0U;
  for (int64_t place = 0; place < bar->shape->length;) {
    const CtSpan span = span_at(bar, place);
    n_tuplets         = put(bar, span, tuplets, n_tuplets);
    place             = span.end;
  }
  return n_tuplets;
}

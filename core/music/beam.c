// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Beams join what is shorter than a quarter: within a beat, or within more
// where nothing but eighths stands

#include "music/rhythm.h"

#include <stddef.h>

/// Beams that the value of a note has
static uint32_t
n_beams(const CtSymbol* const symbol)
{
  const uint8_t base = symbol->value.base;
  return symbol->is_rest || symbol->is_bar_rest || base <= CT_VALUE_QUARTER
           ? 0U
           : (uint32_t)(base - CT_VALUE_QUARTER);
}

/// Whether all that begins in `span` are plain eighths
static bool
has_only_eighths(const CtSymbol* const symbols,
                 const uint32_t        n_symbols,
                 const CtSpan          span)
{
  for (uint32_t i = 0U; i < n_symbols; ++i) {
    const CtSymbol* const s = &symbols[i];
    if (s->span.begin >= span.begin && s->span.begin < span.end &&
        (s->value.base != CT_VALUE_EIGHTH || s->value.n_dots || s->is_tuplet ||
         s->is_bar_rest)) {
      return false;
    }
  }
  return true;
}

/// Several beats of quarters that eighths may be joined over: halves of bars of
/// four, whole bars of two and three
static CtSpan
wide_group(const CtBarShape* const shape, const int64_t place)
{
  static const int64_t most_quarters = 3;

  CtSpan group = {0, shape->length};
  if (shape->middle && shape->n_beats % 2 == 0) {
    group.begin = place < shape->middle ? 0 : shape->middle;
    group.end   = place < shape->middle ? shape->middle : shape->length;
  }
  if (shape->beat != CT_UNITS_PER_QUARTER ||
      group.end - group.begin > most_quarters * CT_UNITS_PER_QUARTER) {
    group = ct_bar_beat(shape, place);
  }
  return group;
}

/// The stretch of a bar around `place` that beams don't leave
static CtSpan
group_at(const CtBarShape* const shape,
         const CtSymbol* const   symbols,
         const uint32_t          n_symbols,
         const int64_t           place)
{
  const CtSpan wide = wide_group(shape, place);
  if (has_only_eighths(symbols, n_symbols, wide)) {
    return wide;
  }

  CtSpan group = ct_bar_beat(shape, place);
  if (!ct_bar_is_compound(shape) &&
      group.end - group.begin > CT_UNITS_PER_QUARTER) {
    // In halves and wholes each quarter is a group of its own
    group.begin = place / CT_UNITS_PER_QUARTER * CT_UNITS_PER_QUARTER;
    group.end   = group.begin + CT_UNITS_PER_QUARTER;
  }
  return group;
}

/// What beam number `level` does at a note between two others
static CtBeam
beam(const CtSymbol* const before,
     const CtSymbol* const symbol,
     const CtSymbol* const after,
     const uint32_t        level)
{
  if (n_beams(symbol) <= level) {
    return CT_BEAM_NONE;
  }
  const bool joins_before = before && n_beams(before) > level;
  const bool joins_after  = after && n_beams(after) > level;
  if (joins_before) {
    return joins_after ? CT_BEAM_CONTINUE : CT_BEAM_END;
  }
  if (joins_after) {
    return CT_BEAM_BEGIN;
  }
  if (!before && !after) {
    return CT_BEAM_NONE; // Alone: it has a flag
  }

  // A stub points to the note that it makes a beat with
  const int64_t length    = symbol->span.end - symbol->span.begin;
  const bool    is_second = (symbol->span.begin / length) % 2 != 0;
  return before && (is_second || !after) ? CT_BEAM_BACKWARD : CT_BEAM_FORWARD;
}

void
ct_rhythm_beam(const CtBarShape* const shape,
               CtSymbol* const         symbols,
               const uint32_t          n_symbols)
{
  for (uint32_t begin = 0U; begin < n_symbols;) {
    const CtSpan group =
      group_at(shape, symbols, n_symbols, symbols[begin].span.begin);
    uint32_t end = begin;
    while (end < n_symbols && n_beams(&symbols[end]) &&
           symbols[end].span.begin < group.end) {
      ++end;
    }
    for (uint32_t i = begin; i < end; ++i) {
      const CtSymbol* const before = i > begin ? &symbols[i - 1U] : NULL;
      const CtSymbol* const after  = i + 1U < end ? &symbols[i + 1U] : NULL;
      for (uint32_t level = 0U; level < CT_MAX_BEAMS; ++level) {
        symbols[i].beams[level] =
          (uint8_t)beam(before, &symbols[i], after, level);
      }
    }
    begin = end > begin ? end : begin + 1U;
  }
}

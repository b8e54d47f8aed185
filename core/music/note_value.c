// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/note_value.h"

#include <limits.h>

/// Longest value that is written, a dotted breve
#define LONGEST (INT64_C(3) * CT_UNITS_PER_WHOLE)

/// No level: there is no place inside
#define NO_LEVEL UINT_MAX

// What weighs in the choice of cuts: one more piece, then a middle that is
// hidden, then dots, then the level of the place that is cut
static const int32_t piece_cost  = 64;
static const int32_t hidden_cost = 16;
static const int32_t dot_cost    = 8;

/// A piece of a span, with the levels of its ends and of what it hides
typedef struct {
  CtNoteValue value;
  unsigned    begin;
  unsigned    end;
  unsigned    inner;   ///< Strongest level inside, or NO_LEVEL
  uint32_t    n_inner; ///< Places of that level
} Piece;

bool
ct_note_value(const int64_t length, CtNoteValue* const value)
{
  int64_t plain = 2 * CT_UNITS_PER_WHOLE;
  for (uint8_t base = CT_VALUE_BREVE; base < CT_N_VALUES; ++base, plain /= 2) {
    if (length == plain || (plain % 2 == 0 && length == plain + (plain / 2))) {
      value->base   = base;
      value->n_dots = length != plain;
      return true;
    }
  }
  return false;
}

uint32_t
ct_cut_size(const CtBarShape* const shape)
{
  // A triplet over all of the bar is written half as long again
  return (uint32_t)(shape->length * 3 / 2 / CT_SHORTEST_VALUE) + 1U;
}

static bool
is_on_beats(const Piece* const piece)
{
  return piece->begin <= CT_LEVEL_BEAT && piece->end <= CT_LEVEL_BEAT;
}

static bool
may_be_note(const CtBarShape* const shape, const Piece* const piece)
{
  if (ct_bar_is_compound(shape) && piece->inner <= CT_LEVEL_BEAT &&
      !is_on_beats(piece)) {
    return false;
  }
  const bool is_syncopation = !piece->value.n_dots && piece->n_inner == 1U &&
                              piece->begin == piece->inner + 1U &&
                              piece->end == piece->inner + 1U;
  return piece->begin <= piece->inner || piece->end <= piece->inner ||
         is_syncopation;
}

static bool
may_be_rest(const CtBarShape* const shape, const Piece* const piece)
{
  if (piece->value.n_dots &&
      !(ct_bar_is_compound(shape) && is_on_beats(piece))) {
    return false;
  }
  // Two thirds of a beat may be one rest if they are the first two
  const bool is_two_thirds =
    ct_bar_is_compound(shape) && piece->inner == CT_LEVEL_DIVISION &&
    piece->n_inner == 1U && piece->begin <= CT_LEVEL_BEAT &&
    piece->end == CT_LEVEL_DIVISION;
  return is_two_thirds ||
         (piece->begin < piece->inner && piece->end < piece->inner);
}

/// Let the piece hide a place of `level` too
static void
hide(Piece* const piece, const unsigned level)
{
  if (level < piece->inner) {
    piece->inner   = level;
    piece->n_inner = 0U;
  }
  piece->n_inner += level == piece->inner;
}

static int32_t
cost_of(const Piece* const piece)
{
  return piece_cost + (piece->inner <= CT_LEVEL_MIDDLE ? hidden_cost : 0) +
         (dot_cost * piece->value.n_dots) + (int32_t)piece->begin;
}

/// Find the best piece that ends at `end`
static void
find_piece(const CtBarShape* const shape,
           const CtSpan            span,
           const int64_t           end,
           const bool              is_rest,
           CtCut* const            cuts)
{
  Piece        piece = {.inner = NO_LEVEL, .end = ct_bar_level(shape, end)};
  CtCut* const cut   = &cuts[(end - span.begin) / CT_SHORTEST_VALUE];
  cut->cost          = INT32_MAX;
  cut->from          = (int32_t)(end - CT_SHORTEST_VALUE);
  for (int64_t at = end - CT_SHORTEST_VALUE;
       at >= span.begin && end - at <= LONGEST;
       at -= CT_SHORTEST_VALUE) {
    piece.begin = ct_bar_level(shape, at);
    if (ct_note_value(end - at, &piece.value) &&
        (is_rest ? may_be_rest(shape, &piece) : may_be_note(shape, &piece))) {
      const int32_t cost =
        cuts[(at - span.begin) / CT_SHORTEST_VALUE].cost + cost_of(&piece);
      if (cost < cut->cost) {
        cut->cost = cost;
        cut->from = (int32_t)at;
      }
    }
    hide(&piece, piece.begin);
  }
}

uint32_t
ct_cut(const CtBarShape* const shape,
       const CtSpan            span,
       const bool              is_rest,
       CtCut* const            cuts)
{
  cuts[0].cost = 0;
  cuts[0].from = (int32_t)span.begin;
  for (int64_t end = span.begin + CT_SHORTEST_VALUE; end <= span.end;
       end += CT_SHORTEST_VALUE) {
    find_piece(shape, span, end, is_rest, cuts);
  }

  uint32_t n_pieces = 0U;
  for (int64_t end = span.end; end > span.begin; ++n_pieces) {
    end = ct_cut_piece(cuts, span, end).begin;
  }
  return n_pieces;
}

CtSpan
ct_cut_piece(const CtCut* const cuts, const CtSpan span, const int64_t end)
{
  const CtSpan piece = {cuts[(end - span.begin) / CT_SHORTEST_VALUE].from, end};
  return piece;
}

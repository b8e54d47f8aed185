// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/rhythm.h"

/// Where symbols are put
typedef struct {
  const CtVoiceBar* bar;
  CtSymbol*         symbols;
  uint32_t          n_symbols;
} Pen;

uint32_t
ct_rhythm_size(const CtBarShape* const shape)
{
  return (uint32_t)shape->length + 1U;
}

/// Put a new symbol.  @return It
static CtSymbol*
put(Pen* const pen, const CtSpan span, const bool is_rest)
{
  CtSymbol* const symbol = &pen->symbols[pen->n_symbols++];
  const CtSymbol  empty  = {.span = span, .is_rest = is_rest};
  *symbol                = empty;
  return symbol;
}

/// Turn the order of the symbols from `first` on: pieces are found from their
/// end
static void
turn(Pen* const pen, const uint32_t first)
{
  for (uint32_t a = first, b = pen->n_symbols; a + 1U < b; ++a) {
    --b;
    const CtSymbol symbol = pen->symbols[a];
    pen->symbols[a]       = pen->symbols[b];
    pen->symbols[b]       = symbol;
  }
}

/// Write a span that lies outside of triplets
static void
put_plain(Pen* const pen, const CtSpan span, const bool is_rest)
{
  const CtBarShape* const shape = pen->bar->shape;
  const uint32_t          first = pen->n_symbols;
  (void)ct_cut(shape, span, is_rest, pen->bar->cuts);
  for (int64_t end = span.end; end > span.begin;) {
    const CtSpan piece = ct_cut_piece(pen->bar->cuts, span, end);
    CtSymbol*    s     = put(pen, piece, is_rest);
    (void)ct_note_value(piece.end - piece.begin, &s->value);
    end = piece.begin;
  }
  turn(pen, first);
}

/// A place as it is written, back in the bar
static int64_t
place_of(const CtSpan tuplet, const int64_t written)
{
  const int64_t unit = ct_tuplet_unit(tuplet);
  return tuplet.begin +
         (written * (tuplet.end - tuplet.begin) / (unit + unit + unit));
}

/// Write a span that lies in a triplet
static void
put_in_tuplet(Pen* const   pen,
              const CtSpan span,
              const CtSpan tuplet,
              const bool   is_rest)
{
  const CtBarShape shape   = ct_bar_shape_ternary(ct_tuplet_unit(tuplet));
  const uint32_t   first   = pen->n_symbols;
  const CtSpan     written = {ct_tuplet_place(tuplet, span.begin),
                              ct_tuplet_place(tuplet, span.end)};
  CtNoteValue      unit    = {0};
  (void)ct_note_value(shape.unit, &unit);
  (void)ct_cut(&shape, written, is_rest, pen->bar->cuts);
  for (int64_t end = written.end; end > written.begin;) {
    const CtSpan piece = ct_cut_piece(pen->bar->cuts, written, end);
    const CtSpan real  = {place_of(tuplet, piece.begin),
                          place_of(tuplet, piece.end)};
    CtSymbol*    s     = put(pen, real, is_rest);
    (void)ct_note_value(piece.end - piece.begin, &s->value);
    s->is_tuplet     = true;
    s->begins_tuplet = real.begin == tuplet.begin;
    s->ends_tuplet   = real.end == tuplet.end;
    s->tuplet_base   = unit.base;
    end              = piece.begin;
  }
  turn(pen, first);
}

/// Write a stretch: what lies in triplets, and what lies between them
static void
put_stretch(Pen* const             pen,
            const CtStretch* const stretch,
            const CtSpan* const    tuplets,
            const uint32_t         n_tuplets)
{
  CtSpan left = stretch->span;
  for (uint32_t i = 0U; i < n_tuplets && left.begin < left.end; ++i) {
    const CtSpan tuplet = tuplets[i];
    if (tuplet.begin >= left.end || tuplet.end <= left.begin) {
      continue;
    }
    const CtSpan before = {left.begin, tuplet.begin};
    if (before.begin < before.end) {
      put_plain(pen, before, stretch->is_rest);
      left.begin = before.end;
    }
    const CtSpan inside = {left.begin,
                           tuplet.end < left.end ? tuplet.end : left.end};
    put_in_tuplet(pen, inside, tuplet, stretch->is_rest);
    left.begin = inside.end;
  }
  if (left.begin < left.end) {
    put_plain(pen, left, stretch->is_rest);
  }
}

uint32_t
ct_rhythm_write(const CtVoiceBar* const bar,
                CtSpan* const           tuplets,
                CtSymbol* const         symbols)
{
  Pen pen = {bar, symbols, 0U};
  if (bar->n_stretches == 1U && bar->stretches[0].is_rest) {
    put(&pen, bar->stretches[0].span, true)->is_bar_rest = true;
    return 1U;
  }

  const uint32_t n_tuplets = ct_tuplets_choose(bar, tuplets);
  for (uint32_t i = 0U; i < bar->n_stretches; ++i) {
    put_stretch(&pen, &bar->stretches[i], tuplets, n_tuplets);
  }
  return pen.n_symbols;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/engraver.h"

#include "base/grow.h"

#include <stdlib.h>

struct CtEngraverImpl {
  CtBarShape    shape;
  CtAccidentals accidentals;
  CtCut*        cuts;
  CtSpan*       tuplets;
  CtStretch*    stretches;
  CtSymbol*     symbols;
  int64_t*      changes; ///< Places where something begins or ends
  CtEngraved*   items[CT_MAX_VOICES];
  CtNoteHead*   heads;
  size_t        n_heads;
  size_t        head_capacity;
};

/// Notes of one voice in a bar
typedef struct {
  const CtWrittenNote* notes;
  size_t               n_notes;
  uint8_t              voice;
  CtSpan               bar; ///< In the piece
} VoiceNotes;

CtEngraver*
ct_engraver_new(const CtBarShape* const shape, const int key_sharps)
{
  CtEngraver* const self = (CtEngraver*)calloc(1U, sizeof(CtEngraver));
  if (!self) {
    return NULL;
  }
  const size_t size = ct_rhythm_size(shape);
  self->shape       = *shape;
  self->cuts        = (CtCut*)calloc(ct_cut_size(shape), sizeof(CtCut));
  self->tuplets     = (CtSpan*)calloc(size, sizeof(CtSpan));
  self->stretches   = (CtStretch*)calloc(size, sizeof(CtStretch));
  self->symbols     = (CtSymbol*)calloc(size, sizeof(CtSymbol));
  self->changes     = (int64_t*)calloc(size, sizeof(int64_t));
  bool is_complete  = self->cuts && self->tuplets && self->stretches &&
                     self->symbols && self->changes;
  for (uint32_t v = 0U; v < CT_MAX_VOICES; ++v) {
    self->items[v] = (CtEngraved*)calloc(size, sizeof(CtEngraved));
    is_complete    = is_complete && self->items[v];
  }
  ct_accidentals_init(&self->accidentals, key_sharps);
  if (!is_complete) {
    ct_engraver_free(self);
    return NULL;
  }
  return self;
}

void
ct_engraver_free(CtEngraver* const self)
{
  if (self) {
    for (uint32_t v = 0U; v < CT_MAX_VOICES; ++v) {
      free(self->items[v]);
    }
    free(self->heads);
    free(self->changes);
    free(self->symbols);
    free(self->stretches);
    free(self->tuplets);
    free(self->cuts);
    free(self);
  }
}

void
ct_engraver_begin(CtEngraver* const self)
{
  ct_accidentals_begin(&self->accidentals);
}

/// Whether note `i` is of the voice and sounds in `span`
static bool
sounds(const VoiceNotes* const voice, const size_t i, const CtSpan span)
{
  const CtWrittenNote* const note = &voice->notes[i];
  return note->voice == voice->voice && note->span.begin < span.end &&
         note->span.end > span.begin;
}

/// Mark the place of a change, if it is inside the bar
static void
mark(int64_t* const marks, const CtSpan bar, const int64_t at)
{
  if (at > bar.begin && at < bar.end) {
    marks[at - bar.begin] = 1;
  }
}

/// Cut the bar where a note of the voice begins or ends.  @return Number of
/// stretches, 0 if the voice is silent
static uint32_t
find_stretches(CtEngraver* const self, const VoiceNotes* const voice)
{
  int64_t* const marks  = self->changes;
  const CtSpan   bar    = voice->bar;
  bool           sings  = false;
  uint32_t       n      = 0U;
  const int64_t  length = bar.end - bar.begin;
  for (int64_t place = 0; place < length; ++place) {
    marks[place] = 0;
  }
  for (size_t i = 0U; i < voice->n_notes; ++i) {
    if (sounds(voice, i, bar)) {
      sings = true;
      mark(marks, bar, voice->notes[i].span.begin);
      mark(marks, bar, voice->notes[i].span.end);
    }
  }
  for (int64_t place = 0; sings && place < length;) {
    CtSpan span = {place, place + 1};
    while (span.end < length && !marks[span.end]) {
      ++span.end;
    }
    const CtSpan real = {bar.begin + span.begin, bar.begin + span.end};
    bool         rest = true;
    for (size_t i = 0U; rest && i < voice->n_notes; ++i) {
      rest = !sounds(voice, i, real);
    }
    self->stretches[n].span      = span;
    self->stretches[n++].is_rest = rest;
    place                        = span.end;
  }
  return n;
}

/// Add the heads of a symbol, from the lowest
static CtStatus
add_heads(CtEngraver* const       self,
          const VoiceNotes* const voice,
          CtEngraved* const       item)
{
  const CtSpan span = {voice->bar.begin + item->symbol.span.begin,
                       voice->bar.begin + item->symbol.span.end};
  item->first_head  = self->n_heads;
  for (size_t i = 0U; i < voice->n_notes; ++i) {
    const CtWrittenNote* const note = &voice->notes[i];
    if (!sounds(voice, i, span)) {
      continue;
    }
    CtNoteHead* const heads = (CtNoteHead*)ct_grow(
      self->heads, self->n_heads, &self->head_capacity, sizeof(CtNoteHead));
    if (!heads) {
      return CT_NO_MEMORY;
    }
    self->heads = heads;

    CtNoteHead head     = {.spelling = ct_spelling(note->fifths, note->pitch)};
    head.is_tied_before = note->span.begin < span.begin;
    head.is_tied_after  = note->span.end > span.end;
    size_t at           = self->n_heads++;
    for (; at > item->first_head && ct_spelling_place(heads[at - 1U].spelling) >
                                      ct_spelling_place(head.spelling);
         --at) {
      heads[at] = heads[at - 1U];
    }
    heads[at] = head;
  }
  item->n_heads = self->n_heads - item->first_head;
  return CT_SUCCESS;
}

/// Whether a note of a higher voice begins at `place`
static bool
is_struck(const CtEngravedBar* const bar,
          const uint32_t             voice,
          const int64_t              place)
{
  for (uint32_t v = 0U; v < voice; ++v) {
    for (uint32_t i = 0U; i < bar->n_items[v]; ++i) {
      const CtEngraved* const item = &bar->items[v][i];
      if (item->n_heads && item->symbol.span.begin == place) {
        return true;
      }
    }
  }
  return false;
}

/// Whether a rest of a lower voice is needed to read the rhythm: it leads to a
/// note in the same beat that nothing else shows the time of
static bool
is_needed(const CtEngraver* const    self,
          const CtEngravedBar* const bar,
          const uint32_t             voice,
          const uint32_t             n_symbols,
          const CtSymbol* const      rest)
{
  const CtSpan beat = ct_bar_beat(&self->shape, rest->span.begin);
  for (uint32_t i = 0U; i < n_symbols; ++i) {
    const CtSymbol* const s = &self->symbols[i];
    if (!s->is_rest && s->span.begin > rest->span.begin) {
      return s->span.begin < beat.end && !is_struck(bar, voice, s->span.begin);
    }
  }
  return false;
}

/// Engrave one voice, which has stretches.  @return CT_SUCCESS or CT_NO_MEMORY
static CtStatus
engrave_voice(CtEngraver* const       self,
              const VoiceNotes* const voice,
              const uint32_t          n_stretches,
              CtEngravedBar* const    bar)
{
  const CtBarShape* const shape = &self->shape;
  const CtVoiceBar written = {shape, self->stretches, n_stretches, self->cuts};
  const uint32_t   n_symbols =
    ct_rhythm_write(&written, self->tuplets, self->symbols);
  CtStatus st = CT_SUCCESS;
  ct_rhythm_beam(shape, self->symbols, n_symbols);
  for (uint32_t i = 0U; i < n_symbols && !st; ++i) {
    CtEngraved* const     item   = &self->items[voice->voice][i];
    const CtSymbol* const symbol = &self->symbols[i];
    *item = (CtEngraved){.symbol = *symbol, .look = CT_REST_SHOWN};
    if (!symbol->is_rest) {
      st = add_heads(self, voice, item);
    } else if (voice->voice > 0U && !symbol->is_tuplet &&
               !is_needed(self, bar, voice->voice, n_symbols, symbol)) {
      item->look = CT_REST_SKIPPED;
    }
  }
  bar->n_items[voice->voice] = n_symbols;
  return st;
}

/// Let the first voice rest for the bar
static void
rest_for_bar(CtEngraver* const self, CtEngravedBar* const bar, const bool hide)
{
  const CtSymbol rest = {
    .span = {0, self->shape.length}, .is_rest = true, .is_bar_rest = true};
  self->items[0][0] =
    (CtEngraved){.symbol = rest, .look = hide ? CT_REST_HIDDEN : CT_REST_SHOWN};
  bar->n_items[0] = 1U;
}

/// Lowest and highest steps of heads
typedef struct {
  int lowest;
  int highest;
} Range;

/// Let the range reach the heads of an item
static void
reach(Range* const            range,
      const CtNoteHead* const heads,
      const CtEngraved* const item)
{
  for (size_t h = item->first_head; h < item->first_head + item->n_heads; ++h) {
    const int step = ct_spelling_place(heads[h].spelling);
    range->lowest  = step < range->lowest ? step : range->lowest;
    range->highest = step > range->highest ? step : range->highest;
  }
}

/// Let a rest stand above or below what other voices sing meanwhile, no farther
/// in than its own voice goes on
static void
place_rest(CtEngraver* const          self,
           const CtEngravedBar* const bar,
           const uint32_t             voice,
           const uint32_t             index)
{
  static const int clearance = 4; // Steps from a head to the middle of a rest

  CtEngraved* const item   = &self->items[voice][index];
  Range             others = {CT_STEP_COUNT, -1};
  Range             own    = {CT_STEP_COUNT, -1};
  for (uint32_t v = 0U; v < CT_MAX_VOICES; ++v) {
    for (uint32_t i = 0U; i < bar->n_items[v]; ++i) {
      const CtEngraved* const other = &bar->items[v][i];
      if (v == voice && i > index && own.highest < 0) {
        reach(&own, self->heads, other);
      } else if (v != voice &&
                 other->symbol.span.begin < item->symbol.span.end &&
                 other->symbol.span.end > item->symbol.span.begin) {
        reach(&others, self->heads, other);
      }
    }
  }
  if (others.highest < 0) {
    return;
  }
  item->is_placed = true;
  if (voice > 0U) {
    const int below = others.lowest - clearance;
    item->step      = own.lowest < below ? own.lowest : below;
    item->step -= item->step % 2; // On a line, as middle lines are even
  } else {
    const int above = others.highest + clearance;
    item->step      = own.highest > above ? own.highest : above;
    item->step += item->step % 2;
  }
}

/// Place the rests of a bar that has several voices
static void
place_rests(CtEngraver* const self, const CtEngravedBar* const bar)
{
  for (uint32_t v = 0U; v < CT_MAX_VOICES; ++v) {
    for (uint32_t i = 0U; i < bar->n_items[v]; ++i) {
      const CtEngraved* const item = &bar->items[v][i];
      if (item->symbol.is_rest && item->look == CT_REST_SHOWN) {
        place_rest(self, bar, v, i);
      }
    }
  }
}

/// Decide on the accidentals, in the order of reading over all voices
static void
read_accidentals(CtEngraver* const self, const CtEngravedBar* const bar)
{
  uint32_t at[CT_MAX_VOICES] = {0U};
  ct_accidentals_next_bar(&self->accidentals);
  for (;;) {
    uint32_t first = CT_MAX_VOICES;
    for (uint32_t v = 0U; v < CT_MAX_VOICES; ++v) {
      if (at[v] < bar->n_items[v] &&
          (first == CT_MAX_VOICES ||
           bar->items[v][at[v]].symbol.span.begin <
             bar->items[first][at[first]].symbol.span.begin)) {
        first = v;
      }
    }
    if (first == CT_MAX_VOICES) {
      return;
    }
    const CtEngraved* const item = &bar->items[first][at[first]++];
    for (size_t h = item->first_head; h < item->first_head + item->n_heads;
         ++h) {
      CtNoteHead* const head = &self->heads[h];
      head->accidental       = ct_accidentals_read(
        &self->accidentals, head->spelling, head->is_tied_before);
    }
  }
}

CtStatus
ct_engraver_bar(CtEngraver* const          self,
                const int64_t              begin,
                const CtWrittenNote* const notes,
                const size_t               n_notes,
                CtEngravedBar* const       bar)
{
  bool     others_sing = false;
  CtStatus st          = CT_SUCCESS;
  self->n_heads        = 0U;
  for (uint8_t v = 0U; v < CT_MAX_VOICES && !st; ++v) {
    const VoiceNotes voice = {
      notes, n_notes, v, {begin, begin + self->shape.length}};
    const uint32_t n_stretches = find_stretches(self, &voice);
    bar->items[v]              = self->items[v];
    bar->n_items[v]            = 0U;
    if (n_stretches) {
      others_sing = others_sing || v > 0U;
      st          = engrave_voice(self, &voice, n_stretches, bar);
    }
  }
  if (!bar->n_items[0]) {
    rest_for_bar(self, bar, others_sing);
  }
  bar->heads = self->heads;
  place_rests(self, bar);
  read_accidentals(self, bar);
  return st;
}

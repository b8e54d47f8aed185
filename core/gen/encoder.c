// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/encoder.h"

#include "base/grow.h"
#include "gen/layout.h"
#include "gen/legal.h"

#include <stdbool.h>
#include <stdlib.h>

/// A note that will be kept, first by time, then in the order of events
typedef struct {
  CtTick   onset;
  CtTick   end;
  uint32_t bar;
  uint32_t position;
  uint32_t pitch; ///< MIDI key
  uint32_t part;
  uint32_t duration; ///< Class
  uint32_t velocity;
} GridNote;

/// A bar of the score
typedef struct {
  CtTick   begin;
  uint16_t length; ///< Grid ticks
  uint16_t meter;
  uint16_t key;
} GridBar;

/// An encoding under way
typedef struct {
  const CtCodec* codec;
  const CtScore* score;
  GridNote*      notes;
  size_t         n_notes;
  GridBar*       bars;
  size_t         n_bars;
  size_t         bar_capacity;
  bool           is_flat; ///< All notes are equally loud, so nothing is told
  CtContext      context;
  CtEventFunc    func;
  void*          handle;
  CtEncoding*    encoding;
} Encoder;

static int
compare_times(const void* const a, const void* const b)
{
  const GridNote* const x = (const GridNote*)a;
  const GridNote* const y = (const GridNote*)b;
  return (x->onset > y->onset) - (x->onset < y->onset);
}

/// Events go by bar and position, then from high to low, then by part, the
/// longer first, then the louder
static int
compare_events(const void* const a, const void* const b)
{
  const GridNote* const x = (const GridNote*)a;
  const GridNote* const y = (const GridNote*)b;
  if (x->bar != y->bar) {
    return x->bar < y->bar ? -1 : 1;
  }
  if (x->position != y->position) {
    return x->position < y->position ? -1 : 1;
  }
  if (x->pitch != y->pitch) {
    return x->pitch > y->pitch ? -1 : 1;
  }
  if (x->part != y->part) {
    return x->part < y->part ? -1 : 1;
  }
  if (x->duration != y->duration) {
    return x->duration > y->duration ? -1 : 1;
  }
  return (x->velocity < y->velocity) - (x->velocity > y->velocity);
}

/// Take the notes that are long enough and in range
static CtStatus
collect(Encoder* const self, const CtEnsemble ensemble)
{
  const CtScore* const score = self->score;
  uint32_t* const      parts =
    (uint32_t*)calloc(score->n_streams + 1U, sizeof(uint32_t));
  self->notes = (GridNote*)calloc(score->n_notes + 1U, sizeof(GridNote));

  CtStatus st = parts && self->notes ? ct_layout_assign(score, ensemble, parts)
                                     : CT_NO_MEMORY;
  for (size_t s = 0U; !st && s < score->n_streams; ++s) {
    for (size_t i = 0U; i < score->streams[s].n_notes; ++i) {
      const CtScoreNote* const note = &score->streams[s].notes[i];
      if (note->end - note->onset < CT_MIN_NOTE ||
          note->pitch < self->codec->low ||
          note->pitch >= self->codec->low + self->codec->n_pitches) {
        ++self->encoding->n_dropped;
        continue;
      }

      const bool     high = note->pitch >= CT_SPLIT_PITCH;
      const uint32_t hand = high ? CT_PART_RIGHT : CT_PART_LEFT;
      const uint32_t part = parts[s] == CT_PART_SPLIT ? hand : parts[s];
      self->notes[self->n_notes++] = (GridNote){.onset    = note->onset,
                                                .end      = note->end,
                                                .pitch    = note->pitch,
                                                .part     = part,
                                                .velocity = note->velocity};
    }
  }
  free(parts);
  return st;
}

/// Whether all notes kept have one velocity: that of a program, not of a score
static bool
is_flat(const Encoder* const self)
{
  for (size_t i = 1U; i < self->n_notes; ++i) {
    if (self->notes[i].velocity != self->notes[0].velocity) {
      return false;
    }
  }
  return true;
}

/// Most bars of a score: a lying file could claim millions of empty ones
#define MAX_BARS 100000U

static bool
add_bar(Encoder* const self, const GridBar bar)
{
  GridBar* const bars = (GridBar*)ct_grow(
    self->bars, self->n_bars, &self->bar_capacity, sizeof(GridBar));
  if (!bars) {
    return false;
  }
  self->bars                 = bars;
  self->bars[self->n_bars++] = bar;
  return true;
}

/// Lay bar lines up to one past `last`: a bar is cut where the meter changes,
/// and one that is too long is chopped into whole notes
static CtStatus
lay_bars(Encoder* const self, const CtTick last)
{
  const CtScore* const score = self->score;
  CtTick               tick  = 0;
  size_t               m     = 0U;
  size_t               k     = 0U; // keys begun so far
  while (self->n_bars == 0U || self->bars[self->n_bars - 1U].begin <= last) {
    while (m + 1U < score->n_meters && score->meters[m + 1U].tick <= tick) {
      ++m;
    }
    while (k < score->n_keys && score->keys[k].tick <= tick) {
      ++k;
    }

    const CtMeter meter  = score->meters[m].meter;
    int64_t       length = ct_meter_bar_length(meter);
    if (m + 1U < score->n_meters &&
        score->meters[m + 1U].tick - tick < length) {
      length = score->meters[m + 1U].tick - tick;
    }
    if (length > (int64_t)CT_MAX_BAR * CT_TICKS_PER_GRID) {
      length = CT_TICKS_PER_WHOLE;
    }

    const CtKey* const key = k ? &score->keys[k - 1U].key : NULL;
    const GridBar      bar = {
           tick,
           (uint16_t)ct_grid_bar_length(length),
           (uint16_t)ct_codec_meter(self->codec, meter),
      key ? (uint16_t)(key->tonic +
                       (key->mode == CT_MODE_MINOR ? CT_KEY_COUNT / 2U : 0U))
               : (uint16_t)CT_KEY_COUNT,
    };
    if (self->n_bars == MAX_BARS) {
      return CT_SMF_TOO_LARGE;
    }
    if (!add_bar(self, bar)) {
      return CT_NO_MEMORY;
    }
    tick += length;
  }
  return CT_SUCCESS;
}

/// Put every note on the grid of its bar, and all in the order of events
static void
quantise(Encoder* const self)
{
  uint32_t b = 0U;
  for (size_t i = 0U; i < self->n_notes; ++i) {
    GridNote* const note = &self->notes[i];
    while (b + 1U < self->n_bars && self->bars[b + 1U].begin <= note->onset) {
      ++b;
    }

    const int64_t position =
      ct_grid_position(note->onset - self->bars[b].begin);
    const bool next = position >= self->bars[b].length;
    note->bar       = next ? b + 1U : b;
    note->position  = next ? 0U : (uint32_t)position;
    note->duration  = ct_codec_duration(self->codec, note->end - note->onset);
  }
  qsort(self->notes, self->n_notes, sizeof(GridNote), compare_events);
}

static void
emit_bar(Encoder* const self)
{
  const uint32_t next = self->context.bar + 1U;
  const GridBar* bar =
    &self->bars[next < self->n_bars ? next : self->n_bars - 1U];
  ct_context_bar(
    &self->context, self->codec, bar->length, bar->meter, bar->key);
  self->func(self->handle, &self->context);
}

/// The legal shift nearest to the one wanted.  @return A class, or codec->bar
/// if none is legal
static uint32_t
nearest_shift(const Encoder* const self, const uint32_t wanted)
{
  const CtCodec* const codec = self->codec;
  uint32_t             best  = codec->bar;
  uint32_t             least = UINT32_MAX;
  for (uint32_t s = 0U; s < codec->n_shifts; ++s) {
    const uint32_t shift = codec->shifts[s];
    const uint32_t error = shift > wanted ? shift - wanted : wanted - shift;
    if (error < least && ct_legal_shift(codec, &self->context, s)) {
      best  = s;
      least = error;
    }
  }
  return best;
}

static void
emit_note(Encoder* const self, const GridNote* const note)
{
  const CtCodec* const codec    = self->codec;
  const uint32_t       position = self->context.event.position;
  const uint32_t       wanted =
    note->position > position ? note->position - position : 0U;
  const uint32_t shift = nearest_shift(self, wanted);
  const uint32_t pitch = note->pitch - codec->low + 1U;

  // A duplicate, or moved onto an onset where its turn has passed
  if (shift == codec->bar ||
      pitch > ct_legal_pitch_limit(codec, &self->context, shift, note->part)) {
    ++self->encoding->n_dropped;
    return;
  }

  const CtChoice choice = {.shift    = shift,
                           .part     = note->part,
                           .pitch    = pitch,
                           .duration = note->duration,
                           .level    = self->is_flat
                                         ? codec->n_levels
                                         : ct_codec_level(codec, note->velocity)};
  self->encoding->n_moved += codec->shifts[shift] != wanted;
  ct_context_note(&self->context, codec, &choice);
  self->func(self->handle, &self->context);
  ++self->encoding->n_notes;
}

static void
emit_all(Encoder* const self)
{
  const GridBar* const first = &self->bars[0];
  ct_context_begin(
    &self->context, self->codec, first->length, first->meter, first->key);
  self->func(self->handle, &self->context);
  for (size_t i = 0U; i < self->n_notes; ++i) {
    while (self->context.bar < self->notes[i].bar) {
      emit_bar(self);
    }
    emit_note(self, &self->notes[i]);
  }
  emit_bar(self);
  self->encoding->n_beats =
    (double)self->context.bar_begin / CT_GRID_PER_QUARTER;
  ct_context_end(&self->context, self->codec);
  self->func(self->handle, &self->context);
}

CtStatus
ct_encode(const CtCodec* const codec,
          const CtScore* const score,
          const uint32_t       ensemble,
          const CtEventFunc    func,
          void* const          handle,
          CtEncoding* const    encoding)
{
  CtEncoding own = {.ensemble = CT_ENSEMBLE_KEYBOARD};
  own.ensemble =
    ensemble < CT_N_ENSEMBLES ? (CtEnsemble)ensemble : ct_layout_infer(score);

  Encoder  self = {.codec    = codec,
                   .score    = score,
                   .func     = func,
                   .handle   = handle,
                   .encoding = &own};
  CtStatus st   = collect(&self, own.ensemble);
  if (!st) {
    qsort(self.notes, self.n_notes, sizeof(GridNote), compare_times);
    st =
      lay_bars(&self, self.n_notes ? self.notes[self.n_notes - 1U].onset : 0);
  }
  if (!st) {
    quantise(&self);
    self.is_flat = is_flat(&self);
    emit_all(&self);
  }
  free(self.notes);
  free(self.bars);
  if (encoding) {
    *encoding = own;
  }
  return st;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/score.h"

#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

CtScore
ct_score_init(void)
{
  const CtScore score = {0};
  return score;
}

static void
free_stream(CtStream* const stream)
{
  free(stream->name);
  free(stream->notes);
}

void
ct_score_free(CtScore* const score)
{
  for (size_t i = 0U; i < score->n_streams; ++i) {
    free_stream(&score->streams[i]);
  }
  free(score->streams);
  free(score->tempos);
  free(score->meters);
  free(score->keys);
  *score = ct_score_init();
}

static char*
copy_text(const char* const text)
{
  const size_t size = strlen(text) + 1U;
  char* const  copy = (char*)malloc(size);
  if (copy) {
    memcpy(copy, text, size);
  }
  return copy;
}

CtStatus
ct_score_add_stream(CtScore* const    score,
                    const uint32_t    track,
                    const uint8_t     channel,
                    const char* const name)
{
  CtStream* const streams = (CtStream*)ct_grow(score->streams,
                                               score->n_streams,
                                               &score->stream_capacity,
                                               sizeof(CtStream));
  if (!streams) {
    return CT_NO_MEMORY;
  }

  score->streams        = streams;
  const CtStream stream = {
    .name = copy_text(name ? name : ""), .track = track, .channel = channel};
  if (!stream.name) {
    return CT_NO_MEMORY;
  }

  score->streams[score->n_streams++] = stream;
  return CT_SUCCESS;
}

CtStatus
ct_score_add_note(CtScore* const score, const CtScoreNote note)
{
  if (score->n_notes >= CT_SCORE_MAX_NOTES || note.end > CT_SCORE_MAX_TICK) {
    return CT_SMF_TOO_LARGE;
  }

  CtStream* const    stream = &score->streams[score->n_streams - 1U];
  CtScoreNote* const notes  = (CtScoreNote*)ct_grow(
    stream->notes, stream->n_notes, &stream->capacity, sizeof(CtScoreNote));
  if (!notes) {
    return CT_NO_MEMORY;
  }

  stream->notes                    = notes;
  stream->notes[stream->n_notes++] = note;
  ++score->n_notes;
  return CT_SUCCESS;
}

CtStatus
ct_score_add_tempo(CtScore* const score, const CtScoreTempo tempo)
{
  CtScoreTempo* const tempos = (CtScoreTempo*)ct_grow(score->tempos,
                                                      score->n_tempos,
                                                      &score->tempo_capacity,
                                                      sizeof(CtScoreTempo));
  if (!tempos) {
    return CT_NO_MEMORY;
  }

  score->tempos                    = tempos;
  score->tempos[score->n_tempos++] = tempo;
  return CT_SUCCESS;
}

CtStatus
ct_score_add_meter(CtScore* const score, const CtScoreMeter meter)
{
  CtScoreMeter* const meters = (CtScoreMeter*)ct_grow(score->meters,
                                                      score->n_meters,
                                                      &score->meter_capacity,
                                                      sizeof(CtScoreMeter));
  if (!meters) {
    return CT_NO_MEMORY;
  }

  score->meters                    = meters;
  score->meters[score->n_meters++] = meter;
  return CT_SUCCESS;
}

CtStatus
ct_score_add_key(CtScore* const score, const CtScoreKey key)
{
  CtScoreKey* const keys = (CtScoreKey*)ct_grow(
    score->keys, score->n_keys, &score->key_capacity, sizeof(CtScoreKey));
  if (!keys) {
    return CT_NO_MEMORY;
  }

  score->keys                  = keys;
  score->keys[score->n_keys++] = key;
  return CT_SUCCESS;
}

static int
sign_of_difference(const int64_t a, const int64_t b)
{
  return (a > b) - (a < b);
}

static int
compare_notes(const void* const left, const void* const right)
{
  const CtScoreNote* const a     = (const CtScoreNote*)left;
  const CtScoreNote* const b     = (const CtScoreNote*)right;
  const int                onset = sign_of_difference(a->onset, b->onset);
  const int                end   = sign_of_difference(a->end, b->end);
  const int                pitch = sign_of_difference(a->pitch, b->pitch);
  // Velocity last, so that the order is total and the same in every C library
  const int velocity = sign_of_difference(a->velocity, b->velocity);
  return onset ? onset : end ? end : pitch ? pitch : velocity;
}

/**
   Merge sort by the tick that every item begins with: stable, which qsort() is
   not, and of two changes on a tick the later one in the file holds.
*/
static CtStatus
sort_by_tick(void* const list, const size_t n, const size_t item_size)
{
  uint8_t* const other = (uint8_t*)malloc(n ? n * item_size : 1U);
  if (!other) {
    return CT_NO_MEMORY;
  }

  uint8_t* const items = (uint8_t*)list;
  for (size_t run = 1U; run < n; run *= 2U) {
    for (size_t begin = 0U; begin < n; begin += 2U * run) {
      const size_t middle = begin + run < n ? begin + run : n;
      const size_t end    = middle + run < n ? middle + run : n;
      size_t       a      = begin;
      size_t       b      = middle;
      for (size_t i = begin; i < end; ++i) {
        CtTick tick_a = 0;
        CtTick tick_b = 0;
        if (a < middle && b < end) {
          memcpy(&tick_a, items + (a * item_size), sizeof(CtTick));
          memcpy(&tick_b, items + (b * item_size), sizeof(CtTick));
        }
        const bool   take_a = b >= end || (a < middle && tick_a <= tick_b);
        const size_t from   = take_a ? a++ : b++;
        memcpy(other + (i * item_size), items + (from * item_size), item_size);
      }
    }
    memcpy(items, other, n * item_size);
  }

  free(other);
  return CT_SUCCESS;
}

/// Let a meter begin at tick zero
static CtStatus
begin_with_meter(CtScore* const score)
{
  CtScoreMeter first = {0, {4U, 4U}};
  if (score->n_meters) {
    if (score->meters[0].tick <= 0) {
      return CT_SUCCESS;
    }
    first.meter = score->meters[0].meter;
  }

  const CtStatus st = ct_score_add_meter(score, first);
  if (!st) {
    memmove(&score->meters[1],
            &score->meters[0],
            (score->n_meters - 1U) * sizeof(CtScoreMeter));
    score->meters[0] = first;
  }
  return st;
}

CtStatus
ct_score_finish(CtScore* const score)
{
  size_t n_kept = 0U;
  for (size_t i = 0U; i < score->n_streams; ++i) {
    CtStream* const stream = &score->streams[i];
    if (stream->n_notes) {
      qsort(stream->notes, stream->n_notes, sizeof(CtScoreNote), compare_notes);
      score->streams[n_kept++] = *stream;
    } else {
      free_stream(stream);
    }
  }
  score->n_streams = n_kept;

  CtStatus st = CT_SUCCESS;
  if ((st =
         sort_by_tick(score->tempos, score->n_tempos, sizeof(CtScoreTempo))) ||
      (st =
         sort_by_tick(score->meters, score->n_meters, sizeof(CtScoreMeter))) ||
      (st = sort_by_tick(score->keys, score->n_keys, sizeof(CtScoreKey)))) {
    return st;
  }
  return begin_with_meter(score);
}

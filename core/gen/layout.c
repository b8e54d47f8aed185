// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/layout.h"

#include "gen/encoder.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// One note in this many may begin while another sounds on, and a stream still
/// counts as one voice
static const size_t overlap_share = 20U;

static bool
is_monophonic(const CtStream* const stream)
{
  size_t overlaps = 0U;
  CtTick end      = 0;
  for (size_t i = 0U; i < stream->n_notes; ++i) {
    const CtScoreNote* const note = &stream->notes[i];
    overlaps += note->onset + CT_MIN_NOTE < end;
    end = note->end > end ? note->end : end;
  }
  return overlaps * overlap_share < stream->n_notes;
}

/// Whether the name of a stream holds `word`, which is in lower case
static bool
is_named(const CtStream* const stream, const char* const word)
{
  const size_t length = strlen(word);
  for (const char* at = stream->name; *at; ++at) {
    size_t i = 0U;
    while (i < length && at[i] && tolower((unsigned char)at[i]) == word[i]) {
      ++i;
    }
    if (i == length) {
      return true;
    }
  }
  return false;
}

static CtEnsemble
infer_of_four(const CtScore* const score)
{
  bool all_monophonic = true;
  for (size_t i = 0U; i < score->n_streams; ++i) {
    if (is_named(&score->streams[i], "viol") ||
        is_named(&score->streams[i], "cello")) {
      return CT_ENSEMBLE_QUARTET;
    }
    all_monophonic = all_monophonic && is_monophonic(&score->streams[i]);
  }
  return all_monophonic ? CT_ENSEMBLE_VOICES : CT_ENSEMBLE_KEYBOARD;
}

CtEnsemble
ct_layout_infer(const CtScore* const score)
{
  const CtStream* const streams = score->streams;
  switch (score->n_streams) {
  case 1U:
    return is_monophonic(&streams[0]) ? CT_ENSEMBLE_MELODY
                                      : CT_ENSEMBLE_KEYBOARD;
  case 3U:
    return is_monophonic(&streams[0]) && !is_monophonic(&streams[1])
             ? CT_ENSEMBLE_SONG
             : CT_ENSEMBLE_ORGAN;
  case 4U:
    return infer_of_four(score);
  default:
    return CT_ENSEMBLE_KEYBOARD;
  }
}

/// A stream and how high it lies: mean pitch = sum / n
typedef struct {
  size_t   index;
  uint64_t sum;
  uint64_t n;
} Height;

static int
compare_heights(const void* const a, const void* const b)
{
  const Height* const x = (const Height*)a;
  const Height* const y = (const Height*)b;

  // Means compared as fractions, so that ties are exact and keep the order of
  // the file
  const uint64_t left  = x->sum * y->n;
  const uint64_t right = y->sum * x->n;
  if (left != right) {
    return left > right ? -1 : 1;
  }
  return (x->index > y->index) - (x->index < y->index);
}

/// Part of the stream of rank `rank` (0 is the highest) of `n`
static uint32_t
part_by_rank(const CtEnsemble ensemble, const size_t n, const size_t rank)
{
  static const uint32_t of_two[]   = {CT_PART_SOPRANO, CT_PART_BASS};
  static const uint32_t of_three[] = {
    CT_PART_SOPRANO, CT_PART_ALTO, CT_PART_BASS};
  static const uint32_t of_four[] = {
    CT_PART_SOPRANO, CT_PART_ALTO, CT_PART_TENOR, CT_PART_BASS};

  if (ensemble == CT_ENSEMBLE_VOICES || ensemble == CT_ENSEMBLE_QUARTET) {
    return n == 2U   ? of_two[rank]
           : n == 3U ? of_three[rank]
                     : of_four[rank < 3U ? rank : 3U];
  }
  if (ensemble == CT_ENSEMBLE_ORGAN && n > 2U) {
    return rank < n / 2U ? CT_PART_RIGHT
                         : (rank + 1U < n ? CT_PART_LEFT : CT_PART_BASS);
  }
  return rank < (n + 1U) / 2U ? CT_PART_RIGHT : CT_PART_LEFT;
}

/// A song's first stream sings, the others are the hands of its keyboard
static void
assign_song(const Height* const heights, const size_t n, uint32_t* const parts)
{
  const size_t n_rest = n - 1U;
  size_t       rank   = 0U;
  for (size_t i = 0U; i < n; ++i) {
    if (heights[i].index > 0U) {
      const bool right        = n_rest > 1U && rank < (n_rest + 1U) / 2U;
      parts[heights[i].index] = right ? CT_PART_RIGHT : CT_PART_LEFT;
      ++rank;
    }
  }
  parts[0] = CT_PART_SOPRANO;
}

CtStatus
ct_layout_assign(const CtScore* const score,
                 const CtEnsemble     ensemble,
                 uint32_t* const      parts)
{
  const size_t  n       = score->n_streams;
  Height* const heights = (Height*)calloc(n + 1U, sizeof(Height));
  if (!heights) {
    return CT_NO_MEMORY;
  }
  for (size_t i = 0U; i < n; ++i) {
    heights[i] = (Height){i, 0U, score->streams[i].n_notes};
    for (size_t k = 0U; k < score->streams[i].n_notes; ++k) {
      heights[i].sum += score->streams[i].notes[k].pitch;
    }
  }
  qsort(heights, n, sizeof(Height), compare_heights);

  if (ensemble == CT_ENSEMBLE_MELODY) {
    for (size_t i = 0U; i < n; ++i) {
      parts[i] = i ? CT_PART_LEFT : CT_PART_SOPRANO;
    }
  } else if (n == 1U && ensemble != CT_ENSEMBLE_VOICES &&
             ensemble != CT_ENSEMBLE_QUARTET) {
    parts[0] = CT_PART_SPLIT;
  } else if (ensemble == CT_ENSEMBLE_SONG) {
    assign_song(heights, n, parts);
  } else {
    for (size_t rank = 0U; rank < n; ++rank) {
      parts[heights[rank].index] =
        n == 1U ? (uint32_t)CT_PART_SOPRANO : part_by_rank(ensemble, n, rank);
    }
  }
  free(heights);
  return CT_SUCCESS;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/key_finder.h"

#include <math.h>
#include <string.h>

/// Number of CtMode
#define MODE_COUNT 2

/// Share of segments of the Kostka-Payne corpus in which a degree of the scale
/// occurs, by CtMode, from the tonic up (Temperley 2007, table 6.1)
static const double profiles[MODE_COUNT][CT_PITCH_CLASS_COUNT] = {{0.748,
                                                                   0.060,
                                                                   0.488,
                                                                   0.082,
                                                                   0.670,
                                                                   0.460,
                                                                   0.096,
                                                                   0.715,
                                                                   0.104,
                                                                   0.366,
                                                                   0.057,
                                                                   0.400},
                                                                  {0.712,
                                                                   0.084,
                                                                   0.474,
                                                                   0.618,
                                                                   0.049,
                                                                   0.460,
                                                                   0.105,
                                                                   0.747,
                                                                   0.404,
                                                                   0.067,
                                                                   0.133,
                                                                   0.330}};

/// What is left of a weight after a sixteenth: half in eight quarters, which is
/// two to the power of -1/32
static const double decay = 0.978572062087700134;

/// Least weight of all that sounded, quarters times notes, for a choice
static const double least_total = 4.0;

/// Least weight of a pitch class that counts as heard, quarters times notes,
/// and how many of them make a key
static const double least_heard = 0.05;
enum { LEAST_CLASSES = 3 };

/// The same where all seven degrees of a scale were heard
static const double least_scale_total = 0.75;
enum { SCALE_CLASSES = 7 };

/// What the first sound after silence counts more, in ticks shared by its
/// notes, and the silence that it takes
enum { ACCENT = CT_PPQN * 3 / 4, PHRASE_REST = 4 * CT_PPQN };

/// A key is left when the leads of others, summed over sixteenths, exceed this:
/// a correlation better by 0.25 for four quarters, or by 1 for one
static const double most_doubt = 4.0;

void
ct_key_finder_reset(CtKeyFinder* const finder)
{
  memset(finder, 0, sizeof(*finder));
  finder->rest = PHRASE_REST;
}

void
ct_key_finder_restart(CtKeyFinder* const finder, const CtKeyChoice choice)
{
  memset(finder->cell, 0, sizeof(finder->cell));
  memset(finder->weights, 0, sizeof(finder->weights));
  finder->rest   = PHRASE_REST;
  finder->choice = choice;
}

void
ct_key_finder_seek(CtKeyFinder* const finder, const CtTick tick)
{
  finder->tick     = tick;
  finder->has_tick = true;
}

/// Shift and scale to mean zero and length one, so that the product of two
/// such is their correlation; what is flat becomes zero
static void
standardise(const double in[CT_PITCH_CLASS_COUNT],
            double       out[CT_PITCH_CLASS_COUNT])
{
  double mean = 0.0;
  for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
    mean += in[i] / CT_PITCH_CLASS_COUNT;
  }

  double square = 0.0;
  for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
    out[i] = in[i] - mean;
    square += out[i] * out[i];
  }

  const double scale = square > 0.0 ? 1.0 / sqrt(square) : 0.0;
  for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
    out[i] *= scale;
  }
}

/// Whether enough sounds in memory to tell a key
static bool
is_enough(const double weights[CT_PITCH_CLASS_COUNT])
{
  double total     = 0.0;
  int    n_classes = 0;
  for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
    total += weights[i];
    n_classes += weights[i] >= least_heard;
  }
  return (total >= least_total && n_classes >= LEAST_CLASSES) ||
         (total >= least_scale_total && n_classes >= SCALE_CLASSES);
}

/// Correlations of what was heard with all keys
static void
correlate(const double weights[CT_PITCH_CLASS_COUNT],
          double       correlations[MODE_COUNT][CT_PITCH_CLASS_COUNT])
{
  double roots[CT_PITCH_CLASS_COUNT];
  for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
    roots[i] = sqrt(weights[i]);
  }

  double heard[CT_PITCH_CLASS_COUNT];
  standardise(roots, heard);
  for (int mode = 0; mode < MODE_COUNT; ++mode) {
    double profile[CT_PITCH_CLASS_COUNT];
    standardise(profiles[mode], profile);
    for (int tonic = 0; tonic < CT_PITCH_CLASS_COUNT; ++tonic) {
      double sum = 0.0;
      for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
        sum += profile[i] * heard[(tonic + i) % CT_PITCH_CLASS_COUNT];
      }
      correlations[mode][tonic] = sum;
    }
  }
}

/// The key that correlates best
static CtKey
best_key(double correlations[MODE_COUNT][CT_PITCH_CLASS_COUNT])
{
  CtKey best = {0U, CT_MODE_MAJOR};
  for (int mode = 0; mode < MODE_COUNT; ++mode) {
    for (uint8_t tonic = 0U; tonic < CT_PITCH_CLASS_COUNT; ++tonic) {
      if (correlations[mode][tonic] > correlations[best.mode][best.tonic]) {
        best = (CtKey){tonic, (CtMode)mode};
      }
    }
  }
  return best;
}

/// Keep the key, or change it if others have led by enough for long enough
static void
choose(CtKeyChoice* const choice,
       double             correlations[MODE_COUNT][CT_PITCH_CLASS_COUNT])
{
  const CtKey best = best_key(correlations);
  if (!choice->is_known || choice->is_open) {
    *choice = (CtKeyChoice){.key = best, .is_known = true};
    return;
  }

  const double lead = correlations[best.mode][best.tonic] -
                      correlations[choice->key.mode][choice->key.tonic];
  choice->doubt = lead > 0.0 ? choice->doubt + lead : 0.0;
  if (choice->doubt > most_doubt) {
    choice->key   = best;
    choice->doubt = 0.0;
  }
}

/// A sixteenth is over: forget a little, add what sounded, and choose
static void
close_cell(CtKeyFinder* const finder)
{
  for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
    finder->weights[i] = (finder->weights[i] * decay) +
                         ((double)finder->cell[i] / (double)CT_PPQN);
    finder->cell[i] = 0;
  }
  if (!is_enough(finder->weights)) {
    return;
  }

  double correlations[MODE_COUNT][CT_PITCH_CLASS_COUNT];
  correlate(finder->weights, correlations);
  choose(&finder->choice, correlations);
}

/// Count the silence, and the accent of what ends it.  `duration` is not zero
static void
hear_phrase(CtKeyFinder* const    finder,
            const uint16_t* const n_sounding,
            const CtTick          duration)
{
  int64_t n_keys = 0;
  for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
    n_keys += n_sounding[i];
  }
  if (!n_keys) {
    finder->rest += duration;
    return;
  }
  for (int i = 0; finder->rest >= PHRASE_REST && i < CT_PITCH_CLASS_COUNT;
       ++i) {
    finder->cell[i] += (int64_t)ACCENT * n_sounding[i] / n_keys;
  }
  finder->rest = 0;
}

void
ct_key_finder_advance(CtKeyFinder* const    finder,
                      const uint16_t* const n_sounding,
                      const CtTick          until)
{
  if (!finder->has_tick || until < finder->tick ||
      (uint64_t)until - (uint64_t)finder->tick > CT_KEY_FINDER_MAX_ADVANCE) {
    ct_key_finder_seek(finder, until);
    return;
  }

  if (finder->tick < until) {
    hear_phrase(finder, n_sounding, until - finder->tick);
  }
  while (finder->tick < until) {
    const CtTick cell_end =
      (ct_floor_div(finder->tick, CT_TICKS_PER_SIXTEENTH) + 1) *
      CT_TICKS_PER_SIXTEENTH;
    const CtTick end = cell_end < until ? cell_end : until;
    for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
      finder->cell[i] += n_sounding[i] * (end - finder->tick);
    }
    finder->tick = end;
    if (end == cell_end) {
      close_cell(finder);
    }
  }
}

bool
ct_key_finder_find(const CtKeyFinder* const finder, CtKey* const key)
{
  if (finder->choice.is_known) {
    *key = finder->choice.key;
  }
  return finder->choice.is_known;
}

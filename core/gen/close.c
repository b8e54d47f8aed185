// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/close.h"

#include "music/key.h"

#include <stdbool.h>
#include <stdint.h>

// Rows of the network's table of endings
enum { LAST_BAR = 0, BAR_BEFORE = 1 };

// Chords, bits of semitones above the tonic
enum {
  MAJOR_TRIAD      = 1 << 0 | 1 << 4 | 1 << 7,
  MINOR_TRIAD      = 1 << 0 | 1 << 3 | 1 << 7,
  DOMINANT_SEVENTH = 1 << 2 | 1 << 5 | 1 << 7 | 1 << 11
};

// Roots, semitones above the tonic
enum { TONIC = 0, DOMINANT = 7 };

/// How strong a pull is, in nats
typedef struct {
  float chord; ///< To each note of a chord
  float bass;  ///< More to its root, in the bass
} Strength;

// Found by measuring how pieces end
static const Strength at_end     = {9.0F, 4.0F}; ///< Hardly any other note
static const Strength before_end = {1.5F, 1.5F};

/// To what sounds until the last bar is over
static const float end_hold = 3.0F;

/// Against what would sound into the last bar
static const float end_release = 9.0F;

/// Where the harmony goes
typedef struct {
  CtScale  chord; ///< Above the tonic
  uint32_t root;
  Strength strength;
} Goal;

/// An authentic cadence: from the middle of the bar before on the dominant, and
/// the tonic in the last.  @return False where the harmony is free
static bool
find_goal(const CtPull* const pull, Goal* const goal)
{
  const CtContext* const context  = pull->context;
  const uint32_t         position = pull->asked->row[CT_FIELD_POSITION];
  const uint32_t         scale    = pull->settings->scale;
  if (scale == CT_SCALE_FREE) {
    return false;
  }
  if (context->ending == LAST_BAR) {
    const CtScale chord = scale == CT_SCALE_MINOR ? MINOR_TRIAD : MAJOR_TRIAD;
    *goal               = (Goal){chord, TONIC, at_end};
    return true;
  }
  *goal = (Goal){DOMINANT_SEVENTH, DOMINANT, before_end};
  return context->ending == BAR_BEFORE && 2U * position >= context->bar_length;
}

/// Whether nobody plays below the part that was chosen
static bool
is_bass(const CtPull* const pull)
{
  const uint32_t part = pull->asked->row[CT_FIELD_PART];
  return part == CT_PART_LEFT || part == CT_PART_BASS || pull->is_solo;
}

static bool
is_in(const CtScale chord, const uint32_t degree)
{
  return (uint32_t)(chord >> degree) & 1U;
}

/// Semitones of the model's pitch `p` above a tonic
static uint32_t
degree_of(const CtPull* const pull, const uint32_t p)
{
  return (pull->codec->low + p + CT_PITCH_CLASS_COUNT - pull->settings->key) %
         CT_PITCH_CLASS_COUNT;
}

void
ct_close_chord(const CtPull* const pull, CtPlayers* const players)
{
  Goal goal;
  if (pull->context->ending != LAST_BAR || !find_goal(pull, &goal)) {
    return;
  }
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    if (!is_in(goal.chord, degree_of(pull, p))) {
      ct_pitches_add(&players->forbidden, p);
    }
  }
}

void
ct_close_pitch(const CtPull* const pull, float* const logits)
{
  const bool bass = is_bass(pull);
  Goal       goal;
  if (!find_goal(pull, &goal)) {
    return;
  }
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    const uint32_t degree = degree_of(pull, p);
    logits[p] += is_in(goal.chord, degree) ? goal.strength.chord : 0.0F;
    logits[p] += bass && degree == goal.root ? goal.strength.bass : 0.0F;
  }
}

void
ct_close_duration(const CtPull* const pull, float* const logits)
{
  const CtCodec* const   codec    = pull->codec;
  const CtContext* const context  = pull->context;
  const uint32_t         position = pull->asked->row[CT_FIELD_POSITION];
  for (uint32_t d = 0U; d < codec->n_durations; ++d) {
    const uint32_t end = position + codec->durations[d];
    if (context->ending == LAST_BAR && end == context->bar_length) {
      logits[d] += end_hold;
    } else if (context->ending == BAR_BEFORE && end > context->bar_length) {
      logits[d] -= end_release;
    }
  }
}

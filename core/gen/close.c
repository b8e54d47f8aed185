// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/close.h"

#include "gen/interpret.h"
#include "music/key.h"

#include <stdbool.h>
#include <stdint.h>

// Rows of the network's table of endings
enum { LAST_BAR = 0, BAR_BEFORE = 1 };

// Degrees above the tonic, semitones
enum {
  TONIC       = 0,
  SECOND      = 2,
  MINOR_THIRD = 3,
  MAJOR_THIRD = 4,
  FOURTH      = 5,
  FIFTH       = 7,
  LEADING     = 11
};

/// How much each degree of a chord is pulled to, and its root in the bass
typedef struct {
  float degrees[CT_PITCH_CLASS_COUNT];
  float bass;
  int   root;
} Goal;

// Found by measuring how pieces end.  The last chord leaves no other notes
static const float end_chord = 9.0F;
static const float end_bass  = 4.0F; ///< Of the tonic over the rest of it

// Towards the dominant, in the second half of the bar before
static const float dominant_chord = 1.5F;
static const float dominant_bass  = 1.5F;

/// To what sounds until the last bar is over
static const float end_hold = 3.0F;

/// Against what would sound into the last bar
static const float end_release = 9.0F;

static Goal
tonic_chord(const bool is_minor)
{
  Goal goal           = {{0.0F}, end_bass, TONIC};
  goal.degrees[TONIC] = end_chord;
  goal.degrees[is_minor ? MINOR_THIRD : MAJOR_THIRD] = end_chord;
  goal.degrees[FIFTH]                                = end_chord;
  return goal;
}

static Goal
dominant_seventh(void)
{
  Goal goal             = {{0.0F}, dominant_bass, FIFTH};
  goal.degrees[FIFTH]   = dominant_chord;
  goal.degrees[LEADING] = dominant_chord;
  goal.degrees[SECOND]  = dominant_chord;
  goal.degrees[FOURTH]  = dominant_chord;
  return goal;
}

/// Semitones of the model's pitch `p` above a tonic
static uint32_t
degree_of(const CtPull* const pull, const uint32_t p)
{
  return (pull->codec->low + p + CT_PITCH_CLASS_COUNT - pull->settings->key) %
         CT_PITCH_CLASS_COUNT;
}

static void
pull_to(const CtPull* const pull, const Goal* const goal, float* const logits)
{
  const uint32_t part    = pull->asked->row[CT_FIELD_PART];
  const bool     is_bass = part == CT_PART_LEFT || part == CT_PART_BASS;
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    const uint32_t degree = degree_of(pull, p);
    logits[p] += goal->degrees[degree];
    if (is_bass && degree == (uint32_t)goal->root) {
      logits[p] += goal->bass;
    }
  }
}

/// Whether this is the last bar of music that has a tonic
static bool
is_last(const CtPull* const pull)
{
  return pull->context->ending == LAST_BAR &&
         pull->settings->scale != CT_SCALE_FREE;
}

void
ct_close_chord(const CtPull* const pull, CtPlayers* const players)
{
  if (!is_last(pull)) {
    return;
  }
  const Goal goal = tonic_chord(pull->settings->scale == CT_SCALE_MINOR);
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    if (goal.degrees[degree_of(pull, p)] <= 0.0F) {
      ct_pitches_add(&players->forbidden, p);
    }
  }
}

void
ct_close_pitch(const CtPull* const pull, float* const logits)
{
  const CtContext* const context  = pull->context;
  const uint32_t         position = pull->asked->row[CT_FIELD_POSITION];
  if (is_last(pull)) {
    const Goal goal = tonic_chord(pull->settings->scale == CT_SCALE_MINOR);
    pull_to(pull, &goal, logits);
  } else if (context->ending == BAR_BEFORE &&
             pull->settings->scale != CT_SCALE_FREE &&
             2U * position >= context->bar_length) {
    const Goal goal = dominant_seventh();
    pull_to(pull, &goal, logits);
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

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/close.h"

#include "gen/constraint.h"
#include "gen/context.h"
#include "gen/pitch_set.h"
#include "music/key.h"

#include <stdbool.h>
#include <stdint.h>

// Chords, bits of semitones above the tonic
enum {
  MAJOR_TRIAD      = 1 << 0 | 1 << 4 | 1 << 7,
  MINOR_TRIAD      = 1 << 0 | 1 << 3 | 1 << 7,
  DOMINANT_SEVENTH = 1 << 2 | 1 << 5 | 1 << 7 | 1 << 11
};

// Roots, semitones above the tonic
enum { TONIC = 0, DOMINANT = 7 };

// Parts that nobody plays below
enum { LOWER_PARTS = 1 << CT_PART_LEFT | 1 << CT_PART_BASS };

/// How strong a pull is, in nats
typedef struct {
  float chord; ///< To each note of a chord
  float left;  ///< More to its root, in a left hand, which plays others above
  float bass;  ///< More to its root, in a voice that is the lowest
} Strength;

// Found by measuring how pieces end
static const Strength at_end = {9.0F, 9.0F, 9.0F}; ///< Hardly any other note
static const Strength before_end = {1.5F, 1.5F, 1.5F};

/// To the lowest parts, for a root that is owed
static const float root_part = 9.0F;

/// Against what would lie below the last root
static const float below_root = 9.0F;

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
  if (context->ending == CT_LAST_BAR) {
    const CtScale chord = scale == CT_SCALE_MINOR ? MINOR_TRIAD : MAJOR_TRIAD;
    *goal               = (Goal){chord, TONIC, at_end};
    return true;
  }
  *goal = (Goal){DOMINANT_SEVENTH, DOMINANT, before_end};
  return context->ending == CT_LAST_BAR_BUT_ONE &&
         2U * position >= context->bar_length;
}

/// More to the root, for the part that was chosen
static float
root_pull(const CtPull* const pull, const Strength strength)
{
  const uint32_t part = pull->asked->row[CT_FIELD_PART];
  if (part == CT_PART_BASS || pull->is_solo) {
    return strength.bass;
  }
  return part == CT_PART_LEFT ? strength.left : 0.0F;
}

static bool
is_lower(const uint32_t part)
{
  return (uint32_t)LOWER_PARTS >> part & 1U;
}

static bool
is_in(const CtScale chord, const uint32_t degree)
{
  return (uint32_t)(chord >> degree) & 1U;
}

/// Lowest pitch of the bar so far, CT_MAX_PITCHES if it is empty
static uint32_t
lowest_of_bar(const CtBarNotes* const bar)
{
  uint32_t lowest = CT_MAX_PITCHES;
  for (uint32_t i = 0U; i < bar->n_notes; ++i) {
    const uint32_t p = bar->pitch[i] - 1U;
    lowest           = p < lowest ? p : lowest;
  }
  return lowest;
}

/// Whether a lower part has struck the note that the others go on from
static bool
has_bass(const CtContext* const context)
{
  const CtBarNotes* const bar = &context->this_bar;
  for (uint32_t i = bar->n_notes; i > 0U; --i) {
    if (bar->position[i - 1U] != context->event.position) {
      return false;
    }
    if (is_lower(bar->part[i - 1U])) {
      return true;
    }
  }
  return false;
}

bool
ct_close_owes_root(const CtPull* const pull)
{
  const CtBarNotes* const bar = &pull->context->this_bar;
  Goal                    goal;
  return pull->context->ending == CT_LAST_BAR && bar->n_notes &&
         find_goal(pull, &goal) &&
         ct_pull_degree(pull, lowest_of_bar(bar)) != goal.root;
}

void
ct_close_root(const CtPull* const pull, CtPlayers* const players)
{
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    if (ct_pull_degree(pull, p) != TONIC) {
      ct_pitches_add(&players->forbidden, p);
    }
  }
}

/// The root that nothing else is to lie below: the one that the bass has
/// struck, or the lowest in range
static uint32_t
lowest_root(const CtPull* const pull)
{
  const CtContext* const context = pull->context;
  const uint32_t         lowest  = lowest_of_bar(&context->this_bar);
  const bool has_root = has_bass(context) && lowest < CT_MAX_PITCHES &&
                        ct_pull_degree(pull, lowest) == TONIC;
  uint32_t root = has_root ? lowest : pull->low;
  while (root < pull->codec->n_pitches && ct_pull_degree(pull, root) != TONIC) {
    ++root;
  }
  return root;
}

static bool
lacks_root(const CtPull* const pull, const uint32_t root, const uint32_t p)
{
  return p < root && ct_pull_degree(pull, p) != TONIC;
}

void
ct_close_chord(const CtPull* const pull, CtPlayers* const players)
{
  Goal goal;
  if (pull->context->ending != CT_LAST_BAR || !find_goal(pull, &goal)) {
    return;
  }
  const uint32_t root = lowest_root(pull);
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    if (!is_in(goal.chord, ct_pull_degree(pull, p)) ||
        lacks_root(pull, root, p)) {
      ct_pitches_add(&players->forbidden, p);
    }
  }
  // Chords are struck from above: whoever comes now would lie below
  if (has_bass(pull->context) && (players->parts & LOWER_PARTS)) {
    players->parts &= LOWER_PARTS;
  }
}

void
ct_close_part(float* const logits)
{
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    logits[part] += is_lower(part) ? root_part : 0.0F;
  }
}

/// Push from pitches with no root of the last chord at or below them
static void
push_from_below(const CtPull* const pull, float* const logits)
{
  const uint32_t root = lowest_root(pull);
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    logits[p] -= lacks_root(pull, root, p) ? below_root : 0.0F;
  }
}

void
ct_close_pitch(const CtPull* const pull, float* const logits)
{
  Goal goal;
  if (!find_goal(pull, &goal)) {
    return;
  }
  const float root = root_pull(pull, goal.strength);
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    const uint32_t degree = ct_pull_degree(pull, p);
    logits[p] += is_in(goal.chord, degree) ? goal.strength.chord : 0.0F;
    logits[p] += degree == goal.root ? root : 0.0F;
  }
  if (pull->context->ending == CT_LAST_BAR) {
    push_from_below(pull, logits);
  }
}

/// Whether a note that ends `end` grid ticks after the bar line may sound into
/// the last bar
static bool
reaches_last_bar(const CtContext* const context, const uint32_t end)
{
  // The row says how many bars are left, or one less
  const uint32_t n_bars = context->ending;
  return (context->ending == CT_LAST_BAR_BUT_ONE ||
          context->ending == CT_NEAR_LAST_BAR) &&
         end > n_bars * context->bar_length;
}

void
ct_close_duration(const CtPull* const pull, float* const logits)
{
  const CtCodec* const   codec    = pull->codec;
  const CtContext* const context  = pull->context;
  const uint32_t         position = pull->asked->row[CT_FIELD_POSITION];
  for (uint32_t d = 0U; d < codec->n_durations; ++d) {
    const uint32_t end = position + codec->durations[d];
    if (context->ending == CT_LAST_BAR && end == context->bar_length) {
      logits[d] += end_hold;
    } else if (reaches_last_bar(context, end)) {
      logits[d] -= end_release;
    }
  }
}

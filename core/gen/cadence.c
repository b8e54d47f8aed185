// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/cadence.h"

#include "music/key.h"
#include "music/meter.h"

#include <stdbool.h>

/// Grid ticks of a beat, and of one in compound time
#define BEAT ((uint32_t)CT_GRID_PER_QUARTER)
#define COMPOUND_BEAT (BEAT * 3U / 2U)

/// Most beats of a bar
#define MAX_BEATS (CT_MAX_BAR / BEAT)

/// Beats that the dominant may lie before its goal
#define MAX_WAIT 4U

// Semitones above the bass
enum { ROOT = 0, LEADING_NOTE = 11, FIFTH = 7 };

// Chords, bits of semitones above the bass
enum {
  MAJOR_TRIAD = 1 << 0 | 1 << 4 | 1 << 7,
  MINOR_TRIAD = 1 << 0 | 1 << 3 | 1 << 7
};

/// What sounds in a beat
typedef struct {
  uint32_t bass;    ///< Pitch class of its lowest note
  CtScale  classes; ///< Of all notes
  CtScale  start;   ///< Of those that sound as it begins
} Beat;

/// Whether `classes` has the one `semitones` above `bass`
static bool
has(const CtScale classes, const uint32_t bass, const uint32_t semitones)
{
  return (uint32_t)classes >> ((bass + semitones) % CT_PITCH_CLASS_COUNT) & 1U;
}

/// Whether all of `classes`, the bass among them, are of a chord over `bass`
static bool
is_of(const CtScale classes, const uint32_t bass, const uint32_t chord)
{
  for (uint32_t i = 0U; i < CT_PITCH_CLASS_COUNT; ++i) {
    if (has(classes, bass, i) && !(chord >> i & 1U)) {
      return false;
    }
  }
  return has(classes, bass, ROOT);
}

/// Hear the notes that sound in [begin, end).  @return False if none does
static bool
hear_beat(const CtCodec* const    codec,
          const CtBarNotes* const bar,
          const uint32_t          begin,
          const uint32_t          end,
          Beat* const             beat)
{
  uint32_t lowest = CT_MAX_PITCHES;
  *beat           = (Beat){0U, 0U, 0U};
  for (uint32_t i = 0U; i < bar->n_notes; ++i) {
    const uint32_t onset = bar->position[i];
    if (onset < end && onset + codec->durations[bar->duration[i]] > begin) {
      const uint32_t p     = bar->pitch[i] - 1U;
      const uint32_t class = (codec->low + p) % CT_PITCH_CLASS_COUNT;
      beat->bass           = p < lowest ? class : beat->bass;
      lowest               = p < lowest ? p : lowest;
      beat->classes |= (CtScale)(1U << class);
      beat->start |= (CtScale)(onset <= begin ? 1U << class : 0U);
    }
  }
  return lowest < CT_MAX_PITCHES;
}

/// List the beats of `bar` that something sounds in.  @return How many
static uint32_t
hear_bar(const CtCodec* const    codec,
         const CtContext* const  context,
         const CtBarNotes* const bar,
         Beat                    beats[MAX_BEATS])
{
  const bool is_compound =
    codec->meters[context->meter].denominator == 8U; // NOLINT: an eighth
  const uint32_t length = is_compound ? COMPOUND_BEAT : BEAT;
  uint32_t       n      = 0U;
  for (uint32_t begin = 0U; begin < context->bar_length; begin += length) {
    n += hear_beat(codec, bar, begin, begin + length, &beats[n]) ? 1U : 0U;
  }
  return n;
}

/// Whether the last change of the bass before `goal` falls a fifth to it from
/// its dominant
static bool
is_approached(const Beat* const beats, const uint32_t goal)
{
  const uint32_t bass = beats[goal].bass;
  for (uint32_t back = 1U; back <= MAX_WAIT && back <= goal; ++back) {
    const Beat* const before = &beats[goal - back];
    if (before->bass != bass) {
      return before->bass == (bass + FIFTH) % CT_PITCH_CLASS_COUNT &&
             has(before->classes, bass, LEADING_NOTE);
    }
  }
  return false;
}

CtCadence
ct_cadence(const CtCodec* const   codec,
           const CtContext* const context,
           const uint32_t         tonic)
{
  Beat           beats[2U * MAX_BEATS];
  const uint32_t first = hear_bar(codec, context, &context->last_bar, beats);
  const uint32_t n =
    first + hear_bar(codec, context, &context->this_bar, beats + first);
  CtCadence found = CT_CADENCE_NONE;
  for (uint32_t i = first; i < n; ++i) {
    const Beat* const goal = &beats[i];
    if ((is_of(goal->start, goal->bass, MAJOR_TRIAD) ||
         is_of(goal->start, goal->bass, MINOR_TRIAD)) &&
        is_approached(beats, i)) {
      if (goal->bass == tonic) {
        return CT_CADENCE_HOME;
      }
      found = CT_CADENCE_AWAY;
    }
  }
  return found;
}

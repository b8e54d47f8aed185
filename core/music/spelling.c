// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/spelling.h"

#include <stdbool.h>

/// From the tonic of a major key to that of its relative minor, in fifths
#define RELATIVE_MINOR 3

/// A semitone up to the next step, in fifths
#define DIATONIC_SEMITONE (-5)

// Notes that tell how one is named: so many before, and after with itself
static const size_t n_before = 10U;
static const size_t n_after  = 42U;

/// What the tonic of the key weighs, in notes
static const uint32_t tonic_weight = 6U;

/// Distance in the chromatic scale of a tonic: semitones to fifths
static const int8_t chromatic[CT_PITCH_CLASS_COUNT] =
  {0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5};

/// What is called by steps in a key, in fifths from the tonic
typedef struct {
  int first; ///< Farthest to the flat side
  int last;  ///< Farthest to the sharp side
} Reach;

/// The notes around one, counted
typedef struct {
  const CtSpeltNote* notes;
  size_t             n_notes;
  CtKey              key;
  int                tonic; ///< Of the key
  uint32_t           counts[CT_PITCH_CLASS_COUNT];
} Window;

/// `a` modulo `n`, never negative
static int
modulo(const int a, const int n)
{
  return ((a % n) + n) % n;
}

CtSpelling
ct_spelling(const int fifths, const int pitch)
{
  static const int naturals[CT_STEPS_PER_OCTAVE] = {0, 2, 4, 5, 7, 9, 11};

  CtSpelling spelling = {0};
  // F is at -1; two fifths up are one step of a scale
  const int from_f = fifths + 1;
  spelling.step    = modulo(fifths * 4, CT_STEPS_PER_OCTAVE);
  spelling.alter =
    (from_f - modulo(from_f, CT_STEPS_PER_OCTAVE)) / CT_STEPS_PER_OCTAVE;
  spelling.octave = ((pitch - spelling.alter - naturals[spelling.step]) /
                     CT_PITCH_CLASS_COUNT) -
                    1; // Whole octaves, as the name is that of the pitch
  return spelling;
}

int
ct_spelling_place(const CtSpelling spelling)
{
  return (spelling.octave * CT_STEPS_PER_OCTAVE) + spelling.step;
}

int
ct_key_fifths(const CtKey key)
{
  return ct_key_sharps(key) + (key.mode == CT_MODE_MINOR ? RELATIVE_MINOR : 0);
}

/// Names that a key uses at all: from the lowered second or fifth to the raised
/// second of major, and one less to the sharp side in minor
static Reach
reach_of(const CtMode mode)
{
  static const Reach major = {-6, 9};
  static const Reach minor = {-6, 8};
  return mode == CT_MODE_MINOR ? minor : major;
}

/// The scale, in minor with raised sixth and seventh
static bool
is_diatonic(const Window* const window, const int fifths)
{
  static const Reach major        = {-1, 5};
  static const Reach minor        = {-4, 2};
  static const int   raised_sixth = 3;
  static const int   leading      = 5;

  const int   distance = fifths - window->tonic;
  const bool  is_minor = window->key.mode == CT_MODE_MINOR;
  const Reach scale    = is_minor ? minor : major;
  return (distance >= scale.first && distance <= scale.last) ||
         (is_minor && (distance == raised_sixth || distance == leading));
}

/// The same note by another name if the key doesn't use this one
static int
within_reach(const Window* const window, const int fifths)
{
  const Reach reach    = reach_of(window->key.mode);
  const int   distance = fifths - window->tonic;
  if (distance < reach.first) {
    return fifths + CT_PITCH_CLASS_COUNT;
  }
  return distance > reach.last ? fifths - CT_PITCH_CLASS_COUNT : fifths;
}

/// How far a pitch class is above the tonic of the key, in fifths, by the
/// chromatic scale
static int
fifths_from_tonic(const Window* const window, const int pitch)
{
  return chromatic[modulo(pitch - window->key.tonic, CT_PITCH_CLASS_COUNT)];
}

/// Name a note as most of what sounds around it would
static int
name(const Window* const window, const int pitch)
{
  uint32_t  sharper = 0U; // Votes for the name that is sharper by twelve fifths
  uint32_t  as_is   = 0U;
  uint32_t  flatter = 0U;
  const int plain   = window->tonic + fifths_from_tonic(window, pitch);
  for (int pc = 0; pc < CT_PITCH_CLASS_COUNT; ++pc) {
    const uint32_t weight =
      window->counts[pc] + (pc == window->key.tonic ? tonic_weight : 0U);
    const int tonic = window->tonic + fifths_from_tonic(window, pc);
    const int named =
      tonic + chromatic[modulo(pitch - pc, CT_PITCH_CLASS_COUNT)];
    sharper += named > plain ? weight : 0U;
    flatter += named < plain ? weight : 0U;
    as_is += named == plain ? weight : 0U;
  }
  if (sharper > as_is && sharper > flatter) {
    return within_reach(window, plain + CT_PITCH_CLASS_COUNT);
  }
  return within_reach(window,
                      flatter > as_is ? plain - CT_PITCH_CLASS_COUNT : plain);
}

/// Spell all notes by what sounds around them
static void
name_all(Window* const window, int16_t* const fifths)
{
  for (size_t i = 0U; i < window->n_notes && i < n_after; ++i) {
    ++window->counts[window->notes[i].pitch % CT_PITCH_CLASS_COUNT];
  }
  for (size_t i = 0U; i < window->n_notes; ++i) {
    fifths[i] = (int16_t)name(window, window->notes[i].pitch);
    if (i >= n_before) {
      --window
          ->counts[window->notes[i - n_before].pitch % CT_PITCH_CLASS_COUNT];
    }
    if (i + n_after < window->n_notes) {
      ++window->counts[window->notes[i + n_after].pitch % CT_PITCH_CLASS_COUNT];
    }
  }
}

/// A note next to another in time, and the direction there
typedef struct {
  bool has_above; ///< One a semitone higher
  bool has_below; ///< One a semitone lower
  int  above;     ///< Its name
  int  below;     ///< Its name
} Neighbours;

/// Semitone neighbours of note `i` at the last onset before it, or the next
/// one, in the same line
static Neighbours
neighbours(const Window* const  window,
           const int16_t* const fifths,
           const size_t         i,
           const int            direction)
{
  const CtSpeltNote* const notes = window->notes;
  Neighbours               found = {0};
  int64_t                  onset = notes[i].begin;
  for (size_t j = i + (size_t)direction; j < window->n_notes;
       j += (size_t)direction) {
    if (notes[j].line != notes[i].line || notes[j].begin == notes[i].begin) {
      continue;
    }
    if (onset != notes[i].begin && notes[j].begin != onset) {
      break;
    }
    onset = notes[j].begin;
    if (notes[j].pitch == notes[i].pitch + 1) {
      found.has_above = true;
      found.above     = fifths[j];
    } else if (notes[j].pitch + 1 == notes[i].pitch) {
      found.has_below = true;
      found.below     = fifths[j];
    }
  }
  return found;
}

/// Write chromatic passing and neighbour notes on the step next to where they
/// go
static void
lead(const Window* const window, int16_t* const fifths)
{
  static const int raised_fourth   = 6;
  static const int lowered_seventh = -2;

  const bool is_major = window->key.mode == CT_MODE_MAJOR;
  for (size_t i = 0U; i < window->n_notes; ++i) {
    const int distance = fifths[i] - window->tonic;
    if (is_diatonic(window, fifths[i])) {
      continue;
    }
    const Neighbours before = neighbours(window, fifths, i, -1);
    const Neighbours after  = neighbours(window, fifths, i, 1);
    const bool       is_led = before.has_above || before.has_below;
    int              named  = fifths[i];
    if (is_led && after.has_above && !after.has_below &&
        is_diatonic(window, after.above) &&
        !(is_major && distance == lowered_seventh)) {
      named = after.above - DIATONIC_SEMITONE;
    } else if (is_led && after.has_below && !after.has_above &&
               is_diatonic(window, after.below) && distance != raised_fourth) {
      named = after.below + DIATONIC_SEMITONE;
    }
    fifths[i] = (int16_t)within_reach(window, named);
  }
}

void
ct_spell(const CtSpeltNote* const notes,
         const size_t             n_notes,
         const CtKey              key,
         int16_t* const           fifths)
{
  Window window = {.notes   = notes,
                   .n_notes = n_notes,
                   .key     = key,
                   .tonic   = ct_key_fifths(key)};
  name_all(&window, fifths);
  lead(&window, fifths);
}

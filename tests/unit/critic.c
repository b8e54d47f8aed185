// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file critic.c Of two bars that differ in one thing, the better is worth
/// more; and cadences are heard

#include "gen/critic.h"

#include "fixture.h"
#include "gen/cadence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR 96U
#define BEAT 24U
#define HALF 48U

// MIDI keys
enum { BASS_C = 48, BASS_G = 43, BASS_D = 50 };

/// A bar to be judged
typedef struct {
  CtContext   context;
  CtCandidate candidate;
} Place;

/// Stand in the empty bar `bar`, in C major
static void
stand(Place* const place, void** const state, const uint32_t bar)
{
  static const CtKey   c_major = {0U, CT_MODE_MAJOR};
  const CtCodec* const codec   = &((const CtModel*)*state)->codec;
  ct_context_begin(
    &place->context, codec, BAR, ct_codec_meter(codec, (CtMeter){4U, 4U}), 0U);
  place->context.bar = bar;
  place->candidate   = (CtCandidate){codec,
                                     &place->context,
                                     CT_ENSEMBLE_KEYBOARD,
                                     0U,
                                     ct_scale(c_major),
                                     0U,
                                     0.0F};
}

static void
add(const Place* const place,
    CtBarNotes* const  bar,
    const uint32_t     position,
    const uint32_t     part,
    const uint32_t     key)
{
  const CtCodec* const codec  = place->candidate.codec;
  const uint32_t       i      = bar->n_notes++;
  const int64_t        length = (int64_t)BEAT * CT_TICKS_PER_GRID;
  bar->position[i]            = (uint8_t)position;
  bar->part[i]                = (uint8_t)part;
  bar->pitch[i]               = (uint8_t)(1U + key - codec->low);
  bar->duration[i]            = (uint8_t)ct_codec_duration(codec, length);
}

/// A triad of the right hand over a bass
static void
chord(const Place* const place,
      CtBarNotes* const  bar,
      const uint32_t     position,
      const uint32_t     bass,
      const uint32_t     third)
{
  add(place, bar, position, CT_PART_RIGHT, bass + 12U + 7U);
  add(place, bar, position, CT_PART_RIGHT, bass + 12U + third);
  add(place, bar, position, CT_PART_LEFT, bass);
}

static float
worth(const Place* const place)
{
  return ct_critic_worth(&place->candidate);
}

static void
falling_fifths_with_a_leading_note_cadence(void** const state)
{
  Place             place;
  CtBarNotes* const bar = &place.context.this_bar;
  stand(&place, state, 0U);
  const CtCodec* const codec = place.candidate.codec;
  assert_int_equal(ct_cadence(codec, &place.context, 0U), CT_CADENCE_NONE);

  chord(&place, bar, 0U, BASS_G, 4U);
  chord(&place, bar, BEAT, BASS_C, 4U);
  assert_int_equal(ct_cadence(codec, &place.context, 0U), CT_CADENCE_HOME);
  assert_int_equal(ct_cadence(codec, &place.context, 2U), CT_CADENCE_AWAY);

  // Across the bar line too, and after a wait
  place.context.last_bar         = *bar;
  place.context.last_bar.n_notes = 3U;
  bar->n_notes                   = 0U;
  chord(&place, bar, HALF, BASS_C, 3U);
  assert_int_equal(ct_cadence(codec, &place.context, 0U), CT_CADENCE_HOME);
}

static void
other_falls_do_not(void** const state)
{
  Place             place;
  CtBarNotes* const bar = &place.context.this_bar;

  // No leading note
  stand(&place, state, 0U);
  const CtCodec* const codec = place.candidate.codec;
  chord(&place, bar, 0U, BASS_G, 3U);
  chord(&place, bar, BEAT, BASS_C, 4U);
  assert_int_equal(ct_cadence(codec, &place.context, 0U), CT_CADENCE_NONE);

  // Another bass between
  stand(&place, state, 0U);
  chord(&place, bar, 0U, BASS_G, 4U);
  chord(&place, bar, BEAT, BASS_D, 4U);
  chord(&place, bar, HALF, BASS_C, 4U);
  assert_int_equal(ct_cadence(codec, &place.context, 0U), CT_CADENCE_NONE);

  // No triad at the goal
  stand(&place, state, 0U);
  chord(&place, bar, 0U, BASS_G, 4U);
  add(&place, bar, BEAT, CT_PART_RIGHT, BASS_C + 14U);
  add(&place, bar, BEAT, CT_PART_LEFT, BASS_C);
  assert_int_equal(ct_cadence(codec, &place.context, 0U), CT_CADENCE_NONE);
}

/// A third bar of the same is as good as a second one, a fourth is not
static void
bars_that_go_round_are_worth_less(void** const state)
{
  float worths[4];
  for (uint32_t i = 0U; i < 4U; ++i) {
    Place place;
    stand(&place, state, 0U);
    chord(&place, &place.context.this_bar, 0U, BASS_C, 4U);
    place.context.last_bar    = place.context.this_bar;
    place.candidate.n_repeats = i;
    worths[i]                 = worth(&place);
  }
  assert_float_equal(worths[1], worths[0], 0.0F);
  assert_true(worths[2] < worths[1]);
  assert_float_equal(worths[3], worths[2], 0.0F);
}

/// How much better bar `bar` is with the leading note in its dominant
static float
gain(void** const state, const uint32_t bar)
{
  float worths[2];
  for (uint32_t i = 0U; i < 2U; ++i) {
    Place place;
    stand(&place, state, bar);
    chord(&place, &place.context.this_bar, 0U, BASS_G, 3U + i);
    chord(&place, &place.context.this_bar, BEAT, BASS_C, 4U);
    worths[i] = worth(&place);
  }
  return worths[1] - worths[0];
}

static void
phrases_end_with_cadences(void** const state)
{
  // Bars 2, 4 and 8: periods are closed by the network
  assert_true(gain(state, 1U) > gain(state, 7U) + 0.1F);
  assert_true(gain(state, 3U) > gain(state, 1U) + 0.1F);
}

static void
evidence_for_the_style_counts_by_note(void** const state)
{
  Place place;
  stand(&place, state, 0U);
  add(&place, &place.context.this_bar, 0U, CT_PART_RIGHT, 72U);
  const float before       = worth(&place);
  place.candidate.evidence = 2.0F;
  const float one          = worth(&place) - before;
  assert_true(one > 0.0F);

  for (uint32_t i = 1U; i < 10U; ++i) {
    add(&place, &place.context.this_bar, 0U, CT_PART_RIGHT, 72U);
  }
  const float more         = worth(&place);
  place.candidate.evidence = 0.0F;
  assert_true(more > worth(&place));
  assert_true(more - worth(&place) < one);
}

static void
what_comes_back_is_worth_more(void** const state)
{
  Place place;
  stand(&place, state, 0U);
  add(&place, &place.context.this_bar, 0U, CT_PART_RIGHT, 72U);
  add(&place, &place.context.this_bar, BEAT, CT_PART_RIGHT, 74U);
  const float alone      = worth(&place);
  place.context.recalled = place.context.this_bar;
  assert_true(worth(&place) == alone); // Nothing is to come back
  place.context.recall = 1U;
  const float likely   = worth(&place);
  assert_true(likely > alone);
  place.context.recall = 3U;
  assert_true(worth(&place) > likely);
  const float whole = worth(&place);
  place.context.recalled.pitch[0] += 1U;
  assert_true(worth(&place) < whole);
}

static void
a_rhythm_goes_on(void** const state)
{
  Place place;
  stand(&place, state, 0U);
  add(&place, &place.context.this_bar, 0U, CT_PART_RIGHT, 72U);
  add(&place, &place.context.this_bar, BEAT, CT_PART_RIGHT, 74U);
  const float alone      = worth(&place);
  place.context.last_bar = place.context.this_bar;
  const float same       = worth(&place);
  assert_true(same > alone);
  place.context.last_bar.position[1] = HALF;
  assert_true(worth(&place) < same);
  assert_true(worth(&place) > alone);
}

static void
variety_is_of_the_scale_first(void** const state)
{
  static const uint32_t keys[] = {72U, 73U, 74U}; // As before, C sharp, D
  float                 worths[3];
  for (uint32_t i = 0U; i < 3U; ++i) {
    Place place;
    stand(&place, state, 0U);
    add(&place, &place.context.this_bar, 0U, CT_PART_RIGHT, 72U);
    add(&place, &place.context.this_bar, BEAT, CT_PART_RIGHT, keys[i]);
    worths[i] = worth(&place);
  }
  assert_true(worths[0] < worths[1]);
  assert_true(worths[1] < worths[2]);
}

static void
hands_stay_where_they_are_at_home(void** const state)
{
  static const uint32_t keys[] = {28U, 40U, 52U, 76U}; // All E
  float                 worths[4];
  for (uint32_t i = 0U; i < 4U; ++i) {
    Place place;
    stand(&place, state, 0U);
    add(&place, &place.context.this_bar, 0U, CT_PART_LEFT, keys[i]);
    worths[i] = worth(&place);
  }
  assert_true(worths[0] < worths[1] && worths[1] < worths[2]);
  assert_true(worths[3] < worths[2]);
}

/// What a choir's outer voices are worth as they move from a fifth
static float
move_from_fifth(void** const     state,
                const uint32_t   top,
                const CtEnsemble ensemble)
{
  Place             place;
  CtBarNotes* const bar = &place.context.this_bar;
  stand(&place, state, 0U);
  place.candidate.ensemble = ensemble;
  add(&place, bar, 0U, CT_PART_SOPRANO, 67U);
  add(&place, bar, 0U, CT_PART_BASS, 48U);
  add(&place, bar, BEAT, CT_PART_SOPRANO, top);
  add(&place, bar, BEAT, CT_PART_BASS, 50U);
  return worth(&place);
}

static void
choirs_avoid_parallels(void** const state)
{
  // To a fifth by both, or to the octave below it, as far from the middle
  const float parallel = move_from_fifth(state, 69U, CT_ENSEMBLE_VOICES);
  const float other    = move_from_fifth(state, 71U, CT_ENSEMBLE_VOICES);
  assert_true(other - parallel > 0.3F);
  assert_true(move_from_fifth(state, 71U, CT_ENSEMBLE_QUARTET) -
                move_from_fifth(state, 69U, CT_ENSEMBLE_QUARTET) <
              0.3F);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(bars_that_go_round_are_worth_less),
    cmocka_unit_test(falling_fifths_with_a_leading_note_cadence),
    cmocka_unit_test(other_falls_do_not),
    cmocka_unit_test(phrases_end_with_cadences),
    cmocka_unit_test(evidence_for_the_style_counts_by_note),
    cmocka_unit_test(what_comes_back_is_worth_more),
    cmocka_unit_test(a_rhythm_goes_on),
    cmocka_unit_test(variety_is_of_the_scale_first),
    cmocka_unit_test(hands_stay_where_they_are_at_home),
    cmocka_unit_test(choirs_avoid_parallels),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

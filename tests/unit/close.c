// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file close.c What the last two bars are drawn to

#include "gen/close.h"

#include "fixture.h"
#include "music/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BAR 96U
#define LAST 0U
#define BEFORE 1U
#define NEAR 2U
#define FAR 3U
#define KEY_OF_D 2U

/// What pulls are asked with
typedef struct {
  CtSettings    settings;
  CtContext     context;
  CtNoteContext asked;
  CtPull        pull;
} Place;

static void
stand(Place* const   place,
      void** const   state,
      const uint32_t ending,
      const uint32_t part,
      const uint32_t position)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  *place                     = (Place){.settings.key = KEY_OF_D};
  ct_context_begin(&place->context, codec, BAR, 2U, 0U);
  place->context.ending               = (uint16_t)ending;
  place->asked.row[CT_FIELD_PART]     = (uint16_t)part;
  place->asked.row[CT_FIELD_POSITION] = (uint16_t)position;
  place->pull                         = (CtPull){.codec    = codec,
                                                 .settings = &place->settings,
                                                 .context  = &place->context,
                                                 .asked    = &place->asked};
}

/// Pull of each degree above the tonic
static void
pitch_pulls(const Place* const place, float degrees[CT_PITCH_CLASS_COUNT])
{
  float logits[CT_MAX_CLASSES] = {0.0F};
  memset(degrees, 0, CT_PITCH_CLASS_COUNT * sizeof(float));
  ct_close_pitch(&place->pull, logits);
  for (uint32_t p = 0U; p < place->pull.codec->n_pitches; ++p) {
    const uint32_t pitch          = place->pull.codec->low + p;
    degrees[(pitch + CT_PITCH_CLASS_COUNT - place->settings.key) %
            CT_PITCH_CLASS_COUNT] = logits[p];
  }
}

/// Lowest of the model's pitches that is a tonic
static uint32_t
lowest_d(const Place* const place)
{
  const uint32_t low = place->pull.codec->low % CT_PITCH_CLASS_COUNT;
  return (KEY_OF_D + CT_PITCH_CLASS_COUNT - low) % CT_PITCH_CLASS_COUNT;
}

static void
ends_on_the_tonic(void** const state)
{
  Place place;
  float d[CT_PITCH_CLASS_COUNT];
  stand(&place, state, LAST, CT_PART_RIGHT, 0U);
  pitch_pulls(&place, d);
  assert_true(d[0] > 0.0F && d[0] == d[4] && d[0] == d[7]);
  assert_true(d[2] == 0.0F && d[3] == 0.0F && d[11] == 0.0F);

  place.settings.scale = CT_SCALE_MINOR;
  pitch_pulls(&place, d);
  assert_true(d[3] > 0.0F && d[4] == 0.0F);

  // The tonic is below
  place.asked.row[CT_FIELD_PART] = CT_PART_LEFT;
  pitch_pulls(&place, d);
  assert_true(d[0] > d[3] && d[3] == d[7]);

  // So it is for a melody, which has no bass
  place.asked.row[CT_FIELD_PART] = CT_PART_SOPRANO;
  pitch_pulls(&place, d);
  assert_true(d[0] == d[7]);
  place.pull.is_solo = true;
  pitch_pulls(&place, d);
  assert_true(d[0] > d[7]);
}

static void
comes_from_the_dominant(void** const state)
{
  Place place;
  float d[CT_PITCH_CLASS_COUNT];
  stand(&place, state, BEFORE, CT_PART_LEFT, BAR / 2U);
  pitch_pulls(&place, d);
  assert_true(d[7] > d[11] && d[11] > 0.0F && d[0] == 0.0F);

  place.asked.row[CT_FIELD_POSITION] = BAR / 2U - 1U;
  pitch_pulls(&place, d);
  assert_true(d[7] == 0.0F);
}

static void
is_free_elsewhere(void** const state)
{
  static const uint32_t endings[] = {FAR, CT_N_ENDINGS};

  Place place;
  float d[CT_PITCH_CLASS_COUNT];
  for (size_t i = 0U; i < sizeof(endings) / sizeof(endings[0]); ++i) {
    stand(&place, state, endings[i], CT_PART_LEFT, BAR / 2U);
    pitch_pulls(&place, d);
    assert_true(d[0] == 0.0F && d[7] == 0.0F);
  }

  // Music without a key has nowhere to go
  stand(&place, state, LAST, CT_PART_LEFT, 0U);
  place.settings.scale = CT_SCALE_FREE;
  pitch_pulls(&place, d);
  assert_true(d[0] == 0.0F);
}

static void
adds_no_other_notes(void** const state)
{
  Place     place;
  CtPlayers players = {0U};
  stand(&place, state, FAR, CT_PART_RIGHT, 0U);
  ct_close_chord(&place.pull, &players);
  assert_true(ct_pitches_empty(players.forbidden));

  place.context.ending = LAST;
  place.pull.low       = lowest_d(&place);
  ct_close_chord(&place.pull, &players);
  for (uint32_t p = 0U; p < place.pull.codec->n_pitches; ++p) {
    const uint32_t degree =
      (place.pull.codec->low + p + CT_PITCH_CLASS_COUNT - KEY_OF_D) %
      CT_PITCH_CLASS_COUNT;
    const bool is_rootless = p < place.pull.low;
    assert_int_equal(ct_pitches_contain(players.forbidden, p),
                     is_rootless ||
                       (degree != 0U && degree != 4U && degree != 7U));
  }
}

/// Let `part` strike the model's pitch `p` at the bar line
static void
strike(Place* const place, const uint32_t part, const uint32_t p)
{
  const CtCodec* const codec  = place->pull.codec;
  const CtChoice       choice = {
          .shift = 0U, .part = part, .pitch = 1U + p, .level = codec->n_levels};
  ct_context_note(&place->context, codec, &choice);
  place->context.ending = LAST;
}

static void
owes_a_root(void** const state)
{
  Place     place;
  CtPlayers players = {0U};
  stand(&place, state, LAST, CT_PART_LEFT, 0U);
  assert_false(ct_close_owes_root(&place.pull));

  const uint32_t root = lowest_d(&place) + CT_PITCH_CLASS_COUNT;
  strike(&place, CT_PART_RIGHT, root + 16U);
  assert_true(ct_close_owes_root(&place.pull));
  ct_close_root(&place.pull, &players);
  assert_false(ct_pitches_contain(players.forbidden, root));
  assert_true(ct_pitches_contain(players.forbidden, root + 4U));
  assert_true(ct_pitches_contain(players.forbidden, root + 7U));

  strike(&place, CT_PART_LEFT, root);
  assert_false(ct_close_owes_root(&place.pull));

  strike(&place, CT_PART_LEFT, root - 5U);
  assert_true(ct_close_owes_root(&place.pull));

  place.context.ending = FAR;
  assert_false(ct_close_owes_root(&place.pull));
}

static void
lets_nothing_lie_below_the_root(void** const state)
{
  Place     place;
  CtPlayers players                = {.parts = UINT32_MAX};
  float     logits[CT_MAX_CLASSES] = {0.0F};
  stand(&place, state, LAST, CT_PART_LEFT, 0U);
  const uint32_t root = lowest_d(&place) + CT_PITCH_CLASS_COUNT;

  // Above the bass everybody may play
  strike(&place, CT_PART_RIGHT, root + CT_PITCH_CLASS_COUNT);
  ct_close_chord(&place.pull, &players);
  assert_int_equal(players.parts, UINT32_MAX);
  assert_false(ct_pitches_contain(players.forbidden, root - 5U));

  strike(&place, CT_PART_LEFT, root);
  ct_close_chord(&place.pull, &players);
  assert_int_equal(players.parts, 1U << CT_PART_LEFT | 1U << CT_PART_BASS);
  assert_true(ct_pitches_contain(players.forbidden, root - 5U));
  assert_false(
    ct_pitches_contain(players.forbidden, root - CT_PITCH_CLASS_COUNT));

  ct_close_pitch(&place.pull, logits);
  assert_true(logits[root - 5U] < logits[root - 5U + CT_PITCH_CLASS_COUNT]);
}

static void
holds_the_end(void** const state)
{
  static const uint32_t position = BAR / 2U;

  const CtCodec* const codec                = &((const CtModel*)*state)->codec;
  float                last[CT_MAX_CLASSES] = {0.0F};
  float                before[CT_MAX_CLASSES] = {0.0F};
  uint32_t             n_ends                 = 0U;
  Place                place;
  stand(&place, state, LAST, CT_PART_RIGHT, position);
  ct_close_duration(&place.pull, last);
  stand(&place, state, BEFORE, CT_PART_RIGHT, position);
  ct_close_duration(&place.pull, before);
  for (uint32_t i = 0U; i < codec->n_durations; ++i) {
    const uint32_t end = position + codec->durations[i];
    assert_int_equal(last[i] > 0.0F, end == BAR);
    assert_int_equal(before[i]<0.0F, end> BAR);
    n_ends += end == BAR ? 1U : 0U;
  }
  assert_int_equal(n_ends, 1U);

  // Nor does a long note from the bar before that reach it
  float near[CT_MAX_CLASSES] = {0.0F};
  stand(&place, state, NEAR, CT_PART_BASS, position);
  ct_close_duration(&place.pull, near);
  for (uint32_t i = 0U; i < codec->n_durations; ++i) {
    assert_int_equal(near[i]<0.0F, position + codec->durations[i]> 2U * BAR);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(ends_on_the_tonic),
    cmocka_unit_test(comes_from_the_dominant),
    cmocka_unit_test(is_free_elsewhere),
    cmocka_unit_test(adds_no_other_notes),
    cmocka_unit_test(owes_a_root),
    cmocka_unit_test(lets_nothing_lie_below_the_root),
    cmocka_unit_test(holds_the_end),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

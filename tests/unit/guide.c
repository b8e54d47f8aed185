// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file guide.c What the network isn't told when it is read for guidance

#include "gen/guide.h"

#include "fixture.h"
#include "music/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR 96U
#define NOTES 20U
#define MIDDLE_C 60U
#define COMPOSER 3U

/// A bar in C major, with a bar before it
typedef struct {
  CtSettings settings;
  CtContext  context;
} Place;

/// Stand after a bar that has `n_foreign` C sharps among its notes
static void
stand(Place* const place, void** const state, const uint32_t n_foreign)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  *place =
    (Place){.settings = {.scale = CT_SCALE_MAJOR, .style_strength = 2.0F}};
  ct_context_begin(&place->context, codec, BAR, 0U, 0U);

  CtBarNotes* const bar = &place->context.last_bar;
  bar->n_notes          = NOTES;
  for (uint32_t i = 0U; i < NOTES; ++i) {
    const uint32_t key = MIDDLE_C + (i < n_foreign ? 1U : 0U);
    bar->pitch[i]      = (uint8_t)(1U + key - codec->low);
  }
}

static CtNoteContext
untold(const Place* const place, void** const state, const CtEnsemble ensemble)
{
  CtNoteContext told          = {.row = {0U}};
  told.row[CT_FIELD_COMPOSER] = COMPOSER;
  told.row[CT_FIELD_BAR]      = 1U;
  return ct_guide_untold(&((const CtModel*)*state)->codec,
                         &place->settings,
                         ensemble,
                         &place->context,
                         &told);
}

static bool
is_guided_home(const Place* const place,
               void** const       state,
               const CtEnsemble   ensemble)
{
  return untold(place, state, ensemble).row[CT_FIELD_KEY] == CT_KEY_COUNT;
}

static void
guides_to_the_composer_and_the_ending(void** const state)
{
  Place place;
  stand(&place, state, 0U);
  const CtNoteContext reading = untold(&place, state, CT_ENSEMBLE_KEYBOARD);
  assert_int_equal(reading.row[CT_FIELD_COMPOSER], CT_COMPOSER_FREE);
  assert_int_equal(reading.row[CT_FIELD_ENDING], CT_N_ENDINGS);
  assert_int_equal(reading.row[CT_FIELD_BAR], 1U);
  assert_int_equal(reading.row[CT_FIELD_KEY], 0U);
}

static void
guides_home_from_other_keys(void** const state)
{
  Place place;
  stand(&place, state, 3U);
  assert_false(is_guided_home(&place, state, CT_ENSEMBLE_KEYBOARD));
  stand(&place, state, 4U);
  assert_true(is_guided_home(&place, state, CT_ENSEMBLE_KEYBOARD));

  stand(&place, state, NOTES);
  place.settings.key = 2U; // D major has a C sharp
  assert_false(is_guided_home(&place, state, CT_ENSEMBLE_KEYBOARD));

  place.context.last_bar.n_notes = 0U;
  place.settings.key             = 0U;
  assert_false(is_guided_home(&place, state, CT_ENSEMBLE_KEYBOARD));
}

static void
always_guides_a_melody(void** const state)
{
  Place place;
  stand(&place, state, 0U);
  assert_true(is_guided_home(&place, state, CT_ENSEMBLE_MELODY));
}

/// Which would lead away
static void
weak_guidance_leaves_the_key(void** const state)
{
  Place place;
  stand(&place, state, NOTES);
  place.settings.style_strength = 1.0F;
  assert_false(is_guided_home(&place, state, CT_ENSEMBLE_KEYBOARD));
  assert_false(is_guided_home(&place, state, CT_ENSEMBLE_MELODY));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(guides_to_the_composer_and_the_ending),
    cmocka_unit_test(guides_home_from_other_keys),
    cmocka_unit_test(always_guides_a_melody),
    cmocka_unit_test(weak_guidance_leaves_the_key),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

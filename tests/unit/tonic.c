// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file tonic.c Where music is drawn to its tonic, and how much

#include "gen/tonic.h"

#include "fixture.h"
#include "music/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR 96U
#define KEY_OF_E 4U

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
      const uint32_t bar,
      const uint32_t position)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  *place                     = (Place){.settings.key = KEY_OF_E};
  ct_context_begin(&place->context, codec, BAR, 2U, 0U);
  place->context.bar                  = bar;
  place->asked.row[CT_FIELD_PART]     = CT_PART_RIGHT;
  place->asked.row[CT_FIELD_POSITION] = (uint16_t)position;
  place->pull                         = (CtPull){.codec    = codec,
                                                 .settings = &place->settings,
                                                 .context  = &place->context,
                                                 .asked    = &place->asked};
}

/// Pull of a degree above the tonic
static float
pull_of(const Place* const place, const uint32_t degree)
{
  static const uint32_t octaves = 3U * CT_PITCH_CLASS_COUNT;

  float logits[CT_MAX_CLASSES] = {0.0F};
  ct_tonic_pitch(&place->pull, logits);
  return logits[octaves + KEY_OF_E + degree - place->pull.codec->low];
}

static void
opens_with_the_tonics_chord(void** const state)
{
  Place place;
  stand(&place, state, 0U, 0U);
  assert_true(pull_of(&place, 0U) > 0.0F);
  assert_true(pull_of(&place, 4U) > 0.0F && pull_of(&place, 3U) == 0.0F);
  assert_true(pull_of(&place, 7U) > 0.0F && pull_of(&place, 2U) == 0.0F);

  place.settings.scale = CT_SCALE_MINOR;
  assert_true(pull_of(&place, 3U) > 0.0F && pull_of(&place, 4U) == 0.0F);

  place.asked.row[CT_FIELD_PART] = CT_PART_LEFT;
  assert_true(pull_of(&place, 0U) > pull_of(&place, 7U));

  place.settings.scale = CT_SCALE_FREE;
  assert_true(pull_of(&place, 0U) == 0.0F && pull_of(&place, 7U) == 0.0F);
}

static void
grows_weaker(void** const state)
{
  Place place;
  stand(&place, state, 0U, 0U);
  const float first = pull_of(&place, 0U);
  stand(&place, state, 1U, 0U);
  const float opening = pull_of(&place, 0U);
  assert_true(first > opening && opening > 0.0F);

  stand(&place, state, 8U, 0U);
  assert_true(pull_of(&place, 0U) > 0.0F);
  stand(&place, state, 8U, BAR / 2U);
  assert_true(pull_of(&place, 0U) == 0.0F);
  stand(&place, state, 9U, 0U);
  assert_true(pull_of(&place, 0U) == 0.0F);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(opens_with_the_tonics_chord),
    cmocka_unit_test(grows_weaker),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

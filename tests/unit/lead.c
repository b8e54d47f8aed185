// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file lead.c The leading note over the dominant, and only there

#include "gen/lead.h"

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
#define KEY_OF_G 7U

/// What pulls are asked with
typedef struct {
  CtSettings    settings;
  CtContext     context;
  CtNoteContext asked;
  CtPull        pull;
  uint32_t      tonic; ///< A low one of the model's pitches
} Place;

static void
stand(Place* const place, void** const state, const uint32_t part)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  *place = (Place){.settings.key = KEY_OF_G, .settings.scale = CT_SCALE_MINOR};
  ct_context_begin(&place->context, codec, BAR, 2U, 0U);
  place->asked.row[CT_FIELD_PART] = (uint16_t)part;
  place->tonic =
    KEY_OF_G + (3U * CT_PITCH_CLASS_COUNT) - codec->low; // above the lowest C
  place->pull = (CtPull){.codec    = codec,
                         .settings = &place->settings,
                         .context  = &place->context,
                         .asked    = &place->asked};
}

/// Let a note of `degree` semitones above the tonic sound
static void
strike(Place* const place, const uint32_t degree)
{
  const CtCodec* const codec  = place->pull.codec;
  const CtChoice       choice = {.part     = CT_PART_RIGHT,
                                 .pitch    = 1U + place->tonic + degree,
                                 .duration = codec->n_durations - 1U,
                                 .level    = codec->n_levels};
  ct_context_note(&place->context, codec, &choice);
}

/// Pull of each degree above the tonic
static void
pulls(const Place* const place, float degrees[CT_PITCH_CLASS_COUNT])
{
  float logits[CT_MAX_CLASSES] = {0.0F};
  ct_lead_pitch(&place->pull, logits);
  memcpy(degrees, logits + place->tonic, CT_PITCH_CLASS_COUNT * sizeof(float));
}

static void
leads_over_the_dominant(void** const state)
{
  Place place;
  float d[CT_PITCH_CLASS_COUNT];
  stand(&place, state, CT_PART_RIGHT);
  pulls(&place, d);
  assert_true(d[11] == 0.0F && d[10] == 0.0F);

  strike(&place, 7U);
  pulls(&place, d);
  assert_true(d[11] > 0.0F && d[10] < 0.0F && d[0] == 0.0F);

  // Not where something else lies below
  strike(&place, 0U);
  pulls(&place, d);
  assert_true(d[11] == 0.0F && d[10] == 0.0F);

  // Nor once the dominant is over
  stand(&place, state, CT_PART_RIGHT);
  strike(&place, 7U);
  ct_context_release(&place.context);
  pulls(&place, d);
  assert_true(d[11] == 0.0F);
}

static void
puts_the_dominant_below(void** const state)
{
  Place place;
  float d[CT_PITCH_CLASS_COUNT];
  stand(&place, state, CT_PART_LEFT);
  strike(&place, CT_PITCH_CLASS_COUNT + 11U);
  pulls(&place, d);
  assert_true(d[7] > 0.0F && d[0] == 0.0F);

  place.asked.row[CT_FIELD_PART] = CT_PART_RIGHT;
  pulls(&place, d);
  assert_true(d[7] == 0.0F);

  stand(&place, state, CT_PART_BASS);
  strike(&place, CT_PITCH_CLASS_COUNT + 10U);
  pulls(&place, d);
  assert_true(d[7] < 0.0F);
}

static void
leads_nowhere_without_a_key(void** const state)
{
  Place place;
  float d[CT_PITCH_CLASS_COUNT];
  stand(&place, state, CT_PART_LEFT);
  strike(&place, 7U);
  place.settings.scale = CT_SCALE_FREE;
  pulls(&place, d);
  assert_true(d[7] == 0.0F && d[11] == 0.0F && d[10] == 0.0F);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(leads_over_the_dominant),
    cmocka_unit_test(puts_the_dominant_below),
    cmocka_unit_test(leads_nowhere_without_a_key),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

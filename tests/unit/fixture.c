// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <string.h>

/// Events that no take of these tests reaches: a generator that stands still
/// would write for ever
#define MAX_EVENTS 20000U

CtModel*
fixture_model(void)
{
  CtModel* model = NULL;
  assert_int_equal(ct_model_load_file(CONTINUO_MODEL, &model), CT_SUCCESS);
  return model;
}

int
fixture_set_up(void** const state)
{
  *state = fixture_model();
  return 0;
}

int
fixture_tear_down(void** const state)
{
  ct_model_free((CtModel*)*state);
  return 0;
}

CtSettings
fixture_settings(void)
{
  return (CtSettings){.seed               = 1U,
                      .style              = 5U,
                      .style_strength     = 2.0F,
                      .ensemble           = CT_SETTING_OF_STYLE,
                      .key                = 0U,
                      .scale              = CT_SCALE_MAJOR,
                      .scale_lock         = 0.1F,
                      .temperature        = 1.0F,
                      .rhythm_temperature = 1.0F,
                      .top_k              = 0U,
                      .top_p              = 1.0F,
                      .min_p              = 0.05F,
                      .density            = CT_SETTING_FREE,
                      .polyphony          = CT_SETTING_FREE,
                      .low                = 21U,
                      .high               = 108U,
                      .velocity           = 80U,
                      .dynamics           = 1.0F,
                      .octave             = 0,
                      .channel_mode       = CT_CHANNEL_ONE};
}

void
fixture_take(CtTake* const           take,
             const CtModel* const    model,
             const CtSettings* const settings,
             const CtMeter           meter)
{
  CtMeterMap meters;
  ct_meter_map_reset(&meters, meter);
  assert_int_equal(ct_take_init(take, model, settings, &meters), CT_SUCCESS);
}

void
fixture_extend(CtTake* const take, const CtTick until)
{
  for (uint32_t i = 0U; ct_take_horizon(take) < until; ++i) {
    assert_true(i < MAX_EVENTS);
    assert_int_equal(ct_take_extend(take), CT_SUCCESS);
  }
}

bool
fixture_is_same(const CtTake* const a,
                const CtTake* const b,
                const CtTick        begin,
                const CtTick        end)
{
  const size_t at_a = ct_take_find(a, begin);
  const size_t at_b = ct_take_find(b, begin);
  const size_t n_a  = ct_take_find(a, end) - at_a;
  const size_t n_b  = ct_take_find(b, end) - at_b;
  return n_a == n_b &&
         !memcmp(a->notes + at_a, b->notes + at_b, n_a * sizeof(CtNote));
}

void
fixture_assert_same(const CtTake* const a,
                    const CtTake* const b,
                    const CtTick        begin,
                    const CtTick        end)
{
  assert_true(ct_take_find(a, end) > ct_take_find(a, begin));
  assert_true(fixture_is_same(a, b, begin, end));
}

uint32_t
fixture_random(uint32_t* const seed)
{
  *seed = (*seed * 1664525U) + 1013904223U; // Numerical Recipes, 7.1
  return *seed >> 8U;
}

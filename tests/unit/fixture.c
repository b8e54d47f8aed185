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
                      .style              = 4U,
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
                      .channel_mode       = CT_CHANNEL_ONE,
                      .candidates         = 2U};
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
fixture_extend_from(CtTake* const take, const CtTick from, const CtTick until)
{
  for (uint32_t i = 0U; ct_take_horizon(take, from) < until; ++i) {
    assert_true(i < MAX_EVENTS);
    assert_int_equal(ct_take_reserve(take), CT_SUCCESS);
    assert_int_equal(ct_take_extend(take, from), CT_SUCCESS);
  }
}

void
fixture_extend(CtTake* const take, const CtTick until)
{
  fixture_extend_from(take, 0, until);
}

size_t
fixture_notes(const CtSheet* const sheet,
              const CtTick         begin,
              const CtTick         end,
              CtNote* const        notes)
{
  size_t n    = 0U;
  CtTick last = INT64_MIN;
  for (size_t s = 0U; s < sheet->sections.n_sections; ++s) {
    const CtSection* const section = sheet->sections.items[s];
    for (size_t i = 0U; i < section->n_notes; ++i) {
      const CtNote* const note = &section->notes[i];
      assert_true(note->tick >= last);
      assert_true(ct_range_contains(
        (CtTickRange){section->span.begin, section->span.end}, note->tick));
      last = note->tick;
      if (note->tick >= begin && note->tick < end) {
        assert_true(n < FIXTURE_MAX_NOTES);
        notes[n++] = *note;
      }
    }
  }
  return n;
}

bool
fixture_is_same(const CtTake* const a,
                const CtTake* const b,
                const CtTick        begin,
                const CtTick        end)
{
  static CtNote notes_a[FIXTURE_MAX_NOTES];
  static CtNote notes_b[FIXTURE_MAX_NOTES];
  const size_t  n_a = fixture_notes(&a->sheet, begin, end, notes_a);
  const size_t  n_b = fixture_notes(&b->sheet, begin, end, notes_b);
  return n_a == n_b && !memcmp(notes_a, notes_b, n_a * sizeof(CtNote));
}

void
fixture_assert_same(const CtTake* const a,
                    const CtTake* const b,
                    const CtTick        begin,
                    const CtTick        end)
{
  static CtNote notes[FIXTURE_MAX_NOTES];
  assert_true(fixture_notes(&a->sheet, begin, end, notes) > 0U);
  assert_true(fixture_is_same(a, b, begin, end));
}

uint32_t
fixture_random(uint32_t* const seed)
{
  *seed = (*seed * 1664525U) + 1013904223U; // Numerical Recipes, 7.1
  return *seed >> 8U;
}

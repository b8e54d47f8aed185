// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file take_form.c Themes come back, the same however the take was written

#include "gen/take.h"

#include "fixture.h"

#include "gen/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define SECTION (INT64_C(8) * BAR)
#define N_SECTIONS 8
#define END (N_SECTIONS * SECTION)

static const CtMeter common = {4U, 4U};

static CtSettings
wishes(const CtForm form, const float recall)
{
  CtSettings settings = fixture_settings();
  settings.form       = form;
  settings.recall     = recall;
  return settings;
}

static CtTake
begin(void** const state, const CtSettings* const settings)
{
  CtTake take;
  fixture_take(&take, (const CtModel*)*state, settings, common);
  return take;
}

/// The share of the notes of the bars at `a` and `b` that both have
static double
likeness(const CtTake* const take, const CtTick a, const CtTick b)
{
  static CtNote notes[2][FIXTURE_MAX_NOTES];

  const size_t n      = fixture_notes(&take->sheet, a, a + BAR, notes[0]);
  const size_t m      = fixture_notes(&take->sheet, b, b + BAR, notes[1]);
  size_t       n_both = 0U;
  for (size_t i = 0U; i < n; ++i) {
    for (size_t k = 0U; k < m; ++k) {
      n_both += notes[0][i].tick - a == notes[1][k].tick - b &&
                notes[0][i].pitch == notes[1][k].pitch;
    }
  }
  return n + m > n_both ? (double)n_both / (double)(n + m - n_both) : 1.0;
}

/// Mean likeness of two sections' bars
static double
sections_alike(const CtTake* const take, const int64_t a, const int64_t b)
{
  double sum = 0.0;
  for (int64_t bar = 0; bar < 8; ++bar) {
    sum +=
      likeness(take, (a * SECTION) + (bar * BAR), (b * SECTION) + (bar * BAR));
  }
  return sum / 8.0;
}

static void
place_alone_decides(void** const state)
{
  for (uint32_t form = 0U; form < CT_N_FORMS; ++form) {
    const CtSettings settings = wishes((CtForm)form, 0.6F);
    CtTake           whole    = begin(state, &settings);
    fixture_extend(&whole, END);
    for (int64_t s = N_SECTIONS - 1; s >= 0; --s) {
      CtTake       take = begin(state, &settings);
      const CtTick from = (s * SECTION) + (3 * BAR);
      fixture_extend_from(&take, from, from + BAR);
      fixture_assert_same(&take, &whole, from, from + BAR);
      ct_take_clear(&take);
    }
    ct_take_clear(&whole);
  }
}

static void
a_wish_for_form_acts_from_the_next_section_on(void** const state)
{
  const CtSettings plain  = wishes(CT_FORM_FREE, 1.0F);
  const CtSettings formed = wishes(CT_FORM_AABA, 1.0F);
  const CtTick     tick   = SECTION + (2 * BAR) + 480;
  CtTake           whole  = begin(state, &plain);
  fixture_extend(&whole, END);
  assert_int_equal(ct_take_wish(&whole, tick, &formed), CT_SUCCESS);
  fixture_extend(&whole, END);

  CtTake take = begin(state, &plain);
  assert_int_equal(ct_take_wish(&take, tick, &formed), CT_SUCCESS);
  fixture_extend_from(&take, 5 * SECTION, 6 * SECTION);
  fixture_assert_same(&take, &whole, 5 * SECTION, 6 * SECTION);
  assert_true(sections_alike(&whole, 0, 5) > 0.9);
  ct_take_clear(&take);
  ct_take_clear(&whole);
}

static void
themes_come_back(void** const state)
{
  const CtSettings exact = wishes(CT_FORM_AABA, 1.0F);
  CtTake           take  = begin(state, &exact);
  fixture_extend(&take, END);
  assert_true(sections_alike(&take, 0, 1) > 0.9);
  assert_true(sections_alike(&take, 0, 3) > 0.9);
  assert_true(sections_alike(&take, 2, 6) > 0.9);
  assert_true(sections_alike(&take, 0, 2) < 0.5);
  ct_take_clear(&take);
}

static void
less_recall_is_less_alike(void** const state)
{
  double last = 1.1;
  for (int i = 10; i >= 0; i -= 5) {
    const CtSettings settings = wishes(CT_FORM_AAAA, (float)i / 10.0F);
    CtTake           take     = begin(state, &settings);
    fixture_extend(&take, END);
    double alike = 0.0;
    for (int64_t s = 1; s < N_SECTIONS; ++s) {
      alike += sections_alike(&take, 0, s) / (N_SECTIONS - 1);
    }
    assert_true(alike < last);
    last = alike;
    ct_take_clear(&take);
  }
  assert_true(last < 0.3);
}

static void
a_theme_comes_back_in_the_new_key(void** const state)
{
  const CtSettings in_c = wishes(CT_FORM_AAAA, 1.0F);
  CtSettings       in_d = in_c;
  in_d.key              = in_c.key + 2U;
  in_d.octave           = 1;
  CtTake take           = begin(state, &in_c);
  assert_int_equal(ct_take_wish(&take, SECTION, &in_d), CT_SUCCESS);
  fixture_extend(&take, 3 * SECTION);

  static CtNote notes[2][FIXTURE_MAX_NOTES];
  const size_t  n = fixture_notes(&take.sheet, 0, BAR, notes[0]);
  const size_t  m =
    fixture_notes(&take.sheet, 2 * SECTION, (2 * SECTION) + BAR, notes[1]);
  size_t n_moved = 0U;
  for (size_t i = 0U; i < n && i < m; ++i) {
    n_moved += notes[1][i].pitch == notes[0][i].pitch + 14;
  }
  assert_true(n_moved * 4U > n * 3U);
  ct_take_clear(&take);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(place_alone_decides),
    cmocka_unit_test(a_wish_for_form_acts_from_the_next_section_on),
    cmocka_unit_test(themes_come_back),
    cmocka_unit_test(less_recall_is_less_alike),
    cmocka_unit_test(a_theme_comes_back_in_the_new_key),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file form.c Letters come back to where they first were, and forms end

#include "gen/form.h"
#include "gen/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define N_SECTIONS 12
#define N_STEPS 20U

static void
letters_have_their_home(void** const state)
{
  (void)state;
  static const struct {
    CtForm  form;
    int64_t homes[N_SECTIONS];
  } forms[] = {
    {CT_FORM_FREE, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
    {CT_FORM_AABA, {0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0}},
    {CT_FORM_AABB, {0, 0, 2, 2, 0, 0, 2, 2, 0, 0, 2, 2}},
    {CT_FORM_ABAC, {0, 1, 0, 3, 0, 1, 0, 7, 0, 1, 0, 11}},
    {CT_FORM_AAAA, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
  };
  for (size_t i = 0U; i < sizeof(forms) / sizeof(forms[0]); ++i) {
    for (int64_t s = 0; s < N_SECTIONS; ++s) {
      assert_int_equal(ct_form_home(forms[i].form, s), forms[i].homes[s]);
    }
  }
}

static void
bars_recall_earlier_ones(void** const state)
{
  (void)state;
  for (uint32_t form = 0U; form < CT_N_FORMS; ++form) {
    for (int64_t s = 0; s < N_SECTIONS; ++s) {
      for (uint32_t bar = 0U; bar < 8U; ++bar) {
        const CtFormBar here  = {s, bar};
        CtFormRecall    there = {here, 1U};
        if (ct_form_recalls((CtForm)form, here, &there)) {
          assert_true(there.bar.section < s ||
                      (there.bar.section == s && there.bar.bar < bar));
        }
      }
    }
  }
}

static void
a_second_phrase_begins_as_the_first_did(void** const state)
{
  (void)state;
  CtFormRecall recalled = {{9, 9U}, 1U};
  assert_false(ct_form_recalls(CT_FORM_AABA, (CtFormBar){0, 1U}, &recalled));
  assert_true(ct_form_recalls(CT_FORM_AABA, (CtFormBar){0, 5U}, &recalled));
  assert_int_equal(recalled.bar.section, 0);
  assert_int_equal(recalled.bar.bar, 1U);
  assert_int_equal(recalled.n_bars, CT_PHRASE_BARS);
  assert_false(ct_form_recalls(CT_FORM_AABA, (CtFormBar){0, 6U}, &recalled));
  assert_false(ct_form_recalls(CT_FORM_FREE, (CtFormBar){0, 5U}, &recalled));
}

static void
a_first_phrase_goes_on_from_its_motif(void** const state)
{
  (void)state;
  CtFormRecall recalled = {{9, 9U}, 1U};
  assert_true(ct_form_recalls(CT_FORM_ABAC, (CtFormBar){1, 3U}, &recalled));
  assert_int_equal(recalled.bar.section, 1);
  assert_int_equal(recalled.bar.bar, 1U);
  assert_int_equal(recalled.n_bars, CT_MOTIF_BARS);
  assert_false(ct_form_recalls(CT_FORM_FREE, (CtFormBar){0, 3U}, &recalled));

  // Neither without recall, nor where all is to come back as it was
  for (uint32_t c = 0U; c < N_STEPS; ++c) {
    const float coin = (float)c / (float)N_STEPS;
    assert_int_equal(ct_form_grade(0.0F, CT_MOTIF_BARS, coin), 0U);
    assert_int_equal(ct_form_grade(1.0F, CT_MOTIF_BARS, coin), 0U);
  }
  assert_int_equal(ct_form_grade(0.5F, CT_MOTIF_BARS, 0.0F), 3U);
}

static void
a_theme_comes_back_whole(void** const state)
{
  (void)state;
  for (uint32_t bar = 0U; bar < 8U; ++bar) {
    CtFormRecall recalled = {{9, 9U}, 1U};
    assert_true(ct_form_recalls(CT_FORM_AABA, (CtFormBar){7, bar}, &recalled));
    assert_int_equal(recalled.bar.section, 0);
    assert_int_equal(recalled.bar.bar, bar);
  }
}

static void
more_recall_is_more_alike(void** const state)
{
  (void)state;
  for (uint32_t c = 0U; c < N_STEPS; ++c) {
    const float coin = (float)c / (float)N_STEPS;
    uint32_t    last = 0U;
    assert_int_equal(ct_form_grade(0.0F, CT_PHRASE_BARS, coin), 0U);
    assert_int_equal(ct_form_grade(1.0F, CT_PHRASE_BARS, coin), 3U);
    for (uint32_t i = 0U; i <= N_STEPS; ++i) {
      const uint32_t grade =
        ct_form_grade((float)i / (float)N_STEPS, CT_PHRASE_BARS, coin);
      assert_in_range(grade, last, 3U);
      last = grade;
    }
  }
}

static void
forms_end(void** const state)
{
  (void)state;
  for (int64_t section = 0; section < N_SECTIONS; ++section) {
    uint32_t last = CT_N_ENDINGS - 1U;
    for (uint32_t bar = 0U; bar < 8U; ++bar) {
      const CtFormBar here   = {section, bar};
      const uint32_t  ending = ct_form_ending(CT_FORM_ABAC, 0U, here);
      assert_in_range(ending, 0U, last);
      assert_int_equal(ct_form_ending(CT_FORM_FREE, 0U, here),
                       CT_N_ENDINGS - 1U);
      last = ending;
    }
    assert_int_equal(last, section % 4 == 3 ? 0U : CT_N_ENDINGS - 1U);
  }
}

static void
lengths_end(void** const state)
{
  (void)state;
  static const uint32_t rows[] = {3U, 2U, 2U, 1U, 0U};
  for (uint32_t n = 0U; n < 30U; ++n) {
    const CtFormBar here = {n / 8U, n % 8U};
    assert_int_equal(ct_form_ending(CT_FORM_FREE, 5U, here), rows[n % 5U]);
    assert_int_equal(ct_form_ending(CT_FORM_AABA, 1U, here), 0U);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(letters_have_their_home),
    cmocka_unit_test(bars_recall_earlier_ones),
    cmocka_unit_test(a_second_phrase_begins_as_the_first_did),
    cmocka_unit_test(a_first_phrase_goes_on_from_its_motif),
    cmocka_unit_test(a_theme_comes_back_whole),
    cmocka_unit_test(more_recall_is_more_alike),
    cmocka_unit_test(forms_end),
    cmocka_unit_test(lengths_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

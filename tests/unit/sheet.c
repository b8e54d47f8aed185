// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file sheet.c Wishes and meters by position, and what they forget

#include "gen/sheet.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define SECTION (CT_SECTION_BARS * BAR)

static const CtMeter common = {4U, 4U};
static const CtMeter waltz  = {3U, 4U};

/// Wishes that can be told by key and salt
static CtSettings
wishes(const uint32_t key, const uint32_t salt)
{
  CtSettings settings = fixture_settings();
  settings.key        = key;
  settings.salt       = salt;
  return settings;
}

static CtSheet
make(void)
{
  CtSheet          sheet;
  CtMeterMap       meters;
  const CtSettings settings = wishes(0U, 0U);
  ct_meter_map_reset(&meters, common);
  assert_int_equal(ct_sheet_init(&sheet, &settings, &meters), CT_SUCCESS);
  assert_int_equal(ct_sheet_reserve(&sheet), CT_SUCCESS);
  return sheet;
}

/// @return Where the first difference is
static CtTick
wish(CtSheet* const sheet,
     const CtTick   from,
     const uint32_t key,
     const uint32_t salt)
{
  const CtSettings settings = wishes(key, salt);
  CtTick           changed  = -1;
  assert_int_equal(ct_sheet_wish(sheet, from, &settings, &changed), CT_SUCCESS);
  return changed;
}

static void
check_settings(const CtSheet* const sheet,
               const CtTick         tick,
               const uint32_t       key,
               const uint32_t       salt)
{
  const CtSettings expected = wishes(key, salt);
  assert_true(ct_settings_equal(ct_sheet_settings(sheet, tick), &expected));
}

static void
a_wish_is_in_force_from_its_tick(void** const state)
{
  (void)state;
  CtSheet sheet = make();
  assert_int_equal(wish(&sheet, BAR, 1U, 0U), BAR);
  assert_int_equal(wish(&sheet, 2 * BAR, 2U, 0U), 2 * BAR);
  check_settings(&sheet, INT64_MIN, 0U, 0U);
  check_settings(&sheet, BAR - 1, 0U, 0U);
  check_settings(&sheet, BAR, 1U, 0U);
  check_settings(&sheet, (2 * BAR) - 1, 1U, 0U);
  check_settings(&sheet, INT64_MAX, 2U, 0U);

  // Said again it changes nothing, or forgets what came later
  assert_int_equal(wish(&sheet, 3 * BAR, 2U, 0U), CT_NO_CHANGE);
  assert_int_equal(wish(&sheet, BAR + 1, 1U, 0U), 2 * BAR);
  assert_int_equal(sheet.n_wishes, 2);
  assert_int_equal(wish(&sheet, BAR, 5U, 0U), BAR);
  assert_int_equal(sheet.n_wishes, 2);
  check_settings(&sheet, BAR, 5U, 0U);

  // Before bar one it is for the whole take
  assert_int_equal(wish(&sheet, -BAR, 6U, 0U), CT_FROM_BEGINNING);
  assert_int_equal(sheet.n_wishes, 1);
  check_settings(&sheet, INT64_MIN, 6U, 0U);
  check_settings(&sheet, INT64_MAX, 6U, 0U);
  ct_sheet_clear(&sheet);
}

static void
a_wish_taken_back_leaves_no_trace(void** const state)
{
  (void)state;
  CtSheet sheet = make();
  assert_int_equal(wish(&sheet, BAR, 1U, 0U), BAR);
  assert_int_equal(wish(&sheet, BAR, 0U, 0U), BAR);
  assert_int_equal(sheet.n_wishes, 1);
  assert_int_equal(wish(&sheet, BAR, 0U, 0U), CT_NO_CHANGE);

  assert_int_equal(wish(&sheet, BAR, 1U, 0U), BAR);
  assert_int_equal(wish(&sheet, 2 * BAR, 2U, 0U), 2 * BAR);
  assert_int_equal(wish(&sheet, BAR, 0U, 0U), BAR);
  assert_int_equal(sheet.n_wishes, 1);
  ct_sheet_clear(&sheet);
}

/// Begin a section and say that it is written
static void
add_section(CtSheet* const sheet, const CtTick tick)
{
  assert_int_equal(ct_sheet_reserve(sheet), CT_SUCCESS);
  CtSection* const section = ct_sections_add(
    &sheet->sections, ct_sections_span(&sheet->sections, &sheet->meters, tick));
  assert_non_null(section);
  section->horizon  = section->span.end;
  section->notes[0] = (CtNote){section->span.begin, 240, 60U, 80U, 0U, 0U};
  section->notes[1] = (CtNote){section->span.end - 480, 480, 60U, 80U, 0U, 0U};
  section->n_notes  = 2U;
}

static void
changes_forget_notes(void** const state)
{
  (void)state;
  CtSheet sheet = make();
  for (CtTick tick = 0; tick < 3 * SECTION; tick += SECTION) {
    add_section(&sheet, tick);
  }
  (void)wish(&sheet, 2 * SECTION, 1U, 0U);
  assert_int_equal(sheet.sections.n_sections, 2);
  assert_int_equal(sheet.sections.items[1]->horizon, 2 * SECTION);
  (void)wish(&sheet, (2 * SECTION) - 480, 2U, 0U);
  assert_int_equal(sheet.sections.n_sections, 2);
  assert_int_equal(sheet.sections.items[1]->horizon, (2 * SECTION) - 480);
  assert_int_equal(sheet.sections.items[1]->n_notes, 1);
  assert_int_equal(sheet.sections.items[0]->n_notes, 2);
  (void)wish(&sheet, BAR, 3U, 0U);
  assert_int_equal(sheet.sections.n_sections, 1);
  assert_int_equal(sheet.sections.items[0]->horizon, BAR);
  (void)wish(&sheet, 0, 3U, 0U);
  assert_int_equal(sheet.sections.n_sections, 0);
  ct_sheet_clear(&sheet);
}

static void
bars_are_those_of_the_meters(void** const state)
{
  (void)state;
  CtSheet sheet = make();
  assert_true(ct_sheet_has_bar(&sheet, 0, common));
  assert_true(ct_sheet_has_bar(&sheet, 3 * BAR, common));
  assert_true(ct_sheet_has_bar(&sheet, -BAR, common));
  assert_false(ct_sheet_has_bar(&sheet, BAR + 960, common));
  assert_false(ct_sheet_has_bar(&sheet, -960, common));
  assert_false(ct_sheet_has_bar(&sheet, BAR, waltz));

  assert_int_equal(ct_sheet_meter(&sheet, BAR, common), CT_NO_CHANGE);
  assert_int_equal(ct_sheet_meter(&sheet, 2 * BAR, waltz), 2 * BAR);
  assert_true(ct_sheet_has_bar(&sheet, BAR, common));
  assert_true(ct_sheet_has_bar(&sheet, 2 * BAR, waltz));
  assert_true(ct_sheet_has_bar(&sheet, (2 * BAR) + 2880, waltz));
  assert_false(ct_sheet_has_bar(&sheet, 3 * BAR, waltz));
  assert_false(ct_sheet_has_bar(&sheet, 2 * BAR, common));

  // A bar is cut, and is another from its beginning
  assert_int_equal(ct_sheet_meter(&sheet, (2 * BAR) + 3840, common),
                   (2 * BAR) + 2880);
  assert_true(ct_sheet_has_bar(&sheet, (2 * BAR) + 3840, common));

  // Bar one may begin before tick 0
  assert_int_equal(ct_sheet_meter(&sheet, -2880 - 960, waltz), 0);
  assert_true(ct_sheet_has_bar(&sheet, -960, waltz));
  assert_true(ct_sheet_has_bar(&sheet, 1920, waltz));
  assert_false(ct_sheet_has_bar(&sheet, 0, waltz));
  ct_sheet_clear(&sheet);
}

static void
a_cut_ends_the_section_and_its_notes(void** const state)
{
  (void)state;
  CtSheet sheet = make();
  add_section(&sheet, 0);
  add_section(&sheet, SECTION);
  sheet.sections.items[0]->notes[0].duration = 3 * BAR;
  assert_int_equal(ct_sheet_meter(&sheet, 2 * BAR, waltz), 2 * BAR);
  assert_int_equal(sheet.sections.n_sections, 1);
  const CtSection* const section = sheet.sections.items[0];
  assert_int_equal(section->span.end, 2 * BAR);
  assert_int_equal(section->horizon, 2 * BAR);
  assert_int_equal(section->n_notes, 1);
  assert_int_equal(section->notes[0].duration, 2 * BAR);

  // Taken back, what was cut is to be written again
  assert_int_equal(ct_sheet_meter(&sheet, 2 * BAR, common), 2 * BAR);
  assert_int_equal(section->span.end, SECTION);
  assert_int_equal(section->horizon, 0);
  assert_int_equal(section->n_notes, 0);
  ct_sheet_clear(&sheet);
}

static void
a_copy_has_all_but_shares_nothing(void** const state)
{
  (void)state;
  CtSheet sheet = make();
  CtSheet copy;
  (void)wish(&sheet, BAR, 1U, 3U);
  (void)ct_sheet_meter(&sheet, (3 * SECTION) + BAR, waltz);
  add_section(&sheet, 2 * SECTION);
  add_section(&sheet, 0);
  assert_false(ct_sheet_is_heard(&sheet));
  sheet.sections.items[1]->is_heard = true;
  assert_true(ct_sheet_is_heard(&sheet));
  assert_int_equal(ct_sheet_copy(&copy, &sheet), CT_SUCCESS);
  (void)wish(&sheet, 0, 5U, 5U);
  ct_sheet_clear(&sheet);

  check_settings(&copy, 0, 0U, 0U);
  check_settings(&copy, BAR, 1U, 3U);
  assert_true(ct_sheet_has_bar(&copy, (3 * SECTION) + BAR, waltz));
  assert_int_equal(copy.sections.n_sections, 2);
  assert_true(ct_sheet_is_heard(&copy));
  assert_false(copy.sections.items[0]->is_heard);
  assert_int_equal(copy.sections.items[0]->n_notes, 2);
  assert_int_equal(copy.sections.items[1]->notes[0].tick, 2 * SECTION);
  assert_int_equal(copy.sections.items[1]->horizon, 3 * SECTION);
  ct_sheet_clear(&copy);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_wish_is_in_force_from_its_tick),
    cmocka_unit_test(a_wish_taken_back_leaves_no_trace),
    cmocka_unit_test(changes_forget_notes),
    cmocka_unit_test(bars_are_those_of_the_meters),
    cmocka_unit_test(a_cut_ends_the_section_and_its_notes),
    cmocka_unit_test(a_copy_has_all_but_shares_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

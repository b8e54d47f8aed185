// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file section.c Where sections lie, and how they are kept

#include "gen/section.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define SECTION (CT_SECTION_BARS * BAR)

static const CtMeter common = {4U, 4U};
static const CtMeter waltz  = {3U, 4U};

#define WALTZ_BAR (INT64_C(3) * CT_PPQN)

static void
check_span(const CtMeterMap* const meters,
           const CtTick            tick,
           const CtSpan            expected)
{
  const CtSpan span = ct_section_span(meters, tick);
  assert_int_equal(span.begin, expected.begin);
  assert_int_equal(span.end, expected.end);
  assert_int_equal(span.is_first, expected.is_first);
}

static void
sections_are_eight_bars_of_a_meter(void** const state)
{
  (void)state;
  CtMeterMap   meters;
  const CtTick change = (11 * BAR) + 480;
  ct_meter_map_reset(&meters, common);
  check_span(&meters, 0, (CtSpan){0, SECTION, true});
  check_span(&meters, SECTION - 1, (CtSpan){0, SECTION, true});
  check_span(&meters, SECTION, (CtSpan){SECTION, 2 * SECTION, false});
  ct_meter_map_cut(&meters, change, waltz);
  check_span(&meters, change - 1, (CtSpan){SECTION, change, false});
  check_span(&meters, change, (CtSpan){change, change + (8 * WALTZ_BAR), true});
  check_span(
    &meters,
    change + (20 * WALTZ_BAR),
    (CtSpan){change + (16 * WALTZ_BAR), change + (24 * WALTZ_BAR), false});
}

static void
bar_one_may_begin_before_tick_zero(void** const state)
{
  (void)state;
  CtMeterMap meters;
  ct_meter_map_reset(&meters, common);
  ct_meter_map_cut(&meters, BAR - 960, common);
  check_span(&meters, 0, (CtSpan){0, BAR - 960, true});

  ct_meter_map_reset(&meters, common);
  ct_meter_map_cut(&meters, -960, waltz);
  const CtTick end = (8 * WALTZ_BAR) - 960;
  check_span(&meters, 0, (CtSpan){0, end, true});
  check_span(&meters, end, (CtSpan){end, end + (8 * WALTZ_BAR), false});
}

/// A section with a note each 100 ticks, as long as the next
static CtSections
make(CtSpan* const span)
{
  CtSections sections = {0};
  *span               = (CtSpan){1000, 2000, false};
  assert_null(ct_sections_add(&sections, *span));
  assert_int_equal(ct_sections_reserve(&sections), CT_SUCCESS);
  CtSection* const section = ct_sections_add(&sections, *span);
  assert_non_null(section);
  assert_int_equal(section->horizon, 1000);
  for (CtTick tick = 1000; tick < 2000; tick += 100) {
    section->notes[section->n_notes++] = (CtNote){tick, 100, 60U, 80U, 0U, 0U};
  }
  section->horizon = 2000;
  return sections;
}

static void
notes_are_found_by_tick(void** const state)
{
  (void)state;
  CtSpan                 span;
  CtSections             sections = make(&span);
  const CtSection* const section  = sections.items[0];
  assert_int_equal(ct_section_find(section, INT64_MIN), 0);
  assert_int_equal(ct_section_find(section, 1000), 0);
  assert_int_equal(ct_section_find(section, 1001), 1);
  assert_int_equal(ct_section_find(section, 1900), 9);
  assert_int_equal(ct_section_find(section, INT64_MAX), 10);
  ct_sections_clear(&sections);
}

static void
what_is_forgotten_lies_behind_the_horizon(void** const state)
{
  (void)state;
  CtSpan           span;
  CtSections       sections = make(&span);
  CtSection* const section  = sections.items[0];
  ct_section_truncate(section, 2500);
  assert_int_equal(section->n_notes, 10);
  assert_int_equal(section->horizon, 2000);
  ct_section_truncate(section, 1550);
  assert_int_equal(section->n_notes, 6);
  assert_int_equal(section->horizon, 1550);
  ct_section_truncate(section, 1700);
  assert_int_equal(section->horizon, 1550);
  ct_sections_clear(&sections);
}

static void
a_section_that_is_resized_ends_its_notes(void** const state)
{
  (void)state;
  CtSpan           span;
  CtSections       sections  = make(&span);
  CtSection* const section   = sections.items[0];
  section->notes[2].duration = 5000;
  ct_section_resize(section, 1550);
  assert_int_equal(section->span.end, 1550);
  assert_int_equal(section->horizon, 1550);
  assert_int_equal(section->n_notes, 6);
  assert_int_equal(section->notes[2].duration, 350);
  assert_int_equal(section->notes[5].duration, 50);
  assert_int_equal(section->notes[4].duration, 100);

  // Made longer, it is written again from the first that was cut
  ct_section_resize(section, 1550);
  assert_int_equal(section->n_notes, 6);
  ct_section_resize(section, 2000);
  assert_int_equal(section->span.end, 2000);
  assert_int_equal(section->horizon, 1200);
  assert_int_equal(section->n_notes, 2);
  ct_sections_clear(&sections);
}

static void
sections_are_found_and_forgotten_by_tick(void** const state)
{
  (void)state;
  static const CtTick begins[] = {5000, 1000, 9000, 3000};
  CtSections          sections = {0};
  assert_null(ct_sections_find(&sections, 0));
  for (uint32_t i = 0U; i < 4U; ++i) {
    assert_int_equal(ct_sections_reserve(&sections), CT_SUCCESS);
    assert_non_null(
      ct_sections_add(&sections, (CtSpan){begins[i], begins[i] + 1000, false}));
  }
  for (uint32_t i = 0U; i < 4U; ++i) {
    const CtTick begin = begins[i];
    assert_null(ct_sections_find(&sections, begin - 1));
    assert_int_equal(ct_sections_find(&sections, begin)->span.begin, begin);
    assert_int_equal(ct_sections_find(&sections, begin + 999)->span.begin,
                     begin);
    assert_null(ct_sections_find(&sections, begin + 1000));
  }
  ct_sections_forget(&sections, 5000);
  assert_int_equal(sections.n_sections, 2);
  assert_null(ct_sections_find(&sections, 5000));
  assert_non_null(ct_sections_find(&sections, 3000));
  ct_sections_forget(&sections, INT64_MIN);
  assert_int_equal(sections.n_sections, 0);
  ct_sections_clear(&sections);
}

static void
a_span_leaves_others_theirs(void** const state)
{
  (void)state;
  CtMeterMap meters;
  CtSections sections = {0};
  ct_meter_map_reset(&meters, common);
  assert_int_equal(ct_sections_reserve(&sections), CT_SUCCESS);
  assert_non_null(ct_sections_add(&sections, (CtSpan){BAR, 2 * BAR, false}));
  assert_non_null(
    ct_sections_add(&sections, (CtSpan){3 * BAR, 4 * BAR, false}));
  static const struct {
    CtTick tick;
    CtTick begin;
    CtTick end;
  } cases[] = {
    {0, 0, BAR},
    {BAR, BAR, 2 * BAR},
    {(2 * BAR) + 1, 2 * BAR, 3 * BAR},
    {(4 * BAR) - 1, 3 * BAR, 4 * BAR},
    {4 * BAR, 4 * BAR, SECTION},
    {SECTION, SECTION, 2 * SECTION},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    const CtSpan span = ct_sections_span(&sections, &meters, cases[i].tick);
    assert_int_equal(span.begin, cases[i].begin);
    assert_int_equal(span.end, cases[i].end);
  }
  ct_sections_clear(&sections);
}

static void
a_copy_is_as_long_and_can_grow(void** const state)
{
  (void)state;
  CtSpan     span;
  CtSections sections = make(&span);
  CtSections copy     = {0};
  assert_int_equal(ct_sections_copy(&copy, &sections), CT_SUCCESS);
  ct_sections_clear(&sections);
  assert_int_equal(copy.n_sections, 1);
  assert_int_equal(copy.items[0]->n_notes, 10);
  assert_int_equal(copy.items[0]->notes[9].tick, 1900);
  assert_true(copy.items[0]->capacity > 10U);
  assert_int_equal(ct_sections_reserve(&copy), CT_SUCCESS);
  assert_non_null(ct_sections_add(&copy, (CtSpan){2000, 3000, false}));
  ct_sections_clear(&copy);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(sections_are_eight_bars_of_a_meter),
    cmocka_unit_test(bar_one_may_begin_before_tick_zero),
    cmocka_unit_test(notes_are_found_by_tick),
    cmocka_unit_test(what_is_forgotten_lies_behind_the_horizon),
    cmocka_unit_test(a_section_that_is_resized_ends_its_notes),
    cmocka_unit_test(sections_are_found_and_forgotten_by_tick),
    cmocka_unit_test(a_span_leaves_others_theirs),
    cmocka_unit_test(a_copy_is_as_long_and_can_grow),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

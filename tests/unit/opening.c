// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file opening.c Openings are found by the wishes and the meter they were
/// written under

#include "gen/opening.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const CtMeter common = {4U, 4U};
static const CtMeter waltz  = {3U, 4U};

/// Wishes number `i`
static CtSettings
wishes(const uint32_t i)
{
  CtSettings settings = fixture_settings();
  settings.seed       = i;
  return settings;
}

/// Keep an opening that can be told by `tick`
static void
put(CtOpenings* const openings,
    const uint32_t    i,
    const CtMeter     meter,
    const CtTick      tick)
{
  const CtSettings settings = wishes(i);
  CtMoment         moment;
  memset(&moment, 0, sizeof(moment));
  moment.bar_tick = tick;
  ct_openings_put(openings, &settings, meter, &moment);
}

/// What tells the opening, or -1 if there is none
static CtTick
find(const CtOpenings* const openings, const uint32_t i, const CtMeter meter)
{
  const CtSettings      settings = wishes(i);
  const CtMoment* const moment   = ct_openings_find(openings, &settings, meter);
  return moment ? moment->bar_tick : -1;
}

static void
wishes_and_meter_tell_them_apart(void** const state)
{
  (void)state;
  CtOpenings openings;
  assert_int_equal(ct_openings_init(&openings, sizeof(CtMoment)), CT_SUCCESS);
  assert_int_equal(find(&openings, 0U, common), -1);
  put(&openings, 0U, common, 10);
  put(&openings, 0U, waltz, 20);
  put(&openings, 1U, common, 30);
  assert_int_equal(find(&openings, 0U, common), 10);
  assert_int_equal(find(&openings, 0U, waltz), 20);
  assert_int_equal(find(&openings, 1U, common), 30);
  assert_int_equal(find(&openings, 1U, waltz), -1);

  // A new take of the same wishes opens otherwise
  CtSettings salted = wishes(1U);
  salted.salt       = 5U;
  assert_null(ct_openings_find(&openings, &salted, common));
  ct_openings_forget(&openings);
  assert_int_equal(find(&openings, 0U, common), -1);
  assert_int_equal(find(&openings, 1U, common), -1);
  ct_openings_clear(&openings);
}

static void
the_oldest_makes_room(void** const state)
{
  (void)state;
  CtOpenings openings;
  assert_int_equal(ct_openings_init(&openings, sizeof(CtMoment)), CT_SUCCESS);
  for (uint32_t i = 0U; i < CT_N_OPENINGS; ++i) {
    put(&openings, i, common, i);
  }
  put(&openings, 0U, common, 99); // It is there
  assert_int_equal(find(&openings, 0U, common), 0);
  put(&openings, CT_N_OPENINGS, common, CT_N_OPENINGS);
  assert_int_equal(find(&openings, 0U, common), -1);
  for (uint32_t i = 1U; i <= CT_N_OPENINGS; ++i) {
    assert_int_equal(find(&openings, i, common), i);
  }
  ct_openings_clear(&openings);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(wishes_and_meter_tell_them_apart),
    cmocka_unit_test(the_oldest_makes_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file pitch_set.c Sets of pitches, against lists of bools

#include "gen/pitch_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define N_PITCHES 128U

/// Fail unless `set` holds just [begin, end)
static void
assert_range(const CtPitchSet set, const uint32_t begin, const uint32_t end)
{
  for (uint32_t p = 0U; p < N_PITCHES; ++p) {
    assert_int_equal(ct_pitches_contain(set, p), p >= begin && p < end);
  }
  assert_int_equal(ct_pitches_empty(set), begin >= end);
}

static void
below_and_between_hold_their_ranges(void** const state)
{
  (void)state;
  for (uint32_t end = 0U; end <= N_PITCHES; ++end) {
    assert_range(ct_pitches_below(end), 0U, end);
  }
  for (uint32_t begin = 0U; begin <= N_PITCHES; begin += 3U) {
    for (uint32_t end = 0U; end <= N_PITCHES; end += 5U) {
      assert_range(ct_pitches_between(begin, end), begin, end);
    }
  }
  assert_range(ct_pitches_between(63U, 64U), 63U, 64U);
  assert_range(ct_pitches_between(64U, 65U), 64U, 65U);
  assert_range(ct_pitches_between(63U, 65U), 63U, 65U);
}

static void
one_is_added_at_a_time(void** const state)
{
  (void)state;
  for (uint32_t p = 0U; p < N_PITCHES; ++p) {
    CtPitchSet set = {{0U, 0U}};
    assert_true(ct_pitches_empty(set));
    ct_pitches_add(&set, p);
    ct_pitches_add(&set, p);
    assert_range(set, p, p + 1U);
  }
}

static void
sets_meet_and_part(void** const state)
{
  (void)state;
  const CtPitchSet low  = ct_pitches_between(10U, 80U);
  const CtPitchSet high = ct_pitches_between(60U, 100U);
  assert_range(ct_pitches_both(low, high), 60U, 80U);
  assert_range(ct_pitches_without(low, high), 10U, 60U);
  assert_range(ct_pitches_without(high, low), 80U, 100U);
  assert_true(ct_pitches_empty(ct_pitches_without(low, low)));
  assert_true(ct_pitches_empty(ct_pitches_both(
    ct_pitches_below(10U), ct_pitches_between(10U, N_PITCHES))));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(below_and_between_hold_their_ranges),
    cmocka_unit_test(one_is_added_at_a_time),
    cmocka_unit_test(sets_meet_and_part),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

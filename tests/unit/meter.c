// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file meter.c Bars are where the meters put them

#include "music/meter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const CtMeter four_four  = {4U, 4U};
static const CtMeter three_four = {3U, 4U};
static const CtMeter seven_8    = {7U, 8U};

static CtMeterMap map;

static void
check_bar(const CtTick  tick,
          const int64_t index,
          const CtTick  begin,
          const int64_t length)
{
  const CtBar bar = ct_meter_map_bar(&map, tick);
  assert_int_equal(bar.index, index);
  assert_int_equal(bar.begin, begin);
  assert_int_equal(bar.length, length);
}

static void
lengths_are_in_ticks(void** const state)
{
  (void)state;
  static const CtMeter six_8   = {6U, 8U};
  static const CtMeter largest = {255U, 64U};
  assert_int_equal(ct_meter_bar_length(four_four), 3840);
  assert_int_equal(ct_meter_bar_length(seven_8), 3360);
  assert_int_equal(ct_meter_bar_length(six_8), 2880);
  assert_int_equal(ct_meter_bar_length(largest), 15300);
}

static void
only_real_meters_are_valid(void** const state)
{
  (void)state;
  static const CtMeter bad[] = {
    {0U, 4U}, {4U, 0U}, {4U, 3U}, {4U, 128U}, {256U, 4U}};
  assert_true(ct_meter_is_valid(four_four));
  for (size_t i = 0U; i < sizeof(bad) / sizeof(bad[0]); ++i) {
    assert_false(ct_meter_is_valid(bad[i]));
  }
}

static void
bars_go_both_ways_from_zero(void** const state)
{
  (void)state;
  ct_meter_map_reset(&map, three_four);
  check_bar(0, 0, 0, 2880);
  check_bar(2879, 0, 0, 2880);
  check_bar(2880, 1, 2880, 2880);
  check_bar(-1, -1, -2880, 2880);
  check_bar(-2880, -1, -2880, 2880);
  check_bar(-2881, -2, -5760, 2880);
}

static void
changes_begin_bars(void** const state)
{
  (void)state;
  ct_meter_map_reset(&map, four_four);
  ct_meter_map_cut(&map, 3840, seven_8);
  check_bar(3839, 0, 0, 3840);
  check_bar(3840, 1, 3840, 3360);
  check_bar(3840 + 3360, 2, 7200, 3360);
  ct_meter_map_cut(&map, 10560, three_four);
  check_bar(10559, 2, 7200, 3360);
  check_bar(10560, 3, 10560, 2880);
  assert_int_equal(map.n_changes, 3);
}

static void
later_changes_are_dropped(void** const state)
{
  (void)state;
  ct_meter_map_reset(&map, four_four);
  ct_meter_map_cut(&map, 38400, three_four);
  ct_meter_map_cut(&map, 3840, seven_8);
  assert_int_equal(map.n_changes, 2);
  check_bar(37440, 11, 37440, 3360);
  ct_meter_map_cut(&map, 0, three_four);
  assert_int_equal(map.n_changes, 1);
  check_bar(2880, 1, 2880, 2880);
}

static void
a_cut_shortens_the_bar_before(void** const state)
{
  (void)state;
  ct_meter_map_reset(&map, four_four);
  ct_meter_map_cut(&map, 3840 + 960, three_four);
  check_bar(4000, 1, 3840, 960);
  check_bar(4800, 2, 4800, 2880);
}

static void
the_oldest_is_forgotten_first(void** const state)
{
  (void)state;
  ct_meter_map_reset(&map, four_four);
  CtTick tick = 3840;
  for (uint32_t i = 0U; i < 3U * CT_METER_MAP_CAPACITY; ++i) {
    ct_meter_map_cut(&map, tick, i % 2U ? four_four : three_four);
    tick += i % 2U ? 3840 : 2880;
  }
  assert_int_equal(map.n_changes, CT_METER_MAP_CAPACITY);
  check_bar(tick, 1 + (3 * CT_METER_MAP_CAPACITY), tick, 3840);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lengths_are_in_ticks),
    cmocka_unit_test(only_real_meters_are_valid),
    cmocka_unit_test(bars_go_both_ways_from_zero),
    cmocka_unit_test(changes_begin_bars),
    cmocka_unit_test(later_changes_are_dropped),
    cmocka_unit_test(a_cut_shortens_the_bar_before),
    cmocka_unit_test(the_oldest_is_forgotten_first),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file take_meter.c The take's bars are those of its meters

#include "gen/take.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define WALTZ_BAR (INT64_C(3) * CT_PPQN)
#define N_BARS 5
#define MAX_BARS 128U
#define END (N_BARS * BAR)

static const CtMeter common = {4U, 4U};
static const CtMeter waltz  = {3U, 4U};

static CtTake
begin(void** const state, const CtMeter meter)
{
  const CtSettings settings = fixture_settings();
  CtTake           take;
  fixture_take(&take, (const CtModel*)*state, &settings, meter);
  return take;
}

static void
change(CtTake* const take, const CtTick tick, const CtMeter meter)
{
  ct_take_meter(take, tick, meter);
}

/// Write up to `until`, and list the bars as the generator has them.
/// @return How many of `bars`[MAX_BARS] were set, in the order written
static size_t
write_bars(CtTake* const take, const CtTick until, CtTickRange* const bars)
{
  size_t n = 0U;
  while (ct_take_horizon(take, 0) < until) {
    assert_int_equal(ct_take_reserve(take), CT_SUCCESS);
    assert_int_equal(ct_take_extend(take, 0), CT_SUCCESS);
    const CtTickRange bar = {take->generator.moment->bar_tick, take->bar_end};
    if (take->place == CT_AT_SECTION &&
        (!n || bar.begin != bars[n - 1U].begin)) {
      assert_true(n < MAX_BARS);
      bars[n++] = bar;
    }
  }
  return n;
}

/// Fail unless the bars follow on each other from `begin`
static void
assert_bars_join(const CtTickRange* const bars, const size_t n)
{
  CtTick tick = 0;
  for (size_t i = 0U; i < n; ++i) {
    assert_int_equal(bars[i].begin, tick);
    assert_true(bars[i].end > tick);
    tick = bars[i].end;
  }
}

static void
meters_give_their_bars(void** const state)
{
  static const struct {
    CtMeter meter;
    int64_t length;
  } cases[] = {
    {{7U, 8U}, 3360},
    {{5U, 4U}, 4800},
    {{12U, 8U}, 5760},
    {{6U, 4U}, 5760},
    {{3U, 8U}, 1440},
    {{1U, 16U}, 240},
    {{5U, 64U}, 300}, // Off the grid
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    CtTickRange  bars[MAX_BARS] = {{0, 0}};
    CtTake       take           = begin(state, cases[i].meter);
    const size_t n              = write_bars(&take, 3 * BAR, bars);
    assert_true(n >= (size_t)(3 * BAR / cases[i].length));
    assert_bars_join(bars, n);
    for (size_t b = 0U; b < n; ++b) {
      assert_int_equal(bars[b].end - bars[b].begin, cases[i].length);
    }
    ct_take_clear(&take);
  }
}

static void
long_bars_are_chopped_into_whole_notes(void** const state)
{
  // 7/4 is a whole note and three quarters; 17/4 three whole notes and five
  // quarters, which the model can count
  CtTickRange bars[MAX_BARS] = {{0, 0}};
  CtTake      take           = begin(state, (CtMeter){7U, 4U});
  size_t      n              = write_bars(&take, 4 * BAR, bars);
  assert_bars_join(bars, n);
  assert_true(n >= 4U);
  for (size_t b = 0U; b < n; ++b) {
    assert_int_equal(bars[b].end - bars[b].begin, b % 2U ? WALTZ_BAR : BAR);
  }
  ct_take_clear(&take);

  static const int64_t lengths[] = {BAR, BAR, BAR, INT64_C(5) * CT_PPQN};
  take                           = begin(state, (CtMeter){17U, 4U});
  n = write_bars(&take, INT64_C(17) * CT_PPQN, bars);
  assert_bars_join(bars, n);
  assert_true(n >= 4U);
  for (size_t b = 0U; b < n; ++b) {
    assert_int_equal(bars[b].end - bars[b].begin, lengths[b % 4U]);
  }
  ct_take_clear(&take);
}

/// Whether the notes before `end` are those of `whole`, but end at `cut_tick`
static bool
is_same_but_cut(const CtTake* const cut,
                const CtTake* const whole,
                const CtTick        end,
                const CtTick        cut_tick)
{
  static CtNote some[FIXTURE_MAX_NOTES];
  static CtNote all[FIXTURE_MAX_NOTES];
  const size_t  n = fixture_notes(&cut->sheet, 0, end, some);
  if (n != fixture_notes(&whole->sheet, 0, end, all)) {
    return false;
  }
  for (size_t i = 0U; i < n; ++i) {
    const int64_t left = cut_tick - all[i].tick;
    all[i].duration = all[i].duration < left ? all[i].duration : (int32_t)left;
  }
  return !memcmp(some, all, n * sizeof(CtNote));
}

/// Fail unless a change to 3/4 at `tick` of a written take keeps what is before
/// `kept` and makes what a take has that knew of it
static void
check_change(void** const state, const CtTick tick, const CtTick kept)
{
  CtTake plain = begin(state, common);
  CtTake take  = begin(state, common);
  CtTake fresh = begin(state, common);
  fixture_extend(&plain, END);
  fixture_extend(&take, END);
  change(&take, tick, waltz);
  fixture_extend(&take, END);
  change(&fresh, tick, waltz);
  fixture_extend(&fresh, END);

  fixture_assert_same(&take, &fresh, 0, END);
  assert_true(is_same_but_cut(&take, &plain, kept, tick));
  ct_take_clear(&fresh);

  CtTickRange bars[MAX_BARS] = {{0, 0}};
  fresh                      = begin(state, common);
  change(&fresh, tick, waltz);
  const size_t n = write_bars(&fresh, END, bars);
  assert_bars_join(bars, n);
  for (size_t b = 0U; b < n; ++b) {
    if (bars[b].begin >= tick) {
      assert_int_equal((bars[b].begin - tick) % WALTZ_BAR, 0);
      assert_int_equal(bars[b].end - bars[b].begin, WALTZ_BAR);
    }
  }
  assert_true(bars[n - 1U].begin > tick);
  ct_take_clear(&plain);
  ct_take_clear(&take);
  ct_take_clear(&fresh);
}

static void
a_change_at_a_bar_line_keeps_what_was_before(void** const state)
{
  check_change(state, BAR, BAR);
  check_change(state, 3 * BAR, 3 * BAR);
}

// The bar that is cut is written anew: it is told its length
static void
a_change_within_a_bar_cuts_it(void** const state)
{
  check_change(state, (2 * BAR) + CT_PPQN, 2 * BAR);
  check_change(state, CT_PPQN, 0);
}

static void
a_change_at_zero_is_for_the_whole_take(void** const state)
{
  CtTake take  = begin(state, common);
  CtTake fresh = begin(state, waltz);
  fixture_extend(&take, END);
  fixture_extend(&fresh, END);
  change(&take, 0, waltz);
  fixture_extend(&take, END);
  fixture_assert_same(&take, &fresh, 0, END);
  ct_take_clear(&take);
  ct_take_clear(&fresh);
}

// A host that starts in pre-roll tells a bar line before bar one
static void
a_change_in_pre_roll_is_for_the_whole_take(void** const state)
{
  CtTake take  = begin(state, common);
  CtTake fresh = begin(state, waltz);
  fixture_extend(&take, END);
  change(&take, (CtTick)-6 * CT_PPQN, waltz);
  fixture_extend(&take, END);
  fixture_extend(&fresh, END);
  fixture_assert_same(&take, &fresh, 0, END);
  ct_take_clear(&take);
  ct_take_clear(&fresh);
}

static void
a_change_to_what_is_there_changes_nothing(void** const state)
{
  CtTake take = begin(state, common);
  fixture_extend(&take, END);
  change(&take, 0, common);
  change(&take, 2 * BAR, common);
  change(&take, -BAR, common);
  assert_true(ct_take_horizon(&take, 0) >= END);
  assert_int_equal(take.sheet.meters.n_changes, 1);
  ct_take_clear(&take);
}

static void
a_change_to_come_waits(void** const state)
{
  CtTake take  = begin(state, common);
  CtTake fresh = begin(state, common);
  fixture_extend(&take, 2 * BAR);
  const CtTick horizon = ct_take_horizon(&take, 0);
  change(&take, 4 * BAR, waltz);
  assert_int_equal(ct_take_horizon(&take, 0), horizon);
  change(&fresh, 4 * BAR, waltz);
  fixture_extend(&take, END);
  fixture_extend(&fresh, END);
  fixture_assert_same(&take, &fresh, 0, END);
  ct_take_clear(&take);
  ct_take_clear(&fresh);
}

static void
a_change_and_a_wish_meet(void** const state)
{
  CtSettings b = fixture_settings();
  b.key        = 7U;
  b.velocity   = 110U;
  CtTake one   = begin(state, common);
  CtTake other = begin(state, common);
  fixture_extend(&one, END);
  change(&one, 2 * BAR, waltz);
  assert_int_equal(ct_take_wish(&one, (2 * BAR) + WALTZ_BAR, &b), CT_SUCCESS);
  fixture_extend(&one, END);
  assert_int_equal(ct_take_wish(&other, (2 * BAR) + WALTZ_BAR, &b), CT_SUCCESS);
  fixture_extend(&other, 3 * BAR);
  change(&other, 2 * BAR, waltz);
  fixture_extend(&other, END);
  fixture_assert_same(&one, &other, 0, END);
  ct_take_clear(&one);
  ct_take_clear(&other);
}

/// Fail unless meters told to a take one by one, each after it was written,
/// make what a take has that knew them all
static void
check_meters(void** const               state,
             const CtMeterChange* const changes,
             const size_t               n,
             const CtTick               end)
{
  CtTake take  = begin(state, common);
  CtTake fresh = begin(state, common);
  for (size_t i = 0U; i < n; ++i) {
    fixture_extend(&take, end);
    change(&take, changes[i].tick, changes[i].meter);
    change(&fresh, changes[i].tick, changes[i].meter);
  }
  fixture_extend(&take, end);
  fixture_extend(&fresh, end);
  fixture_assert_same(&take, &fresh, 0, end);
  ct_take_clear(&fresh);

  // Nor does it matter what is written first
  fresh = begin(state, common);
  for (size_t i = 0U; i < n; ++i) {
    change(&fresh, changes[i].tick, changes[i].meter);
  }
  for (CtTick tick = end - BAR; tick > 0; tick -= BAR) {
    fixture_extend_from(&fresh, tick, tick + 1);
  }
  fixture_extend(&fresh, end);
  fixture_assert_same(&take, &fresh, 0, end);
  ct_take_clear(&take);
  ct_take_clear(&fresh);
}

static void
meters_change_and_change_back(void** const state)
{
  static const CtMeterChange at_lines[] = {
    {.tick = 2 * BAR, .meter = {7U, 8U}},
    {.tick = (2 * BAR) + (INT64_C(11) * 3360), .meter = {4U, 4U}},
  };
  check_meters(state, at_lines, 2U, 20 * BAR);
  static const CtMeterChange cuts[] = {
    {.tick = (9 * BAR) + CT_PPQN, .meter = {7U, 8U}},
    {.tick = (9 * BAR) + CT_PPQN + 3360 + 480, .meter = {4U, 4U}},
  };
  check_meters(state, cuts, 2U, 14 * BAR);
  static const CtMeterChange long_bars[] = {
    {.tick = 8 * BAR, .meter = {17U, 4U}},
    {.tick = (8 * BAR) + (INT64_C(27) * CT_PPQN), .meter = {4U, 4U}},
  };
  check_meters(state, long_bars, 2U, 18 * BAR);
}

/// Fail unless a change that is taken back leaves what a take has that never
/// knew of it
static void
check_taken_back(void** const state, const CtTick tick)
{
  CtTake plain = begin(state, common);
  CtTake take  = begin(state, common);
  fixture_extend(&plain, 18 * BAR);
  fixture_extend(&take, 18 * BAR);
  change(&take, tick, waltz);
  fixture_extend(&take, tick + BAR);
  change(&take, tick, common);
  fixture_extend(&take, 18 * BAR);
  fixture_assert_same(&take, &plain, 0, 18 * BAR);
  ct_take_clear(&plain);
  ct_take_clear(&take);
}

static void
a_meter_taken_back_was_never_there(void** const state)
{
  check_taken_back(state, 8 * BAR);
  check_taken_back(state, 4 * BAR);
  check_taken_back(state, 11 * BAR);
}

// The map holds so many changes and no more: bars before those kept may be
// others, but all of it must go on
static void
more_meters_than_are_kept_can_be_written(void** const state)
{
  CtTake take = begin(state, common);
  CtTick tick = 0;
  for (uint32_t i = 0U; i < CT_METER_MAP_CAPACITY + 8U; ++i) {
    const CtMeter meter = i % 2U ? common : waltz;
    change(&take, tick, meter);
    if (i % 4U == 0U) {
      fixture_extend_from(&take, tick, tick + 1);
    }
    tick += ct_meter_bar_length(meter);
  }
  for (; tick >= 0; tick -= BAR) {
    fixture_extend_from(&take, tick, tick + 1);
  }
  assert_true(take.sheet.sections.n_items < 512U);
  ct_take_clear(&take);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(meters_give_their_bars),
    cmocka_unit_test(long_bars_are_chopped_into_whole_notes),
    cmocka_unit_test(a_change_at_a_bar_line_keeps_what_was_before),
    cmocka_unit_test(a_change_within_a_bar_cuts_it),
    cmocka_unit_test(a_change_at_zero_is_for_the_whole_take),
    cmocka_unit_test(a_change_in_pre_roll_is_for_the_whole_take),
    cmocka_unit_test(a_change_to_what_is_there_changes_nothing),
    cmocka_unit_test(a_change_to_come_waits),
    cmocka_unit_test(a_change_and_a_wish_meet),
    cmocka_unit_test(meters_change_and_change_back),
    cmocka_unit_test(a_meter_taken_back_was_never_there),
    cmocka_unit_test(more_meters_than_are_kept_can_be_written),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

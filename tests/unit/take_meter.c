// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file take_meter.c The take's bars are those of its meters

#include "gen/take.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define WALTZ_BAR (INT64_C(3) * CT_PPQN)
#define N_BARS 5
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
  assert_int_equal(ct_take_meter(take, tick, meter), CT_SUCCESS);
}

/// Fail unless the bars follow on each other from zero, with all notes inside
static void
assert_bars_join(const CtTake* const take)
{
  CtTick tick = 0;
  for (size_t i = 0U; i < take->n_bars; ++i) {
    const CtTakeBar* const bar  = &take->bars[i];
    const bool             last = i + 1U == take->n_bars;
    const size_t n_end = last ? take->n_notes : take->bars[i + 1U].n_notes;
    assert_int_equal(bar->tick, tick);
    assert_true(bar->length > 0);
    tick += bar->length;
    for (size_t n = bar->n_notes; n < n_end; ++n) {
      assert_true(take->notes[n].tick >= bar->tick);
      assert_true(take->notes[n].tick < tick);
    }
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
    CtTake take = begin(state, cases[i].meter);
    fixture_extend(&take, 3 * BAR);
    assert_true(take.n_bars >= (size_t)(3 * BAR / cases[i].length));
    for (size_t b = 0U; b < take.n_bars; ++b) {
      assert_int_equal(take.bars[b].length, cases[i].length);
    }
    assert_bars_join(&take);
    ct_take_clear(&take);
  }
}

static void
long_bars_are_chopped_into_whole_notes(void** const state)
{
  // 7/4 is a whole note and three quarters; 17/4 three whole notes and five
  // quarters, which the model can count
  CtTake take = begin(state, (CtMeter){7U, 4U});
  fixture_extend(&take, 4 * BAR);
  assert_bars_join(&take);
  for (size_t b = 0U; b < take.n_bars; ++b) {
    assert_int_equal(take.bars[b].length, b % 2U ? WALTZ_BAR : BAR);
  }
  ct_take_clear(&take);

  static const int64_t lengths[] = {BAR, BAR, BAR, INT64_C(5) * CT_PPQN};
  take                           = begin(state, (CtMeter){17U, 4U});
  fixture_extend(&take, INT64_C(17) * CT_PPQN);
  assert_bars_join(&take);
  for (size_t b = 0U; b < take.n_bars; ++b) {
    assert_int_equal(take.bars[b].length, lengths[b % 4U]);
  }
  ct_take_clear(&take);
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
  assert_true(fixture_is_same(&take, &plain, 0, kept));
  assert_bars_join(&take);
  for (size_t b = 0U; b < take.n_bars; ++b) {
    if (take.bars[b].tick >= tick) {
      assert_int_equal((take.bars[b].tick - tick) % WALTZ_BAR, 0);
      assert_int_equal(take.bars[b].length, WALTZ_BAR);
    }
  }
  assert_true(take.bars[take.n_bars - 1U].tick > tick);
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
  const size_t n_notes = take.n_notes;
  change(&take, 0, common);
  change(&take, 2 * BAR, common);
  change(&take, -BAR, common);
  assert_int_equal(take.n_notes, n_notes);
  assert_int_equal(ct_take_horizon(&take), END);
  ct_take_clear(&take);
}

static void
a_change_to_come_waits(void** const state)
{
  CtTake take  = begin(state, common);
  CtTake fresh = begin(state, common);
  fixture_extend(&take, 2 * BAR);
  const size_t n_notes = take.n_notes;
  change(&take, 4 * BAR, waltz);
  assert_int_equal(take.n_notes, n_notes);
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
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file take.c The take is a function of wishes by tick, however it came to
/// them

#include "gen/take.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define N_BARS 3
#define END (N_BARS * BAR)

static const CtMeter common = {4U, 4U};

/// Wishes that no default is like
static CtSettings
other_wishes(void)
{
  CtSettings settings  = fixture_settings();
  settings.temperature = 1.6F;
  settings.key         = 4U;
  settings.style       = 0U;
  settings.velocity    = 100U;
  return settings;
}

static CtTake
begin(void** const state, const CtSettings* const settings)
{
  CtTake take;
  fixture_take(&take, (const CtModel*)*state, settings, common);
  return take;
}

static CtTake
written(void** const state, const CtSettings* const settings)
{
  CtTake take = begin(state, settings);
  fixture_extend(&take, END);
  return take;
}

static void
wish(CtTake* const take, const CtTick from, const CtSettings* const settings)
{
  assert_int_equal(ct_take_wish(take, from, settings), CT_SUCCESS);
}

/// A take that was told both wishes before it was written
static CtTake
written_with(void** const state, const CtTick from, const CtSettings* const b)
{
  const CtSettings a    = fixture_settings();
  CtTake           take = begin(state, &a);
  wish(&take, from, b);
  fixture_extend(&take, END);
  return take;
}

/// Fail unless a wish at `from` leaves what was before, and makes what a take
/// has that knew of it
static void
check_wish(void** const state, const CtTick from)
{
  const CtSettings a     = fixture_settings();
  const CtSettings b     = other_wishes();
  CtTake           plain = written(state, &a);
  CtTake           take  = written(state, &a);
  CtTake           fresh = written_with(state, from, &b);
  wish(&take, from, &b);
  fixture_extend(&take, END);

  fixture_assert_same(&take, &fresh, 0, END);
  assert_true(fixture_is_same(&take, &plain, 0, from));
  assert_false(fixture_is_same(&take, &plain, from, END));
  ct_take_clear(&plain);
  ct_take_clear(&take);
  ct_take_clear(&fresh);
}

static void
a_wish_rewrites_what_comes_after_it(void** const state)
{
  static const CtTick ticks[] = {
    1, 240, BAR - 240, BAR, BAR + 1, (2 * BAR) + 480, END - BAR + 60};
  for (size_t i = 0U; i < sizeof(ticks) / sizeof(ticks[0]); ++i) {
    check_wish(state, ticks[i]);
  }
}

static void
a_wish_before_bar_one_is_for_the_whole_take(void** const state)
{
  static const CtTick ticks[] = {INT64_MIN, -BAR, -1, 0};
  const CtSettings    a       = fixture_settings();
  const CtSettings    b       = other_wishes();
  CtTake              fresh   = written(state, &b);
  for (size_t i = 0U; i < sizeof(ticks) / sizeof(ticks[0]); ++i) {
    CtTake take = written(state, &a);
    wish(&take, ticks[i], &b);
    fixture_extend(&take, END);
    fixture_assert_same(&take, &fresh, 0, END);
    ct_take_clear(&take);
  }
  ct_take_clear(&fresh);
}

static void
equal_wishes_change_nothing(void** const state)
{
  const CtSettings a       = fixture_settings();
  CtTake           plain   = written(state, &a);
  CtTake           take    = written(state, &a);
  const CtTick     horizon = ct_take_horizon(&take, 0);
  wish(&take, 2 * BAR, &a);
  wish(&take, 0, &a);
  assert_int_equal(ct_take_horizon(&take, 0), horizon);
  assert_int_equal(take.sheet.n_wishes, 1);
  fixture_assert_same(&take, &plain, 0, END);

  // Nor does saying the same a second time
  const CtSettings b = other_wishes();
  wish(&take, 2 * BAR, &b);
  fixture_extend(&take, END);
  const CtTick after = ct_take_horizon(&take, 0);
  wish(&take, (2 * BAR) + 480, &b);
  wish(&take, 2 * BAR, &b);
  assert_int_equal(ct_take_horizon(&take, 0), after);
  assert_int_equal(take.sheet.n_wishes, 2);
  ct_take_clear(&plain);
  ct_take_clear(&take);
}

static void
a_wish_forgets_later_ones(void** const state)
{
  const CtSettings a = fixture_settings();
  const CtSettings b = other_wishes();
  CtSettings       c = other_wishes();
  c.seed             = 9U;

  CtTake take = begin(state, &a);
  wish(&take, 2 * BAR, &c);
  fixture_extend(&take, END);
  wish(&take, BAR + 240, &b);
  fixture_extend(&take, END);
  CtTake fresh = written_with(state, BAR + 240, &b);
  fixture_assert_same(&take, &fresh, 0, END);
  ct_take_clear(&fresh);

  // What is in force already, said again, forgets them too
  wish(&take, BAR, &a);
  fixture_extend(&take, END);
  fresh = written(state, &a);
  fixture_assert_same(&take, &fresh, 0, END);
  ct_take_clear(&fresh);
  ct_take_clear(&take);
}

static void
a_wish_where_writing_stands_acts_there(void** const state)
{
  const CtSettings a = fixture_settings();
  const CtSettings b = other_wishes();
  for (uint32_t n_events = 1U; n_events < 20U; n_events += 4U) {
    CtTake take = begin(state, &a);
    for (uint32_t i = 0U; i < n_events; ++i) {
      assert_int_equal(ct_take_extend(&take, 0), CT_SUCCESS);
    }
    const CtTick from  = ct_take_horizon(&take, 0);
    CtTake       fresh = written_with(state, from, &b);
    wish(&take, from, &b);
    fixture_extend(&take, END);
    fixture_assert_same(&take, &fresh, 0, END);
    ct_take_clear(&take);
    ct_take_clear(&fresh);
  }
}

static void
many_wishes_are_followed(void** const state)
{
  const CtSettings a    = fixture_settings();
  CtTake           live = begin(state, &a);
  CtTake           told = begin(state, &a);
  CtSettings       turn = a;
  for (CtTick tick = 480; tick < END; tick += 480) {
    turn.velocity = 40U + (uint32_t)(tick / 480);
    turn.key      = (uint32_t)(tick / BAR);
    wish(&told, tick, &turn);
    fixture_extend(&live, tick + BAR);
    wish(&live, tick, &turn);
  }
  fixture_extend(&live, END);
  fixture_extend(&told, END);
  fixture_assert_same(&live, &told, 0, END);
  ct_take_clear(&live);
  ct_take_clear(&told);
}

// The velocity's coin and the network's state must come back with the snapshot
static void
writing_again_gives_the_same(void** const state)
{
  const CtSettings a     = fixture_settings();
  const CtSettings b     = other_wishes();
  CtTake           plain = written(state, &a);
  CtTake           take  = written(state, &a);
  for (CtTick tick = END - BAR; tick >= 0; tick -= BAR - 240) {
    wish(&take, tick, &b);
    wish(&take, INT64_MIN, &b);
    wish(&take, INT64_MIN, &a);
    fixture_extend(&take, END);
    fixture_assert_same(&take, &plain, 0, END);
  }
  ct_take_clear(&plain);
  ct_take_clear(&take);
}

// An event that is drawn across both must follow the later one
static void
of_two_wishes_close_together_the_later_acts(void** const state)
{
  const CtTick     first  = BAR + 240;
  const CtTick     second = BAR + 480;
  const CtSettings a      = fixture_settings();
  CtSettings       b      = fixture_settings();
  CtSettings       c      = fixture_settings();
  b.low                   = 90U;
  c.high                  = 60U;
  for (uint32_t seed = 0U; seed < 20U; ++seed) {
    CtSettings wishes[] = {a, b, c};
    for (uint32_t i = 0U; i < 3U; ++i) {
      wishes[i].seed    = seed;
      wishes[i].density = 1U; // Long shifts
    }
    CtTake take = begin(state, &wishes[0]);
    wish(&take, first, &wishes[1]);
    wish(&take, second, &wishes[2]);
    fixture_extend(&take, 3 * BAR);
    static CtNote notes[FIXTURE_MAX_NOTES];
    const size_t  n_notes = fixture_notes(&take.sheet, 0, 3 * BAR, notes);
    assert_true(n_notes > 0U);
    for (size_t i = 0U; i < n_notes; ++i) {
      const CtNote* const note = &notes[i];
      assert_true(note->tick < first || note->tick >= second ||
                  note->pitch >= 90U);
      assert_true(note->tick < second || note->pitch <= 60U);
    }
    ct_take_clear(&take);
  }
}

static void
a_wish_taken_back_at_its_tick_was_never_there(void** const state)
{
  for (uint32_t seed = 0U; seed < 4U; ++seed) {
    CtSettings a         = fixture_settings();
    a.seed               = seed;
    a.density            = 1U; // Long shifts, so that many cross the wish
    a.rhythm_temperature = 2.0F;
    a.min_p              = 0.0F;
    const CtSettings b   = other_wishes();
    CtTake           old = written(state, &a);
    for (CtTick from = BAR; from < 2 * BAR; from += 480) {
      CtTake take = begin(state, &a);
      wish(&take, from, &b);
      wish(&take, from, &a);
      fixture_extend(&take, END);
      fixture_assert_same(&take, &old, 0, END);
      ct_take_clear(&take);
    }
    ct_take_clear(&old);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_wish_rewrites_what_comes_after_it),
    cmocka_unit_test(a_wish_before_bar_one_is_for_the_whole_take),
    cmocka_unit_test(equal_wishes_change_nothing),
    cmocka_unit_test(a_wish_forgets_later_ones),
    cmocka_unit_test(a_wish_where_writing_stands_acts_there),
    cmocka_unit_test(many_wishes_are_followed),
    cmocka_unit_test(of_two_wishes_close_together_the_later_acts),
    cmocka_unit_test(a_wish_taken_back_at_its_tick_was_never_there),
    cmocka_unit_test(writing_again_gives_the_same),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

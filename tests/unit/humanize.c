// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file humanize.c How far notes are from the grid

#include "music/humanize.h"

// cmocka.h asks for these to come first
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double tempo = 120.0;

/// Step of the model's grid
#define STEP (CT_PPQN / 24)

static void
nothing_wished_changes_nothing(void** const state)
{
  (void)state;
  for (CtTick tick = -CT_PPQN; tick < INT64_C(8) * CT_PPQN; tick += STEP) {
    const CtHumanize wish = {0.0F, 7U};
    assert_int_equal(ct_humanize(wish, tempo, tick, 60U), 0);
  }
}

static void
notes_are_late_by_twenty_milliseconds_at_most(void** const state)
{
  static const double tempos[] = {20.0, 60.0, 97.3, 120.0, 240.0, 999.0};

  (void)state;
  for (size_t i = 0U; i < sizeof(tempos) / sizeof(tempos[0]); ++i) {
    const double most = (0.02 * tempos[i] / 60.0 * CT_PPQN) + 0.5;
    CtTick       last = 0;
    for (CtTick tick = 0; tick < INT64_C(64) * CT_PPQN; tick += STEP) {
      const uint8_t    pitch = (uint8_t)(tick / STEP % 128);
      const CtHumanize wish  = {1.0F, 3U};
      const CtTick     delay = ct_humanize(wish, tempos[i], tick, pitch);
      assert_in_range(delay, 0, CT_HUMANIZE_MAX_TICKS);
      assert_true((double)delay <= most);
      last = delay > last ? delay : last;
    }
    const CtTick cap_ticks = CT_HUMANIZE_MAX_TICKS;
    const double cap       = (double)cap_ticks;
    assert_true((double)last > 0.6 * (most < cap ? most : cap));
  }
}

static void
none_passes_another_of_its_key(void** const state)
{
  (void)state;
  const CtHumanize wish = {1.0F, 11U};
  CtTick           last = INT64_MIN;
  for (CtTick tick = 0; tick < INT64_C(64) * CT_PPQN; tick += STEP) {
    const CtTick now = tick + ct_humanize(wish, 300.0, tick, 40U);
    assert_true(now > last);
    last = now;
  }
}

/// How many places differ between two wishes
static int
count_others(const CtHumanize a, const CtHumanize b)
{
  int n = 0;
  for (CtTick tick = 0; tick < INT64_C(16) * CT_PPQN; tick += STEP) {
    n += ct_humanize(a, tempo, tick, 60U) != ct_humanize(b, tempo, tick, 60U);
  }
  return n;
}

static void
seed_and_place_decide(void** const state)
{
  (void)state;
  const CtHumanize wish  = {1.0F, 5U};
  const CtHumanize other = {1.0F, 6U};
  assert_int_equal(count_others(wish, wish), 0);
  assert_true(count_others(wish, other) > 16 * 24 / 2);

  // Not everything at once
  const CtTick here = ct_humanize(wish, tempo, 960, 60U);
  int          n    = 0;
  for (uint8_t pitch = 50U; pitch < 70U; ++pitch) {
    n += ct_humanize(wish, tempo, 960, pitch) != here;
  }
  assert_true(n > 10);
}

static void
melody_leads(void** const state)
{
  (void)state;
  const CtHumanize wish = {1.0F, 1U};
  CtTick           low  = 0;
  CtTick           high = 0;
  for (CtTick tick = 0; tick < INT64_C(64) * CT_PPQN; tick += STEP) {
    low += ct_humanize(wish, tempo, tick, 40U);
    high += ct_humanize(wish, tempo, tick, 84U);
  }
  assert_true(
    low > high + (INT64_C(64) * 24 * 4)); // By over four ticks on the average
}

static void
a_turn_holds_from_its_place_on(void** const state)
{
  (void)state;
  CtHumanizeTurn turn;
  ct_humanize_hold(&turn, (CtHumanize){0.25F, 1U});
  assert_float_equal(ct_humanize_at(&turn, -99).amount, 0.25F, 0.0F);
  ct_humanize_turn(&turn, 240, (CtHumanize){0.5F, 1U});
  assert_float_equal(ct_humanize_at(&turn, 239).amount, 0.25F, 0.0F);
  assert_float_equal(ct_humanize_at(&turn, 240).amount, 0.5F, 0.0F);
  ct_humanize_turn(&turn, 480, (CtHumanize){1.0F, 2U});
  assert_float_equal(ct_humanize_at(&turn, 479).amount, 0.5F, 0.0F);
  assert_int_equal(ct_humanize_at(&turn, 480).seed, 2U);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_wished_changes_nothing),
    cmocka_unit_test(notes_are_late_by_twenty_milliseconds_at_most),
    cmocka_unit_test(none_passes_another_of_its_key),
    cmocka_unit_test(seed_and_place_decide),
    cmocka_unit_test(melody_leads),
    cmocka_unit_test(a_turn_holds_from_its_place_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

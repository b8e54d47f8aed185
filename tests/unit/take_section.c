// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file take_section.c A section is the same whichever others were written,
/// and when

#include "gen/take.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define SECTION (CT_SECTION_BARS * BAR)
#define N_SECTIONS 4
#define END (N_SECTIONS * SECTION)

static const CtMeter common = {4U, 4U};

/// Where wishes change: nowhere, or at odd places, in one section or in each
typedef struct {
  CtTick ticks[4];
  size_t n;
} Plan;

static const Plan plans[] = {
  {{0}, 0U},
  {{(3 * BAR) + 480}, 1U},
  {{SECTION}, 1U},
  {{SECTION - 1, (2 * SECTION) + 1}, 2U},
  {{BAR, SECTION + (5 * BAR) + 60, (2 * SECTION) + (7 * BAR), 3 * SECTION}, 4U},
  {{SECTION + 240, SECTION + 480, SECTION + 720, SECTION + 960}, 4U},
};

#define N_PLANS (sizeof(plans) / sizeof(plans[0]))

/// The settings that the change number `i` of a plan brings; the third are
/// those of the beginning again
static CtSettings
turn(const size_t i)
{
  CtSettings settings = fixture_settings();
  settings.key        = i == 2U ? settings.key : (uint32_t)i + 4U;
  settings.velocity   = i == 2U ? settings.velocity : 100U + (uint32_t)i;
  return settings;
}

static void
tell(CtTake* const take, const Plan* const plan)
{
  for (size_t i = 0U; i < plan->n; ++i) {
    const CtSettings settings = turn(i);
    assert_int_equal(ct_take_wish(take, plan->ticks[i], &settings), CT_SUCCESS);
  }
}

/// A take that knows a plan, and nothing written
static CtTake
begin(void** const state, const Plan* const plan)
{
  const CtSettings settings = fixture_settings();
  CtTake           take;
  fixture_take(&take, (const CtModel*)*state, &settings, common);
  tell(&take, plan);
  return take;
}

/// The same, written from its beginning to its end
static CtTake
written(void** const state, const Plan* const plan)
{
  CtTake take = begin(state, plan);
  fixture_extend(&take, END);
  return take;
}

static void
a_section_alone_is_as_in_order(void** const state)
{
  for (size_t p = 0U; p < N_PLANS; ++p) {
    CtTake whole = written(state, &plans[p]);
    for (CtTick from = 0; from < END; from += SECTION) {
      CtTake take = begin(state, &plans[p]);
      fixture_extend_from(&take, from + ((CtTick)p * BAR), from + SECTION);
      fixture_assert_same(&take, &whole, from, from + SECTION);
      ct_take_clear(&take);
    }
    ct_take_clear(&whole);
  }
}

static void
sections_in_any_order_are_the_same(void** const state)
{
  uint32_t seed = 3U;
  for (size_t p = 0U; p < N_PLANS; ++p) {
    CtTake whole = written(state, &plans[p]);
    CtTake take  = begin(state, &plans[p]);
    for (uint32_t i = 0U; i < 12U; ++i) {
      const CtTick from = (CtTick)fixture_random(&seed) % END;
      fixture_extend_from(&take, from, from + 480);
      assert_true(fixture_is_same(&take, &whole, from, from + 480));
    }
    fixture_extend(&take, END);
    fixture_assert_same(&take, &whole, 0, END);
    ct_take_clear(&take);
    ct_take_clear(&whole);
  }
}

// More sections than have snapshots are written before each wish
static void
wishes_told_late_give_what_they_give_early(void** const state)
{
  for (size_t p = 1U; p < N_PLANS; ++p) {
    CtTake whole = written(state, &plans[p]);
    CtTake take  = begin(state, &plans[0]);
    for (size_t i = 0U; i < plans[p].n; ++i) {
      const CtSettings settings = turn(i);
      fixture_extend(&take, END);
      assert_int_equal(ct_take_wish(&take, plans[p].ticks[i], &settings),
                       CT_SUCCESS);
    }
    for (CtTick from = END - SECTION; from >= 0; from -= SECTION) {
      fixture_extend_from(&take, from, from + SECTION);
    }
    fixture_assert_same(&take, &whole, 0, END);
    ct_take_clear(&take);
    ct_take_clear(&whole);
  }
}

static void
a_far_section_needs_no_other(void** const state)
{
  CtTake take = begin(state, &plans[0]);
  fixture_extend_from(&take, 1000 * SECTION, (1000 * SECTION) + BAR);
  assert_int_equal(take.sheet.sections.n_sections, 1);

  ct_take_clear(&take);

  // Where wishes have just changed it goes on from the section before, and from
  // those before that as long as they change
  const CtTick at   = 1000 * SECTION;
  const Plan   plan = {{at + BAR, at + SECTION + BAR}, 2U};
  take              = begin(state, &plan);
  fixture_extend_from(&take, at + (3 * SECTION), at + (3 * SECTION) + BAR);
  assert_int_equal(take.sheet.sections.n_sections, 1);
  fixture_extend_from(&take, at + (2 * SECTION), at + (2 * SECTION) + BAR);
  assert_int_equal(take.sheet.sections.n_sections, 4);
  assert_true(ct_take_horizon(&take, at) >= at + (2 * SECTION) + BAR);
  ct_take_clear(&take);
}

static void
notes_end_with_their_section(void** const state)
{
  static CtNote notes[FIXTURE_MAX_NOTES];
  uint32_t      n_at_end = 0U;
  for (size_t p = 0U; p < N_PLANS; ++p) {
    CtTake       take = written(state, &plans[p]);
    const size_t n    = fixture_notes(&take.sheet, 0, END, notes);
    for (size_t i = 0U; i < n; ++i) {
      const CtTick end = (notes[i].tick / SECTION * SECTION) + SECTION;
      assert_true(notes[i].duration > 0);
      assert_true(notes[i].tick + notes[i].duration <= end);
      n_at_end += notes[i].tick + notes[i].duration == end;
    }
    ct_take_clear(&take);
  }
  assert_true(n_at_end > 0U);
}

static void
the_horizon_stops_at_holes(void** const state)
{
  CtTake take = begin(state, &plans[0]);
  assert_int_equal(ct_take_horizon(&take, -BAR), 0);
  assert_int_equal(ct_take_horizon(&take, 5 * BAR), 5 * BAR);

  fixture_extend_from(&take, (2 * SECTION) + BAR, 3 * SECTION);
  assert_int_equal(ct_take_horizon(&take, 0), 0);
  assert_int_equal(ct_take_horizon(&take, 2 * SECTION), 3 * SECTION);
  assert_int_equal(ct_take_horizon(&take, (3 * SECTION) - 1), 3 * SECTION);
  assert_int_equal(ct_take_horizon(&take, 3 * SECTION), 3 * SECTION);

  fixture_extend(&take, SECTION + BAR);
  const CtTick horizon = ct_take_horizon(&take, 0);
  assert_true(horizon >= SECTION + BAR && horizon < 2 * SECTION);
  assert_int_equal(ct_take_horizon(&take, SECTION), horizon);
  assert_int_equal(ct_take_horizon(&take, horizon + 1), horizon + 1);

  fixture_extend(&take, 2 * SECTION);
  assert_int_equal(ct_take_horizon(&take, 0), 3 * SECTION);
  ct_take_clear(&take);
}

// Going to and fro, the generator leaves a section before its bar is over
static void
leaving_in_a_bar_loses_and_doubles_nothing(void** const state)
{
  CtTake whole = written(state, &plans[4]);
  for (uint32_t n_events = 1U; n_events < 20U; n_events += 6U) {
    CtTake take = begin(state, &plans[4]);
    for (uint32_t i = 0U; i < n_events; ++i) {
      assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
      assert_int_equal(ct_take_extend(&take, SECTION), CT_SUCCESS);
    }
    fixture_extend_from(&take, 4 * SECTION, (4 * SECTION) + BAR);
    fixture_extend_from(&take, SECTION, 2 * SECTION);
    fixture_assert_same(&take, &whole, SECTION, 2 * SECTION);
    fixture_extend(&take, END);
    fixture_assert_same(&take, &whole, 0, END);
    ct_take_clear(&take);
  }
  ct_take_clear(&whole);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_section_alone_is_as_in_order),
    cmocka_unit_test(sections_in_any_order_are_the_same),
    cmocka_unit_test(wishes_told_late_give_what_they_give_early),
    cmocka_unit_test(a_far_section_needs_no_other),
    cmocka_unit_test(notes_end_with_their_section),
    cmocka_unit_test(the_horizon_stops_at_holes),
    cmocka_unit_test(leaving_in_a_bar_loses_and_doubles_nothing),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

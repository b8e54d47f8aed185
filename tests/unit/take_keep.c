// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file take_keep.c A take goes on as it was with a sheet that was kept, and
/// with another model

#include "gen/take.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define SECTION (CT_SECTION_BARS * BAR)
#define END (3 * SECTION)

static const CtMeter common = {4U, 4U};
static const CtMeter waltz  = {3U, 4U};

/// A take with a wish in its second section and a meter in its third
static CtTake
begin(void** const state)
{
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  CtTake           take;
  other.key = 9U;
  fixture_take(&take, (const CtModel*)*state, &settings, common);
  assert_int_equal(ct_take_wish(&take, SECTION + BAR + 480, &other),
                   CT_SUCCESS);
  ct_take_meter(&take, (2 * SECTION) + BAR, waltz);
  return take;
}

/// Go on with a copy of `take` in a take that stood elsewhere, under other
/// wishes
static CtTake
restore(void** const state, const CtTake* const take)
{
  CtSettings settings = fixture_settings();
  CtSheet    copy;
  CtTake     restored;
  settings.seed = 99U;
  fixture_take(&restored, (const CtModel*)*state, &settings, waltz);
  fixture_extend(&restored, 3 * BAR);
  assert_int_equal(ct_sheet_copy(&copy, &take->sheet), CT_SUCCESS);
  ct_take_swap(&restored, &copy);
  ct_sheet_clear(&copy);
  return restored;
}

static void
a_copy_goes_on_where_it_ended(void** const state)
{
  static const CtTick places[] = {0, SECTION + BAR, (2 * SECTION) + 480};
  CtTake              whole    = begin(state);
  fixture_extend(&whole, END);
  for (size_t i = 0U; i < sizeof(places) / sizeof(places[0]); ++i) {
    CtTake take = begin(state);
    fixture_extend(&take, places[i]);
    for (uint32_t n_events = 0U; n_events < 8U; ++n_events) {
      CtTake restored = restore(state, &take);
      fixture_extend(&restored, END);
      fixture_assert_same(&restored, &whole, 0, END);
      ct_take_clear(&restored);
      assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
      assert_int_equal(ct_take_extend(&take, 0), CT_SUCCESS);
    }
    fixture_extend(&take, END);
    fixture_assert_same(&take, &whole, 0, END);
    ct_take_clear(&take);
  }
  ct_take_clear(&whole);
}

static void
a_copy_may_have_holes(void** const state)
{
  CtTake whole = begin(state);
  CtTake take  = begin(state);
  fixture_extend(&whole, END);
  fixture_extend_from(&take, 2 * SECTION, (2 * SECTION) + 480);
  CtTake restored = restore(state, &take);
  assert_int_equal(ct_take_horizon(&restored, 2 * SECTION),
                   ct_take_horizon(&take, 2 * SECTION));
  fixture_extend(&restored, END);
  fixture_assert_same(&restored, &whole, 0, END);
  ct_take_clear(&restored);
  ct_take_clear(&take);
  ct_take_clear(&whole);
}

static void
a_copy_follows_wishes(void** const state)
{
  CtTake     whole    = begin(state);
  CtTake     take     = begin(state);
  CtSettings settings = fixture_settings();
  settings.velocity   = 120U;
  fixture_extend(&take, END);
  CtTake restored = restore(state, &take);
  assert_int_equal(ct_take_wish(&restored, SECTION + 240, &settings),
                   CT_SUCCESS);
  assert_int_equal(ct_take_wish(&whole, SECTION + 240, &settings), CT_SUCCESS);
  fixture_extend(&restored, END);
  fixture_extend(&whole, END);
  fixture_assert_same(&restored, &whole, 0, END);
  assert_false(fixture_is_same(&restored, &take, SECTION, END));
  ct_take_clear(&restored);
  ct_take_clear(&take);
  ct_take_clear(&whole);
}

static void
the_same_model_writes_the_same(void** const state)
{
  CtTake whole = begin(state);
  CtTake take  = begin(state);
  fixture_extend(&whole, END);
  for (uint32_t n_events = 0U; n_events < 60U; n_events += 12U) {
    for (uint32_t i = 0U; i < n_events; ++i) {
      assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
      assert_int_equal(ct_take_extend(&take, SECTION), CT_SUCCESS);
    }
    assert_int_equal(ct_take_set_model(&take, (const CtModel*)*state),
                     CT_SUCCESS);
    assert_int_equal(ct_take_horizon(&take, 0), 0);
    assert_int_equal(ct_take_horizon(&take, SECTION), SECTION);
    assert_int_equal(take.sheet.n_wishes, whole.sheet.n_wishes);
    assert_int_equal(take.sheet.meters.n_changes, whole.sheet.meters.n_changes);
  }
  fixture_extend(&take, END);
  fixture_assert_same(&take, &whole, 0, END);
  ct_take_clear(&take);
  ct_take_clear(&whole);
}

/// A moment that has heard some bars
static CtMoment*
moment_of(const CtTake* const take)
{
  const size_t    size   = ct_moment_size(take->generator.model);
  CtMoment* const moment = (CtMoment*)malloc(size);
  assert_non_null(moment);
  memcpy(moment, take->generator.moment, size);
  return moment;
}

static void
what_was_primed_is_heard_everywhere(void** const state)
{
  CtTake take  = begin(state);
  CtTake whole = begin(state);
  CtTake plain = begin(state);
  fixture_extend(&plain, 5 * BAR);
  CtMoment* const moment = moment_of(&plain);
  fixture_extend(&plain, END);

  fixture_extend(&whole, BAR);
  assert_int_equal(ct_take_prime(&whole, moment), CT_SUCCESS);
  assert_int_equal(ct_take_horizon(&whole, 0), 0);
  fixture_extend(&whole, END);
  assert_int_equal(ct_take_prime(&take, moment), CT_SUCCESS);
  for (CtTick from = END - SECTION; from >= 0; from -= SECTION) {
    fixture_extend_from(&take, from, from + SECTION);
    fixture_assert_same(&take, &whole, from, from + SECTION);
    assert_false(fixture_is_same(&take, &plain, from, from + SECTION));
  }

  // Another model heard nothing
  assert_int_equal(ct_take_set_model(&take, (const CtModel*)*state),
                   CT_SUCCESS);
  fixture_extend(&take, END);
  fixture_assert_same(&take, &plain, 0, END);
  free(moment);
  ct_take_clear(&take);
  ct_take_clear(&whole);
  ct_take_clear(&plain);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_copy_goes_on_where_it_ended),
    cmocka_unit_test(a_copy_may_have_holes),
    cmocka_unit_test(a_copy_follows_wishes),
    cmocka_unit_test(the_same_model_writes_the_same),
    cmocka_unit_test(what_was_primed_is_heard_everywhere),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file take_draft.c An event that is drawn aside is the one that the take
/// would have drawn, or none at all if the take has changed meanwhile

#include "gen/take.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define END (INT64_C(2) * CT_SECTION_BARS * BAR)

static const CtMeter common = {4U, 4U};

static CtTake
begin(void** const state)
{
  const CtSettings settings = fixture_settings();
  CtTake           take;
  fixture_take(&take, (const CtModel*)*state, &settings, common);
  return take;
}

static CtDraft
open_draft(void** const state)
{
  CtDraft draft;
  memset(&draft, 0, sizeof(draft));
  assert_int_equal(ct_generator_init(&draft.generator, (const CtModel*)*state),
                   CT_SUCCESS);
  return draft;
}

/// Begin and draw, up to where it is entered
static void
draw(CtTake* const take, CtDraft* const draft)
{
  assert_int_equal(ct_take_reserve(take), CT_SUCCESS);
  assert_int_equal(ct_take_begin_draft(take, 0, draft), CT_SUCCESS);
  ct_draft_draw(draft);
}

static void
drafts_make_the_take(void** const state)
{
  CtTake  whole = begin(state);
  CtTake  take  = begin(state);
  CtDraft draft = open_draft(state);
  while (ct_take_horizon(&take, 0) < END) {
    draw(&take, &draft);
    ct_take_end_draft(&take, &draft);
  }
  fixture_extend(&whole, END);
  fixture_assert_same(&take, &whole, 0, END);
  ct_generator_clear(&draft.generator);
  ct_take_clear(&take);
  ct_take_clear(&whole);
}

static void
swap(CtTake* const take)
{
  const CtSettings settings = fixture_settings();
  CtMeterMap       meters;
  CtSheet          sheet;
  ct_meter_map_reset(&meters, common);
  assert_int_equal(ct_sheet_init(&sheet, &settings, &meters), CT_SUCCESS);
  ct_take_swap(take, &sheet);
  ct_sheet_clear(&sheet);
}

static void
wish(CtTake* const take)
{
  CtSettings settings = fixture_settings();
  settings.key        = 4U;
  assert_int_equal(ct_take_wish(take, 0, &settings), CT_SUCCESS);
}

static void
change_meter(CtTake* const take)
{
  ct_take_meter(take, 0, (CtMeter){7U, 8U});
}

static void
change_model(CtTake* const take)
{
  assert_int_equal(ct_take_set_model(take, take->generator.model), CT_SUCCESS);
}

static void
write_on(CtTake* const take)
{
  assert_int_equal(ct_take_extend(take, 0), CT_SUCCESS);
}

static void
a_change_voids_what_is_being_drawn(void** const state)
{
  static void (*const changes[])(CtTake*) = {
    swap, wish, change_meter, change_model, write_on};
  static const uint32_t max_events = 60U;

  for (size_t i = 0U; i < sizeof(changes) / sizeof(changes[0]); ++i) {
    CtDraft draft = open_draft(state);
    for (uint32_t n = 0U; n < max_events; ++n) {
      CtTake take = begin(state);
      for (uint32_t event = 0U; event < n; ++event) {
        draw(&take, &draft);
        ct_take_end_draft(&take, &draft);
      }
      draw(&take, &draft);
      changes[i](&take);
      const CtTick   horizon = ct_take_horizon(&take, 0);
      const uint64_t version = take.version;
      ct_take_end_draft(&take, &draft);
      assert_int_equal(take.version, version);
      assert_int_equal(ct_take_horizon(&take, 0), horizon);
      ct_take_clear(&take);
    }
    ct_generator_clear(&draft.generator);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(drafts_make_the_take),
    cmocka_unit_test(a_change_voids_what_is_being_drawn),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

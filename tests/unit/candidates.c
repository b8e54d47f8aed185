// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file candidates.c Bars are chosen among candidates where there is time for
/// it, and what was chosen stays

#include "fixture.h"
#include "gen/generator.h"
#include "gen/take.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define SECTION (INT64_C(8) * BAR)

static const CtMeter common = {4U, 4U};

static CtSettings
of(const uint32_t n_candidates)
{
  CtSettings settings = fixture_settings();
  settings.candidates = n_candidates;
  return settings;
}

static CtTake
begin(void** const state, const CtSettings* const settings)
{
  CtTake take;
  fixture_take(&take, (const CtModel*)*state, settings, common);
  return take;
}

/// Wish from `tick` on, and write the section.  @return Events that it took
static uint32_t
turn(CtTake* const take, const CtTick tick, const CtSettings* const settings)
{
  uint32_t n = 0U;
  assert_int_equal(ct_take_reserve(take), CT_SUCCESS);
  assert_int_equal(ct_take_wish(take, tick, settings), CT_SUCCESS);
  const CtTick line = tick - (tick % BAR) + BAR;
  while (ct_take_horizon(take, 0) < line) {
    assert_int_equal(ct_take_extend(take, 0), CT_SUCCESS);
    ++n;
  }
  fixture_extend(take, SECTION);
  return n;
}

static size_t
n_notes(const CtTake* const take, const CtTick from, const CtTick until)
{
  static CtNote notes[FIXTURE_MAX_NOTES];
  return fixture_notes(&take->sheet, from, until, notes);
}

static void
more_candidates_are_other_music(void** const state)
{
  const CtSettings one  = of(1U);
  const CtSettings four = of(4U);
  const CtSettings none = of(0U);
  CtTake           a    = begin(state, &one);
  CtTake           b    = begin(state, &four);
  CtTake           c    = begin(state, &none);
  fixture_extend(&a, SECTION);
  fixture_extend(&b, SECTION);
  fixture_extend(&c, SECTION);
  assert_false(fixture_is_same(&a, &b, 0, SECTION));
  fixture_assert_same(&a, &c, 0, SECTION);
  ct_take_clear(&a);
  ct_take_clear(&b);
  ct_take_clear(&c);
}

/// Play a bar from where `generator` stands.  @return Candidates of it
static uint32_t
play_bar(CtGenerator* const generator, const CtWish* const wish)
{
  uint32_t n_tried  = 0U;
  bool     has_note = false;
  CtMade   made     = CT_MADE_NOTHING;
  while (made != CT_MADE_BAR) {
    CtNote note = {0};
    made        = ct_generator_next(generator, wish, 1U, &note);
    n_tried += made == CT_MADE_CANDIDATE ? 1U : 0U;
    assert_false(made == CT_MADE_CANDIDATE && has_note);
    assert_false(made == CT_MADE_NOTHING && has_note);
    if (made == CT_MADE_CANDIDATE) {
      assert_int_equal(ct_moment_tick(generator->moment),
                       generator->moment->bar_tick);
    }
    has_note = has_note || made == CT_MADE_NOTE;
  }
  return n_tried;
}

static void
all_candidates_are_drawn_before_the_bar_is_played(void** const state)
{
  CtGenerator generator;
  assert_int_equal(ct_generator_init(&generator, (const CtModel*)*state),
                   CT_SUCCESS);
  for (uint32_t n = 1U; n <= 3U; ++n) {
    const CtSettings settings = of(n);
    const CtWish     wish     = ct_wish(CT_FROM_BEGINNING, &settings, NULL);
    ct_generator_begin(&generator, &settings, 0, BAR, common);
    for (CtTick line = BAR; line <= 4 * BAR; line += BAR) {
      const uint32_t expected = n > 1U && line > BAR ? n : 0U; // Not in bar one
      assert_int_equal(play_bar(&generator, &wish), expected);
      ct_generator_bar(&generator, &settings, line, BAR, common);
    }
  }
  ct_generator_clear(&generator);
}

static void
a_knob_turned_in_a_bar_leaves_its_choice(void** const state)
{
  const CtTick     tick = (3 * BAR) + (BAR / 2);
  const CtSettings four = of(4U);
  CtSettings       cold = four;
  cold.temperature      = 0.3F;
  CtTake plain          = begin(state, &four);
  CtTake turned         = begin(state, &four);
  fixture_extend(&plain, SECTION);
  fixture_extend(&turned, SECTION);

  // Nor is it made again: the bar is drawn once
  const uint32_t n = turn(&turned, tick, &cold);
  assert_true(n <= n_notes(&turned, 3 * BAR, 4 * BAR) + 1U);
  assert_true(n_notes(&plain, 3 * BAR, tick) > 0U);
  fixture_assert_same(&plain, &turned, 0, tick);
  assert_false(fixture_is_same(&plain, &turned, tick, SECTION));

  // As if it had been known from the beginning
  CtTake known = begin(state, &four);
  (void)turn(&known, tick, &cold);
  fixture_assert_same(&known, &turned, 0, SECTION);

  // And back
  (void)turn(&turned, tick, &four);
  fixture_assert_same(&plain, &turned, 0, SECTION);
  ct_take_clear(&plain);
  ct_take_clear(&turned);
  ct_take_clear(&known);
}

static void
a_bar_that_begins_with_another_wish_is_played_at_once(void** const state)
{
  const CtTick     line = 3 * BAR;
  const CtSettings four = of(4U);
  CtSettings       cold = four;
  CtSettings       only = of(1U);
  cold.temperature      = 0.3F;
  only.temperature      = 0.3F;
  CtTake a              = begin(state, &four);
  CtTake b              = begin(state, &four);
  CtTake plain          = begin(state, &four);
  fixture_extend(&plain, SECTION);
  fixture_extend(&a, SECTION); // It has chosen by the old wish
  const uint32_t n = turn(&a, line, &cold);
  assert_true(n <= n_notes(&a, line, line + BAR) + 1U);
  (void)turn(&b, line, &only);
  fixture_assert_same(&a, &b, line, line + BAR);
  assert_false(fixture_is_same(&a, &b, line + BAR, SECTION));

  // The old choice comes back with the old wish
  (void)turn(&a, line, &four);
  fixture_assert_same(&a, &plain, 0, SECTION);
  ct_take_clear(&a);
  ct_take_clear(&b);
  ct_take_clear(&plain);
}

/// Fail unless both takes have the same notes up to `until`, however loud
static void
assert_same_keys(const CtTake* const a,
                 const CtTake* const b,
                 const CtTick        until)
{
  static CtNote notes_a[FIXTURE_MAX_NOTES];
  static CtNote notes_b[FIXTURE_MAX_NOTES];
  const size_t  n = fixture_notes(&a->sheet, 0, until, notes_a);
  assert_int_equal(fixture_notes(&b->sheet, 0, until, notes_b), n);
  for (size_t i = 0U; i < n; ++i) {
    assert_int_equal(notes_a[i].tick, notes_b[i].tick);
    assert_int_equal(notes_a[i].pitch, notes_b[i].pitch);
  }
}

static void
louder_is_no_other_music(void** const state)
{
  const CtTick     end  = 3 * SECTION;
  const CtSettings four = of(4U);
  CtSettings       loud = four;
  loud.velocity         = 110U;
  loud.dynamics         = 0.2F;
  CtTake plain          = begin(state, &four);
  CtTake turned         = begin(state, &four);
  CtTake known          = begin(state, &four);
  fixture_extend(&plain, end);
  fixture_extend(&turned, end);

  // In a section, and where a bar begins
  (void)turn(&turned, (2 * BAR) + 480, &loud);
  fixture_extend(&turned, end);
  assert_same_keys(&plain, &turned, end);
  (void)turn(&turned, 2 * BAR, &four);
  (void)turn(&turned, 5 * BAR, &loud);
  fixture_extend(&turned, end);
  assert_same_keys(&plain, &turned, end);

  // The section after the next comes back to the opening all the same
  (void)turn(&turned, SECTION + BAR, &four);
  fixture_extend(&turned, end);
  assert_same_keys(&plain, &turned, end);

  (void)turn(&known, 5 * BAR, &loud);
  (void)turn(&known, SECTION + BAR, &four);
  fixture_extend(&known, end);
  fixture_assert_same(&known, &turned, 0, end);
  ct_take_clear(&plain);
  ct_take_clear(&turned);
  ct_take_clear(&known);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(more_candidates_are_other_music),
    cmocka_unit_test(all_candidates_are_drawn_before_the_bar_is_played),
    cmocka_unit_test(a_knob_turned_in_a_bar_leaves_its_choice),
    cmocka_unit_test(a_bar_that_begins_with_another_wish_is_played_at_once),
    cmocka_unit_test(louder_is_no_other_music),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

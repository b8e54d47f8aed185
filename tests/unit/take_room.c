// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file take_room.c Between two reservations a take needs no memory, and when
/// its room is used up it says so and waits

#include "gen/take.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define SECTION (CT_SECTION_BARS * BAR)
#define END (4 * SECTION)
#define MAX_SECTIONS 256U

/// Longer than any room lasts
#define MAX_STEPS 20000U

static const CtMeter common = {4U, 4U};

/// All memory of a take that could grow
typedef struct {
  const CtWish* wishes;
  size_t        wish_capacity;
  CtSection**   items;
  size_t        n_items;
  size_t        capacity;
  CtSection*    sections[MAX_SECTIONS]; ///< In no order
  CtNote*       notes[MAX_SECTIONS];    ///< Of these
  size_t        capacities[MAX_SECTIONS];
} Room;

static Room
measure(const CtTake* const take)
{
  const CtSections* const sections = &take->sheet.sections;
  Room                    room     = {.wishes        = take->sheet.wishes,
                                      .wish_capacity = take->sheet.wish_capacity,
                                      .items         = sections->items,
                                      .n_items       = sections->n_items,
                                      .capacity      = sections->capacity};
  assert_true(sections->n_items <= MAX_SECTIONS);
  for (size_t i = 0U; i < sections->n_items; ++i) {
    room.sections[i]   = sections->items[i];
    room.notes[i]      = sections->items[i]->notes;
    room.capacities[i] = sections->items[i]->capacity;
  }
  return room;
}

/// Fail unless memory is as it was; sections may have changed places
static void
assert_room(const CtTake* const take, const Room* const room)
{
  const Room now = measure(take);
  assert_ptr_equal(now.wishes, room->wishes);
  assert_int_equal(now.wish_capacity, room->wish_capacity);
  assert_ptr_equal(now.items, room->items);
  assert_int_equal(now.n_items, room->n_items);
  assert_int_equal(now.capacity, room->capacity);
  for (size_t i = 0U; i < now.n_items; ++i) {
    size_t before = 0U;
    while (before < room->n_items &&
           room->sections[before] != now.sections[i]) {
      ++before;
    }
    assert_true(before < room->n_items);
    assert_ptr_equal(now.notes[i], room->notes[before]);
    assert_int_equal(now.capacities[i], room->capacities[before]);
    assert_true(now.sections[i]->n_notes <= now.capacities[i]);
  }
}

/// With no bars tried, which write nothing
static CtSettings
plain_settings(void)
{
  CtSettings settings = fixture_settings();
  settings.candidates = 1U;
  return settings;
}

static CtTake
begin(void** const state)
{
  const CtSettings settings = plain_settings();
  CtTake           take;
  fixture_take(&take, (const CtModel*)*state, &settings, common);
  return take;
}

/// Do something with a take that the audio thread may do
static CtStatus
do_anything(CtTake* const take, uint32_t* const seed)
{
  static const CtMeter meters[] = {{4U, 4U}, {3U, 4U}, {7U, 8U}, {17U, 4U}};

  const CtTick tick     = (CtTick)fixture_random(seed) % END;
  CtSettings   settings = plain_settings();
  switch (fixture_random(seed) % 64U) {
  case 0U:
    settings.velocity = 40U + (fixture_random(seed) % 60U);
    return ct_take_wish(take, tick, &settings);
  case 1U:
    ct_take_meter(take, tick / 480 * 480, meters[fixture_random(seed) % 4U]);
    return CT_SUCCESS;
  default:
    return ct_take_extend(take, fixture_random(seed) % 8U ? 0 : tick);
  }
}

static void
nothing_grows_between_reservations(void** const state)
{
  CtTake   take   = begin(state);
  uint32_t seed   = 11U;
  uint32_t n_full = 0U;
  for (uint32_t i = 0U; i < 12U; ++i) {
    assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
    const Room room = measure(&take);
    for (uint32_t step = 0U; step < 1000U; ++step) {
      n_full += do_anything(&take, &seed) != CT_SUCCESS;
      assert_room(&take, &room);
    }
  }
  assert_true(n_full > 0U);
  ct_take_clear(&take);
}

static void
writing_stops_when_room_is_used_up_and_goes_on(void** const state)
{
  static CtNote before[FIXTURE_MAX_NOTES];
  static CtNote after[FIXTURE_MAX_NOTES];
  CtTake        whole  = begin(state);
  CtTake        take   = begin(state);
  uint32_t      n_full = 0U;
  fixture_extend(&whole, END);
  for (; ct_take_horizon(&take, 0) < END; ++n_full) {
    const Room room  = measure(&take);
    uint32_t   steps = 0U;
    for (; ct_take_extend(&take, 0) == CT_SUCCESS; ++steps) {
      assert_true(steps < MAX_STEPS);
    }
    assert_true(steps > 0U);
    const size_t n       = fixture_notes(&take.sheet, 0, INT64_MAX, before);
    const CtTick horizon = ct_take_horizon(&take, 0);
    assert_int_equal(ct_take_extend(&take, 0), CT_NO_MEMORY);
    assert_room(&take, &room);
    assert_int_equal(fixture_notes(&take.sheet, 0, INT64_MAX, after), n);
    assert_memory_equal(before, after, n * sizeof(CtNote));
    assert_int_equal(ct_take_horizon(&take, 0), horizon);
    assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
  }
  assert_true(n_full > 1U);
  fixture_assert_same(&take, &whole, 0, END);
  ct_take_clear(&take);
  ct_take_clear(&whole);
}

// Sections that lean on each other must not all be begun to write the first
static void
one_reservation_is_enough_to_go_on(void** const state)
{
  CtTake take = begin(state);
  for (CtTick tick = BAR; tick < END; tick += BAR) {
    ct_take_meter(&take, tick, tick / BAR % 2 ? (CtMeter){2U, 2U} : common);
  }
  for (uint32_t i = 0U; ct_take_horizon(&take, END - BAR) < END; ++i) {
    assert_true(i < MAX_STEPS);
    assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
    assert_int_equal(ct_take_extend(&take, END - BAR), CT_SUCCESS);
  }
  ct_take_clear(&take);
}

static void
a_wish_without_room_changes_nothing(void** const state)
{
  CtTake     take     = begin(state);
  CtTake     whole    = begin(state);
  CtSettings settings = fixture_settings();
  CtStatus   st       = CT_SUCCESS;
  CtTick     tick     = 0;
  fixture_extend(&take, END);
  assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
  const Room room = measure(&take);
  for (uint32_t i = 0U; !st; ++i) {
    assert_true(i < MAX_STEPS);
    tick += 60;
    settings.velocity = 40U + (i % 60U);
    st                = ct_take_wish(&take, tick, &settings);
    if (!st) {
      assert_int_equal(ct_take_reserve(&whole), CT_SUCCESS);
      assert_int_equal(ct_take_wish(&whole, tick, &settings), CT_SUCCESS);
    }
  }
  assert_int_equal(st, CT_NO_MEMORY);
  assert_room(&take, &room);
  fixture_extend(&take, END);
  fixture_extend(&whole, END);
  fixture_assert_same(&take, &whole, 0, END);

  assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
  assert_int_equal(ct_take_reserve(&whole), CT_SUCCESS);
  assert_int_equal(ct_take_wish(&take, tick, &settings), CT_SUCCESS);
  assert_int_equal(ct_take_wish(&whole, tick, &settings), CT_SUCCESS);
  fixture_extend(&take, END);
  fixture_extend(&whole, END);
  fixture_assert_same(&take, &whole, 0, END);
  ct_take_clear(&take);
  ct_take_clear(&whole);
}

static void
spare_sections_are_given_back(void** const state)
{
  CtTake            take     = begin(state);
  CtSettings        settings = fixture_settings();
  const CtSections* sections = &take.sheet.sections;
  fixture_extend(&take, 40 * SECTION);
  assert_true(sections->n_items >= 40U);
  settings.key = 6U;
  assert_int_equal(ct_take_wish(&take, 0, &settings), CT_SUCCESS);
  assert_int_equal(sections->n_sections, 0);
  assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
  assert_true(sections->n_items < 40U);
  ct_take_clear(&take);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_grows_between_reservations),
    cmocka_unit_test(writing_stops_when_room_is_used_up_and_goes_on),
    cmocka_unit_test(one_reservation_is_enough_to_go_on),
    cmocka_unit_test(a_wish_without_room_changes_nothing),
    cmocka_unit_test(spare_sections_are_given_back),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

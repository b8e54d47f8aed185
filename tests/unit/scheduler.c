// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file scheduler.c Events come out in one order, and plans can be taken back

#include "music/scheduler.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static CtScheduler scheduler;

static CtEvent
event(const CtTick tick, const CtOrder order, const uint8_t name)
{
  const CtEvent result = {
    .tick = tick, .order = order, .size = 3U, .part = name};
  return result;
}

static void
add(const CtTick tick, const CtOrder order, const uint8_t name)
{
  const CtEvent added = event(tick, order, name);
  assert_true(ct_scheduler_add(&scheduler, &added));
}

static void
check_next(const uint8_t name)
{
  const CtEvent* const next = ct_scheduler_peek(&scheduler, INT64_MAX);
  assert_non_null(next);
  assert_int_equal(next->part, name);
  ct_scheduler_pop(&scheduler);
}

static void
order_is_tick_then_kind_then_age(void** const state)
{
  (void)state;
  ct_scheduler_reset(&scheduler);
  add(10, CT_ORDER_NOTE_ON, 5U);
  add(10, CT_ORDER_NOTE_ON, 6U);
  add(10, CT_ORDER_CONTROL, 3U);
  add(-5, CT_ORDER_NOTE_ON, 0U);
  add(10, CT_ORDER_NOTE_OFF, 1U);
  add(10, CT_ORDER_NOTE_ON, 7U);
  add(10, CT_ORDER_CONTROL, 4U);
  add(11, CT_ORDER_NOTE_OFF, 8U);
  add(10, CT_ORDER_NOTE_OFF, 2U);
  for (uint8_t i = 0U; i <= 8U; ++i) {
    check_next(i);
  }
  assert_null(ct_scheduler_peek(&scheduler, INT64_MAX));
}

static void
peek_stops_at_the_end(void** const state)
{
  (void)state;
  ct_scheduler_reset(&scheduler);
  add(100, CT_ORDER_NOTE_ON, 1U);
  assert_null(ct_scheduler_peek(&scheduler, 100));
  assert_non_null(ct_scheduler_peek(&scheduler, 101));
}

static void
a_full_scheduler_refuses(void** const state)
{
  (void)state;
  ct_scheduler_reset(&scheduler);
  for (uint32_t i = 0U; i < CT_SCHEDULER_CAPACITY; ++i) {
    add((CtTick)((i * 7919U) % CT_SCHEDULER_CAPACITY), CT_ORDER_NOTE_ON, 0U);
  }
  const CtEvent more = event(0, CT_ORDER_NOTE_OFF, 0U);
  assert_false(ct_scheduler_add(&scheduler, &more));

  // 7919 is prime to the capacity: each tick came once
  for (uint32_t i = 0U; i < CT_SCHEDULER_CAPACITY; ++i) {
    assert_int_equal(ct_scheduler_peek(&scheduler, INT64_MAX)->tick, i);
    ct_scheduler_pop(&scheduler);
  }
  assert_int_equal(ct_scheduler_n_events(&scheduler), 0);
}

static void
revoke_drops_planned_notes_only(void** const state)
{
  (void)state;
  ct_scheduler_reset(&scheduler);
  for (uint8_t i = 0U; i < 100U; ++i) {
    add(100 - i, CT_ORDER_NOTE_ON, i);
    add(100 - i, i % 2U ? CT_ORDER_NOTE_OFF : CT_ORDER_CONTROL, i);
  }
  ct_scheduler_revoke(&scheduler, 51);
  assert_int_equal(ct_scheduler_n_events(&scheduler), 150);

  CtTick last = 0;
  for (uint32_t i = 0U; i < 150U; ++i) {
    const CtEvent* const next = ct_scheduler_peek(&scheduler, INT64_MAX);
    assert_true(next->tick >= last);
    assert_true(next->order != CT_ORDER_NOTE_ON || next->tick < 51);
    last = next->tick;
    ct_scheduler_pop(&scheduler);
  }
}

static void
the_order_stays_stable_after_revoke(void** const state)
{
  (void)state;
  ct_scheduler_reset(&scheduler);
  for (uint8_t i = 0U; i < 50U; ++i) {
    add(5, CT_ORDER_NOTE_ON, i);
    add(9, CT_ORDER_NOTE_ON, i);
  }
  ct_scheduler_revoke(&scheduler, 9);
  add(5, CT_ORDER_NOTE_ON, 50U);
  for (uint8_t i = 0U; i <= 50U; ++i) {
    check_next(i);
  }
}

static void
what_is_put_off_stays_planned_where_it_was(void** const state)
{
  (void)state;
  ct_scheduler_reset(&scheduler);
  const CtEvent on = ct_event_note_on(10, 12, 0U, 60U, 1U, 0U);
  assert_true(ct_scheduler_add(&scheduler, &on));
  add(11, CT_ORDER_NOTE_ON, 1U);
  ct_scheduler_put_off(&scheduler, 5);
  ct_scheduler_revoke(&scheduler, 11); // The other one alone
  assert_int_equal(ct_scheduler_n_events(&scheduler), 1);
  const CtEvent* const late = ct_scheduler_peek(&scheduler, INT64_MAX);
  assert_int_equal(late->tick, 15);
  assert_int_equal(late->delay, 5);
  assert_true(late->is_placed);
  assert_int_equal(late->off_tick, 16); // Not before it begins

  const CtEvent off = ct_event_note_off(late);
  assert_int_equal(off.tick, 16);
  assert_int_equal(off.delay, 0);
  assert_false(off.is_placed);
}

static void
what_is_put_off_lets_others_go_first(void** const state)
{
  (void)state;
  ct_scheduler_reset(&scheduler);
  add(5, CT_ORDER_NOTE_ON, 2U);
  add(7, CT_ORDER_NOTE_ON, 0U);
  add(9, CT_ORDER_NOTE_OFF, 1U);
  ct_scheduler_put_off(&scheduler, 4);
  check_next(0U);
  check_next(1U);
  check_next(2U);
}

static void
an_off_comes_from_its_on(void** const state)
{
  (void)state;
  const CtEvent on  = ct_event_note_on(960, 1440, 3U, 60U, 100U, 2U);
  const CtEvent off = ct_event_note_off(&on);
  assert_true(ct_is_note_on(on.bytes, on.size));
  assert_true(ct_is_note_off(off.bytes, off.size));
  assert_int_equal(off.tick, 1440);
  assert_int_equal(off.order, CT_ORDER_NOTE_OFF);
  assert_int_equal(off.bytes[0], 0x83);
  assert_int_equal(off.bytes[1], 60);
  assert_int_equal(off.part, 2);
  assert_true(ct_event_compare(&on, &off) < 0);
}

static void
what_sounds_ends_by_a_tick(void** const state)
{
  (void)state;
  ct_scheduler_reset(&scheduler);
  const CtEvent early = ct_event_note_on(5, 30, 0U, 60U, 1U, 2U);
  const CtEvent late  = ct_event_note_on(12, 30, 0U, 61U, 1U, 3U);
  add(20, CT_ORDER_NOTE_OFF, 1U);
  add(8, CT_ORDER_NOTE_OFF, 0U);
  assert_true(ct_scheduler_add(&scheduler, &early));
  assert_true(ct_scheduler_add(&scheduler, &late));
  ct_scheduler_end_by(&scheduler, 10);

  assert_int_equal(ct_scheduler_peek(&scheduler, INT64_MAX)->off_tick, 10);
  check_next(2U);
  check_next(0U);
  assert_int_equal(ct_scheduler_peek(&scheduler, INT64_MAX)->tick, 10);
  check_next(1U);
  assert_int_equal(ct_scheduler_peek(&scheduler, INT64_MAX)->off_tick, 30);
  check_next(3U);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(order_is_tick_then_kind_then_age),
    cmocka_unit_test(peek_stops_at_the_end),
    cmocka_unit_test(a_full_scheduler_refuses),
    cmocka_unit_test(revoke_drops_planned_notes_only),
    cmocka_unit_test(the_order_stays_stable_after_revoke),
    cmocka_unit_test(what_is_put_off_stays_planned_where_it_was),
    cmocka_unit_test(what_is_put_off_lets_others_go_first),
    cmocka_unit_test(an_off_comes_from_its_on),
    cmocka_unit_test(what_sounds_ends_by_a_tick),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

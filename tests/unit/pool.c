// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file pool.c The most urgent work is done first, and none is done after its
/// job is gone

#include "base/pool.h"

#include "base/thread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>

#include <stdatomic.h>

#define TIME_LIMIT_MS 20000U

/// Work that counts itself
typedef struct {
  _Atomic int      urgency; ///< IDLE has nothing to do
  _Atomic bool     can;     ///< Something can be done
  _Atomic uint32_t work_ms; ///< How long it takes
  _Atomic uint32_t n_begun;
  _Atomic uint32_t n_ended;
  _Atomic uint32_t n_at_once; ///< Threads that are at it
  _Atomic bool     overlaps;  ///< Two were
} Work;

#define IDLE INT32_MAX

static double
urgency(void* const handle)
{
  const int value = ((Work*)handle)->urgency;
  return value == IDLE ? CT_POOL_IDLE : (double)value;
}

static bool
work(void* const handle)
{
  Work* const self = (Work*)handle;
  ++self->n_begun;
  if (++self->n_at_once > 1U) {
    self->overlaps = true;
  }
  if (self->work_ms) {
    ct_sleep_ms(self->work_ms);
  }
  --self->n_at_once;
  ++self->n_ended;
  return self->can;
}

static void
add(Work* const self)
{
  const CtJob job = {urgency, work, self};
  assert_int_equal(ct_pool_add(&job), CT_SUCCESS);
}

/// Wait until `n` turns more of the work have ended
static void
wait_for(const Work* const self, const uint32_t n)
{
  const uint32_t end = self->n_ended + n;
  for (uint32_t ms = 0U; self->n_ended < end; ++ms) {
    assert_true(ms < TIME_LIMIT_MS);
    ct_sleep_ms(1U);
  }
}

/// Threads of this process, or 0 where the system does not tell
static uint32_t
count_threads(void)
{
  DIR* const directory = opendir("/proc/self/task");
  uint32_t   n         = 0U;
  while (directory && readdir(directory)) {
    ++n;
  }
  if (directory) {
    closedir(directory);
  }
  return n;
}

static void
work_is_done_until_it_is_removed(void** const state)
{
  (void)state;
  Work one = {.can = true};
  add(&one);
  wait_for(&one, 50U);
  ct_pool_remove(&one);
  const uint32_t n = one.n_begun;
  ct_sleep_ms(5U);
  assert_int_equal(one.n_begun, n);
  assert_int_equal(one.n_ended, n);
  ct_pool_remove(&one); // It is not there
}

static void
threads_end_with_the_last_job(void** const state)
{
  (void)state;
  Work           one      = {.can = true};
  Work           two      = {.can = true};
  const uint32_t n_before = count_threads();
  for (uint32_t i = 0U; i < 20U; ++i) {
    add(&one);
    add(&two);
    wait_for(&one, 2U);
    wait_for(&two, 2U);
    assert_true(!n_before || count_threads() > n_before);
    ct_pool_remove(&one);
    wait_for(&two, 2U);
    ct_pool_remove(&two);
    for (uint32_t ms = 0U; count_threads() > n_before; ++ms) {
      assert_true(ms < TIME_LIMIT_MS); // The system takes a moment
      ct_sleep_ms(1U);
    }
  }
}

// Two threads are at the two that are more urgent, always
static void
the_most_urgent_is_done_first(void** const state)
{
  (void)state;
  Work first  = {.can = true, .urgency = -5};
  Work second = {.can = true, .urgency = 0};
  Work third  = {.can = true, .urgency = IDLE};
  add(&third);
  add(&first);
  add(&second);
  wait_for(&first, 5U);
  wait_for(&second, 5U);
  assert_int_equal(third.n_begun, 0);
  third.urgency = 5;
  wait_for(&first, 50U);
  wait_for(&second, 50U);
  assert_int_equal(third.n_begun, 0);

  first.urgency = 10;
  wait_for(&third, 50U);
  second.urgency = IDLE;
  wait_for(&first, 5U);
  const uint32_t n = second.n_begun;
  wait_for(&first, 50U);
  assert_true(second.n_begun <= n + 1U); // Picked up before it fell idle
  ct_pool_remove(&third);
  ct_pool_remove(&second);
  ct_pool_remove(&first);
}

// Such as instances that the host has loaded and does not run
static void
work_that_cannot_be_done_keeps_none_from_its_turn(void** const state)
{
  (void)state;
  Work blocked[3] = {{.urgency = -1}, {.urgency = -2}, {.urgency = -3}};
  Work able       = {.can = true};
  for (uint32_t i = 0U; i < 3U; ++i) {
    add(&blocked[i]);
  }
  add(&able);
  wait_for(&able, 50U);

  // And it is looked at again, though there is always something to do
  for (uint32_t i = 0U; i < 3U; ++i) {
    wait_for(&blocked[i], 5U);
    ct_pool_remove(&blocked[i]);
  }
  ct_pool_remove(&able);
}

static void
removing_waits_for_what_is_under_way(void** const state)
{
  (void)state;
  Work one = {.can = true, .work_ms = 10U};
  for (uint32_t i = 0U; i < 5U; ++i) {
    add(&one);
    while (!one.n_at_once) {
      ct_sleep_ms(1U);
    }
    ct_pool_remove(&one);
    assert_int_equal(one.n_at_once, 0);
    assert_int_equal(one.n_begun, one.n_ended);
  }
}

// Work without an end must not be taken up again and again while it is to go
static void
removing_waits_for_one_turn_only(void** const state)
{
  (void)state;
  Work other = {.can = true, .work_ms = 2U};
  add(&other);
  for (uint32_t i = 0U; i < 20U; ++i) {
    Work one = {.can = true, .work_ms = 2U};
    add(&one);
    wait_for(&one, 2U);
    const uint32_t n = one.n_ended;
    ct_pool_remove(&one);
    assert_true(one.n_ended <= n + 3U);
  }
  ct_pool_remove(&other);
}

static void
jobs_come_and_go_while_others_work(void** const state)
{
  (void)state;
  Work works[8] = {{0}};
  for (uint32_t i = 0U; i < 8U; ++i) {
    works[i].can = i % 3U != 0U;
    add(&works[i]);
  }
  for (uint32_t i = 0U; i < 400U; ++i) {
    Work* const self = &works[i * 5U % 8U];
    ct_pool_remove(self);
    assert_int_equal(self->n_begun, self->n_ended);
    add(self);
  }
  // Each has its turn when it is more urgent
  for (uint32_t i = 0U; i < 8U; ++i) {
    works[i].urgency = -1;
    wait_for(&works[i], 2U);
    works[i].urgency = 0;
  }
  for (uint32_t i = 0U; i < 8U; ++i) {
    ct_pool_remove(&works[i]);
    assert_false(works[i].overlaps);
    assert_int_equal(works[i].n_begun, works[i].n_ended);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(work_is_done_until_it_is_removed),
    cmocka_unit_test(threads_end_with_the_last_job),
    cmocka_unit_test(the_most_urgent_is_done_first),
    cmocka_unit_test(work_that_cannot_be_done_keeps_none_from_its_turn),
    cmocka_unit_test(removing_waits_for_what_is_under_way),
    cmocka_unit_test(removing_waits_for_one_turn_only),
    cmocka_unit_test(jobs_come_and_go_while_others_work),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

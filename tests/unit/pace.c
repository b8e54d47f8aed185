// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/pace.h"

#include "base/clock.h"
#include "base/thread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double   sample_rate = 48000.0;
static const uint32_t n_frames    = 480U; // Ten milliseconds
static const double   block_ns    = 1e7;
static const double   second_ns   = 1e9;
static const uint32_t block_ms    = 10U;
static const double   share       = 0.3;

/// Part of a block in which little of the share comes back
static const double quick = 0.05;

/// Times to try that much at a stretch
static const uint32_t n_tries = 100U;

/// Let a host ask for a block `elapsed_ns` after the one before
static void
run_block(CtPace* pace, double elapsed_ns)
{
  pace->last_cycles =
    ct_cycles() - (uint64_t)(elapsed_ns * pace->cycles_per_ns);
  ct_pace_begin(pace, n_frames, sample_rate, true);
}

static double
ns_of(const CtPace* pace, uint64_t cycles)
{
  return (double)cycles / pace->cycles_per_ns;
}

static void
test_a_host_that_plays_has_its_share(void** state)
{
  (void)state;
  CtPace pace = ct_pace_init();
  ct_pace_begin(&pace, n_frames, sample_rate, true);
  for (uint32_t i = 0U; i < 1000U; ++i) {
    // Early and late by turns
    run_block(&pace, (i % 2U) ? 1.3 * block_ns : 0.7 * block_ns);
    const CtPaceTime time = ct_pace_take(&pace, share);
    assert_true(time.is_shared);
    assert_true(ns_of(&pace, time.most) <= 1.001 * share * block_ns);
  }
}

static void
test_a_faster_clock_is_no_lead(void** state)
{
  // An hour with a sound card that runs a thousandth too fast
  (void)state;
  CtPace pace = ct_pace_init();
  ct_pace_begin(&pace, n_frames, sample_rate, true);
  for (uint32_t i = 0U; i < 360000U; ++i) {
    run_block(&pace, 0.999 * block_ns);
  }
  assert_true(pace.lead_ns < block_ns);
}

static void
test_a_bounce_soon_has_time(void** state)
{
  (void)state;
  CtPace pace = ct_pace_init();
  ct_pace_begin(&pace, n_frames, sample_rate, true);
  for (uint32_t i = 0U; i < 10U; ++i) {
    run_block(&pace, 0.1 * block_ns);
  }
  const CtPaceTime time = ct_pace_take(&pace, share);
  assert_false(time.is_shared);
  assert_true(ns_of(&pace, time.most) > 2.0 * block_ns);

  // Enough for a bar on a processor that others share, but no more than a
  // second, however far it is ahead
  for (uint32_t i = 0U; i < 10000U; ++i) {
    run_block(&pace, 0.0);
  }
  const double most_ns = ns_of(&pace, ct_pace_take(&pace, share).most);
  assert_true(most_ns > 0.9 * second_ns && most_ns < 1.05 * second_ns);

  // And none of it once it has played for as long
  run_block(&pace, 3.0 * second_ns);
  assert_true(pace.lead_ns < 1.0);
}

static void
test_a_bounce_is_over_where_the_host_stands(void** state)
{
  (void)state;
  CtPace pace = ct_pace_init();
  for (uint32_t i = 0U; i < 1000U; ++i) {
    run_block(&pace, 0.1 * block_ns);
  }
  ct_pace_begin(&pace, n_frames, sample_rate, false);
  run_block(&pace, block_ns);
  assert_true(ns_of(&pace, ct_pace_take(&pace, share).most) < 0.11 * second_ns);
}

static void
test_what_is_shared_is_spent_once(void** state)
{
  (void)state;
  bool was_quick = false;
  for (uint32_t i = 0U; i < n_tries && !was_quick; ++i) {
    ct_sleep_ms(2U * block_ms); // Until all of the share is there
    CtPace pace = ct_pace_init();
    ct_pace_begin(&pace, n_frames, sample_rate, true);
    CtPaceTime     time = ct_pace_take(&pace, share);
    const uint64_t most = time.most;
    assert_true(most > 0U);
    // As if it had taken half as much again: half of all that has come back
    const uint64_t begin = time.begin;
    time.begin -= most + (most / 2U);
    ct_pace_end(&time);
    const uint64_t left = ct_pace_take(&pace, share).most;

    // It comes back with time: others may have had the processor meanwhile
    was_quick = ns_of(&pace, ct_cycles() - begin) < block_ns * quick;
    assert_true(!was_quick || left < most / 2U);
  }
  assert_true(was_quick);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_a_host_that_plays_has_its_share),
    cmocka_unit_test(test_a_faster_clock_is_no_lead),
    cmocka_unit_test(test_a_bounce_soon_has_time),
    cmocka_unit_test(test_a_bounce_is_over_where_the_host_stands),
    cmocka_unit_test(test_what_is_shared_is_spent_once),
  };
  return ct_cycles_per_ns() > 0.0 ? cmocka_run_group_tests(tests, NULL, NULL)
                                  : 0; // No counter, no pace
}

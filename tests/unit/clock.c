// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file clock.c Time goes on, in nanoseconds and in cycles

#include "base/clock.h"
#include "base/denormal.h"
#include "base/thread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
cycles_measure_what_the_clock_does(void** const state)
{
  (void)state;
  const double rate = ct_cycles_per_ns();
  if (!(rate > 0.0)) {
    skip(); // No counter here
  }

  const uint64_t begin_ns     = ct_clock_ns();
  const uint64_t begin_cycles = ct_cycles();
  ct_sleep_ms(20U);
  const double ns     = (double)(ct_clock_ns() - begin_ns);
  const double cycles = (double)(ct_cycles() - begin_cycles);
  assert_true(ns >= 19e6);
  assert_true(cycles / rate > 0.8 * ns && cycles / rate < 1.25 * ns);
}

static void
denormals_are_flushed_and_come_back(void** const state)
{
  (void)state;
  volatile float        tiny   = 1e-38f;
  volatile float        part   = 1e-3f;
  const CtDenormalState before = ct_denormals_off();
#if defined(__SSE__) || defined(__aarch64__)
  assert_true(tiny * part == 0.0f);
#endif
  ct_denormals_restore(before);
  assert_true(tiny * part > 0.0f);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(cycles_measure_what_the_clock_does),
    cmocka_unit_test(denormals_are_flushed_and_come_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

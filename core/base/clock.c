// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/clock.h"

#include <pthread.h>
#include <time.h>

#if defined(__x86_64__) || defined(__i386__)
#  include <x86intrin.h>
#endif

#define NS_PER_SECOND UINT64_C(1000000000)

/// Time over which the counter is measured against the clock
#define CALIBRATION_NS UINT64_C(5000000)

static pthread_once_t calibrate_once = PTHREAD_ONCE_INIT;
static double         cycles_per_ns  = 0.0;

uint64_t
ct_clock_ns(void)
{
  struct timespec now = {0, 0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return ((uint64_t)now.tv_sec * NS_PER_SECOND) + (uint64_t)now.tv_nsec;
}

uint64_t
ct_cycles(void)
{
#if defined(__x86_64__) || defined(__i386__)
  return __rdtsc();
#elif defined(__aarch64__)
  uint64_t count = 0U;
  __asm__ volatile("mrs %0, cntvct_el0" : "=r"(count));
  return count;
#else
  return 0U;
#endif
}

static void
calibrate(void)
{
  const uint64_t begin_ns     = ct_clock_ns();
  const uint64_t begin_cycles = ct_cycles();
  uint64_t       end_ns       = begin_ns;
  while (end_ns - begin_ns < CALIBRATION_NS) {
    end_ns = ct_clock_ns();
  }
  cycles_per_ns =
    (double)(ct_cycles() - begin_cycles) / (double)(end_ns - begin_ns);
}

double
ct_cycles_per_ns(void)
{
  pthread_once(&calibrate_once, calibrate);
  return cycles_per_ns;
}

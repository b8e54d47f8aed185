// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/thread.h"

#include <stddef.h>
#include <time.h>

#if defined(__SSE2__)
#  include <emmintrin.h>
#endif

#define US_PER_MS 1000U
#define US_PER_SECOND 1000000U
#define NS_PER_US 1000L

static void*
run(void* const arg)
{
  const CtThread* const thread = (const CtThread*)arg;
  thread->func(thread->handle);
  return NULL;
}

CtStatus
ct_thread_start(CtThread* const    thread,
                const CtThreadFunc func,
                void* const        handle)
{
  thread->func   = func;
  thread->handle = handle;
  return pthread_create(&thread->id, NULL, run, thread) ? CT_NO_MEMORY
                                                        : CT_SUCCESS;
}

void
ct_thread_join(CtThread* const thread)
{
  pthread_join(thread->id, NULL);
}

void
ct_sleep_us(const uint32_t us)
{
  const struct timespec time = {(time_t)(us / US_PER_SECOND),
                                (long)(us % US_PER_SECOND) * NS_PER_US};
  nanosleep(&time, NULL);
}

void
ct_sleep_ms(const uint32_t ms)
{
  ct_sleep_us(ms * US_PER_MS);
}

void
ct_cpu_relax(void)
{
#if defined(__SSE2__)
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

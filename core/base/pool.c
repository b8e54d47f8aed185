// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/pool.h"

#include "base/clock.h"
#include "base/denormal.h"
#include "base/grow.h"
#include "base/thread.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/// A second one helps when many instances start at once; hosts need the other
/// processors
#define MAX_THREADS 2U

/// Nap when there is nothing to do, milliseconds
static const uint32_t nap_ms = 1U;

/// As long as a nap, a job of which nothing could be done is left alone
static const uint64_t rest_ns = 1000000U;

/// A job and where it stands
typedef struct {
  CtJob    job;
  bool     is_busy;     ///< A thread is at it
  bool     is_spare;    ///< It was taken up for want of more urgent ones
  uint64_t rests_until; ///< Nothing could be done: ct_clock_ns() to look again
  bool     is_leaving;  ///< It is to be removed
} Entry;

/// The pool of this process
typedef struct {
  pthread_mutex_t mutex;   ///< Of what follows; no audio thread takes it
  pthread_cond_t  is_done; ///< A job was put down
  Entry*          entries;
  size_t          n_entries;
  size_t          capacity;
  CtThread        threads[MAX_THREADS];
  size_t          n_threads; ///< Started
  size_t          n_spare;   ///< At work that is not urgent
  bool            stops;
} Pool;

static Pool pool = {.mutex   = PTHREAD_MUTEX_INITIALIZER,
                    .is_done = PTHREAD_COND_INITIALIZER};

/// Adding and removing, one at a time: a removal waits with the pool unlocked
static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;

/// Index of the job of `handle`, or the number of jobs
static size_t
find(const void* const handle)
{
  size_t i = 0U;
  while (i < pool.n_entries && pool.entries[i].job.handle != handle) {
    ++i;
  }
  return i;
}

/// Whether a thread may take it up
static bool
is_free(const Entry* const entry, const uint64_t now)
{
  return !entry->is_busy && !entry->is_leaving && entry->rests_until <= now;
}

/// Take up the most urgent job that is free.  @return False if there is none
static bool
pick(CtJob* const job)
{
  const uint64_t now    = ct_clock_ns();
  Entry*         picked = NULL;
  double         least  = pool.n_spare ? CT_POOL_SPARE : CT_POOL_IDLE;
  for (size_t i = 0U; i < pool.n_entries; ++i) {
    Entry* const entry   = &pool.entries[i];
    const double urgency = is_free(entry, now)
                             ? entry->job.urgency(entry->job.handle)
                             : CT_POOL_IDLE;
    if (urgency < least) {
      least  = urgency;
      picked = entry;
    }
  }
  if (picked) {
    picked->is_busy  = true;
    picked->is_spare = least >= CT_POOL_SPARE;
    pool.n_spare += picked->is_spare;
    *job = picked->job;
  }
  return picked != NULL;
}

static void
put_down(const CtJob* const job, const bool has_worked)
{
  Entry* const entry = &pool.entries[find(job->handle)];
  entry->is_busy     = false;
  pool.n_spare -= entry->is_spare;
  entry->rests_until = has_worked ? 0U : ct_clock_ns() + rest_ns;
  pthread_cond_broadcast(&pool.is_done);
}

static void
run(void* const handle)
{
  (void)handle;
  (void)ct_denormals_off();
  pthread_mutex_lock(&pool.mutex);
  while (!pool.stops) {
    CtJob job;
    if (pick(&job)) {
      pthread_mutex_unlock(&pool.mutex);
      const bool has_worked = job.work(job.handle);
      pthread_mutex_lock(&pool.mutex);
      put_down(&job, has_worked);
    } else {
      pthread_mutex_unlock(&pool.mutex);
      ct_sleep_ms(nap_ms);
      pthread_mutex_lock(&pool.mutex);
    }
  }
  pthread_mutex_unlock(&pool.mutex);
}

/// Enter a job in the list, and have threads for it
static CtStatus
enter(const CtJob* const job)
{
  Entry* const entries = (Entry*)ct_grow(
    pool.entries, pool.n_entries, &pool.capacity, sizeof(Entry));
  if (!entries) {
    return CT_NO_MEMORY;
  }
  pool.entries = entries;
  if (pool.n_threads < MAX_THREADS && pool.n_threads <= pool.n_entries) {
    const CtStatus st =
      ct_thread_start(&pool.threads[pool.n_threads], run, NULL);
    if (!st) {
      ++pool.n_threads;
    } else if (!pool.n_threads) {
      return st;
    }
  }
  pool.entries[pool.n_entries++] = (Entry){.job = *job};
  return CT_SUCCESS;
}

CtStatus
ct_pool_add(const CtJob* const job)
{
  pthread_mutex_lock(&door);
  pthread_mutex_lock(&pool.mutex);
  const CtStatus st = enter(job);
  pthread_mutex_unlock(&pool.mutex);
  pthread_mutex_unlock(&door);
  return st;
}

/// Stop and forget the threads, with the pool unlocked
static void
stop(void)
{
  for (size_t i = 0U; i < pool.n_threads; ++i) {
    ct_thread_join(&pool.threads[i]);
  }
  free(pool.entries);
  pool.entries   = NULL;
  pool.capacity  = 0U;
  pool.n_threads = 0U;
  pool.stops     = false;
}

void
ct_pool_remove(const void* const handle)
{
  pthread_mutex_lock(&door);
  pthread_mutex_lock(&pool.mutex);
  // Nobody adds or removes beside us, so it stays at its place
  const size_t found = find(handle);
  if (found < pool.n_entries) {
    pool.entries[found].is_leaving = true;
    while (pool.entries[found].is_busy) {
      pthread_cond_wait(&pool.is_done, &pool.mutex);
    }
    pool.entries[found] = pool.entries[--pool.n_entries];
  }
  pool.stops         = pool.n_entries == 0U;
  const bool is_last = pool.stops;
  pthread_mutex_unlock(&pool.mutex);
  if (is_last) {
    stop();
  }
  pthread_mutex_unlock(&door);
}

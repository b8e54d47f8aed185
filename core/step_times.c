// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// For clock_gettime() and sysconf()
#define _DEFAULT_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/status.h"
#include "continuo.h"
#include "gen/kind.h"
#include "instance.h"
#include "step_ways.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define N_ROUNDS 40U
#define N_WARM CT_N_WAY_STEPS
#define N_HOT 5U

/// What is walked to empty the caches: more than they hold, and at least this
#define LEAST_OTHER ((size_t)64U << 20U)
#define OTHER_SHARE 3U

static const double us_per_second = 1e6;
static const double ns_per_us     = 1e3;

_Static_assert(CONTINUO_MAX_STEP_TIMES == CT_MAX_WAYS, "A time for each way");

/// What the measured ones share
typedef struct {
  uint64_t* other; ///< What takes the weights' place in the caches
  size_t    n_other;
  double    cold[CT_MAX_WAYS][N_ROUNDS];
  double    hot[CT_MAX_WAYS][(size_t)N_ROUNDS * N_HOT];
} Bench;

static double
now_us(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return ((double)time.tv_sec * us_per_second) +
         ((double)time.tv_nsec / ns_per_us);
}

static Bench*
bench_new(void)
{
  Bench* const bench = (Bench*)calloc(1U, sizeof(Bench));
  if (!bench) {
    return NULL;
  }
  const long   cache = sysconf(_SC_LEVEL3_CACHE_SIZE);
  const size_t size  = cache > 0 ? OTHER_SHARE * (size_t)cache : LEAST_OTHER;
  bench->n_other = (size > LEAST_OTHER ? size : LEAST_OTHER) / sizeof(uint64_t);
  bench->other   = (uint64_t*)malloc(bench->n_other * sizeof(uint64_t));
  if (!bench->other) {
    free(bench);
    return NULL;
  }
  memset(bench->other, 1, bench->n_other * sizeof(uint64_t));
  return bench;
}

static void
bench_free(Bench* const bench)
{
  if (bench) {
    free(bench->other);
    free(bench);
  }
}

static double
time_step(CtWay* const way, const uint32_t step)
{
  const double begin = now_us();
  way->run(way, step % CT_N_WAY_STEPS);
  return now_us() - begin;
}

/// One step with empty caches, and then some with full ones
static void
run_way(Bench* const   bench,
        CtWay* const   way,
        const uint32_t i,
        const uint32_t round)
{
  ct_step_read(bench->other, bench->n_other);
  uint32_t step         = round * (1U + N_WARM + N_HOT);
  bench->cold[i][round] = time_step(way, step++);
  for (uint32_t k = 0U; k < N_WARM; ++k) {
    (void)time_step(way, step++);
  }
  for (uint32_t k = 0U; k < N_HOT; ++k) {
    bench->hot[i][(round * N_HOT) + k] = time_step(way, step++);
  }
}

static int
compare(const void* const a, const void* const b)
{
  const double x = *(const double*)a;
  const double y = *(const double*)b;
  return (x > y) - (x < y);
}

static double
median(double* const values, const size_t n)
{
  qsort(values, n, sizeof(double), compare);
  return values[n / 2U];
}

/// The largest difference of a logit after the last step
static double
difference(const CtWay* const a, const CtWay* const b)
{
  double largest = 0.0;
  for (uint32_t i = 0U; i < a->n_logits; ++i) {
    const double error = fabs((double)a->logits[i] - (double)b->logits[i]);
    largest            = error > largest ? error : largest;
  }
  return largest;
}

/// Time all ways, in turns
static void
run_ways(Bench* const bench, CtWays* const ways, ContinuoStepTime* const times)
{
  const uint32_t n = ways->n_ways;
  for (uint32_t round = 0U; round < N_ROUNDS; ++round) {
    for (uint32_t k = 0U; k < n; ++k) {
      const uint32_t i = (round + k) % n; // Another begins each time
      run_way(bench, &ways->ways[i], i, round);
    }
  }
  for (uint32_t i = 0U; i < n; ++i) {
    const CtWay* const way = &ways->ways[i];
    times[i].hot_us        = median(bench->hot[i], (size_t)N_ROUNDS * N_HOT);
    times[i].cold_us       = median(bench->cold[i], N_ROUNDS);
    times[i].error         = difference(way, &ways->ways[way->reference]);
    (void)snprintf(times[i].name, sizeof(times[i].name), "%s", way->name);
  }
}

/// The ways of whatever networks a model has
static bool
find_ways(const CtModel* const model, CtWays* const ways)
{
  if (!model->kind->networks) {
    return ct_ways_house(&model->network, ways);
  }
  CtNetwork      networks[CT_MAX_NETWORKS];
  const uint32_t n = model->kind->networks(model, networks);
  return ct_ways_networks(networks, n, ways);
}

ContinuoStatus
continuo_time_steps(const Continuo* const   self,
                    ContinuoStepTime* const times,
                    uint32_t* const         n_times)
{
  CtWays       ways;
  Bench* const bench = bench_new();
  const bool   is_ready =
    bench && find_ways(ct_writer_model(self->writer), &ways);
  if (is_ready) {
    run_ways(bench, &ways, times);
    *n_times = ways.n_ways;
    ct_ways_clear(&ways);
  }
  bench_free(bench);
  return is_ready ? CT_SUCCESS : CT_NO_MEMORY;
}

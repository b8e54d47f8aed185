// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// For clock_gettime() and sysconf()
#define _DEFAULT_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/rng.h"
#include "base/status.h"
#include "continuo.h"
#include "instance.h"
#include "step_ways.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define N_ROUNDS 40U
#define N_CONTEXTS 16U
#define N_WARM N_CONTEXTS
#define N_HOT 5U

/// What is walked to empty the caches: more than they hold, and at least this
#define LEAST_OTHER ((size_t)64U << 20U)
#define OTHER_SHARE 3U

static const double us_per_second = 1e6;
static const double ns_per_us     = 1e3;

_Static_assert(CONTINUO_MAX_STEP_TIMES == CT_MAX_WAYS, "A time for each way");

/// What the measured ones share
typedef struct {
  CtNoteContext contexts[N_CONTEXTS];
  uint64_t*     other; ///< What takes the weights' place in the caches
  size_t        n_other;
  double        cold[CT_MAX_WAYS][N_ROUNDS];
  double        hot[CT_MAX_WAYS][(size_t)N_ROUNDS * N_HOT];
} Bench;

static double
now_us(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return ((double)time.tv_sec * us_per_second) +
         ((double)time.tv_nsec / ns_per_us);
}

/// Rows of a field in whatever looks at it
static uint32_t
rows_of(const CtNoteLstm* const net, const uint32_t field)
{
  uint32_t n_rows = net->inputs[field].n_rows;
  for (uint32_t h = 0U; h < CT_N_HEADS && !n_rows; ++h) {
    n_rows = net->heads[h].tables[field].n_rows;
  }
  return n_rows ? n_rows : 1U;
}

/// Contexts of all kinds; their sets are empty
static void
fill_contexts(const CtNoteLstm* const net, Bench* const bench)
{
  for (uint32_t i = 0U; i < N_CONTEXTS; ++i) {
    for (uint32_t field = 0U; field < CT_N_FIELDS; ++field) {
      bench->contexts[i].row[field] =
        (uint16_t)(ct_mix(((uint64_t)i << CHAR_BIT) + field) %
                   rows_of(net, field));
    }
  }
}

static Bench*
bench_new(const CtNoteLstm* const net)
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
  fill_contexts(net, bench);
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
time_step(CtWay* const way, const CtNoteContext* const context)
{
  const double begin = now_us();
  way->run(way, context);
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
  const CtNoteContext* const contexts = bench->contexts;
  uint32_t                   step     = round * (1U + N_WARM + N_HOT);
  bench->cold[i][round] = time_step(way, &contexts[step++ % N_CONTEXTS]);
  for (uint32_t k = 0U; k < N_WARM; ++k) {
    way->run(way, &contexts[step++ % N_CONTEXTS]);
  }
  for (uint32_t k = 0U; k < N_HOT; ++k) {
    bench->hot[i][(round * N_HOT) + k] =
      time_step(way, &contexts[step++ % N_CONTEXTS]);
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
difference(const CtNoteLstm* const net,
           const CtWay* const      a,
           const CtWay* const      b)
{
  double largest = 0.0;
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    for (uint32_t i = 0U; i < net->heads[h].n_classes; ++i) {
      const double error =
        fabs((double)a->logits[h][i] - (double)b->logits[h][i]);
      largest = error > largest ? error : largest;
    }
  }
  return largest;
}

ContinuoStatus
continuo_time_steps(const Continuo* const   self,
                    ContinuoStepTime* const times,
                    uint32_t* const         n_times)
{
  const CtNoteLstm* const net   = &ct_writer_model(self->writer)->network;
  Bench* const            bench = bench_new(net);
  CtWays* const           ways  = ct_ways_new(net);
  if (!bench || !ways) {
    bench_free(bench);
    ct_ways_free(ways);
    return CT_NO_MEMORY;
  }

  const uint32_t n = ct_ways_count(ways);
  for (uint32_t round = 0U; round < N_ROUNDS; ++round) {
    for (uint32_t k = 0U; k < n; ++k) {
      const uint32_t i = (round + k) % n; // Another begins each time
      run_way(bench, ct_ways_at(ways, i), i, round);
    }
  }

  *n_times = n;
  for (uint32_t i = 0U; i < n; ++i) {
    const CtWay* const way = ct_ways_at(ways, i);
    times[i].hot_us        = median(bench->hot[i], (size_t)N_ROUNDS * N_HOT);
    times[i].cold_us       = median(bench->cold[i], N_ROUNDS);
    times[i].error = i ? difference(net, way, ct_ways_at(ways, 1U)) : 0.0;
    (void)snprintf(times[i].name, sizeof(times[i].name), "%s", way->name);
  }
  bench_free(bench);
  ct_ways_free(ways);
  return CT_SUCCESS;
}

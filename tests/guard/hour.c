// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file hour.c An hour of music under guard: whatever the host does, the audio
   thread allocates nothing, locks nothing, waits for nobody and asks the system
   for nothing.

   Two threads play the host.  The test's own is the main thread, which loads
   models, saves takes and turns knobs while the other, the audio thread, runs
   block after block as fast as it can.  CONTINUO_SEED gives another hour.
*/

#define _GNU_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "dice.h"
#include "guard.h"
#include "scenes.h"

#include "continuo.h"

#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <x86intrin.h>

#include <cmocka.h>

/// Flush-to-zero and denormals-are-zero (Intel SDM vol. 1, 10.2.3)
#define FTZ_DAZ 0x8040U

#define NS_PER_SECOND 1e9

static const double   seconds_to_play = 3600.0;
static const uint32_t n_first_blocks  = 1000U;

/// No block may take longer, however slow the machine: it would be a wait
static const double longest_block_ns = 2e9;

/// What happened in an hour
typedef struct {
  Continuo*       continuo;
  Scenes          scenes;
  char*           take;      ///< As saved last, or null
  size_t          n_models;  ///< Loaded so far
  pthread_mutex_t main_role; ///< Held by who does what is the main thread's
  _Atomic bool    has_ended;
  float*          times; ///< Of continuo_process() in each block, cycles
  size_t          n_blocks;
  size_t          max_blocks; ///< Places for times
  size_t          n_written;
  size_t          n_refused;
  size_t          n_activated;
  size_t          n_turned;   ///< Knobs, in the audio thread
  size_t          n_denormal; ///< Messages written with denormals on
  size_t      n_changed; ///< Blocks that left the host's control word changed
  uint32_t    n_room;    ///< Messages that still fit into this block
  GuardFaults faults;
} Hour;

static double
now_ns(void)
{
  struct timespec now = {0, 0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return ((double)now.tv_sec * NS_PER_SECOND) + (double)now.tv_nsec;
}

static void
nap(const double seconds)
{
  const struct timespec time = {0, (long)(seconds * NS_PER_SECOND)};
  (void)nanosleep(&time, NULL);
}

/// A ContinuoWriteFunc
static bool
write_message(void* const handle, const ContinuoMidi* const message)
{
  Hour* const hour = handle;
  (void)message;
  hour->n_denormal += (_mm_getcsr() & FTZ_DAZ) != FTZ_DAZ;
  if (hour->n_room == 0U) {
    ++hour->n_refused;
    return false;
  }
  --hour->n_room;
  ++hour->n_written;
  return true;
}

static void
keep_time(Hour* hour, const uint64_t cycles)
{
  if (hour->n_blocks == hour->max_blocks) {
    hour->max_blocks = hour->max_blocks ? hour->max_blocks * 2U : 1024U;
    hour->times      = realloc(hour->times, hour->max_blocks * sizeof(float));
    if (!hour->times) {
      abort();
    }
  }
  hour->times[hour->n_blocks++] = (float)cycles;
}

static void
turn_knob(Continuo* continuo, const uint32_t knob, const float value)
{
  guard_begin();
  continuo_set_param(continuo, knob, value);
  (void)continuo_get_param(continuo, knob);
  guard_end();
}

/// Run a block as its host does.  @return The faults of the process call
static GuardFaults
run_block(Hour* hour, const SceneBlock* block)
{
  const unsigned usual = _mm_getcsr();
  const unsigned host  = block->flushes ? usual | FTZ_DAZ : usual;
  hour->n_room         = block->max_writes;
  _mm_setcsr(host);
  guard_begin();
  const uint64_t begin = __rdtsc();
  continuo_process(hour->continuo,
                   block->tells ? &block->position : NULL,
                   block->n_in ? block->in : NULL,
                   block->n_in,
                   block->n_frames,
                   write_message,
                   hour);
  const uint64_t    end    = __rdtsc();
  const GuardFaults faults = guard_end();
  hour->n_changed += _mm_getcsr() != host;
  _mm_setcsr(usual);
  keep_time(hour, end - begin);
  return faults;
}

/// What comes before a block: the main thread's part of it waits for its turn
static void
prepare_block(Hour* hour, const SceneBlock* block)
{
  if (block->activates) {
    pthread_mutex_lock(&hour->main_role);
    continuo_activate(hour->continuo, block->sample_rate);
    pthread_mutex_unlock(&hour->main_role);
    ++hour->n_activated;
  }
  if (block->turns) {
    turn_knob(hour->continuo, block->knob, block->value);
    ++hour->n_turned;
  }
}

static void*
play_hour(void* handle)
{
  Hour* const hour = handle;
  for (double played = 0.0; played < seconds_to_play;) {
    const SceneBlock* const block   = scenes_next(&hour->scenes);
    const double            seconds = block->n_frames / block->sample_rate;
    prepare_block(hour, block);
    const GuardFaults faults = run_block(hour, block);
    hour->faults.n_minor += faults.n_minor;
    hour->faults.n_major += faults.n_major;
    played += seconds;
    if (block->in_time) {
      nap(seconds);
    }
  }
  atomic_store(&hour->has_ended, true);
  return NULL;
}

// What the main thread does while the other plays.  @return Zero if it went as
// it should

/// Load the house's model, or one of another design
static int
load_model(Hour* hour)
{
  static const char* const paths[] = {MODEL_PATH,
                                      OLDER_PATH "/four_features.safetensors",
                                      MODEL_PATH,
                                      OLDER_PATH
                                      "/symbols_attention.safetensors",
                                      MODEL_PATH,
                                      OLDER_PATH "/symbols_vae.safetensors",
                                      OLDER_PATH "/two_clefs.safetensors"};
  const size_t             n_paths = sizeof(paths) / sizeof(paths[0]);
  return continuo_load_model(hour->continuo, paths[hour->n_models++ % n_paths]);
}

static int
load_no_model(Hour* hour)
{
  const char* const paths[] = {NOT_A_MODEL_PATH, "/nonexistent", "/"};
  int               n_taken = 0;
  for (size_t i = 0U; i < sizeof(paths) / sizeof(paths[0]); ++i) {
    n_taken += !continuo_load_model(hour->continuo, paths[i]);
  }
  return n_taken;
}

static int
ask_for_model(Hour* hour)
{
  const ContinuoModelInfo info = continuo_model_info(hour->continuo);
  return !info.name || !continuo_style_name(hour->continuo, 0U);
}

static int
save_take(Hour* hour)
{
  free(hour->take);
  return continuo_save_take(hour->continuo, &hour->take);
}

static int
restore_take(Hour* hour)
{
  return continuo_restore_take(hour->continuo, hour->take ? hour->take : "");
}

static int
restore_no_take(Hour* hour)
{
  return !continuo_restore_take(hour->continuo, "no take");
}

static int (*const main_jobs[])(Hour*) = {
  save_take,
  restore_take,
  restore_no_take,
  load_model,
  load_no_model,
  ask_for_model,
};

/// Be the main thread until the hour is over.  @return How many jobs failed
static int
be_main_thread(Hour* hour)
{
  const int64_t n_jobs   = sizeof(main_jobs) / sizeof(main_jobs[0]);
  const double  nap_time = 0.005;
  Dice          dice     = {scenes_seed() + 1U};
  int           n_failed = 0;
  while (!atomic_load(&hour->has_ended)) {
    if (dice_one_in(&dice, 10)) {
      uint32_t knob  = 0U;
      float    value = 0.0F;
      scenes_draw_knob(&dice, &knob, &value);
      turn_knob(hour->continuo, knob, value);
    }
    if (dice_one_in(&dice, 30)) {
      pthread_mutex_lock(&hour->main_role);
      n_failed += main_jobs[dice_between(&dice, 0, n_jobs - 1)](hour) != 0;
      pthread_mutex_unlock(&hour->main_role);
    }
    nap(nap_time);
  }
  return n_failed;
}

static void
open_hour(Hour* hour)
{
  *hour = (Hour){.continuo = continuo_new(48000.0, CONTINUO_LIVE)};
  assert_non_null(hour->continuo);
  continuo_view_watch(hour->continuo, true); // A window is open
  assert_int_equal(pthread_mutex_init(&hour->main_role, NULL), 0);
  scenes_init(&hour->scenes, scenes_seed());
}

static void
close_hour(Hour* hour)
{
  continuo_free(hour->continuo);
  pthread_mutex_destroy(&hour->main_role);
  free(hour->take);
  free(hour->times);
}

/// Assert that the rules were kept, or say by whom they were not
static void
assert_clean(void)
{
  if (guard_n_caught() > 0U) {
    guard_print();
    print_error("CONTINUO_SEED=%" PRIu64 "\n", scenes_seed());
  }
  assert_int_equal(guard_n_caught(), 0U);
}

static int
compare_times(const void* a, const void* b)
{
  const float x = *(const float*)a;
  const float y = *(const float*)b;
  return (x > y) - (x < y);
}

/// Tell how long process calls took.  @return The longest, ns
static double
tell_times(Hour* hour, const double cycles_per_ns)
{
  static const double shares[]  = {0.5, 0.99, 0.999, 1.0};
  const double        ns_per_us = 1000.0;
  double              ns        = 0.0;
  qsort(hour->times, hour->n_blocks, sizeof(float), compare_times);
  for (size_t i = 0U; i < sizeof(shares) / sizeof(shares[0]); ++i) {
    const size_t at = (size_t)(shares[i] * (double)(hour->n_blocks - 1U));
    ns              = hour->times[at] / cycles_per_ns;
    print_message("p%g %.1f us  ", shares[i] * 100.0, ns / ns_per_us);
  }
  print_message("\n");
  return ns;
}

static void*
play_first_blocks(void* handle)
{
  Hour* const      hour  = handle;
  const SceneBlock block = {.tells       = true,
                            .position    = {.rolling     = true,
                                            .has_meter   = true,
                                            .tempo       = 120.0,
                                            .numerator   = 4U,
                                            .denominator = 4U},
                            .sample_rate = 48000.0,
                            .n_frames    = 64U,
                            .max_writes  = UINT32_MAX};
  SceneBlock       next  = block;
  for (uint32_t i = 0U; i < n_first_blocks; ++i) {
    const GuardFaults faults = run_block(hour, &next);
    hour->faults.n_minor += faults.n_minor;
    hour->faults.n_major += faults.n_major;
    if (faults.n_minor > 0) {
      print_message("block %u: %ld new pages\n", i + 1U, faults.n_minor);
    }
    next.position.frame += next.n_frames;
    nap(next.n_frames / next.sample_rate);
  }
  return NULL;
}

static void
run_thread(void* (*const func)(void*), Hour* hour)
{
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, func, hour), 0);
  assert_int_equal(pthread_join(thread, NULL), 0);
}

static void
test_first_blocks(void** state)
{
  // This is the first test, so that its first block is the first of all
  (void)state;
  Hour hour;
  open_hour(&hour);
  guard_clear();
  run_thread(play_first_blocks, &hour);
  assert_clean();
  assert_int_equal(hour.faults.n_major, 0);
  assert_int_equal(hour.n_denormal, 0U);
  assert_int_equal(hour.n_changed, 0U);
  assert_in_range(hour.n_written, 1U, SIZE_MAX);
  close_hour(&hour);
}

static void
test_hour(void** state)
{
  (void)state;
  Hour hour;
  open_hour(&hour);
  guard_clear();

  pthread_t      thread;
  const double   begin        = now_ns();
  const uint64_t begin_cycles = __rdtsc();
  assert_int_equal(pthread_create(&thread, NULL, play_hour, &hour), 0);
  const int n_failed = be_main_thread(&hour);
  assert_int_equal(pthread_join(thread, NULL), 0);
  const double took   = now_ns() - begin;
  const double cycles = (double)(__rdtsc() - begin_cycles);

  print_message("%.0f s of music in %.1f s: %zu blocks, %u scenes\n",
                seconds_to_play,
                took / NS_PER_SECOND,
                hour.n_blocks,
                hour.scenes.n_scenes);
  print_message("%zu messages written, %zu refused, %zu knobs turned, "
                "%zu times activated, %ld new pages\n",
                hour.n_written,
                hour.n_refused,
                hour.n_turned,
                hour.n_activated,
                hour.faults.n_minor);
  const double longest = tell_times(&hour, cycles / took);

  assert_clean();
  assert_int_equal(n_failed, 0);
  assert_int_equal(hour.faults.n_major, 0);
  assert_int_equal(hour.n_denormal, 0U);
  assert_int_equal(hour.n_changed, 0U);
  assert_true(longest < longest_block_ns);

  // And there was music in it
  assert_in_range(hour.n_written, 5000U, SIZE_MAX);
  assert_in_range(hour.n_refused, 100U, SIZE_MAX);
  assert_in_range(hour.n_turned, 500U, SIZE_MAX);
  assert_in_range(hour.n_activated, 20U, SIZE_MAX);
  close_hour(&hour);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_first_blocks),
    cmocka_unit_test(test_hour),
  };
  guard_warm_up();
  if (!guard_has_kernel()) {
    print_message("This kernel tells of no system calls: libc's only\n");
  }
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// For clock_nanosleep()
#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "bench_host.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

#define NS_PER_SECOND 1000000000U

static const double ns_per_second      = 1e9;
static const double ns_per_us          = 1e3;
static const double seconds_per_minute = 60.0;
static const double quarters_per_bar   = 4.0;

enum {
  NOTE_ON     = 0x90,
  STATUS_MASK = 0xF0,
};

/// Priority of audio threads under JACK
#define AUDIO_PRIORITY 10

uint64_t
bench_now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return ((uint64_t)time.tv_sec * NS_PER_SECOND) + (uint64_t)time.tv_nsec;
}

static void
sleep_until(const uint64_t ns)
{
  const struct timespec time = {(time_t)(ns / NS_PER_SECOND),
                                (long)(ns % NS_PER_SECOND)};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

/// A ContinuoWriteFunc
static bool
write_message(void* const handle, const ContinuoMidi* const message)
{
  BenchHost* const host = (BenchHost*)handle;
  if ((message->data[0] & STATUS_MASK) == NOTE_ON && message->data[2]) {
    ++host->n_notes;
    if (host->first_note < 0) {
      host->first_note = host->frame + (int64_t)message->frame;
    }
  }
  return true;
}

void
bench_host_seek(BenchHost* const host, const int64_t frame, const bool rolling)
{
  host->frame      = frame;
  host->rolling    = rolling;
  host->first_note = -1;
}

uint64_t
bench_host_run(BenchHost* const host)
{
  const double quarters =
    (double)host->frame / BENCH_SAMPLE_RATE * BENCH_TEMPO / seconds_per_minute;
  const ContinuoPosition position = {.rolling     = host->rolling,
                                     .frame       = host->frame,
                                     .has_meter   = true,
                                     .tempo       = BENCH_TEMPO,
                                     .numerator   = 4U,
                                     .denominator = 4U,
                                     .beat = fmod(quarters, quarters_per_bar)};
  const uint64_t         begin    = bench_now();
  continuo_process(
    host->continuo, &position, NULL, 0U, host->n_frames, write_message, host);
  const uint64_t end = bench_now();
  host->frame += host->rolling ? (int64_t)host->n_frames : 0;
  return end - begin;
}

static void
add_time(BenchTimes* const times, const uint64_t ns)
{
  static const size_t first_capacity = 4096U;
  if (times->n == times->capacity) {
    const size_t capacity =
      times->capacity ? 2U * times->capacity : first_capacity;
    uint64_t* const moved =
      (uint64_t*)realloc(times->ns, capacity * sizeof(uint64_t));
    if (!moved) {
      abort();
    }
    times->ns       = moved;
    times->capacity = capacity;
  }
  times->ns[times->n++] = ns;
}

/// What the audio thread is given to do
typedef struct {
  BenchHost*  hosts;
  size_t      n_hosts;
  double      seconds;
  BenchTimes* times;
} Play;

static void*
play(void* const handle)
{
  const Play* const play = (const Play*)handle;
  const double      block_ns =
    (double)play->hosts[0].n_frames / BENCH_SAMPLE_RATE * ns_per_second;
  const uint64_t n_blocks =
    (uint64_t)(play->seconds * ns_per_second / block_ns);
  const uint64_t begin = bench_now();
  for (uint64_t block = 0U; block < n_blocks; ++block) {
    sleep_until(begin + (uint64_t)((double)block * block_ns));
    uint64_t ns = 0U;
    for (size_t i = 0U; i < play->n_hosts; ++i) {
      ns += bench_host_run(&play->hosts[i]);
    }
    if (play->times) {
      add_time(play->times, ns);
    }
  }
  return NULL;
}

void
bench_as_audio(void* (*const run)(void*), void* const handle)
{
  const struct sched_param priority = {.sched_priority = AUDIO_PRIORITY};
  pthread_attr_t           attributes;
  pthread_t                thread;
  pthread_attr_init(&attributes);
  pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
  pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
  pthread_attr_setschedparam(&attributes, &priority);
  if (pthread_create(&thread, &attributes, run, handle) &&
      pthread_create(&thread, NULL, run, handle)) {
    abort();
  }
  pthread_join(thread, NULL);
  pthread_attr_destroy(&attributes);
}

void
bench_play(BenchHost* const  hosts,
           const size_t      n_hosts,
           const double      seconds,
           BenchTimes* const times)
{
  Play job = {hosts, n_hosts, seconds, times};
  bench_as_audio(play, &job);
}

static int
compare(const void* const a, const void* const b)
{
  const uint64_t x = *(const uint64_t*)a;
  const uint64_t y = *(const uint64_t*)b;
  return (x > y) - (x < y);
}

double
bench_quantile(BenchTimes* const times, const double quantile)
{
  if (!times->n) {
    return 0.0;
  }
  qsort(times->ns, times->n, sizeof(uint64_t), compare);
  const double index = quantile * (double)(times->n - 1U);
  return (double)times->ns[(size_t)index] / ns_per_us;
}

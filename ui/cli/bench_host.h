// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file bench_host.h A host that measures: blocks in real time, and what each
/// took

#ifndef CONTINUO_CLI_BENCH_HOST_H
#define CONTINUO_CLI_BENCH_HOST_H

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Frames per second of all measurements
#define BENCH_SAMPLE_RATE 48000.0

/// Quarters per minute of all measurements, in 4/4
#define BENCH_TEMPO 120.0

/// Frames of a bar
#define BENCH_BAR 96000

/// An instance and its transport
typedef struct {
  Continuo* continuo;   ///< Borrowed
  bool      rolling;    ///< Time moves
  int64_t   frame;      ///< Position in the song
  uint32_t  n_frames;   ///< Of a block
  uint64_t  n_notes;    ///< Note-ons so far
  int64_t   first_note; ///< Frame of the first since bench_host_seek(), or -1
} BenchHost;

/// Times of blocks, in nanoseconds
typedef struct {
  uint64_t* ns;
  size_t    n;
  size_t    capacity;
} BenchTimes;

/// Monotonic time in nanoseconds
uint64_t
bench_now(void);

/// Go to `frame`, rolling or not
void
bench_host_seek(BenchHost* host, int64_t frame, bool rolling);

/// Run one block.  @return What it took, in nanoseconds
uint64_t
bench_host_run(BenchHost* host);

/// Call `run` in a thread of its own, as an audio thread if the system lets us,
/// and wait for its end
void
bench_as_audio(void* (*run)(void*), void* handle);

/// Run the hosts one after the other, block by block in real time, for
/// `seconds`; as an audio thread if the system lets us.
/// @param times Gets what each round took; may be null
void
bench_play(BenchHost* hosts, size_t n_hosts, double seconds, BenchTimes* times);

/// The time that a share of `quantile` stayed under, in microseconds; sorts
double
bench_quantile(BenchTimes* times, double quantile);

#endif // CONTINUO_CLI_BENCH_HOST_H

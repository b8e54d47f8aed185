// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file clock_script.h What a host is made to do, and what our clock made of
/// it

#ifndef CONTINUO_TESTS_CLOCK_SCRIPT_H
#define CONTINUO_TESTS_CLOCK_SCRIPT_H

#include "clock_host.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLOCK_MAX_STEPS = 32, CLOCK_MAX_ONSETS = 1 << 16, CLOCK_MAX_MOVES = 64 };

/// Every so many ticks something sounds, off the beat and off any round frame
#define CLOCK_ONSET_TICKS 170

/// A step of a script; times are whole frames at any common sample rate
typedef enum { CLOCK_ROLL, CLOCK_STAND, CLOCK_LOCATE } ClockStepKind;

typedef struct {
  ClockStepKind kind;
  int32_t       centis; ///< For how long, or where to, in 1/100 s
} ClockStep;

/// What happens
typedef struct {
  uint32_t   seed;
  ClockStyle style;
  ClockSong  song;
  bool       has_ramps;
  bool       is_steady; ///< One tempo, one meter
  ClockStep  steps[CLOCK_MAX_STEPS];
  size_t     n_steps;
} ClockScript;

/// Lengths of blocks
typedef struct {
  uint32_t size;       ///< Or the most if `is_random`
  bool     is_random;  ///< Any length up to `size`
  bool     is_cut;     ///< Cut where tempo and meter change
  bool     overshoots; ///< Not cut at moves: the host moves a block later
} ClockBlocks;

/// What sounded, and when
typedef struct {
  CtTick  tick;
  int64_t time;    ///< Frames since the script began
  int64_t frame;   ///< In the song
  bool    is_bent; ///< A change inside its block, or the one before, moved it
} ClockOnset;

/// What came of a script
typedef struct {
  ClockOnset onsets[CLOCK_MAX_ONSETS];
  size_t     n_onsets;
  size_t     first_onsets[CLOCK_MAX_MOVES]; ///< Where each move's begin
  CtTick     begins[CLOCK_MAX_MOVES];       ///< Ticks where moves led
  int64_t    frames[CLOCK_MAX_MOVES];       ///< The song's frames there
  size_t     n_moves;  ///< Moves that were told, starts included
  size_t     n_steps;  ///< Moves that were made, starts included
  bool       has_gap;  ///< Ranges did not follow each other
  double     max_bend; ///< Most ticks a ramp bends in a block
} ClockLog;

/// A number below `n`
uint32_t
clock_random(uint32_t* seed, uint32_t n);

/// Make up a script
ClockScript
clock_script_new(uint32_t seed, ClockStyle style, bool is_steady);

/// Play a script from nothing
void
clock_script_play(const ClockScript* script,
                  double             sample_rate,
                  ClockBlocks        blocks,
                  ClockLog*          log);

#endif // CONTINUO_TESTS_CLOCK_SCRIPT_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file probe_plan.h What a probe is to do, the same in all formats

#ifndef CONTINUO_TESTS_PROBE_PLAN_H
#define CONTINUO_TESTS_PROBE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROBE_SAMPLE_RATE 48000.0

enum {
  PROBE_MAX_SETTINGS = 64,
  PROBE_MAX_BLOCK    = 65536,
};

/// From the command line.  A place in the song that is negative is none
typedef struct {
  const char* plugin;                       ///< URI or path
  const char* settings[PROBE_MAX_SETTINGS]; ///< SYMBOL=VALUE
  size_t      n_settings;
  const char* model;       ///< To be chosen by the host in LV2, or null
  const char* restored;    ///< File of a state to begin with, or null
  const char* saved;       ///< File for the state at the end, or null
  const char* sound;       ///< File for what is heard, or null
  uint32_t    n_frames;    ///< Of a block
  uint32_t    numerator;   ///< Upper number of the meter
  uint32_t    denominator; ///< Lower number of the meter
  double      quarters;    ///< Where to stop
  double      tempo;       ///< Quarters a minute
  double      bend;        ///< Quarter at which the tempo changes
  double      bent_tempo;  ///< What to
  double      loop_begin;  ///< Quarter to jump to, once ...
  double      loop_end;    ///< ... from here
  double      rest;        ///< Quarter at which to deactivate and activate
  double      stand;       ///< Seconds to stand before it rolls, in real time
  double      lead_in;     ///< Quarters before zero to begin at
  uint32_t    velocity;    ///< Of a key played to it, or zero for none
  uint32_t    n_new_takes; ///< How often to ask for one before it rolls
  bool        resets;      ///< Restore twice, with a reset between
  bool        never_tells; ///< Tell no position at all
  bool each_block; ///< Tell the position in each block, or on changes only
  bool in_time;    ///< Wait after each block as sound would
} ProbePlan;

/// Read the command line, and say how to use it if that cannot be done.
/// @return Whether it can
bool
probe_plan_parse(ProbePlan* plan, int argc, char** argv);

/// Frames of a quarter at the first tempo
double
probe_plan_frames_per_quarter(const ProbePlan* plan);

/// Frame of the song at `quarter`
int64_t
probe_plan_frame(const ProbePlan* plan, double quarter);

/// Quarter of the song at `frame`
double
probe_plan_quarter(const ProbePlan* plan, int64_t frame);

/// Quarters a minute at `frame` of the song
double
probe_plan_tempo(const ProbePlan* plan, int64_t frame);

#endif // CONTINUO_TESTS_PROBE_PLAN_H

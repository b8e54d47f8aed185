// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file pace.h The pace of a host against real time.

   A host that bounces says so in no format, but it soon runs ahead: it asks for
   more music than the time that it takes for it.  An audio thread that is so
   far ahead may take time for what is not there yet.
*/

#ifndef CT_BASE_PACE_H
#define CT_BASE_PACE_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stdint.h>

/// The pace of a host.  All zero, but for what the processor counts, before its
/// first block.
typedef struct {
  double   cycles_per_ns; ///< 0 if the processor counts none
  uint64_t last_cycles;   ///< At the last block's begin
  double   block_ns;      ///< What this block lasts in real time
  double   lead_ns;       ///< How far the host has run ahead of real time
} CtPace;

/// Before a first block.  @thread worker|main, see ct_cycles_per_ns()
CtPace
ct_pace_init(void);

/**
   Count how far the host runs ahead of real time, as a block begins: the music
   that it asked for, less the time that it took.
   @thread audio
   @param is_rolling Whether its transport rolls: up to two seconds count then,
   and a fifth of one where it stands, or where that is not known.
*/
CT_REALTIME void
ct_pace_begin(CtPace*  pace,
              uint32_t n_frames,
              double   sample_rate,
              bool     is_rolling);

/// Time that an audio thread takes for what is late.  All in ct_cycles().
typedef struct {
  uint64_t begin;
  uint64_t most;      ///< How much it may be
  bool     is_shared; ///< Taken from what all instances have together
} CtPaceTime;

/**
   Take time for what is late: half of what the host is ahead by, beyond its
   unsteady pace, or a share of the block and of all instances together.
   @thread audio
*/
CT_REALTIME CtPaceTime
ct_pace_take(const CtPace* pace, double share);

/// The time that was taken ends now.  @thread audio
CT_REALTIME void
ct_pace_end(const CtPaceTime* time);

#endif // CT_BASE_PACE_H

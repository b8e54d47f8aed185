// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file track.h Snapshots of the generator along a section, a bar apart.

   They are kept of the few sections that were written last: a section without
   them can be written again from its beginning.
*/

#ifndef CT_GEN_TRACK_H
#define CT_GEN_TRACK_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/generator.h"
#include "gen/section.h"

#include <stddef.h>
#include <stdint.h>

/// Sections that have snapshots: where we play, where we write, where we came
/// from
#define CT_N_TRACKS 3U

/// Of a section: one as each bar begins, and one where it ends
#define CT_TRACK_SIZE (CT_SECTION_BARS + 1U)

/// Snapshots of one section
typedef struct {
  CtTick   begin; ///< Of the section
  CtTick   ticks[CT_TRACK_SIZE];
  uint32_t n;       ///< 0 if it is free
  uint64_t serial;  ///< When it was opened
  char*    moments; ///< [CT_TRACK_SIZE][moment_size]
} CtTrack;

/// Snapshots of a few sections
typedef struct {
  CtTrack  tracks[CT_N_TRACKS];
  size_t   moment_size;
  uint64_t serial;
} CtTracks;

/// Have memory for moments of a size.
/// @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY; to be cleared in any case
CT_NODISCARD CtStatus
ct_tracks_init(CtTracks* self, size_t moment_size);

/// @thread main|worker
void
ct_tracks_clear(CtTracks* self);

/// Begin the snapshots of the section at `begin` anew, in place of the oldest
/// other one's if need be.  @thread any
CT_REALTIME void
ct_tracks_open(CtTracks* self, CtTick begin);

/// Keep `moment` as it stands at `tick`, if the section at `begin` has
/// snapshots and lacks this one.  @thread any
CT_REALTIME void
ct_tracks_put(CtTracks*       self,
              CtTick          begin,
              CtTick          tick,
              const CtMoment* moment);

/// Replace the snapshot of the bar that `moment` stands in, if the section at
/// `begin` has it.  @thread any
CT_REALTIME void
ct_tracks_renew(CtTracks* self, CtTick begin, const CtMoment* moment);

/// The last snapshot of the section at `begin` that is not after `tick`.
/// @thread any
/// @return Borrowed, or null if there is none
CT_REALTIME const CtMoment*
ct_tracks_find(const CtTracks* self, CtTick begin, CtTick tick);

/// The snapshot at `end`, where the section at `begin` ends, or null.
/// @thread any
CT_REALTIME const CtMoment*
ct_tracks_end(const CtTracks* self, CtTick begin, CtTick end);

/// Forget sections that begin at `tick` or later, and snapshots at `from` or
/// later.  @thread any
CT_REALTIME void
ct_tracks_forget(CtTracks* self, CtTick tick, CtTick from);

#endif // CT_GEN_TRACK_H

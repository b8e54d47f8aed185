// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file tempo_map.h Lines from frames to ticks, as far as the host showed them

#ifndef CT_MUSIC_TEMPO_MAP_H
#define CT_MUSIC_TEMPO_MAP_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stdint.h>

/**
   Most lines remembered.

   Where more are seen, as in a ramp that is told block by block, the one that
   shapes the line least is taken out.  So an hour from 60 to 180 quarters a
   minute, told every 64 frames, is kept within 80 ticks of what was heard; the
   host's beat gives the rest.
*/
#define CT_TEMPO_MAP_CAPACITY 512U

/// Ticks by which host and we may differ from rounding: below it is the same
/// place
#define CT_JITTER_TICKS 20.0

/// A straight piece of the line from frames to ticks
typedef struct {
  int64_t frame; ///< Where it begins
  double  tick;  ///< Position there
  double  tempo; ///< Quarter notes per minute
} CtSegment;

/// Segments by frame; may be empty
typedef struct {
  CtSegment segments[CT_TEMPO_MAP_CAPACITY]; ///< Sorted by frame
  uint32_t  n_segments;                      ///< How many
} CtTempoMap;

/// Slope of a line in ticks per frame.  @thread any
CT_REALTIME double
ct_ticks_per_frame(double tempo, double sample_rate);

/// Position at `frame` on the line of `segment`, before its beginning too.
/// @thread any
CT_REALTIME double
ct_segment_tick(const CtSegment* segment, int64_t frame, double sample_rate);

/// Whether two tempi differ by no more than rounding.  @thread any
CT_REALTIME bool
ct_tempo_equals(double a, double b);

/// Begin empty.  @thread any
CT_REALTIME void
ct_tempo_map_reset(CtTempoMap* map);

/// The segment `frame` is in, or the first if it is before all.  O(log n).
/// @thread any
/// @return Borrowed until a change, or null if the map is empty
CT_REALTIME const CtSegment*
ct_tempo_map_find(const CtTempoMap* map, int64_t frame);

/// Whether `tempo` may be that of a ramp which `segment` is a part of: it is no
/// further from the segment's than its neighbours' are.  @thread any
/// @param segment From ct_tempo_map_find(), with no change since
CT_REALTIME bool
ct_tempo_map_explains(const CtTempoMap* map,
                      const CtSegment*  segment,
                      double            tempo);

/**
   Remember that the line is `segment` from its frame on.

   Segments after it stay if its line meets them, or a ramp from its tempo to
   theirs does, since then the music between is as it was; else they are of a
   song that is no more, and are forgotten.  O(n).
   @thread any
*/
CT_REALTIME void
ct_tempo_map_add(CtTempoMap* map, const CtSegment* segment, double sample_rate);

#endif // CT_MUSIC_TEMPO_MAP_H

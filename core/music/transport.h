// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file transport.h Our own clock, which follows the host's

#ifndef CT_MUSIC_TRANSPORT_H
#define CT_MUSIC_TRANSPORT_H

#include "base/attributes.h"
#include "music/beat.h"
#include "music/meter.h"
#include "music/tempo_map.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

/// Tempo and meter of a host that tells none
#define CT_DEFAULT_TEMPO 120.0
#define CT_DEFAULT_NUMERATOR 4U
#define CT_DEFAULT_DENOMINATOR 4U

/// The host's transport at frame zero of a block
typedef struct {
  bool    rolling; ///< Time moves
  int64_t frame; ///< Position in the song in frames, may be negative (pre-roll)
  bool
    has_meter; ///< The host knows tempo and meter: the fields below are valid
  double   tempo;       ///< Quarter notes per minute
  uint32_t numerator;   ///< Upper number of the meter
  uint32_t denominator; ///< Lower number of the meter
  double
    beat; ///< Quarters since the bar line, fractional, may be rounded or drift
} CtPosition;

/// What the host did since the last block
typedef enum {
  CT_MOVE_NONE,    ///< Goes on, or stays where it was
  CT_MOVE_STARTED, ///< Rolls now, from anywhere
  CT_MOVE_STOPPED, ///< Rolls no more, and may be anywhere
  CT_MOVE_SEEKED,  ///< Is elsewhere (seek, loop, relocated bar), rolling or not
} CtMove;

/**
   Where we are.

   A position is its anchor plus a straight line: tick = anchor.tick + (frame -
   anchor.frame) * ticks_per_frame.  The anchor moves only when the tempo
   changes or the host jumps, never by blocks, so that a block's size has no
   part in the result.

   The host's frame and tempo are believed, its bar number never, its beat as
   far as it proves right (see beat.h).  Where a tempo begins inside a block,
   the next block's beat tells where that was.

   What no host's beats can tell:
   - The unit of the tempo, which is taken for quarters.  Some LV2 hosts tell it
     in beats of the meter's denominator; in 6/8 that is, in all its frames,
     tempi and beats, what DPF makes of quarters in CLAP, and in LV2 where the
     host sent one position and no other since.
   - Ticks after a change inside a block are on the old line until the next.
   - The bars before a place that is reached by a seek past tempi not heard yet:
     its place in the bar is right, its bar the nearest to the nearest line.
   - In meters of eighths some hosts count wrongly.  As soon as that shows, only
     frame and tempo are followed there; until then a bar line may be misplaced.
   - Ramps told by their first tempo alone (Ardour) are followed by the beat, a
     block behind and from 20 ticks off on; in meters of eighths not at all.
   - Where frames do not move with the song (CLAP in DPF), a seek shows by a
   beat that jumps by more than most of a block: the nearest such place is
   taken, and one by whole bars is not seen.
   - A host that tells the same frame in every block but no beat is taken to
   have no frames, and a loop of just one block for none.
   - A jump ahead by less than a block, to where a bar, tempo or meter begins,
     is told as a change inside the block is: which it was shows a block later.

   Beginning a block is O(m + log k) for m tempo lines kept (at most 512, looked
   through only where tempo changes) and k meters (at most 128, of which the
   oldest are forgotten, so that bars before those kept may be misplaced).
*/
typedef struct {
  double      sample_rate;     ///< Frames per second
  CtSegment   anchor;          ///< The line we are on
  double      ticks_per_frame; ///< Its slope
  CtTempoMap  tempos;          ///< Lines seen so far
  CtMeterMap  meters;          ///< Meters seen so far
  CtBeatWatch watch;           ///< The host's beat beside ours
  bool        has_position;    ///< A block was seen
  bool        has_meter;       ///< The host told a meter once
  bool        rolling;         ///< In this block
  int64_t     frame;           ///< Position of this block
  int64_t     told_frame;      ///< The same as the host told it
  double      told_beat;  ///< Ticks since the bar line, as the host told it
  bool        has_bend;   ///< A tempo or meter begins inside this block ...
  int64_t     bend_frame; ///< ... here, and was not followed yet
  uint32_t    n_frames;   ///< Its length
  CtTickRange range;      ///< Its ticks
} CtTransport;

/// Forget everything; the next block starts from nothing.  @thread main|audio
CT_REALTIME void
ct_transport_reset(CtTransport* transport, double sample_rate);

/**
   Begin a block.

   Ranges of blocks follow each other without gap or overlap until a move other
   than CT_MOVE_NONE.
   @thread audio
   @param position May be null: time then runs on from zero at the default
   tempo.
   @param n_frames Length of the block, zero is allowed.
   @return What the host did.
*/
CT_REALTIME CtMove
ct_transport_begin(CtTransport*      transport,
                   const CtPosition* position,
                   uint32_t          n_frames);

/// Ticks that sound in this block; empty when stopped, at the place where it
/// would start.  @thread audio
CT_REALTIME CtTickRange
ct_transport_range(const CtTransport* transport);

/**
   Offset in this block of an event at `tick`.

   The absolute frame depends on the tick and the anchor alone.  Ticks outside
   the block's range are put on its first or last frame.
   @thread audio
*/
CT_REALTIME uint32_t
ct_transport_frame(const CtTransport* transport, CtTick tick);

/// Position at frame zero of this block, rolling or not.  @thread audio
CT_REALTIME CtTick
ct_transport_tick(const CtTransport* transport);

/// The first tick that sounds at `frame` of this block or later; where we stand
/// if time does not move.  @thread audio
CT_REALTIME CtTick
ct_transport_tick_at(const CtTransport* transport, uint32_t frame);

/// Whether time moves in this block.  @thread audio
CT_REALTIME bool
ct_transport_is_rolling(const CtTransport* transport);

/// Quarter notes per minute in this block.  @thread audio
CT_REALTIME double
ct_transport_tempo(const CtTransport* transport);

/// Where the bars are, as far as the host showed.
/// @thread audio
/// @return Borrowed
CT_REALTIME const CtMeterMap*
ct_transport_meters(const CtTransport* transport);

#endif // CT_MUSIC_TRANSPORT_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file clock_host.h A host for the clock, with a song whose time is exact.

   The song is known by formula, in seconds and quarters; what the plugin's
   wrapper would make of it is told block by block in the ways of real hosts and
   of DPF, mistakes included.
*/

#ifndef CONTINUO_TESTS_CLOCK_HOST_H
#define CONTINUO_TESTS_CLOCK_HOST_H

#include "music/transport.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLOCK_MAX_TEMPI 8U
#define CLOCK_MAX_METERS 8U

/// How a host tells its position
typedef enum {
  CLOCK_EXACT,  ///< Every block, without an error
  CLOCK_ARDOUR, ///< Every block, rounded; ramps by their first tempo; changes
                ///< inside a block at their own frame; half beats in x/8
  CLOCK_JALV,   ///< On change; DPF goes on in float, in quarters in any meter
  CLOCK_VST3,   ///< DPF counts bars of whole quarters from the song's beginning
  CLOCK_CLAP,   ///< DPF tells frames since the device was opened, and counts
                ///< quarters for beats
  CLOCK_SILENT, ///< No position at all
  CLOCK_N_STYLES
} ClockStyle;

/// A tempo, steady or moving evenly to the next
typedef struct {
  double seconds; ///< Where it begins
  double tempo;   ///< There
  double end;     ///< Where the next begins; equal to `tempo` if steady
} ClockTempo;

/// A meter
typedef struct {
  double   quarter; ///< Its first bar line
  uint32_t numerator;
  uint32_t denominator;
} ClockMeter;

/// A song; the first tempo and meter hold before zero too
typedef struct {
  ClockTempo tempi[CLOCK_MAX_TEMPI];
  size_t     n_tempi;
  ClockMeter meters[CLOCK_MAX_METERS];
  size_t     n_meters;
  double     length; ///< Seconds
} ClockSong;

/// A host that plays a song
typedef struct {
  ClockStyle style;
  ClockSong  song;
  double     sample_rate;
  int64_t    frame;                                       ///< In the song
  bool       rolling;                                     ///< Time moves
  int64_t    changes[CLOCK_MAX_TEMPI + CLOCK_MAX_METERS]; ///< Where any begins
  size_t     n_changes;
  int64_t    steady;   ///< Frames since the device was opened
  float      bar_beat; ///< What DPF made of the last position it was sent
  bool       is_sent;  ///< DPF was sent the position it has
  double     sent_tempo;
  ClockMeter sent_meter;
} ClockHost;

/// Quarters of the song at `seconds`
double
clock_song_quarter(const ClockSong* song, double seconds);

/// A host that stands at frame zero
ClockHost
clock_host_new(ClockStyle style, const ClockSong* song, double sample_rate);

/// Ticks of the host's song at a frame
double
clock_host_tick(const ClockHost* host, int64_t frame);

/// The first frame after `frame` at which tempo or meter change, or INT64_MAX
int64_t
clock_host_next_change(const ClockHost* host, int64_t frame);

/// Go somewhere else
void
clock_host_locate(ClockHost* host, int64_t frame);

/// Start or stop
void
clock_host_roll(ClockHost* host, bool rolling);

/// Position for a block of `n_frames`, before it plays.
/// @return False if the host tells none
bool
clock_host_tell(ClockHost* host, uint32_t n_frames, CtPosition* position);

/// Let the block pass
void
clock_host_advance(ClockHost* host, uint32_t n_frames);

#endif // CONTINUO_TESTS_CLOCK_HOST_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file beat.h How far a host's place in the bar can be believed

   Frame and tempo are right in every host.  The beat that reaches a plugin is
   not: it may be rounded, drift, or run at another speed than the song, most of
   all in meters of eighths, where formats and hosts take it for different
   units.  So it is watched, and believed only as it proves right.
*/

#ifndef CT_MUSIC_BEAT_H
#define CT_MUSIC_BEAT_H

#include "base/attributes.h"
#include "music/meter.h"

#include <stdbool.h>

/// What a host tells of its bar
typedef struct {
  CtMeter meter; ///< Valid
  double  ticks; ///< Since the bar line
} CtBeat;

/// What the beat says of the time since the last block
typedef enum {
  CT_BEAT_AGREES, ///< Nothing new, or nothing to believe
  CT_BEAT_LEADS,  ///< The song runs at another speed than its told tempo
  CT_BEAT_JUMPED, ///< The song is elsewhere
} CtBeatVerdict;

/// What we know of a host's beat
typedef struct {
  CtMeter meter;       ///< It was told last
  double  error;       ///< Host's tick less ours, over bar lines
  double  base;        ///< What it was ...
  double  base_tick;   ///< ... at this tick of ours
  bool    leads;       ///< Its speed is the song's, the told tempo's is not
  bool    is_wrong[2]; ///< Not to be believed, in meters of quarters and others
} CtBeatWatch;

/// Whether formats and hosts disagree on what a beat of `meter` is: they agree
/// in meters of quarters only.  @thread any
CT_REALTIME bool
ct_beat_is_odd(CtMeter meter);

/// The host's bar line for a beat told at `tick`: where it may be more than
/// one, the nearest to a bar line of ours.  @thread any
CT_REALTIME CtTick
ct_beat_line(const CtMeterMap* meters, const CtBeat* beat, double tick);

/// Whether a bar near `tick` is long enough for the host's place.  @thread any
CT_REALTIME bool
ct_beat_is_in_bar(const CtMeterMap* meters, const CtBeat* beat, double tick);

/// Ticks from `tick` to the nearest one that has the host's place in the bar,
/// zero if no bar has it.  @thread any
CT_REALTIME double
ct_beat_error(const CtMeterMap* meters, const CtBeat* beat, double tick);

/// The same if the beat is just what the host tells.  @thread any
CT_REALTIME double
ct_beat_told_error(const CtMeterMap* meters, const CtBeat* beat, double tick);

/// The same for a place that we did not roll to: as the host tells it, unless
/// we know a place that it has only if read in another way.  @thread any
CT_REALTIME double
ct_beat_place_error(const CtMeterMap* meters, const CtBeat* beat, double tick);

/// Believe the beat, whatever it was.  @thread any
CT_REALTIME void
ct_beat_reset(CtBeatWatch* watch);

/// Whether beats in `meter` are to be believed.  @thread any
CT_REALTIME bool
ct_beat_is_right(const CtBeatWatch* watch, CtMeter meter);

/// Begin anew at `tick`, off by `error`: here host or we moved, or a tempo or
/// meter began.  @thread any
CT_REALTIME void
ct_beat_restart(CtBeatWatch* watch, CtMeter meter, double tick, double error);

/**
   Compare the host's place with ours after `n_ticks` of rolling.

   @thread any
   @param tick Our position.
   @return What to do: after CT_BEAT_LEADS move the line by `watch->error`,
   after CT_BEAT_JUMPED go to the nearest such place, and ct_beat_restart().
*/
CT_REALTIME CtBeatVerdict
ct_beat_watch(CtBeatWatch*      watch,
              const CtMeterMap* meters,
              const CtBeat*     beat,
              double            tick,
              double            n_ticks);

#endif // CT_MUSIC_BEAT_H

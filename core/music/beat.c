// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/beat.h"

#include "music/tempo_map.h"
#include "music/tick.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/// A beat as told, or in up to two other ways
#define MAX_READINGS 3U

/// Ticks by which a whole unit may come short from rounding
#define UNIT_EPSILON 1e-3

/// Ticks per tick below which a growing error is a host's rounding: DPF's float
/// beats lose 12e-6, a ramp of one percent in ten minutes wins more than this
static const double max_drift_rate = 2e-5;

/// Bounds of what a tempo that is told late or once can make of the speed; a
/// beat that stands still is outside
static const double min_lead_rate = -0.7;
static const double max_lead_rate = 2.0;

/// A beat that changes by more than this share of a block is elsewhere, and not
/// of another speed
static const double max_block_share = 0.75;

/// Ticks for which a beat must count rightly to be believed again
static const double recovery_ticks = 4.0 * CT_PPQN;

/// Smallest lead worth a bend: a beat in steps of 1/1920 is off by half a tick
static const double min_lead_ticks = 1.0;

/// Ticks by which one place is nearer than another from rounding alone
static const double max_rounding_ticks = 1.0;

bool
ct_beat_is_odd(const CtMeter meter)
{
  return meter.denominator != 4U;
}

/**
   What a beat may mean, in ticks since the bar line.

   Ardour divides ticks of a quarter by the ticks of a quarter whatever the
   unit: in 7/8 the fraction of its beats goes to a half only, in 2/2 to two.
   @return How many
*/
static size_t
read_beat(const CtBeat* const beat, double ticks[MAX_READINGS])
{
  size_t n   = 0U;
  ticks[n++] = beat->ticks;
  if (ct_beat_is_odd(beat->meter)) {
    const double unit  = (double)CT_TICKS_PER_WHOLE / beat->meter.denominator;
    const double units = floor((beat->ticks + UNIT_EPSILON) / unit);
    for (size_t i = 0U; i < 2U && units >= (double)i; ++i) {
      const double whole = units - (double)i;
      const double rest  = (beat->ticks - (whole * unit)) * CT_PPQN / unit;
      if (rest < unit) {
        ticks[n++] = (whole * unit) + rest;
      }
    }
  }
  return n;
}

CtTick
ct_beat_line(const CtMeterMap* const meters,
             const CtBeat* const     beat,
             const double            tick)
{
  double       ticks[MAX_READINGS];
  const size_t n        = read_beat(beat, ticks);
  CtTick       nearest  = llround(tick - ticks[0]);
  CtTick       distance = INT64_MAX;
  for (size_t i = 0U; i < n; ++i) {
    const CtTick line = llround(tick - ticks[i]);
    const CtBar  bar = ct_meter_map_bar(meters, line + (CtTick)CT_JITTER_TICKS);
    if (llabs(line - bar.begin) < distance) {
      distance = llabs(line - bar.begin);
      nearest  = line;
    }
  }
  return nearest;
}

/// Ticks from `tick` to the nearest one that is `place` ticks into a bar,
/// HUGE_VAL if no bar is that long.  Of two as near the earlier
/// counts: rounding must not choose
static double
place_error(const CtMeterMap* const meters,
            const double            place,
            const double            tick)
{
  const CtBar here    = ct_meter_map_bar(meters, (CtTick)floor(tick));
  const CtBar bars[]  = {ct_meter_map_bar(meters, here.begin - 1),
                         here,
                         ct_meter_map_bar(meters, here.begin + here.length)};
  double      nearest = HUGE_VAL;
  for (size_t i = 0U; i < sizeof(bars) / sizeof(bars[0]); ++i) {
    // A bar that we think cut may be whole to the host
    const double length = (double)ct_meter_bar_length(bars[i].meter);
    const double error  = (double)bars[i].begin + place - tick;
    if (place < length + CT_JITTER_TICKS &&
        fabs(error) < fabs(nearest) - max_rounding_ticks) {
      nearest = error;
    }
  }
  return nearest;
}

bool
ct_beat_is_in_bar(const CtMeterMap* const meters,
                  const CtBeat* const     beat,
                  const double            tick)
{
  return isfinite(place_error(meters, beat->ticks, tick));
}

double
ct_beat_error(const CtMeterMap* const meters,
              const CtBeat* const     beat,
              const double            tick)
{
  double       ticks[MAX_READINGS];
  const size_t n       = read_beat(beat, ticks);
  double       nearest = HUGE_VAL;
  for (size_t i = 0U; i < n; ++i) {
    const double error = place_error(meters, ticks[i], tick);
    nearest            = fabs(error) < fabs(nearest) ? error : nearest;
  }
  return isfinite(nearest) ? nearest : 0.0;
}

double
ct_beat_told_error(const CtMeterMap* const meters,
                   const CtBeat* const     beat,
                   const double            tick)
{
  const double error = place_error(meters, beat->ticks, tick);
  return isfinite(error) ? error : 0.0;
}

double
ct_beat_place_error(const CtMeterMap* const meters,
                    const CtBeat* const     beat,
                    const double            tick)
{
  const double told    = ct_beat_told_error(meters, beat, tick);
  const double nearest = ct_beat_error(meters, beat, tick);
  const bool   fits    = fabs(nearest) <= CT_JITTER_TICKS;
  return fits && fabs(nearest) < fabs(told) - max_rounding_ticks ? nearest
                                                                 : told;
}

void
ct_beat_reset(CtBeatWatch* const watch)
{
  static const CtBeatWatch believed = {0};
  *watch                            = believed;
}

bool
ct_beat_is_right(const CtBeatWatch* const watch, const CtMeter meter)
{
  return !watch->is_wrong[ct_beat_is_odd(meter)];
}

/// Measure speeds from here on
static void
rebase(CtBeatWatch* const watch, const double tick)
{
  watch->base      = watch->error;
  watch->base_tick = tick;
}

void
ct_beat_restart(CtBeatWatch* const watch,
                const CtMeter      meter,
                const double       tick,
                const double       error)
{
  watch->meter = meter;
  watch->error = error;
  watch->leads = false;
  if (!ct_beat_is_odd(meter)) {
    watch->is_wrong[0] = false; // May have been a pause in its count
  }
  rebase(watch, tick);
}

/// Whether a beat that was wrong counts again as it should
static bool
has_recovered(CtBeatWatch* const watch, const double tick)
{
  if (fabs(watch->error - watch->base) > CT_JITTER_TICKS) {
    rebase(watch, tick);
  }
  return tick - watch->base_tick >= recovery_ticks;
}

/// Judge an error that grew out of its bounds
static CtBeatVerdict
judge_speed(CtBeatWatch* const watch, const bool odd, const double tick)
{
  const double gone = tick - watch->base_tick;
  const double rate = (watch->error - watch->base) / (gone > 1.0 ? gone : 1.0);
  if (fabs(rate) < max_drift_rate) {
    rebase(watch, tick);
    return CT_BEAT_AGREES;
  }
  if (!odd && rate > min_lead_rate && rate < max_lead_rate) {
    watch->leads = true;
    return CT_BEAT_LEADS;
  }
  watch->is_wrong[odd] = true;
  watch->leads         = false;
  rebase(watch, tick);
  return CT_BEAT_AGREES;
}

CtBeatVerdict
ct_beat_watch(CtBeatWatch* const      watch,
              const CtMeterMap* const meters,
              const CtBeat* const     beat,
              const double            tick,
              const double            n_ticks)
{
  const bool   odd    = ct_beat_is_odd(beat->meter);
  const double change = ct_beat_error(meters, beat, tick + watch->error);
  watch->error += change;
  if (watch->is_wrong[odd]) {
    if (!has_recovered(watch, tick)) {
      return CT_BEAT_AGREES;
    }
    watch->is_wrong[odd] = false;
    watch->error         = ct_beat_error(meters, beat, tick);
    rebase(watch, tick);
    return !odd && fabs(watch->error) > CT_JITTER_TICKS ? CT_BEAT_JUMPED
                                                        : CT_BEAT_AGREES;
  }

  if (fabs(change) > CT_JITTER_TICKS + (max_block_share * n_ticks)) {
    if (!odd) {
      return CT_BEAT_JUMPED;
    }
    watch->is_wrong[1] = true; // Until it has counted rightly from there
    rebase(watch, tick);
    return CT_BEAT_AGREES;
  }
  if (watch->leads) {
    return fabs(watch->error) > min_lead_ticks ? CT_BEAT_LEADS : CT_BEAT_AGREES;
  }
  return fabs(watch->error - watch->base) > CT_JITTER_TICKS
           ? judge_speed(watch, odd, tick)
           : CT_BEAT_AGREES;
}

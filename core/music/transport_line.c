// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/transport_line.h"

#include "music/beat.h"
#include "music/meter.h"
#include "music/tempo_map.h"

#include <math.h>
#include <stdlib.h>

double
ct_line_tick(const CtTransport* const transport, const int64_t frame)
{
  return ct_segment_tick(&transport->anchor, frame, transport->sample_rate);
}

double
ct_line_last_ticks(const CtTransport* const transport)
{
  return (double)transport->n_frames * transport->ticks_per_frame;
}

/// Whether the beat is there and to be believed
static bool
has_right_beat(const CtTransport* const transport, const CtPlace* const place)
{
  return place->has_beat &&
         ct_beat_is_right(&transport->watch, place->beat.meter);
}

/// Distance from `tick` to the nearest tick that has the host's place in the
/// bar, zero if the host's place tells nothing
static double
find_error(const CtTransport* const transport,
           const CtPlace* const     place,
           const double             tick)
{
  return has_right_beat(transport, place)
           ? ct_beat_error(&transport->meters, &place->beat, tick)
           : 0.0;
}

/// The same for a place that we did not roll to
static double
find_place_error(const CtTransport* const transport,
                 const CtPlace* const     place,
                 const double             tick)
{
  return has_right_beat(transport, place)
           ? ct_beat_place_error(&transport->meters, &place->beat, tick)
           : 0.0;
}

static bool
is_jitter(const double ticks)
{
  return fabs(ticks) <= CT_JITTER_TICKS;
}

/**
   Enter the host's meter in the map where the map knows another.

   The first meter told holds from the beginning of the song: there is no better
   guess. A bar line near one of ours is ours; else the host began a bar where
   we had none.
   @return Whether the map changed.
*/
static bool
learn_meter(CtTransport* const   transport,
            const CtPlace* const place,
            const double         tick)
{
  CtMeterMap* const map = &transport->meters;
  if (!place->has_meter) {
    return false;
  }
  if (!transport->has_meter) {
    transport->has_meter = true;
    ct_meter_map_reset(map, place->beat.meter);
    return true;
  }

  // The bar the host is in, by its own bar line, which rounding may have put
  // early.  Without one the meter began with a bar in the block before
  const bool   has_line = has_right_beat(transport, place);
  const CtTick jitter =
    (CtTick)(CT_JITTER_TICKS +
             (has_line ? 0.0 : ct_line_last_ticks(transport)));
  const CtTick line =
    has_line ? ct_beat_line(map, &place->beat, tick) : (CtTick)floor(tick);
  const CtBar bar =
    ct_meter_map_bar(map, line + (has_line ? (CtTick)CT_JITTER_TICKS : 0));
  if (ct_meter_equals(bar.meter, place->beat.meter)) {
    return false;
  }

  const bool is_our_line = llabs(line - bar.begin) <= jitter;
  ct_meter_map_cut(map, is_our_line ? bar.begin : line, place->beat.meter);
  return true;
}

/// Go on along `line`, from here on if it `is_new`
static void
set_anchor(CtTransport* const transport,
           const CtSegment    line,
           const bool         is_new)
{
  transport->anchor = line;
  transport->ticks_per_frame =
    ct_ticks_per_frame(line.tempo, transport->sample_rate);
  if (is_new && transport->rolling) {
    ct_tempo_map_add(&transport->tempos, &line, transport->sample_rate);
  }
}

/// Whether the host's place is in no bar near `tick`, so that it tells nothing
static bool
is_mute(const CtTransport* const transport,
        const CtPlace* const     place,
        const double             tick)
{
  return has_right_beat(transport, place) &&
         !ct_beat_is_in_bar(&transport->meters, &place->beat, tick);
}

/**
   Take a line for a frame we did not come to by rolling.

   Where the music was heard before, its line holds, at the same tempo in meters
   of eighths whatever the beat.  Else the song had one tempo from its
   beginning, if that gives the host's place in the bar; once another tempo was
   heard, only if some bar has that place at all.  Else we go by the nearest
   line, and take the nearest tick that has the host's place in the bar.
   @return Whether it is but the nearest line
*/
static bool
choose_line(CtTransport* const transport, const CtPlace* const place)
{
  const CtTempoMap* const map    = &transport->tempos;
  const double            rate   = transport->sample_rate;
  const CtSegment         origin = {0, 0.0, place->tempo};
  const CtSegment* const  known  = ct_tempo_map_find(map, place->frame);
  const double even_tick         = ct_segment_tick(&origin, place->frame, rate);
  const double known_tick =
    known ? ct_segment_tick(known, place->frame, rate) : even_tick;
  const double known_error = find_place_error(transport, place, known_tick);
  const bool   fits        = is_jitter(known_error);
  if (known && (fits || ct_beat_is_odd(place->beat.meter))) {
    if (ct_tempo_equals(known->tempo, place->tempo)) {
      set_anchor(transport, *known, false);
      return false;
    }
    if (fits && ct_tempo_map_explains(map, known, place->tempo)) {
      const CtSegment line = {
        place->frame, known_tick + known_error, place->tempo};
      set_anchor(transport, line, true);
      return false;
    }
  }

  const double even_error = find_place_error(transport, place, even_tick);
  const bool   is_even =
    is_jitter(even_error) && (!known || !is_mute(transport, place, even_tick));
  const double nearest =
    is_even ? even_tick + (fabs(even_error) < 1.0 ? 0.0 : even_error)
            : known_tick + known_error;
  const CtSegment line = {place->frame, nearest, place->tempo};
  set_anchor(transport, is_even && !known ? origin : line, true);
  return !is_even;
}

/// Move our line to the host's place in a bar that was new to us, by the part
/// of a tick that its bar line was rounded by
static void
meet_bar_line(CtTransport* const transport, const CtPlace* const place)
{
  const double error =
    find_error(transport, place, ct_line_tick(transport, place->frame));
  if (fabs(error) < 1.0) {
    CtSegment line = transport->anchor;
    line.tick += error;
    set_anchor(transport, line, true);
  }
}

/// Watch the beat from here on
static void
restart_watch(CtTransport* const   transport,
              const CtPlace* const place,
              const double         tick)
{
  ct_beat_restart(&transport->watch,
                  place->beat.meter,
                  tick,
                  find_error(transport, place, tick));
}

void
ct_line_relocate(CtTransport* const transport, const CtPlace* const place)
{
  if (!transport->has_meter) {
    learn_meter(transport, place, 0.0);
  }
  const bool   is_guess = choose_line(transport, place);
  const double tick     = ct_line_tick(transport, place->frame);
  if (learn_meter(transport, place, tick) && is_guess) {
    meet_bar_line(transport, place);
  }
  restart_watch(transport, place, ct_line_tick(transport, place->frame));
}

void
ct_line_stand(CtTransport* const   transport,
              const CtPlace* const place,
              const double         tick)
{
  const double    error = find_place_error(transport, place, tick);
  const CtSegment line  = {
     place->frame, tick + (is_jitter(error) ? 0.0 : error), place->tempo};
  set_anchor(transport, line, true);
  learn_meter(transport, place, line.tick);
  restart_watch(transport, place, line.tick);
}

/**
   Frames ago that a tempo began, as the beat tells: what it is off by went by
   at the other tempo.  None if it is off by more than that explains.
*/
static double
find_bend(const CtTransport* const transport,
          const CtPlace* const     place,
          const double             change,
          const double             tick)
{
  const double most = change * (double)transport->n_frames;
  if (transport->has_bend) {
    return (double)(place->frame - transport->bend_frame);
  }
  if (!place->has_beat || most == 0.0) {
    return 0.0;
  }

  // Where a beat can be read in more ways than one, best as one without a bend,
  // or by what the tempo's first frame is late
  const CtMeterMap* const meters   = &transport->meters;
  const CtBeat* const     beat     = &place->beat;
  const bool              is_sharp = ct_beat_is_odd(beat->meter) &&
                        fabs(ct_beat_error(meters, beat, tick)) < 1.0;
  const double error = is_sharp ? ct_beat_place_error(meters, beat, tick)
                                : ct_beat_told_error(meters, beat, tick);
  if (error < fmin(most, 0.0) - CT_JITTER_TICKS ||
      error > fmax(most, 0.0) + CT_JITTER_TICKS) {
    return 0.0;
  }
  return fmin(fmax(error / most, 0.0), 1.0) * (double)transport->n_frames;
}

/// Bend our line where the tempo began, or take the line that was bent near
/// here before
static void
change_tempo(CtTransport* const transport, const CtPlace* const place)
{
  const double rate   = transport->sample_rate;
  const double slope  = ct_ticks_per_frame(place->tempo, rate);
  const double change = slope - transport->ticks_per_frame;
  const double tick   = ct_line_tick(transport, place->frame);
  const double n_bent = find_bend(transport, place, change, tick);
  const double after  = tick + (n_bent * change);

  const CtSegment* const known =
    ct_tempo_map_find(&transport->tempos, place->frame);
  if (known && ct_tempo_equals(known->tempo, place->tempo) &&
      is_jitter(ct_segment_tick(known, place->frame, rate) - after)) {
    set_anchor(transport, *known, false);
    return;
  }
  const int64_t   back = llround(n_bent);
  const CtSegment bent = {
    place->frame - back, after - ((double)back * slope), place->tempo};
  set_anchor(transport, bent, true);
}

/// Whether the music at the beginning of `line` was heard before: then what
/// follows there holds, though this line may not lead to it
static bool
is_known(const CtTransport* const transport, const CtSegment* const line)
{
  const CtSegment* const known =
    ct_tempo_map_find(&transport->tempos, line->frame);
  return known &&
         is_jitter(ct_segment_tick(known, line->frame, transport->sample_rate) -
                   line->tick);
}

bool
ct_line_follow(CtTransport* const transport, const CtPlace* const place)
{
  const bool is_bent = !ct_tempo_equals(place->tempo, transport->anchor.tempo);
  const double n_ticks = ct_line_last_ticks(transport);
  if (is_bent) {
    change_tempo(transport, place);
  }
  const double tick = ct_line_tick(transport, place->frame);
  const bool   is_new_meter =
    place->has_meter &&
    !ct_meter_equals(place->beat.meter, transport->watch.meter);
  if (learn_meter(transport, place, tick) || is_bent || is_new_meter) {
    restart_watch(transport, place, tick);
  }
  if (!place->has_beat) {
    return false;
  }

  const CtBeatVerdict verdict = ct_beat_watch(
    &transport->watch, &transport->meters, &place->beat, tick, n_ticks);
  if (verdict == CT_BEAT_AGREES) {
    return false;
  }
  const bool   jumped = verdict == CT_BEAT_JUMPED;
  const double error =
    jumped ? find_error(transport, place, tick) : transport->watch.error;
  const CtSegment line = {place->frame, tick + error, place->tempo};
  set_anchor(transport, line, !is_known(transport, &line));
  transport->watch.error = 0.0;
  if (jumped) {
    restart_watch(transport, place, line.tick);
  }
  return jumped;
}

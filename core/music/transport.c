// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/transport.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/// Tempi outside of this are a host's mistake
#define MIN_TEMPO 1.0
#define MAX_TEMPO 2000.0

/// Frames beyond this are a host's mistake: doubles hold them exactly with room
/// to spare
#define MAX_FRAME (INT64_C(1) << 48U)

/// Most quarters in a bar
#define MAX_BEAT (CT_METER_MAX_NUMERATOR * 4.0)

/// Ticks by which a slow drift may grow before we follow: a thirty-second note
#define MAX_DRIFT_TICKS 120.0

/// Part of a frame that is rounding: a tick this little past a frame is on it
#define FRAME_EPSILON 1e-4

/// What a block's position says, checked
typedef struct {
  int64_t frame;     ///< In the song
  bool    rolling;   ///< Time moves
  double  tempo;     ///< The host's, or the last known
  bool    has_meter; ///< `meter` is valid
  CtMeter meter;     ///< The host's
  bool    has_beat;  ///< `beat` is valid
  double  beat;      ///< Ticks since the bar line
} Place;

void
ct_transport_reset(CtTransport* const transport, const double sample_rate)
{
  static const CtMeter   meter = {CT_DEFAULT_NUMERATOR, CT_DEFAULT_DENOMINATOR};
  static const CtSegment line  = {0, 0.0, CT_DEFAULT_TEMPO};

  transport->sample_rate     = sample_rate;
  transport->anchor          = line;
  transport->ticks_per_frame = ct_ticks_per_frame(line.tempo, sample_rate);
  transport->has_position    = false;
  transport->has_meter       = false;
  transport->rolling         = false;
  transport->trust_beat      = true;
  transport->beat_error      = 0.0;
  transport->frame           = 0;
  transport->n_frames        = 0U;
  transport->range.begin     = 0;
  transport->range.end       = 0;
  ct_tempo_map_reset(&transport->tempos);
  ct_meter_map_reset(&transport->meters, meter);
}

/// Frame at which the host should be, going on as it did
static int64_t
expected_frame(const CtTransport* const transport)
{
  return transport->frame +
         (transport->rolling ? (int64_t)transport->n_frames : 0);
}

static int64_t
clamp_frame(const int64_t frame)
{
  if (frame < -MAX_FRAME) {
    return -MAX_FRAME;
  }
  return frame > MAX_FRAME ? MAX_FRAME : frame;
}

/// Check what the host says, and fill in what it doesn't
static Place
read_position(const CtTransport* const transport,
              const CtPosition* const  position)
{
  Place place = {0};
  place.tempo = transport->anchor.tempo;
  if (!position) {
    place.frame   = clamp_frame(expected_frame(transport));
    place.rolling = true;
    return place;
  }

  place.frame   = clamp_frame(position->frame);
  place.rolling = position->rolling;
  if (!position->has_meter) {
    return place;
  }

  if (position->tempo >= MIN_TEMPO && position->tempo <= MAX_TEMPO) {
    place.tempo = position->tempo;
  }
  place.meter.numerator   = position->numerator;
  place.meter.denominator = position->denominator;
  place.has_meter         = ct_meter_is_valid(place.meter);
  place.has_beat =
    place.has_meter && position->beat >= 0.0 && position->beat <= MAX_BEAT;
  place.beat = place.has_beat ? position->beat * CT_PPQN : 0.0;
  return place;
}

/// Position at `frame` on our line
static double
tick_at(const CtTransport* const transport, const int64_t frame)
{
  return ct_segment_tick(&transport->anchor, frame, transport->sample_rate);
}

/**
   Enter the host's meter in the map where the map knows another.

   The first meter told holds from the beginning of the song: there is no better
   guess. A bar line near one of ours is ours; else the host began a bar where
   we had none.
   @return Whether the map changed.
*/
static bool
learn_meter(CtTransport* const transport,
            const Place* const place,
            const double       tick)
{
  CtMeterMap* const map = &transport->meters;
  if (!place->has_meter) {
    return false;
  }
  if (!transport->has_meter) {
    transport->has_meter = true;
    ct_meter_map_reset(map, place->meter);
    return true;
  }

  // The bar the host is in, by its own bar line, which rounding may have put
  // early
  const CtTick jitter = (CtTick)CT_JITTER_TICKS;
  const CtTick line   = llround(tick - place->beat);
  const CtBar  bar    = ct_meter_map_bar(map, line + jitter);
  if (ct_meter_equals(bar.meter, place->meter)) {
    return false;
  }

  const bool is_our_line = llabs(line - bar.begin) <= jitter;
  ct_meter_map_cut(map, is_our_line ? bar.begin : line, place->meter);
  return true;
}

/// Distance from `tick` to the nearest tick that has the host's place in the
/// bar
static double
find_error(const CtTransport* const transport,
           const Place* const       place,
           const double             tick)
{
  if (!place->has_beat) {
    return 0.0;
  }

  const CtMeterMap* const map    = &transport->meters;
  const CtBar             here   = ct_meter_map_bar(map, (CtTick)floor(tick));
  const CtBar             bars[] = {here,
                                    ct_meter_map_bar(map, here.begin - 1),
                                    ct_meter_map_bar(map, here.begin + here.length)};

  double nearest = HUGE_VAL;
  for (size_t i = 0U; i < sizeof(bars) / sizeof(bars[0]); ++i) {
    const double error = (double)bars[i].begin + place->beat - tick;
    const bool   fits  = place->beat < (double)bars[i].length + CT_JITTER_TICKS;
    if (fits && fabs(error) < fabs(nearest)) {
      nearest = error;
    }
  }
  return isfinite(nearest) ? nearest
                           : 0.0; // No such place in any bar: tells nothing
}

static bool
is_jitter(const double ticks)
{
  return fabs(ticks) <= CT_JITTER_TICKS;
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

/**
   Find our tick for a frame we did not come to by rolling.

   Where the music was heard before, its line holds.  Else the song had one
   tempo from its beginning, if that gives the host's place in the bar.  Else we
   go by the nearest line, and take the nearest tick that has the host's place
   in the bar.
*/
static void
relocate(CtTransport* const transport, const Place* const place)
{
  const double    rate      = transport->sample_rate;
  const CtSegment origin    = {0, 0.0, place->tempo};
  const double    even_tick = ct_segment_tick(&origin, place->frame, rate);
  const CtSegment* const known =
    ct_tempo_map_find(&transport->tempos, place->frame);
  const double known_tick =
    known ? ct_segment_tick(known, place->frame, rate) : even_tick;
  const bool goes_on = known && ct_tempo_equals(known->tempo, place->tempo);

  transport->trust_beat = true;
  learn_meter(transport, place, goes_on ? known_tick : even_tick);

  transport->beat_error = find_error(transport, place, known_tick);
  if (goes_on && is_jitter(transport->beat_error)) {
    set_anchor(transport, *known, false);
    return;
  }

  CtSegment line        = {place->frame, even_tick, place->tempo};
  transport->beat_error = find_error(transport, place, even_tick);
  if (!is_jitter(transport->beat_error)) {
    line.tick = known_tick + find_error(transport, place, known_tick);
    transport->beat_error = 0.0;
  } else if (!known) {
    line = origin;
  }
  set_anchor(transport, line, true);
}

/// Bend our line at this frame, or take the line that was bent near here
/// before: changes are seen at the start of a block, which another pass has
/// elsewhere
static void
change_tempo(CtTransport* const transport, const Place* const place)
{
  const double    rate = transport->sample_rate;
  const CtSegment bent = {
    place->frame, tick_at(transport, place->frame), place->tempo};
  const CtSegment* const known =
    ct_tempo_map_find(&transport->tempos, place->frame);
  const bool goes_on =
    known && ct_tempo_equals(known->tempo, place->tempo) &&
    is_jitter(ct_segment_tick(known, place->frame, rate) - bent.tick);

  transport->trust_beat = true;
  set_anchor(transport, goes_on ? *known : bent, !goes_on);
}

/**
   Go on from the block before.

   A host's beat that is off by a constant or a slowly growing bit is rounding
   or drift of the host, and its frame is right.  One that jumps has been told a
   new place by someone; once only, as a host that jumps again, with no start or
   change in between, can't count.
   @return Whether we moved.
*/
static bool
follow(CtTransport* const transport, const Place* const place)
{
  if (!ct_tempo_equals(place->tempo, transport->anchor.tempo)) {
    change_tempo(transport, place);
  }
  const double tick = tick_at(transport, place->frame);
  if (learn_meter(transport, place, tick)) {
    transport->trust_beat = true;
  }
  if (!place->has_beat) {
    return false;
  }

  const double error = find_error(transport, place, tick);
  const bool   jumped =
    !is_jitter(error - transport->beat_error) && !is_jitter(error);
  const bool moved =
    transport->trust_beat && (jumped || fabs(error) > MAX_DRIFT_TICKS);
  if (moved) {
    const CtSegment line = {place->frame, tick + error, place->tempo};
    set_anchor(transport, line, true);
    transport->trust_beat = !jumped;
  }
  transport->beat_error = moved ? 0.0 : error;
  return moved;
}

/// Frame of the song at which an event at `tick` sounds: the first that is not
/// before it
static int64_t
frame_of(const CtTransport* const transport, const CtTick tick)
{
  const double frames =
    ((double)tick - transport->anchor.tick) / transport->ticks_per_frame;
  return transport->anchor.frame + (int64_t)ceil(frames - FRAME_EPSILON);
}

/// The first tick that sounds at `frame` or later: frame_of() the other way
/// round
static CtTick
first_tick(const CtTransport* const transport, const int64_t frame)
{
  // Of all ticks after the frame before, the first
  const double frames =
    (double)(frame - transport->anchor.frame) - 1.0 + FRAME_EPSILON;
  const CtTick tick = (CtTick)floor(transport->anchor.tick +
                                    (frames * transport->ticks_per_frame)) +
                      1;

  // Rounding may differ between the two ways
  if (frame_of(transport, tick) < frame) {
    return tick + 1;
  }
  return frame_of(transport, tick - 1) >= frame ? tick - 1 : tick;
}

/// Set the ticks of this block, which begin where the last ended unless we
/// moved
static void
set_range(CtTransport* const transport, const bool moved)
{
  CtTickRange* const range = &transport->range;
  range->begin = moved ? first_tick(transport, transport->frame) : range->end;
  range->end   = range->begin;
  if (transport->rolling) {
    const CtTick end =
      first_tick(transport, transport->frame + (int64_t)transport->n_frames);
    range->end = end > range->begin ? end : range->begin;
  }
}

CtMove
ct_transport_begin(CtTransport* const      transport,
                   const CtPosition* const position,
                   const uint32_t          n_frames)
{
  const Place place       = read_position(transport, position);
  const bool  was_rolling = transport->rolling;
  const bool  is_new =
    !transport->has_position || (place.has_meter && !transport->has_meter);
  const bool is_elsewhere = is_new || place.frame != expected_frame(transport);
  const CtTick last_tick  = transport->range.end;

  transport->has_position = true;
  transport->rolling      = place.rolling;
  transport->frame        = place.frame;
  transport->n_frames     = n_frames;

  bool moved = true;
  if (is_elsewhere || !was_rolling || !place.rolling) {
    relocate(transport, &place);
  } else {
    moved = follow(transport, &place);
  }
  set_range(transport, moved);

  if (was_rolling != place.rolling) {
    return place.rolling ? CT_MOVE_STARTED : CT_MOVE_STOPPED;
  }
  if (!place.rolling) {
    moved = transport->range.begin != last_tick;
  }
  return moved ? CT_MOVE_SEEKED : CT_MOVE_NONE;
}

CtTickRange
ct_transport_range(const CtTransport* const transport)
{
  return transport->range;
}

uint32_t
ct_transport_frame(const CtTransport* const transport, const CtTick tick)
{
  const int64_t offset = frame_of(transport, tick) - transport->frame;
  if (offset <= 0 || !transport->n_frames) {
    return 0U;
  }
  return offset < (int64_t)transport->n_frames ? (uint32_t)offset
                                               : transport->n_frames - 1U;
}

CtTick
ct_transport_tick(const CtTransport* const transport)
{
  return transport->range.begin;
}

bool
ct_transport_is_rolling(const CtTransport* const transport)
{
  return transport->rolling;
}

double
ct_transport_tempo(const CtTransport* const transport)
{
  return transport->anchor.tempo;
}

const CtMeterMap*
ct_transport_meters(const CtTransport* const transport)
{
  return &transport->meters;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/transport.h"

#include "music/transport_line.h"

#include <math.h>
#include <stddef.h>

/// Tempi outside of this are a host's mistake
#define MIN_TEMPO 1.0
#define MAX_TEMPO 2000.0

/// Frames beyond this are a host's mistake: doubles hold them exactly with room
/// to spare
#define MAX_FRAME (INT64_C(1) << 48U)

/// Most quarters in a bar
#define MAX_BEAT (CT_METER_MAX_NUMERATOR * 4.0)

/// Part of a frame that is rounding: a tick this little past a frame is on it
#define FRAME_EPSILON 1e-4

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
  transport->frame           = 0;
  transport->told_frame      = 0;
  transport->told_beat       = 0.0;
  transport->has_bend        = false;
  transport->bend_frame      = 0;
  transport->n_frames        = 0U;
  transport->range.begin     = 0;
  transport->range.end       = 0;
  ct_beat_reset(&transport->watch);
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
static CtPlace
read_position(const CtTransport* const transport,
              const CtPosition* const  position)
{
  CtPlace place = {0};
  place.tempo   = transport->anchor.tempo;
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
  place.beat.meter.numerator   = position->numerator;
  place.beat.meter.denominator = position->denominator;
  place.has_meter              = ct_meter_is_valid(place.beat.meter);
  place.has_beat =
    place.has_meter && position->beat >= 0.0 && position->beat <= MAX_BEAT;
  place.beat.ticks = place.has_beat ? position->beat * CT_PPQN : 0.0;
  return place;
}

/**
   Whether the host tells a tempo or meter that begins inside this block, by the
   frame where it does.

   An LV2 host may send a position in mid-block; DPF then gives it as the
   block's.  The next block has its own again.
*/
static bool
is_inside_block(const CtTransport* const transport,
                const CtPlace* const     place,
                const int64_t            expected,
                const uint32_t           n_frames)
{
  const int64_t ahead = place->frame - expected;
  if (transport->has_bend || ahead <= 0 || ahead >= (int64_t)n_frames ||
      !place->has_meter) {
    return false;
  }
  const CtTick tick = (CtTick)floor(ct_line_tick(transport, expected));
  const CtBar  bar  = ct_meter_map_bar(&transport->meters, tick);
  return (place->has_beat && place->beat.ticks < 1.0) ||
         !ct_tempo_equals(place->tempo, transport->anchor.tempo) ||
         !ct_meter_equals(bar.meter, place->beat.meter);
}

/// Whether the host tells no frames, but the last one again, while time goes
/// on. A loop of one block tells the last frame too, but the last beat with it
static bool
is_stuck(const CtTransport* const transport, const CtPlace* const place)
{
  static const double half    = 0.5;
  const double        went_on = fabs(place->beat.ticks - transport->told_beat);
  return transport->n_frames > 0U && place->frame == transport->told_frame &&
         !(place->has_beat && went_on < half * ct_line_last_ticks(transport));
}

/// Put right the frame of a host that rolls, if it goes on from `expected`.
/// @return Whether it told of a tempo or meter inside the block
static bool
mend_frame(CtTransport* const transport,
           CtPlace* const     place,
           const int64_t      expected,
           const uint32_t     n_frames,
           const bool         goes_on)
{
  const bool is_inside = is_inside_block(transport, place, expected, n_frames);
  if (is_inside) {
    transport->bend_frame = place->frame;
    place->tempo          = transport->anchor.tempo;
    place->has_meter      = false;
    place->has_beat       = false;
  }
  if (is_inside || (goes_on && is_stuck(transport, place))) {
    place->frame = expected;
  }
  return is_inside;
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

/**
   The first tick that sounds where playback starts or goes on elsewhere.

   Hosts round the frame they go to: a note on the bar line that they meant is
   up to a frame early, and must not be lost.
*/
static CtTick
starting_tick(const CtTransport* const transport)
{
  static const double whole_frame = 0.99;

  const CtTick tick   = first_tick(transport, transport->frame);
  const double before = (double)(transport->frame - transport->anchor.frame) -
                        (((double)(tick - 1) - transport->anchor.tick) /
                         transport->ticks_per_frame);
  return before < whole_frame ? tick - 1 : tick;
}

/// Set the ticks of this block, which begin where the last ended unless we
/// moved
static void
set_range(CtTransport* const transport, const bool moved)
{
  CtTickRange* const range = &transport->range;
  range->begin             = moved ? starting_tick(transport) : range->end;
  range->end               = range->begin;
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
  CtPlace       place       = read_position(transport, position);
  const int64_t told_frame  = place.frame;
  const bool    was_rolling = transport->rolling;
  const bool    goes_on     = was_rolling && place.rolling;
  const int64_t expected    = expected_frame(transport);
  const CtTick  last_tick   = transport->range.end;
  const bool    is_new =
    !transport->has_position || (place.has_meter && !transport->has_meter);
  transport->rolling = place.rolling;

  // Frames that go on while time stands are a device's, not a song's
  const bool is_device =
    !was_rolling && !is_new && transport->n_frames &&
    place.frame == transport->told_frame + (int64_t)transport->n_frames;
  const bool has_bend =
    place.rolling && !is_new &&
    mend_frame(transport, &place, expected, n_frames, goes_on);
  bool moved = true;
  if (is_device) {
    ct_line_stand(transport, &place, ct_line_tick(transport, transport->frame));
  } else if (is_new || !goes_on || place.frame != expected) {
    ct_line_relocate(transport, &place);
  } else {
    moved = ct_line_follow(transport, &place);
  }

  transport->has_position = true;
  transport->has_bend     = has_bend;
  transport->told_frame   = told_frame;
  transport->told_beat    = place.beat.ticks;
  transport->frame        = place.frame;
  transport->n_frames     = n_frames;
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

CtTick
ct_transport_tick_at(const CtTransport* const transport, const uint32_t frame)
{
  return transport->rolling
           ? first_tick(transport, transport->frame + (int64_t)frame)
           : transport->range.begin;
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

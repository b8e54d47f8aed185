// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "input.h"

#include "music/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/// Silence while it stands after which a phrase tells a key of its own: two
/// bars
#define LONG_REST (2 * CT_TICKS_PER_WHOLE)

/// A move this short is the host putting right where it is
#define LONGEST_CORRECTION CT_TICKS_PER_SIXTEENTH

/// Part of a tick that is rounding
static const double tick_epsilon = 1e-6;

void
ct_input_reset(CtInput* const input)
{
  ct_inbox_reset(&input->inbox);
  ct_listener_reset(&input->listener);
  ct_key_finder_reset(&input->finder);
  ct_key_finder_restart(&input->finder, input->start);
  input->stand      = (CtStand){0};
  input->mode       = CT_INPUT_PASS_AND_LISTEN;
  input->messages   = NULL;
  input->n_messages = 0U;
  input->n_heard    = 0U;
  input->n_frames   = 0U;
}

static bool
passes(const CtInputMode mode)
{
  return mode == CT_INPUT_PASS || mode == CT_INPUT_PASS_AND_LISTEN;
}

static bool
listens(const CtInputMode mode)
{
  return mode == CT_INPUT_PASS_AND_LISTEN || mode == CT_INPUT_LISTEN;
}

/// Musical time at a frame of this block
static CtTick
tick_at(const CtInput* const     input,
        const CtTransport* const transport,
        const uint32_t           frame)
{
  const CtStand* const stand = &input->stand;
  if (!stand->is_on) {
    return ct_transport_tick_at(transport, frame);
  }
  const double frames = (double)(stand->n_frames + (int64_t)frame);
  return (CtTick)floor(stand->begin + (frames * stand->ticks_per_frame) +
                       tick_epsilon);
}

/// Time goes on here: what was heard elsewhere is over
static void
go_elsewhere(CtInput* const input, const bool keeps_start, const CtTick tick)
{
  ct_listener_end_all(&input->listener, input->finder.tick);
  if (keeps_start) {
    ct_key_finder_restart(&input->finder, input->start);
  }
  ct_key_finder_seek(&input->finder, tick);
}

/// The transport stands in this block
static void
stand_still(CtInput* const           input,
            const CtTransport* const transport,
            const bool               keeps_start)
{
  CtStand* const stand = &input->stand;
  const double   speed = transport->ticks_per_frame;
  if (!stand->is_on) {
    const CtTick tick = ct_transport_tick(transport);
    *stand            = (CtStand){true, (double)tick, speed, 0};
    go_elsewhere(input, keeps_start, tick);
    return;
  }

  // Counted from one place as long as the tempo stays, so that the size of
  // blocks has no part in it
  stand->n_frames += (int64_t)input->n_frames;
  if (stand->ticks_per_frame != speed) {
    stand->begin += (double)stand->n_frames * stand->ticks_per_frame;
    stand->n_frames        = 0;
    stand->ticks_per_frame = speed;
  }
}

/// The transport rolls in this block
static void
roll(CtInput* const input,
     const CtMove   move,
     const CtTick   tick,
     const bool     keeps_start)
{
  if (move == CT_MOVE_STARTED) {
    // A chord that is held while it starts goes on
    input->stand.is_on   = false;
    input->start         = input->finder.choice;
    input->start.is_open = false;
    input->start.doubt   = 0.0;
    ct_listener_move(&input->listener, tick);
    if (keeps_start) {
      ct_key_finder_restart(&input->finder, input->start);
    }
    ct_key_finder_seek(&input->finder, tick);
  } else if (move != CT_MOVE_NONE &&
             llabs(tick - input->finder.tick) >= LONGEST_CORRECTION) {
    go_elsewhere(input, keeps_start, tick);
  }
}

/// Pass on what the mode lets in, and what lets go of what another let in
static void
pass_on(CtInput* const input)
{
  ct_inbox_begin(&input->inbox);
  for (uint32_t i = 0U; i < input->n_messages; ++i) {
    const ContinuoMidi* const midi    = &input->messages[i];
    const CtMessage           message = {midi->frame,
                                         midi->size,
                                         {midi->data[0], midi->data[1], midi->data[2]},
                                         CT_PART_INPUT};
    if (passes(input->mode) || ct_inbox_awaits(&input->inbox, &message)) {
      ct_inbox_add(&input->inbox, &message);
    }
  }
}

void
ct_input_begin(CtInput* const            input,
               const CtInputMode         mode,
               const bool                keeps_start,
               const CtTransport* const  transport,
               const CtMove              move,
               const ContinuoMidi* const messages,
               const uint32_t            n_messages)
{
  if (ct_transport_is_rolling(transport)) {
    roll(input, move, ct_transport_tick(transport), keeps_start);
  } else {
    stand_still(input, transport, keeps_start);
  }
  if (listens(input->mode) && !listens(mode)) {
    // Note-offs to come are not heard
    ct_listener_end_all(&input->listener, input->finder.tick);
  }

  input->mode       = mode;
  input->messages   = messages;
  input->n_messages = messages ? n_messages : 0U;
  input->n_heard    = 0U;
  input->n_frames   = transport->n_frames;
  pass_on(input);
}

/// Hear one message
static void
hear(CtInput* const input, const ContinuoMidi* const midi, const CtTick when)
{
  ct_key_finder_advance(
    &input->finder, ct_listener_pitch_classes(&input->listener), when);
  if (input->stand.is_on && input->finder.rest >= LONG_REST &&
      ct_is_note_on(midi->data, midi->size)) {
    CtKeyChoice choice = input->finder.choice;
    choice.is_open     = true;
    ct_key_finder_restart(&input->finder, choice);
  }
  ct_listener_hear(&input->listener, midi->data, midi->size, when);
}

void
ct_input_hear(CtInput* const           input,
              const CtTransport* const transport,
              const CtTick             tick)
{
  // Ticks are farther apart than frames: at the end of the block all of it is
  // heard, though the next tick may be that of the next block
  const bool waits =
    !input->stand.is_on && tick < ct_transport_range(transport).end;
  const CtTick until =
    input->stand.is_on ? tick_at(input, transport, input->n_frames) : tick;
  for (; input->n_heard < input->n_messages; ++input->n_heard) {
    const ContinuoMidi* const midi = &input->messages[input->n_heard];
    const CtTick              when = tick_at(input, transport, midi->frame);
    if (waits && when >= tick) {
      break;
    }
    if (listens(input->mode)) {
      hear(input, midi, when);
    }
  }
  ct_key_finder_advance(
    &input->finder, ct_listener_pitch_classes(&input->listener), until);
}

void
ct_input_set_key(const CtInput* const input, CtSettings* const settings)
{
  CtKey key = {0U, CT_MODE_MAJOR};
  if (!ct_key_finder_find(&input->finder, &key)) {
    return;
  }
  settings->key = key.tonic;
  if (settings->scale != CT_SCALE_FREE) {
    settings->scale =
      key.mode == CT_MODE_MINOR ? CT_SCALE_MINOR : CT_SCALE_MAJOR;
  }
}

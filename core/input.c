// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "input.h"

#include "music/ledger.h"

void
ct_input_reset(CtInput* const input)
{
  ct_inbox_reset(&input->inbox);
  ct_listener_reset(&input->listener);
  ct_key_finder_reset(&input->finder);
  input->mode       = CT_INPUT_PASS_AND_LISTEN;
  input->n_messages = 0U;
  input->n_heard    = 0U;
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

/// Pass on what the mode lets in, and what lets go of what another let in
static void
pass_on(CtInput* const input)
{
  ct_inbox_begin(&input->inbox);
  for (uint32_t i = 0U; input->messages && i < input->n_messages; ++i) {
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
               const CtTransport* const  transport,
               const CtMove              move,
               const ContinuoMidi* const messages,
               const uint32_t            n_messages)
{
  const CtTick tick = ct_transport_tick(transport);
  // A chord that is held while the transport starts goes on
  const bool starts_here =
    move == CT_MOVE_STARTED && tick == input->finder.tick;
  if (move != CT_MOVE_NONE && !starts_here) {
    ct_listener_end_all(&input->listener, input->finder.tick);
    ct_key_finder_seek(&input->finder, tick);
  }
  if (listens(input->mode) && !listens(mode)) {
    // Note-offs to come are not heard
    ct_listener_end_all(&input->listener, input->finder.tick);
  }

  input->mode       = mode;
  input->messages   = messages;
  input->n_messages = n_messages;
  input->n_heard    = 0U;
  pass_on(input);
}

void
ct_input_hear(CtInput* const           input,
              const CtTransport* const transport,
              const CtTick             tick)
{
  // Ticks are farther apart than frames: at the end of the block all of it is
  // heard, though the next tick may be that of the next block
  const bool waits = ct_transport_is_rolling(transport) &&
                     tick < ct_transport_range(transport).end;
  for (; input->messages && input->n_heard < input->n_messages;
       ++input->n_heard) {
    const ContinuoMidi* const midi = &input->messages[input->n_heard];
    const CtTick when = ct_transport_tick_at(transport, midi->frame);
    if (waits && when >= tick) {
      break;
    }
    if (listens(input->mode)) {
      ct_key_finder_advance(
        &input->finder, ct_listener_pitch_classes(&input->listener), when);
      ct_listener_hear(&input->listener, midi->data, midi->size, when);
    }
  }
  ct_key_finder_advance(
    &input->finder, ct_listener_pitch_classes(&input->listener), tick);
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

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/event.h"

CtEvent
ct_event_note_on(const CtTick  tick,
                 const CtTick  off_tick,
                 const uint8_t channel,
                 const uint8_t key,
                 const uint8_t velocity,
                 const uint8_t part)
{
  const CtEvent event = {
    .tick     = tick,
    .off_tick = off_tick,
    .order    = CT_ORDER_NOTE_ON,
    .size     = CT_MESSAGE_SIZE,
    .bytes    = {(uint8_t)(CT_MIDI_NOTE_ON | (channel & CT_MIDI_CHANNEL_MASK)),
                 (uint8_t)(key & CT_MIDI_DATA_MASK),
                 (uint8_t)(velocity & CT_MIDI_DATA_MASK)},
    .part     = part,
  };
  return event;
}

CtEvent
ct_event_note_off(const CtEvent* const on)
{
  CtEvent off   = *on;
  off.tick      = on->off_tick;
  off.delay     = 0;
  off.is_placed = false;
  off.order     = CT_ORDER_NOTE_OFF;
  off.bytes[0] =
    (uint8_t)(CT_MIDI_NOTE_OFF | (on->bytes[0] & CT_MIDI_CHANNEL_MASK));
  off.bytes[2] = CT_MIDI_OFF_VELOCITY;
  return off;
}

int
ct_event_compare(const CtEvent* const a, const CtEvent* const b)
{
  if (a->tick != b->tick) {
    return a->tick < b->tick ? -1 : 1;
  }
  return (int)a->order - (int)b->order;
}

bool
ct_is_note_on(const uint8_t* const bytes, const uint8_t size)
{
  return size == CT_MESSAGE_SIZE &&
         (bytes[0] & CT_MIDI_STATUS_MASK) == CT_MIDI_NOTE_ON && bytes[2] > 0U;
}

bool
ct_is_note_off(const uint8_t* const bytes, const uint8_t size)
{
  if (size != CT_MESSAGE_SIZE) {
    return false;
  }

  const unsigned status = bytes[0] & CT_MIDI_STATUS_MASK;
  return status == CT_MIDI_NOTE_OFF ||
         (status == CT_MIDI_NOTE_ON && bytes[2] == 0U);
}

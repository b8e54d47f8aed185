// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/listener.h"

#include <string.h>

/// Controllers that end or lengthen notes (MIDI 1.0, table 3 and RP-015)
enum {
  SUSTAIN_PEDAL     = 64,
  ALL_SOUND_OFF     = 120,
  RESET_CONTROLLERS = 121,
  ALL_NOTES_OFF     = 123, // and the four above: omni off, on, mono, poly
};

/// Least value of a switch that is on
#define SWITCH_ON 64U

void
ct_listener_reset(CtListener* const listener)
{
  memset(listener, 0, sizeof(*listener));
}

/// Ticks of a note, at least one and as many as fit
static int32_t
duration(const CtTick begin, const CtTick end)
{
  if (end <= begin) {
    return 1;
  }
  const uint64_t ticks = (uint64_t)end - (uint64_t)begin;
  return ticks < INT32_MAX ? (int32_t)ticks : INT32_MAX;
}

/// Whether note `serial` was heard and not forgotten
static bool
is_kept(const CtListener* const listener, const uint64_t serial)
{
  return serial < listener->n_heard &&
         listener->n_heard - serial <= CT_LISTENER_CAPACITY;
}

/// Count a key that begins or ends; drums have no pitch
static void
count(CtListener* const listener,
      const uint8_t     channel,
      const uint8_t     pitch,
      const int         change)
{
  listener->n_sounding = (uint32_t)((int)listener->n_sounding + change);
  if (channel != CT_MIDI_DRUM_CHANNEL) {
    uint16_t* const n = &listener->n_class[pitch % CT_PITCH_CLASS_COUNT];
    *n                = (uint16_t)(*n + change);
  }
}

/// End the note of a key, whoever holds it
static void
end_key(CtListener* const listener,
        const uint8_t     channel,
        const uint8_t     pitch,
        const CtTick      tick)
{
  CtHeardKey* const key = &listener->keys[channel][pitch];
  if (!key->is_sounding) {
    return;
  }
  if (is_kept(listener, key->serial)) {
    CtNote* const note = &listener->notes[key->serial % CT_LISTENER_CAPACITY];
    note->duration     = duration(note->tick, tick);
  }
  key->is_sounding = false;
  key->n_on        = 0U;
  count(listener, channel, pitch, -1);
}

/// End the notes of a channel: those that only the pedal holds, or all
static void
end_channel(CtListener* const listener,
            const uint8_t     channel,
            const CtTick      tick,
            const bool        held_too)
{
  for (uint8_t pitch = 0U; pitch < CT_MIDI_NOTE_COUNT && listener->n_sounding;
       ++pitch) {
    if (held_too || !listener->keys[channel][pitch].n_on) {
      end_key(listener, channel, pitch, tick);
    }
  }
}

static void
press(CtListener* const listener, const CtNote* const note)
{
  CtHeardKey* const key  = &listener->keys[note->channel][note->pitch];
  const uint8_t     n_on = key->n_on;
  end_key(listener, note->channel, note->pitch, note->tick);

  key->serial      = listener->n_heard++;
  key->is_sounding = true;
  // At the cap the note may end early, but none stays on
  key->n_on = (uint8_t)(n_on < UINT8_MAX ? n_on + 1U : UINT8_MAX);
  count(listener, note->channel, note->pitch, 1);
  listener->notes[key->serial % CT_LISTENER_CAPACITY] = *note;
}

static void
release(CtListener* const listener,
        const uint8_t     channel,
        const uint8_t     pitch,
        const CtTick      tick)
{
  CtHeardKey* const key = &listener->keys[channel][pitch];
  if (key->n_on > 1U) {
    --key->n_on;
    return;
  }

  key->n_on = 0U;
  if (!((unsigned)listener->pedals >> channel & 1U)) {
    end_key(listener, channel, pitch, tick);
  }
}

static void
set_pedal(CtListener* const listener,
          const uint8_t     channel,
          const bool        is_down,
          const CtTick      tick)
{
  const unsigned bit = 1U << channel;
  if (is_down) {
    listener->pedals = (uint16_t)(listener->pedals | bit);
  } else if (listener->pedals & bit) {
    listener->pedals = (uint16_t)(listener->pedals & ~bit);
    end_channel(listener, channel, tick, false);
  }
}

static void
control(CtListener* const listener,
        const uint8_t     channel,
        const uint8_t     controller,
        const uint8_t     value,
        const CtTick      tick)
{
  if (controller == SUSTAIN_PEDAL) {
    set_pedal(listener, channel, value >= SWITCH_ON, tick);
  } else if (controller == RESET_CONTROLLERS) {
    set_pedal(listener, channel, false, tick);
  } else if (controller == ALL_SOUND_OFF || controller >= ALL_NOTES_OFF) {
    end_channel(listener, channel, tick, true);
  }
}

void
ct_listener_hear(CtListener* const    listener,
                 const uint8_t* const bytes,
                 const uint8_t        size,
                 const CtTick         tick)
{
  if (size != CT_MESSAGE_SIZE || bytes[1] > CT_MIDI_DATA_MASK ||
      bytes[2] > CT_MIDI_DATA_MASK) {
    return;
  }

  const uint8_t channel = bytes[0] & CT_MIDI_CHANNEL_MASK;
  if (ct_is_note_on(bytes, size)) {
    const CtNote note = {tick, 0, bytes[1], bytes[2], channel, 0U};
    press(listener, &note);
  } else if (ct_is_note_off(bytes, size)) {
    release(listener, channel, bytes[1], tick);
  } else if ((bytes[0] & CT_MIDI_STATUS_MASK) == CT_MIDI_CONTROL) {
    control(listener, channel, bytes[1], bytes[2], tick);
  }
}

void
ct_listener_end_all(CtListener* const listener, const CtTick tick)
{
  for (uint8_t channel = 0U;
       channel < CT_MIDI_CHANNEL_COUNT && listener->n_sounding;
       ++channel) {
    end_channel(listener, channel, tick, true);
  }
  listener->pedals = 0U;
}

void
ct_listener_move(CtListener* const listener, const CtTick tick)
{
  for (uint64_t n = 1U; n <= CT_LISTENER_CAPACITY && n <= listener->n_heard;
       ++n) {
    CtNote* const note =
      &listener->notes[(listener->n_heard - n) % CT_LISTENER_CAPACITY];
    note->tick = note->duration ? note->tick : tick;
  }
}

const uint16_t*
ct_listener_pitch_classes(const CtListener* const listener)
{
  return listener->n_class;
}

uint64_t
ct_listener_n_heard(const CtListener* const listener)
{
  return listener->n_heard;
}

bool
ct_listener_note(const CtListener* const listener,
                 const uint64_t          serial,
                 const CtTick            now,
                 CtHeardNote* const      heard)
{
  if (!is_kept(listener, serial)) {
    return false;
  }

  heard->note        = listener->notes[serial % CT_LISTENER_CAPACITY];
  heard->is_sounding = !heard->note.duration;
  if (heard->is_sounding) {
    heard->note.duration = duration(heard->note.tick, now);
  }
  return true;
}

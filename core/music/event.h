// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file event.h A MIDI message at a musical time

#ifndef CT_MUSIC_EVENT_H
#define CT_MUSIC_EVENT_H

#include "base/attributes.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

#define CT_MIDI_NOTE_COUNT 128U
#define CT_MIDI_CHANNEL_COUNT 16U
#define CT_MIDI_DRUM_CHANNEL 9U

#define CT_MIDI_NOTE_OFF 0x80U
#define CT_MIDI_NOTE_ON 0x90U
#define CT_MIDI_CONTROL 0xB0U
#define CT_MIDI_PROGRAM 0xC0U
#define CT_MIDI_PITCH_BEND 0xE0U
#define CT_MIDI_STATUS_MASK 0xF0U
#define CT_MIDI_CHANNEL_MASK 0x0FU
#define CT_MIDI_DATA_MASK 0x7FU

/// Release velocity of those who send none (MIDI 1.0, "note off velocity")
#define CT_MIDI_OFF_VELOCITY 64U

/// Most bytes of a message
#define CT_MESSAGE_SIZE 3U

/// Order of events on one tick
typedef enum {
  CT_ORDER_NOTE_OFF, ///< First, so that a repeated pitch is freed in time
  CT_ORDER_CONTROL,  ///< Controllers, bank before program
  CT_ORDER_NOTE_ON,  ///< Last, so that the note finds its sound chosen
} CtOrder;

/// A message still to be sent
typedef struct {
  CtTick  tick;                   ///< When
  CtTick  off_tick;               ///< For a note-on: when its note-off is due
  CtTick  delay;                  ///< Of that, what it was put off by
  bool    is_placed;              ///< It is not to be put off any more
  CtOrder order;                  ///< Place among events of one tick
  uint8_t size;                   ///< Bytes used
  uint8_t bytes[CT_MESSAGE_SIZE]; ///< Status, data 1, data 2
  uint8_t part;                   ///< Who plays it
} CtEvent;

/// A message at a frame of a block, as it leaves by the one door
typedef struct {
  uint32_t frame;                 ///< Offset in the block
  uint8_t  size;                  ///< Bytes used
  uint8_t  data[CT_MESSAGE_SIZE]; ///< Status, data 1, data 2
  uint8_t  part;                  ///< Who plays it
} CtMessage;

/// Take one outgoing message.  @return False if the destination is full
typedef bool (*CtWriteFunc)(void* handle, const CtMessage* message);

/// A note-on that will need a note-off at `off_tick`.  @thread any
CT_REALTIME CtEvent
ct_event_note_on(CtTick  tick,
                 CtTick  off_tick,
                 uint8_t channel,
                 uint8_t key,
                 uint8_t velocity,
                 uint8_t part);

/// The note-off that the note-on `on` asks for, at its `off_tick`.  @thread any
CT_REALTIME CtEvent
ct_event_note_off(const CtEvent* on);

/// Order a before b by (tick, order): negative, zero or positive as in
/// strcmp().  @thread any
CT_REALTIME int
ct_event_compare(const CtEvent* a, const CtEvent* b);

/// Whether the message is a note-on with a velocity above zero.  @thread any
CT_REALTIME bool
ct_is_note_on(const uint8_t* bytes, uint8_t size);

/// Whether the message is a note-off, or a note-on of velocity zero.
/// @thread any
CT_REALTIME bool
ct_is_note_off(const uint8_t* bytes, uint8_t size);

#endif // CT_MUSIC_EVENT_H

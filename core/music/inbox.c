// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/inbox.h"

#include <string.h>

/// Controllers that end or let go (MIDI 1.0, table 3 and RP-015)
enum {
  ALL_SOUND_OFF     = 120,
  RESET_CONTROLLERS = 121,
  ALL_NOTES_OFF     = 123, // and the four above: omni off, on, mono, poly
};

/// Status of pressure on all keys of a channel, a message of two bytes
#define PRESSURE 0xD0U

/// Half of the pitch wheel's range in its upper seven bits: at rest
#define WHEEL_CENTRE 64U

/// What holds or bends a channel's sound until it comes to rest, and the
/// message that lets it.  Their places are the bits of CtLetIn.holds
static const CtMessage holds[] = {
  {.size = 3U, .data = {CT_MIDI_PITCH_BEND, 0U, WHEEL_CENTRE}},
  {.size = 2U, .data = {PRESSURE}},
  {.size = 3U, .data = {CT_MIDI_CONTROL, 1U}},  // modulation
  {.size = 3U, .data = {CT_MIDI_CONTROL, 64U}}, // sustain
  {.size = 3U, .data = {CT_MIDI_CONTROL, 65U}}, // portamento
  {.size = 3U, .data = {CT_MIDI_CONTROL, 66U}}, // sostenuto
  {.size = 3U, .data = {CT_MIDI_CONTROL, 67U}}, // soft
  {.size = 3U, .data = {CT_MIDI_CONTROL, 68U}}, // legato
  {.size = 3U, .data = {CT_MIDI_CONTROL, 69U}}, // second sustain
};

#define N_HOLDS (sizeof(holds) / sizeof(holds[0]))

/// Those that a reset leaves alone: legato and the second sustain (RP-015)
#define LASTING_HOLDS 0x180U

/// Let all end that was let in up to here, and owe nothing else for it
static void
end_here(CtInbox* const inbox)
{
  inbox->must_end = true;
  inbox->end_at   = inbox->n_written;
  for (uint8_t channel = 0U; channel < CT_MIDI_CHANNEL_COUNT; ++channel) {
    CtLetIn* const let_in = &inbox->let_in[channel];
    let_in->owed          = let_in->owed | let_in->holds;
    let_in->holds         = 0U;
    let_in->has_notes     = false;
  }
}

void
ct_inbox_reset(CtInbox* const inbox)
{
  inbox->n_read    = 0U;
  inbox->n_written = 0U;
  inbox->frame     = 0U;
  end_here(inbox);
}

void
ct_inbox_begin(CtInbox* const inbox)
{
  inbox->frame = 0U;
  for (uint32_t i = inbox->n_read; i != inbox->n_written; ++i) {
    inbox->messages[i % CT_INBOX_CAPACITY].frame = 0U;
  }
}

/// Channel of a message that has one
static uint8_t
channel_of(const CtMessage* const message)
{
  return message->data[0] & CT_MIDI_CHANNEL_MASK;
}

static bool
is_control(const CtMessage* const message)
{
  return message->size == CT_MESSAGE_SIZE &&
         (message->data[0] & CT_MIDI_STATUS_MASK) == CT_MIDI_CONTROL;
}

/// Whether all notes of the channel end
static bool
ends_all(const CtMessage* const message)
{
  return is_control(message) && (message->data[1] == ALL_SOUND_OFF ||
                                 message->data[1] >= ALL_NOTES_OFF);
}

static bool
resets(const CtMessage* const message)
{
  return is_control(message) && message->data[1] == RESET_CONTROLLERS;
}

/// The bit of what `message` moves, or none
static uint16_t
hold_of(const CtMessage* const message)
{
  const uint8_t status = message->data[0] & CT_MIDI_STATUS_MASK;
  for (uint32_t i = 0U; i < N_HOLDS; ++i) {
    if (message->size == holds[i].size && status == holds[i].data[0] &&
        (status != CT_MIDI_CONTROL || message->data[1] == holds[i].data[1])) {
      return (uint16_t)(1U << i);
    }
  }
  return 0U;
}

/// Whether what `message` moves comes to rest
static bool
is_at_rest(const CtMessage* const message, const uint16_t hold)
{
  uint32_t i = 0U;
  while (!(hold >> i & 1U)) {
    ++i;
  }
  return !memcmp(&message->data[1], &holds[i].data[1], message->size - 1U);
}

bool
ct_inbox_awaits(const CtInbox* const inbox, const CtMessage* const message)
{
  const CtLetIn* const let_in = &inbox->let_in[channel_of(message)];
  // The ledger knows which note-offs are awaited
  return ct_is_note_off(message->data, message->size) ||
         (let_in->holds & hold_of(message)) ||
         (resets(message) && let_in->holds) ||
         (ends_all(message) && (let_in->has_notes || let_in->holds));
}

/// Enter what a message that finds room lets in or out
static void
enter(CtInbox* const inbox, const CtMessage* const message)
{
  CtLetIn* const let_in = &inbox->let_in[channel_of(message)];
  const uint16_t hold   = hold_of(message);
  if (hold) {
    let_in->holds =
      (uint16_t)(is_at_rest(message, hold) ? let_in->holds & ~(unsigned)hold
                                           : let_in->holds | hold);
  }
  if (resets(message)) {
    let_in->holds &= LASTING_HOLDS;
  }
  let_in->has_notes = ct_is_note_on(message->data, message->size) ||
                      (let_in->has_notes && !ends_all(message));
}

void
ct_inbox_add(CtInbox* const inbox, const CtMessage* const message)
{
  if (inbox->n_written - inbox->n_read < CT_INBOX_CAPACITY) {
    inbox->messages[inbox->n_written++ % CT_INBOX_CAPACITY] = *message;
    enter(inbox, message);
  } else if (ct_inbox_awaits(inbox, message)) {
    end_here(inbox);
  }
}

/// End the notes passed on in the channel of `message`.  @return False if
/// `write` refused
static bool
end_channel(CtLedger* const        ledger,
            const CtMessage* const message,
            const CtWriteFunc      write,
            void* const            handle)
{
  const uint8_t channel = channel_of(message);
  CtMessage     off     = *message;
  off.data[0]           = (uint8_t)(CT_MIDI_NOTE_OFF | channel);
  off.data[2]           = CT_MIDI_OFF_VELOCITY;
  for (uint8_t key = 0U; key < CT_MIDI_NOTE_COUNT; ++key) {
    off.data[1] = key;
    while (ledger->n_on[CT_SOURCE_INPUT][channel][key]) {
      if (!ct_ledger_send(ledger, CT_SOURCE_INPUT, &off, write, handle)) {
        return false;
      }
    }
  }
  return true;
}

/// Let go what is owed.  @return False if `write` refused
static bool
let_go(CtInbox* const inbox, const CtWriteFunc write, void* const handle)
{
  for (uint8_t channel = 0U; channel < CT_MIDI_CHANNEL_COUNT; ++channel) {
    CtLetIn* const let_in = &inbox->let_in[channel];
    for (uint32_t i = 0U; i < N_HOLDS && let_in->owed; ++i) {
      const unsigned bit     = 1U << i;
      CtMessage      message = holds[i];
      message.frame          = inbox->frame;
      message.part           = CT_PART_INPUT;
      message.data[0]        = (uint8_t)(message.data[0] | channel);
      if ((let_in->owed & bit) && !write(handle, &message)) {
        return false;
      }
      let_in->owed = (uint16_t)(let_in->owed & ~bit);
    }
  }
  return true;
}

/// End all that must, if its time has come.  @return False if `write` refused
static bool
end_all(CtInbox* const    inbox,
        CtLedger* const   ledger,
        const CtWriteFunc write,
        void* const       handle)
{
  if (inbox->must_end && inbox->n_read == inbox->end_at) {
    inbox->must_end =
      !ct_ledger_flush(ledger, CT_SOURCE_INPUT, inbox->frame, write, handle) ||
      !let_go(inbox, write, handle);
    return !inbox->must_end;
  }
  return true;
}

bool
ct_inbox_send(CtInbox* const    inbox,
              const uint32_t    frame,
              CtLedger* const   ledger,
              const CtWriteFunc write,
              void* const       handle)
{
  while (end_all(inbox, ledger, write, handle)) {
    const CtMessage* const message =
      &inbox->messages[inbox->n_read % CT_INBOX_CAPACITY];
    if (inbox->n_read == inbox->n_written || message->frame > frame) {
      inbox->frame =
        frame != UINT32_MAX && frame > inbox->frame ? frame : inbox->frame;
      return true;
    }
    if ((ends_all(message) && !end_channel(ledger, message, write, handle)) ||
        !ct_ledger_send(ledger, CT_SOURCE_INPUT, message, write, handle)) {
      return false;
    }
    inbox->frame =
      message->frame > inbox->frame ? message->frame : inbox->frame;
    ++inbox->n_read;
  }
  return false;
}

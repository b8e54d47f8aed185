// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/ledger.h"

#include <string.h>

void
ct_ledger_reset(CtLedger* const ledger)
{
  memset(ledger, 0, sizeof(*ledger));
}

static CtMessage
note_off(const uint32_t frame,
         const uint8_t  channel,
         const uint8_t  key,
         const uint8_t  part)
{
  const CtMessage message = {
    .frame = frame,
    .size  = CT_MESSAGE_SIZE,
    .data  = {(uint8_t)(CT_MIDI_NOTE_OFF | channel), key, CT_MIDI_OFF_VELOCITY},
    .part  = part,
  };
  return message;
}

/// Note-ons of a key by all sources that are due an off
static uint32_t
count(const CtLedger* const ledger, const uint8_t channel, const uint8_t key)
{
  uint32_t n = 0U;
  for (uint32_t source = 0U; source < CT_N_SOURCES; ++source) {
    n += ledger->n_on[source][channel][key];
  }
  return n;
}

static bool
send_on(CtLedger* const        ledger,
        const CtSource         source,
        const CtMessage* const message,
        const CtWriteFunc      write,
        void* const            handle)
{
  const uint8_t  channel   = message->data[0] & CT_MIDI_CHANNEL_MASK;
  const uint8_t  key       = message->data[1] & CT_MIDI_DATA_MASK;
  uint8_t* const n_on      = &ledger->n_on[source][channel][key];
  bool* const    is_silent = &ledger->is_silent[channel][key];
  if (count(ledger, channel, key) && !*is_silent) {
    const CtMessage off =
      note_off(message->frame, channel, key, ledger->part[channel][key]);
    if (!write(handle, &off)) {
      return false;
    }
    *is_silent = true; // Unless the note-on gets through as well
  }
  if (!write(handle, message)) {
    return false;
  }
  *is_silent = false;

  if (!*n_on) {
    ++ledger->n_keys[source];
  }
  // At the cap the note may end early, but none stays on
  *n_on = (uint8_t)(*n_on < UINT8_MAX ? *n_on + 1U : UINT8_MAX);
  ledger->part[channel][key] = message->part;
  return true;
}

static bool
send_off(CtLedger* const        ledger,
         const CtSource         source,
         const CtMessage* const message,
         const CtWriteFunc      write,
         void* const            handle)
{
  const uint8_t  channel = message->data[0] & CT_MIDI_CHANNEL_MASK;
  const uint8_t  key     = message->data[1] & CT_MIDI_DATA_MASK;
  uint8_t* const n_on    = &ledger->n_on[source][channel][key];
  if (!*n_on) {
    return true;
  }
  const bool  is_last   = count(ledger, channel, key) == 1U;
  bool* const is_silent = &ledger->is_silent[channel][key];
  if (is_last && !*is_silent && !write(handle, message)) {
    return false;
  }
  *is_silent = *is_silent && !is_last;
  --*n_on;
  ledger->n_keys[source] -= *n_on ? 0U : 1U;
  return true;
}

bool
ct_ledger_send(CtLedger* const        ledger,
               const CtSource         source,
               const CtMessage* const message,
               const CtWriteFunc      write,
               void* const            handle)
{
  if (ct_is_note_on(message->data, message->size)) {
    return send_on(ledger, source, message, write, handle);
  }
  if (ct_is_note_off(message->data, message->size)) {
    return send_off(ledger, source, message, write, handle);
  }
  return write(handle, message);
}

bool
ct_ledger_flush(CtLedger* const   ledger,
                const CtSource    source,
                const uint32_t    frame,
                const CtWriteFunc write,
                void* const       handle)
{
  for (uint8_t channel = 0U;
       channel < CT_MIDI_CHANNEL_COUNT && ledger->n_keys[source];
       ++channel) {
    for (uint8_t key = 0U; key < CT_MIDI_NOTE_COUNT; ++key) {
      uint8_t* const  n_on = &ledger->n_on[source][channel][key];
      const CtMessage off =
        note_off(frame, channel, key, ledger->part[channel][key]);
      if (!*n_on) {
        continue;
      }
      const bool  is_last   = count(ledger, channel, key) == *n_on;
      bool* const is_silent = &ledger->is_silent[channel][key];
      if (is_last && !*is_silent && !write(handle, &off)) {
        return false;
      }
      *is_silent = *is_silent && !is_last;
      *n_on      = 0U;
      --ledger->n_keys[source];
    }
  }
  return true;
}

bool
ct_ledger_is_empty(const CtLedger* const ledger)
{
  return !ledger->n_keys[CT_SOURCE_OWN] && !ledger->n_keys[CT_SOURCE_INPUT];
}

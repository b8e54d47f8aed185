// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file ledger.h What we have switched on, so that all of it is switched off

#ifndef CT_MUSIC_LEDGER_H
#define CT_MUSIC_LEDGER_H

#include "base/attributes.h"
#include "music/event.h"

#include <stdbool.h>
#include <stdint.h>

/// Whose notes they are: ours end when we stop, those passed on end when their
/// player lets go
typedef enum {
  CT_SOURCE_OWN,
  CT_SOURCE_INPUT,
  CT_N_SOURCES,
} CtSource;

/**
   Notes that are on.

   A key that sounds already and is played again gets its note-off first, then
   the new note-on: receivers disagree on what two note-ons mean.  Its own
   note-offs are then counted, and only the last one is sent, so that the first
   does not end the second note, whoever played them.
*/
typedef struct {
  uint8_t n_on[CT_N_SOURCES][CT_MIDI_CHANNEL_COUNT]
              [CT_MIDI_NOTE_COUNT]; ///< Note-ons due an off
  bool is_silent[CT_MIDI_CHANNEL_COUNT]
                [CT_MIDI_NOTE_COUNT]; ///< Its off went out, and the next
                                      ///< note-on was refused
  uint8_t part[CT_MIDI_CHANNEL_COUNT]
              [CT_MIDI_NOTE_COUNT]; ///< Who played it last
  uint32_t n_keys[CT_N_SOURCES];    ///< Keys that sound, in all channels
} CtLedger;

/// Begin with nothing on.  @thread any
CT_REALTIME void
ct_ledger_reset(CtLedger* ledger);

/**
   The one door: send `message` by the rule above and enter it.

   @thread audio
   @param message Note messages are entered; others pass.  A note-off of a key
   that its source has not on is dropped and counts as sent.
   @return False if `write` refused; nothing is then entered and the same
   message is to be offered again.
*/
CT_REALTIME bool
ct_ledger_send(CtLedger*        ledger,
               CtSource         source,
               const CtMessage* message,
               CtWriteFunc      write,
               void*            handle);

/**
   Send a note-off for every key that only `source` has on.

   @thread audio
   @param frame Offset in the block of all of them.
   @return True if nothing of it sounds any more; false if `write` refused: what
   it refused is kept, and is offered by the next call.
*/
CT_REALTIME bool
ct_ledger_flush(CtLedger*   ledger,
                CtSource    source,
                uint32_t    frame,
                CtWriteFunc write,
                void*       handle);

/// Whether any key sounds.  @thread audio
CT_REALTIME bool
ct_ledger_is_empty(const CtLedger* ledger);

#endif // CT_MUSIC_LEDGER_H

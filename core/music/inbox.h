// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file inbox.h Messages of the host that are to be passed on, in their order

#ifndef CT_MUSIC_INBOX_H
#define CT_MUSIC_INBOX_H

#include "base/attributes.h"
#include "music/event.h"
#include "music/ledger.h"

#include <stdbool.h>
#include <stdint.h>

/// Messages that can wait; a power of two
#define CT_INBOX_CAPACITY 1024U

/// Part of messages that are passed on: none of ours
#define CT_PART_INPUT UINT8_MAX

/// What was let in on a channel, and not let out again yet
typedef struct {
  uint16_t holds;     ///< Bit n: pedal, wheel or pressure n is not at rest
  uint16_t owed;      ///< Those of `holds` that CtInbox.must_end lets go
  bool     has_notes; ///< Note-ons since the last that ends all
} CtLetIn;

/**
   A queue; all zero is empty.

   What is let in is let out again: messages that end or let go are to be added
   as long as ct_inbox_awaits() says so, whatever becomes of others.  If one of
   them finds no room, all that was passed on ends once there is room.
*/
typedef struct {
  CtMessage messages[CT_INBOX_CAPACITY];
  uint32_t  n_read;
  uint32_t  n_written;
  uint32_t  frame; ///< In this block it was sent up to here
  CtLetIn   let_in[CT_MIDI_CHANNEL_COUNT];
  bool      must_end; ///< All that was passed on ...
  uint32_t  end_at;   ///< ... before this message
} CtInbox;

/// Forget what waits, and let all that was passed on end first.  @thread any
CT_REALTIME void
ct_inbox_reset(CtInbox* inbox);

/// Let what the last block left come first in this one.  @thread audio
CT_REALTIME void
ct_inbox_begin(CtInbox* inbox);

/// Whether `message` ends or lets go what was let in: note-offs, pedals,
/// modulation and pitch wheel and pressure until they are at rest, reset and
/// what ends all notes of a channel.  @thread audio
CT_REALTIME bool
ct_inbox_awaits(const CtInbox* inbox, const CtMessage* message);

/// Let `message` wait; when there is no room it is lost.  @thread audio
CT_REALTIME void
ct_inbox_add(CtInbox* inbox, const CtMessage* message);

/**
   Pass on what is due at `frame` or before.

   A message that ends all notes of a channel comes after the note-offs of those
   that were passed on there: what the ledger believes to sound does.
   @thread audio
   @param frame UINT32_MAX for all that there is.
   @return False if `write` refused: what it refused stays.
*/
CT_REALTIME bool
ct_inbox_send(CtInbox*    inbox,
              uint32_t    frame,
              CtLedger*   ledger,
              CtWriteFunc write,
              void*       handle);

#endif // CT_MUSIC_INBOX_H

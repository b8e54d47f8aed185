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

/// A queue; all zero is empty
typedef struct {
  CtMessage messages[CT_INBOX_CAPACITY];
  uint32_t  n_read;
  uint32_t  n_written;
  bool has_lost; ///< A note-off did not fit: all that was passed on must end
} CtInbox;

/// Forget all.  @thread any
CT_REALTIME void
ct_inbox_reset(CtInbox* inbox);

/// Let what the last block left come first in this one.  @thread audio
CT_REALTIME void
ct_inbox_begin(CtInbox* inbox);

/// Let `message` wait; when there is no room it is lost.  @thread audio
CT_REALTIME void
ct_inbox_add(CtInbox* inbox, const CtMessage* message);

/**
   Pass on what is due at `frame` or before.

   @thread audio
   @return False if `write` refused: what it refused stays.
*/
CT_REALTIME bool
ct_inbox_send(CtInbox*    inbox,
              uint32_t    frame,
              CtLedger*   ledger,
              CtWriteFunc write,
              void*       handle);

#endif // CT_MUSIC_INBOX_H

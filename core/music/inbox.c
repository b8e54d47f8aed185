// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/inbox.h"

#include <string.h>

void
ct_inbox_reset(CtInbox* const inbox)
{
  memset(inbox, 0, sizeof(*inbox));
}

void
ct_inbox_begin(CtInbox* const inbox)
{
  for (uint32_t i = inbox->n_read; i != inbox->n_written; ++i) {
    inbox->messages[i % CT_INBOX_CAPACITY].frame = 0U;
  }
}

void
ct_inbox_add(CtInbox* const inbox, const CtMessage* const message)
{
  if (inbox->n_written - inbox->n_read < CT_INBOX_CAPACITY) {
    inbox->messages[inbox->n_written++ % CT_INBOX_CAPACITY] = *message;
  } else if (ct_is_note_off(message->data, message->size)) {
    inbox->has_lost = true;
  }
}

bool
ct_inbox_send(CtInbox* const    inbox,
              const uint32_t    frame,
              CtLedger* const   ledger,
              const CtWriteFunc write,
              void* const       handle)
{
  while (inbox->n_read != inbox->n_written) {
    const CtMessage* const message =
      &inbox->messages[inbox->n_read % CT_INBOX_CAPACITY];
    if (message->frame > frame) {
      return true;
    }
    if (!ct_ledger_send(ledger, CT_SOURCE_INPUT, message, write, handle)) {
      return false;
    }
    ++inbox->n_read;
  }
  if (inbox->has_lost) {
    inbox->has_lost =
      !ct_ledger_flush(ledger, CT_SOURCE_INPUT, frame, write, handle);
  }
  return !inbox->has_lost;
}

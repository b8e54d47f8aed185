// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file inbox.c What comes in goes out in its order, and nothing stays on

#include "music/inbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MAX_SENT = 4096 };

/// A destination that takes so many messages and refuses the rest
typedef struct {
  CtMessage sent[MAX_SENT];
  uint32_t  n_sent;
  uint32_t  room;
} Sink;

static CtInbox  inbox;
static CtLedger ledger;
static Sink     sink;

static void
reset(void)
{
  ct_inbox_reset(&inbox);
  ct_ledger_reset(&ledger);
  sink = (Sink){.room = MAX_SENT};
}

static bool
write(void* const handle, const CtMessage* const message)
{
  Sink* const self = (Sink*)handle;
  if (!self->room) {
    return false;
  }
  --self->room;
  self->sent[self->n_sent++] = *message;
  return true;
}

static void
add(const uint32_t frame,
    const uint8_t  status,
    const uint8_t  key,
    const uint8_t  value)
{
  const CtMessage message = {frame, 3U, {status, key, value}, 3U};
  ct_inbox_add(&inbox, &message);
}

static bool
send(const uint32_t frame)
{
  return ct_inbox_send(&inbox, frame, &ledger, write, &sink);
}

static void
messages_go_in_their_order_when_due(void** const state)
{
  (void)state;
  reset();
  add(3U, 0xB0U, 64U, 127U);
  add(3U, 0x90U, 60U, 100U);
  add(10U, 0x80U, 60U, 0U);
  add(11U, 0xE0U, 0U, 64U);
  assert_true(send(2U));
  assert_int_equal(sink.n_sent, 0);
  assert_true(send(10U));
  assert_int_equal(sink.n_sent, 3);
  assert_int_equal(sink.sent[0].data[0], 0xB0U);
  assert_int_equal(sink.sent[1].data[0], 0x90U);
  assert_int_equal(sink.sent[1].frame, 3);
  assert_int_equal(sink.sent[1].part, 3);
  assert_int_equal(sink.sent[2].data[0], 0x80U);
  assert_int_equal(sink.sent[2].frame, 10);
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, 4);
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, 4);
  assert_true(ct_ledger_is_empty(&ledger));
}

static void
what_is_refused_comes_first_in_the_next_block(void** const state)
{
  (void)state;
  reset();
  add(5U, 0x90U, 60U, 100U);
  add(6U, 0x90U, 62U, 100U);
  add(7U, 0x80U, 60U, 0U);
  sink.room = 1U;
  assert_false(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, 1);

  sink.room = 1U;
  ct_inbox_begin(&inbox);
  add(2U, 0x80U, 62U, 0U);
  assert_false(send(0U));
  sink.room = MAX_SENT - 2U;
  assert_true(send(0U));
  assert_int_equal(sink.n_sent, 3);
  assert_int_equal(sink.sent[1].data[1], 62U);
  assert_int_equal(sink.sent[1].frame, 0);
  assert_int_equal(sink.sent[2].data[0], 0x80U);
  assert_int_equal(sink.sent[2].frame, 0);
  assert_true(send(2U));
  assert_int_equal(sink.sent[3].frame, 2);
  assert_true(ct_ledger_is_empty(&ledger));
}

static void
many_blocks_go_through(void** const state)
{
  (void)state;
  reset();
  for (uint32_t i = 0U; i < 3U * CT_INBOX_CAPACITY; ++i) {
    sink.n_sent = 0U;
    sink.room   = MAX_SENT;
    ct_inbox_begin(&inbox);
    add(i % 64U, 0xB0U, 1U, (uint8_t)(i % 128U));
    assert_true(send(UINT32_MAX));
    assert_int_equal(sink.n_sent, 1);
    assert_int_equal(sink.sent[0].data[2], i % 128U);
  }
}

/// Fill the inbox while the host takes nothing
static void
fill(void)
{
  for (uint32_t i = 0U; i < CT_INBOX_CAPACITY; ++i) {
    add(0U, 0xB0U, 1U, (uint8_t)(i % 128U));
  }
}

static void
a_lost_note_off_ends_all_that_was_passed_on(void** const state)
{
  (void)state;
  reset();
  add(0U, 0x90U, 60U, 100U);
  add(0U, 0x91U, 62U, 100U);
  assert_true(send(UINT32_MAX));
  const CtMessage own = {0U, 3U, {0x92U, 64U, 100U}, 0U};
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &own, write, &sink));
  fill();
  add(0U, 0x80U, 60U, 0U);
  sink = (Sink){.room = CT_INBOX_CAPACITY + 1U};
  assert_false(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, CT_INBOX_CAPACITY + 1U);
  sink.room = 1U;
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.sent[sink.n_sent - 2U].data[0], 0x80U);
  assert_int_equal(sink.sent[sink.n_sent - 2U].data[1], 60U);
  assert_int_equal(sink.sent[sink.n_sent - 1U].data[0], 0x81U);
  assert_int_equal(sink.sent[sink.n_sent - 1U].data[1], 62U);

  // Ours goes on, and their note-off does nothing any more
  assert_false(ct_ledger_is_empty(&ledger));
  const uint32_t n_sent = sink.n_sent;
  add(0U, 0x81U, 62U, 0U);
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, n_sent);
}

static void
other_lost_messages_end_nothing(void** const state)
{
  (void)state;
  reset();
  add(0U, 0x90U, 60U, 100U);
  assert_true(send(UINT32_MAX));
  fill();
  add(0U, 0x90U, 61U, 100U);
  add(0U, 0xB0U, 64U, 0U);
  sink = (Sink){.room = MAX_SENT};
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, CT_INBOX_CAPACITY);
  assert_false(ct_ledger_is_empty(&ledger));

  // The note-off of a note that was lost is not passed on
  add(0U, 0x80U, 61U, 0U);
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, CT_INBOX_CAPACITY);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(messages_go_in_their_order_when_due),
    cmocka_unit_test(what_is_refused_comes_first_in_the_next_block),
    cmocka_unit_test(many_blocks_go_through),
    cmocka_unit_test(a_lost_note_off_ends_all_that_was_passed_on),
    cmocka_unit_test(other_lost_messages_end_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

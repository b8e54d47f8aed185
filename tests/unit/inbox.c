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
  inbox = (CtInbox){0};
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
    add(0U, 0xB0U, 7U, (uint8_t)(i % 128U));
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
a_lost_note_on_ends_nothing(void** const state)
{
  (void)state;
  reset();
  add(0U, 0x90U, 60U, 100U);
  assert_true(send(UINT32_MAX));
  fill();
  add(0U, 0x90U, 61U, 100U);
  add(0U, 0xB0U, 64U, 0U); // of a pedal that is up
  sink = (Sink){.room = MAX_SENT};
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, CT_INBOX_CAPACITY);
  assert_false(ct_ledger_is_empty(&ledger));

  // The note-off of a note that was lost is not passed on
  add(0U, 0x80U, 61U, 0U);
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, CT_INBOX_CAPACITY);
}

/// Whether three bytes, or two of a pressure, are awaited
static bool
awaits(const uint8_t status, const uint8_t first, const uint8_t second)
{
  const CtMessage message = {
    0U, (status & 0xF0U) == 0xD0U ? 2U : 3U, {status, first, second}, 0U};
  return ct_inbox_awaits(&inbox, &message);
}

static void
what_was_lost_ends_within_its_block(void** const state)
{
  (void)state;
  reset();
  add(0U, 0xB1U, 64U, 127U);
  add(0U, 0xE1U, 0U, 0U);
  add(0U, 0x91U, 60U, 100U);
  assert_true(send(UINT32_MAX));
  fill();
  add(0U, 0xB1U, 64U, 0U); // finds no room
  sink = (Sink){.room = CT_INBOX_CAPACITY};
  assert_false(send(7U));

  // What comes after it stays
  ct_inbox_begin(&inbox);
  add(9U, 0x91U, 65U, 100U);
  add(9U, 0xB1U, 64U, 127U);

  // One message a block
  for (uint32_t i = 0U; i < 2U; ++i) {
    ct_inbox_begin(&inbox);
    sink.room = 1U;
    assert_false(send(8U));
    sink.room = 0U;
  }
  ct_inbox_begin(&inbox);
  sink.room = 3U;
  add(9U, 0x91U, 67U, 100U);
  assert_true(send(8U));
  assert_int_equal(sink.n_sent, CT_INBOX_CAPACITY + 5U);
  const CtMessage* const last           = &sink.sent[CT_INBOX_CAPACITY];
  const uint8_t          expected[3][3] = {
             {0x81U, 60U, 64U}, {0xE1U, 0U, 64U}, {0xB1U, 64U, 0U}};
  for (uint32_t i = 0U; i < 3U; ++i) {
    assert_int_equal(last[i].frame, 0);
    assert_memory_equal(last[i].data, expected[i], 3U);
  }
  sink.room = 1U;
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, CT_INBOX_CAPACITY + 6U);
  assert_int_equal(ledger.n_keys[CT_SOURCE_INPUT], 2);
  assert_true(awaits(0xB1U, 64U, 0U));

  // Where all is sent, at the last frame there was
  reset();
  add(0U, 0x90U, 60U, 100U);
  assert_true(send(UINT32_MAX));
  fill();
  inbox.messages[(inbox.n_written - 1U) % CT_INBOX_CAPACITY].frame = 5U;
  add(6U, 0x80U, 60U, 0U);
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.sent[sink.n_sent - 1U].data[0], 0x80U);
  assert_int_equal(sink.sent[sink.n_sent - 1U].frame, 5);
}

static void
what_is_held_is_awaited_until_it_is_at_rest(void** const state)
{
  (void)state;
  static const struct {
    uint8_t moved[3];
    uint8_t rest[3];
    bool    is_reset;
  } holds[] = {
    {{0xE2U, 0U, 65U}, {0xE2U, 0U, 64U}, true},
    {{0xE2U, 1U, 64U}, {0xE2U, 0U, 64U}, true},
    {{0xD2U, 9U}, {0xD2U, 0U}, true},
    {{0xB2U, 1U, 50U}, {0xB2U, 1U, 0U}, true},
    {{0xB2U, 64U, 127U}, {0xB2U, 64U, 0U}, true},
    {{0xB2U, 64U, 20U}, {0xB2U, 64U, 0U}, true}, // half down
    {{0xB2U, 65U, 127U}, {0xB2U, 65U, 0U}, true},
    {{0xB2U, 66U, 127U}, {0xB2U, 66U, 0U}, true},
    {{0xB2U, 67U, 127U}, {0xB2U, 67U, 0U}, true},
    {{0xB2U, 68U, 127U}, {0xB2U, 68U, 0U}, false},
    {{0xB2U, 69U, 127U}, {0xB2U, 69U, 0U}, false},
  };
  for (uint32_t i = 0U; i < sizeof(holds) / sizeof(holds[0]); ++i) {
    const uint8_t* const moved = holds[i].moved;
    const uint8_t* const rest  = holds[i].rest;
    CtMessage            message;
    reset();
    assert_false(awaits(rest[0], rest[1], rest[2]));
    assert_false(awaits(0xB2U, 121U, 0U));
    message = (CtMessage){0U,
                          (moved[0] & 0xF0U) == 0xD0U ? 2U : 3U,
                          {moved[0], moved[1], moved[2]},
                          0U};
    ct_inbox_add(&inbox, &message);
    assert_true(awaits(moved[0], moved[1], moved[2]));
    assert_true(awaits(rest[0], rest[1], rest[2]));
    assert_true(awaits(0xB2U, 121U, 0U));
    assert_true(awaits(0xB2U, 120U, 0U));
    assert_false(awaits((uint8_t)(rest[0] ^ 1U), rest[1], rest[2]));
    add(0U, 0xB2U, 121U, 0U);
    assert_int_equal(awaits(rest[0], rest[1], rest[2]), !holds[i].is_reset);
    ct_inbox_add(&inbox, &message);
    message = (CtMessage){0U, message.size, {rest[0], rest[1], rest[2]}, 0U};
    ct_inbox_add(&inbox, &message);
    assert_false(awaits(rest[0], rest[1], rest[2]));
    assert_false(awaits(0xB2U, 121U, 0U));
  }
  reset();
  add(0U, 0xB2U, 7U, 1U); // a volume stays
  assert_false(awaits(0xB2U, 7U, 127U));
  assert_true(awaits(0x82U, 60U, 0U));
  assert_true(awaits(0x92U, 60U, 0U));
  assert_false(awaits(0x92U, 60U, 1U));
}

// A note of ours on the same key would otherwise wait for an off that never
// comes
static void
all_notes_off_ends_what_was_passed_on(void** const state)
{
  (void)state;
  static const uint8_t controllers[] = {120U, 123U, 124U, 125U, 126U, 127U};
  const CtMessage      own_on        = {0U, 3U, {0x90U, 60U, 100U}, 0U};
  const CtMessage      own_off       = {0U, 3U, {0x80U, 60U, 0U}, 0U};
  for (uint32_t i = 0U; i < sizeof(controllers); ++i) {
    reset();
    assert_false(awaits(0xB0U, controllers[i], 0U));
    add(0U, 0x90U, 60U, 100U);
    add(0U, 0x90U, 60U, 100U);
    add(0U, 0x90U, 62U, 100U);
    add(0U, 0x91U, 62U, 100U);
    assert_true(send(UINT32_MAX));
    assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &own_on, write, &sink));
    assert_true(awaits(0xB0U, controllers[i], 0U));
    add(3U, 0xB0U, controllers[i], 0U);
    sink.room = 0U;
    assert_false(send(UINT32_MAX));
    sink = (Sink){.room = 1U};
    assert_false(send(UINT32_MAX));
    sink.room = MAX_SENT - 2U;
    assert_true(send(UINT32_MAX));
    assert_int_equal(sink.n_sent, 2);
    assert_int_equal(sink.sent[0].data[0], 0x80U);
    assert_int_equal(sink.sent[0].data[1], 62);
    assert_int_equal(sink.sent[0].frame, 3);
    assert_int_equal(sink.sent[1].data[1], controllers[i]);
    assert_false(awaits(0xB0U, controllers[i], 0U));

    assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &own_off, write, &sink));
    assert_int_equal(sink.n_sent, 3);
    add(0U, 0x81U, 62U, 0U);
    assert_true(send(UINT32_MAX));
    assert_true(ct_ledger_is_empty(&ledger));
  }
}

static void
a_reset_lets_out_what_was_let_in(void** const state)
{
  (void)state;
  reset();
  add(0U, 0x90U, 60U, 100U);
  add(0U, 0xB0U, 64U, 127U);
  assert_true(send(UINT32_MAX));
  add(0U, 0x80U, 60U, 0U); // is forgotten
  add(0U, 0x90U, 62U, 100U);
  ct_inbox_reset(&inbox);
  sink = (Sink){.room = MAX_SENT};
  ct_inbox_begin(&inbox);
  assert_true(send(UINT32_MAX));
  assert_int_equal(sink.n_sent, 2);
  assert_int_equal(sink.sent[0].data[0], 0x80U);
  assert_int_equal(sink.sent[0].frame, 0);
  assert_int_equal(sink.sent[1].data[1], 64);
  assert_int_equal(sink.sent[1].data[2], 0);
  assert_true(ct_ledger_is_empty(&ledger));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(messages_go_in_their_order_when_due),
    cmocka_unit_test(what_is_refused_comes_first_in_the_next_block),
    cmocka_unit_test(many_blocks_go_through),
    cmocka_unit_test(a_lost_note_off_ends_all_that_was_passed_on),
    cmocka_unit_test(a_lost_note_on_ends_nothing),
    cmocka_unit_test(what_was_lost_ends_within_its_block),
    cmocka_unit_test(what_is_held_is_awaited_until_it_is_at_rest),
    cmocka_unit_test(all_notes_off_ends_what_was_passed_on),
    cmocka_unit_test(a_reset_lets_out_what_was_let_in),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

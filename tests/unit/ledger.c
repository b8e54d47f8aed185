// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file ledger.c Every note we switch on is switched off, whatever the host
/// refuses

#include "music/ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>

enum { MAX_SENT = 64 };

/// A destination that takes so many messages and refuses the rest
typedef struct {
  CtMessage sent[MAX_SENT];
  uint32_t  n_sent;
  uint32_t  room;
} Sink;

static bool
take(void* const handle, const CtMessage* const message)
{
  Sink* const sink = (Sink*)handle;
  if (!sink->room) {
    return false;
  }
  --sink->room;
  sink->sent[sink->n_sent++] = *message;
  return true;
}

static CtMessage
message(const uint8_t status, const uint8_t key, const uint8_t velocity)
{
  const CtMessage result = {3U, 3U, {status, key, velocity}, 1U};
  return result;
}

static void
check_sent(const Sink* const sink,
           const uint32_t    i,
           const uint8_t     status,
           const uint8_t     key)
{
  assert_true(i < sink->n_sent);
  assert_int_equal(sink->sent[i].data[0], status);
  assert_int_equal(sink->sent[i].data[1], key);
}

static void
a_repeated_key_is_freed_first(void** const state)
{
  (void)state;
  CtLedger        ledger;
  Sink            sink = {.room = MAX_SENT};
  const CtMessage on   = message(0x91U, 60U, 100U);
  const CtMessage off  = message(0x81U, 60U, 0U);
  ct_ledger_reset(&ledger);
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  assert_int_equal(sink.n_sent, 3);
  check_sent(&sink, 0U, 0x91U, 60U);
  check_sent(&sink, 1U, 0x81U, 60U);
  check_sent(&sink, 2U, 0x91U, 60U);
  assert_int_equal(sink.sent[1].frame, 3);

  // The first note's off must not end the second note
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
  assert_int_equal(sink.n_sent, 3);
  assert_false(ct_ledger_is_empty(&ledger));
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
  check_sent(&sink, 3U, 0x81U, 60U);
  assert_true(ct_ledger_is_empty(&ledger));

  // Nothing sounds: nothing to end
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
  assert_int_equal(sink.n_sent, 4);
}

static void
a_note_on_of_velocity_zero_is_an_off(void** const state)
{
  (void)state;
  CtLedger        ledger;
  Sink            sink = {.room = MAX_SENT};
  const CtMessage on   = message(0x90U, 64U, 1U);
  const CtMessage off  = message(0x90U, 64U, 0U);
  ct_ledger_reset(&ledger);
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
  assert_true(ct_ledger_is_empty(&ledger));
  assert_int_equal(sink.n_sent, 2);
}

static void
other_messages_pass(void** const state)
{
  (void)state;
  CtLedger        ledger;
  Sink            sink    = {.room = 1U};
  const CtMessage control = message(0xB0U, 64U, 127U);
  ct_ledger_reset(&ledger);
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &control, take, &sink));
  assert_false(ct_ledger_send(&ledger, CT_SOURCE_OWN, &control, take, &sink));
  assert_true(ct_ledger_is_empty(&ledger));
}

static void
refused_writes_change_nothing(void** const state)
{
  (void)state;
  CtLedger        ledger;
  Sink            sink = {.room = 0U};
  const CtMessage on   = message(0x90U, 60U, 100U);
  const CtMessage off  = message(0x80U, 60U, 0U);
  ct_ledger_reset(&ledger);
  assert_false(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  assert_true(ct_ledger_is_empty(&ledger));

  sink.room = 1U;
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  assert_false(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
  assert_false(ct_ledger_is_empty(&ledger));

  // Room for the off in front of a repeated key, but not for its on: the off is
  // not sent again, whatever comes next
  sink.room = 1U;
  assert_false(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  check_sent(&sink, 1U, 0x80U, 60U);
  sink.room = 1U;
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  check_sent(&sink, 2U, 0x90U, 60U);
  sink.room = 1U;
  assert_false(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  check_sent(&sink, 3U, 0x80U, 60U);
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
  assert_int_equal(sink.n_sent, 4);
  assert_true(ct_ledger_is_empty(&ledger));

  // It is sent for the next note
  sink.room = 2U;
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
  check_sent(&sink, 5U, 0x80U, 60U);
}

static void
flush_keeps_what_is_refused(void** const state)
{
  (void)state;
  CtLedger ledger;
  Sink     sink = {.room = MAX_SENT};
  ct_ledger_reset(&ledger);
  for (uint8_t i = 0U; i < 5U; ++i) {
    const CtMessage on =
      message((uint8_t)(0x90U | (3U * i)), (uint8_t)(127U - i), 80U);
    assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  }

  sink.n_sent = 0U;
  sink.room   = 2U;
  assert_false(ct_ledger_flush(&ledger, CT_SOURCE_OWN, 0U, take, &sink));
  sink.room = 1U;
  assert_false(ct_ledger_flush(&ledger, CT_SOURCE_OWN, 9U, take, &sink));
  sink.room = MAX_SENT - 3U;
  assert_true(ct_ledger_flush(&ledger, CT_SOURCE_OWN, 0U, take, &sink));
  assert_int_equal(sink.n_sent, 5);
  for (uint8_t i = 0U; i < 5U; ++i) {
    check_sent(&sink, i, (uint8_t)(0x80U | (3U * i)), (uint8_t)(127U - i));
    assert_int_equal(sink.sent[i].part, 1);
  }
  assert_int_equal(sink.sent[2].frame, 9);
  assert_true(ct_ledger_flush(&ledger, CT_SOURCE_OWN, 0U, take, &sink));
  assert_int_equal(sink.n_sent, 5);
}

static void
the_count_is_capped(void** const state)
{
  (void)state;
  CtLedger        ledger;
  const CtMessage on  = message(0x90U, 0U, 1U);
  const CtMessage off = message(0x80U, 0U, 0U);
  ct_ledger_reset(&ledger);
  for (uint32_t i = 0U; i < 300U; ++i) {
    Sink sink = {.room = MAX_SENT};
    assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &on, take, &sink));
  }
  assert_false(ct_ledger_is_empty(&ledger));

  uint32_t n_offs = 0U;
  for (uint32_t i = 0U; i < 300U; ++i) {
    Sink sink = {.room = MAX_SENT};
    assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &off, take, &sink));
    n_offs += sink.n_sent;
  }
  assert_int_equal(n_offs, 1);
  assert_true(ct_ledger_is_empty(&ledger));
}

// We play a key that the musician holds: whoever lets go first must not end the
// other's note
static void
two_sources_hold_one_key(void** const state)
{
  (void)state;
  for (uint32_t first = 0U; first < CT_N_SOURCES; ++first) {
    CtLedger       ledger;
    Sink           sink = {.room = MAX_SENT};
    const CtSource one  = (CtSource)first;
    const CtSource other =
      one == CT_SOURCE_OWN ? CT_SOURCE_INPUT : CT_SOURCE_OWN;
    const CtMessage on  = message(0x90U, 60U, 100U);
    const CtMessage off = message(0x80U, 60U, 0U);
    ct_ledger_reset(&ledger);
    assert_true(ct_ledger_send(&ledger, one, &on, take, &sink));

    // Who has it not cannot end it
    assert_true(ct_ledger_send(&ledger, other, &off, take, &sink));
    assert_int_equal(sink.n_sent, 1);
    assert_true(ct_ledger_send(&ledger, other, &on, take, &sink));
    assert_int_equal(sink.n_sent, 3);
    check_sent(&sink, 1U, 0x80U, 60U);
    check_sent(&sink, 2U, 0x90U, 60U);
    assert_true(ct_ledger_send(&ledger, one, &off, take, &sink));
    assert_true(ct_ledger_send(&ledger, one, &off, take, &sink));
    assert_int_equal(sink.n_sent, 3);
    assert_false(ct_ledger_is_empty(&ledger));
    assert_true(ct_ledger_send(&ledger, other, &off, take, &sink));
    assert_int_equal(sink.n_sent, 4);
    check_sent(&sink, 3U, 0x80U, 60U);
    assert_true(ct_ledger_is_empty(&ledger));
  }
}

static void
flush_ends_what_only_its_source_holds(void** const state)
{
  (void)state;
  CtLedger        ledger;
  Sink            sink   = {.room = MAX_SENT};
  const CtMessage shared = message(0x90U, 60U, 100U);
  const CtMessage ours   = message(0x90U, 62U, 100U);
  const CtMessage theirs = message(0x90U, 64U, 100U);
  ct_ledger_reset(&ledger);
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &shared, take, &sink));
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_INPUT, &shared, take, &sink));
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_OWN, &ours, take, &sink));
  assert_true(ct_ledger_send(&ledger, CT_SOURCE_INPUT, &theirs, take, &sink));

  sink = (Sink){.room = MAX_SENT};
  assert_true(ct_ledger_flush(&ledger, CT_SOURCE_OWN, 0U, take, &sink));
  assert_int_equal(sink.n_sent, 1);
  check_sent(&sink, 0U, 0x80U, 62U);
  assert_false(ct_ledger_is_empty(&ledger));
  assert_true(ct_ledger_flush(&ledger, CT_SOURCE_OWN, 0U, take, &sink));
  assert_int_equal(sink.n_sent, 1);

  sink.room = 1U;
  assert_false(ct_ledger_flush(&ledger, CT_SOURCE_INPUT, 0U, take, &sink));
  assert_false(ct_ledger_is_empty(&ledger));
  sink.room = MAX_SENT - 2U;
  assert_true(ct_ledger_flush(&ledger, CT_SOURCE_INPUT, 0U, take, &sink));
  assert_int_equal(sink.n_sent, 3);
  check_sent(&sink, 1U, 0x80U, 60U);
  check_sent(&sink, 2U, 0x80U, 64U);
  assert_true(ct_ledger_is_empty(&ledger));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_repeated_key_is_freed_first),
    cmocka_unit_test(a_note_on_of_velocity_zero_is_an_off),
    cmocka_unit_test(other_messages_pass),
    cmocka_unit_test(refused_writes_change_nothing),
    cmocka_unit_test(flush_keeps_what_is_refused),
    cmocka_unit_test(the_count_is_capped),
    cmocka_unit_test(two_sources_hold_one_key),
    cmocka_unit_test(flush_ends_what_only_its_source_holds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

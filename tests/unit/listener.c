// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file listener.c What is played becomes notes, whatever bytes come

#include "music/listener.h"
#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>

/// Too large for some stacks
static CtListener listener;

static void
hear(const uint8_t status,
     const uint8_t data_1,
     const uint8_t data_2,
     const CtTick  tick)
{
  const uint8_t bytes[] = {status, data_1, data_2};
  ct_listener_hear(&listener, bytes, sizeof(bytes), tick);
}

/// Fail unless note `serial` is the one told, and is over
static void
check_note(const uint64_t serial,
           const CtTick   tick,
           const int32_t  duration,
           const uint64_t pitch)
{
  CtHeardNote heard;
  assert_true(ct_listener_note(&listener, serial, tick + 100000, &heard));
  assert_false(heard.is_sounding);
  assert_int_equal(heard.note.tick, tick);
  assert_int_equal(heard.note.duration, duration);
  assert_int_equal(heard.note.pitch, pitch);
}

static void
check_sounding(const uint64_t serial, const bool is_sounding)
{
  CtHeardNote heard;
  assert_true(ct_listener_note(&listener, serial, 0, &heard));
  assert_int_equal(heard.is_sounding, is_sounding);
}

/// Fail unless the counts of what sounds agree with the keys
static void
check_counts(void)
{
  uint32_t n_sounding                    = 0U;
  uint32_t n_class[CT_PITCH_CLASS_COUNT] = {0U};
  for (uint32_t channel = 0U; channel < CT_MIDI_CHANNEL_COUNT; ++channel) {
    for (uint32_t pitch = 0U; pitch < CT_MIDI_NOTE_COUNT; ++pitch) {
      const CtHeardKey* const key = &listener.keys[channel][pitch];
      assert_true(key->is_sounding || !key->n_on);
      n_sounding += key->is_sounding;
      n_class[pitch % CT_PITCH_CLASS_COUNT] +=
        key->is_sounding && channel != CT_MIDI_DRUM_CHANNEL;
    }
  }
  assert_int_equal(listener.n_sounding, n_sounding);
  for (uint32_t i = 0U; i < CT_PITCH_CLASS_COUNT; ++i) {
    assert_int_equal(ct_listener_pitch_classes(&listener)[i], n_class[i]);
  }
}

static void
notes_have_start_and_length(void** const state)
{
  (void)state;
  ct_listener_reset(&listener);
  hear(0x93U, 60U, 100U, -240);
  hear(0x93U, 64U, 90U, 0);
  hear(0x83U, 60U, 0U, 480);
  hear(0x93U, 64U, 0U, 960); // a note-on of velocity zero is an off
  assert_int_equal(ct_listener_n_heard(&listener), 2);
  check_note(0U, -240, 720, 60U);
  check_note(1U, 0, 960, 64U);

  CtHeardNote heard;
  assert_true(ct_listener_note(&listener, 1U, 0, &heard));
  assert_int_equal(heard.note.velocity, 90);
  assert_int_equal(heard.note.channel, 3);
  assert_int_equal(heard.note.part, 0);
  assert_false(ct_listener_note(&listener, 2U, 0, &heard));
}

static void
a_sounding_note_lasts_until_now(void** const state)
{
  (void)state;
  ct_listener_reset(&listener);
  hear(0x90U, 60U, 100U, 1000);

  CtHeardNote heard;
  assert_true(ct_listener_note(&listener, 0U, 1500, &heard));
  assert_true(heard.is_sounding);
  assert_int_equal(heard.note.duration, 500);
  assert_true(ct_listener_note(&listener, 0U, 1000, &heard));
  assert_int_equal(heard.note.duration, 1);
  hear(0x80U, 60U, 0U, 1000);
  check_note(0U, 1000, 1, 60U);
}

static void
equal_pitches_are_counted(void** const state)
{
  (void)state;
  ct_listener_reset(&listener);
  hear(0x90U, 60U, 100U, 0);
  hear(0x90U, 60U, 100U, 240);
  hear(0x91U, 60U, 100U, 300);
  hear(0x80U, 60U, 0U, 480);
  check_note(0U, 0, 240, 60U);
  check_sounding(1U, true); // the first off belongs to the first note
  hear(0x80U, 60U, 0U, 720);
  check_note(1U, 240, 480, 60U);
  check_sounding(2U, true); // another channel's
  hear(0x80U, 60U, 0U, 800);
  check_counts();
}

static void
the_pedal_lengthens_notes(void** const state)
{
  (void)state;
  ct_listener_reset(&listener);
  hear(0x90U, 60U, 100U, 0);
  hear(0xB0U, 64U, 64U, 100);
  hear(0x90U, 64U, 100U, 200);
  hear(0x80U, 60U, 0U, 300);
  hear(0x90U, 67U, 100U, 400); // still held when the pedal goes up
  hear(0x91U, 72U, 100U, 400); // on a channel whose pedal is up
  hear(0x81U, 72U, 0U, 500);
  check_sounding(0U, true);
  check_note(3U, 400, 100, 72U);
  hear(0x80U, 64U, 0U, 600);
  hear(0x90U, 64U, 100U, 700); // again, under the pedal
  check_note(1U, 200, 500, 64U);
  hear(0xB0U, 64U, 63U, 900);
  check_note(0U, 0, 900, 60U);
  check_sounding(2U, true);
  check_sounding(4U, true);
  hear(0x80U, 67U, 0U, 1000);
  hear(0x80U, 64U, 0U, 1000);
  check_note(2U, 400, 600, 67U);
  check_note(4U, 700, 300, 64U);

  hear(0xB0U, 64U, 127U, 1100);
  hear(0x90U, 60U, 100U, 1200);
  hear(0x80U, 60U, 0U, 1300);
  check_sounding(5U, true);
  hear(0xB0U, 121U, 0U, 1400); // reset all controllers lifts it
  check_note(5U, 1200, 200, 60U);
  check_counts();
}

static void
all_notes_off_ends_its_channel(void** const state)
{
  (void)state;
  static const uint8_t controllers[] = {120U, 123U, 124U, 125U, 126U, 127U};
  for (uint32_t i = 0U; i < sizeof(controllers); ++i) {
    ct_listener_reset(&listener);
    hear(0xB2U, 64U, 127U, 0);
    hear(0x92U, 60U, 100U, 0);
    hear(0x92U, 64U, 100U, 0);
    hear(0x90U, 67U, 100U, 0);
    hear(0x82U, 64U, 0U, 100); // left to the pedal
    hear(0xB2U, controllers[i], 0U, 500);
    check_note(0U, 0, 500, 60U);
    check_note(1U, 0, 500, 64U);
    check_sounding(2U, true);
    hear(0x82U, 60U, 0U, 600);
    check_note(0U, 0, 500, 60U);
    check_counts();
  }
}

static void
a_stop_ends_all(void** const state)
{
  (void)state;
  ct_listener_reset(&listener);
  hear(0xB0U, 64U, 127U, 0);
  hear(0x90U, 60U, 100U, 0);
  hear(0x90U, 60U, 100U, 100);
  hear(0x9FU, 127U, 100U, 200);
  hear(0x80U, 127U, 0U, 300);
  ct_listener_end_all(&listener, 400);
  check_note(0U, 0, 100, 60U);
  check_note(1U, 100, 300, 60U);
  check_note(2U, 200, 200, 127U);
  check_counts();

  // Back to the begin: offs of before do nothing, and the pedal is up
  hear(0x80U, 60U, 0U, -50);
  hear(0x90U, 60U, 100U, 0);
  hear(0x80U, 60U, 0U, 50);
  check_note(3U, 0, 50, 60U);
  assert_int_equal(ct_listener_n_heard(&listener), 4);
}

static void
a_start_moves_what_sounds(void** const state)
{
  (void)state;
  ct_listener_reset(&listener);
  hear(0x90U, 60U, 100U, 5000);
  hear(0x90U, 64U, 100U, 5010);
  hear(0x80U, 60U, 0U, 5100);
  ct_listener_move(&listener, 0);
  check_sounding(1U, true);
  hear(0x80U, 64U, 0U, 240);
  check_note(0U, 5000, 100, 60U);
  check_note(1U, 0, 240, 64U);
  check_counts();
}

static void
other_messages_do_nothing(void** const state)
{
  (void)state;
  static const uint8_t messages[][4] = {
    {0xA0U, 60U, 0U},           // aftertouch
    {0xE0U, 60U, 0U},           // pitch bend
    {0xB0U, 66U, 0U},           // sostenuto
    {0xF2U, 60U, 0U},           // song position
    {0x90U, 60U, 0x80U},        // data byte too large
    {0x80U, 0xBCU, 0U},         // the same
    {60U, 60U, 0U},             // no status
    {0x80U, 60U, 0U, 0U},       // a byte too many
    {0xB0U, 123U, 0U, 0U},      // the same
    {0xF0U, 0x7EU, 9U, 0xF7U}}; // exclusive
  ct_listener_reset(&listener);
  hear(0x90U, 60U, 100U, 0);
  for (uint32_t i = 0U; i < sizeof(messages) / sizeof(*messages); ++i) {
    ct_listener_hear(&listener, messages[i], i < 7U ? 3U : 4U, 100);
  }
  static const uint8_t off[] = {0x80U, 60U, 0U};
  for (uint8_t size = 0U; size < CT_MESSAGE_SIZE; ++size) {
    ct_listener_hear(&listener, off, size, 100);
  }
  ct_listener_hear(&listener, NULL, 0U, 100);
  check_sounding(0U, true);
  assert_int_equal(ct_listener_n_heard(&listener), 1);
  check_counts();
}

static void
the_newest_notes_are_kept(void** const state)
{
  (void)state;
  enum { N_NOTES = 3000 };
  ct_listener_reset(&listener);
  hear(0x90U, 20U, 100U, 0); // sounds all the time
  for (uint32_t i = 1U; i < N_NOTES; ++i) {
    const uint8_t pitch = (uint8_t)(40U + (i % 50U));
    hear(0x91U, pitch, 100U, (CtTick)i * 10);
    hear(0x81U, pitch, 0U, ((CtTick)i * 10) + 5);
  }
  assert_int_equal(ct_listener_n_heard(&listener), N_NOTES);

  CtHeardNote heard;
  uint64_t    serial = N_NOTES;
  while (serial && ct_listener_note(&listener, serial - 1U, 0, &heard)) {
    --serial;
    check_note(serial, (CtTick)serial * 10, 5, 40U + (serial % 50U));
  }
  assert_int_equal(serial, N_NOTES - CT_LISTENER_CAPACITY);

  // The note that was forgotten still counts, and its end changes no other
  assert_int_equal(ct_listener_pitch_classes(&listener)[20 % 12], 1);
  hear(0x80U, 20U, 0U, 100000);
  assert_int_equal(ct_listener_pitch_classes(&listener)[20 % 12], 0);
  for (serial = N_NOTES - CT_LISTENER_CAPACITY; serial < N_NOTES; ++serial) {
    check_note(serial, (CtTick)serial * 10, 5, 40U + (serial % 50U));
  }
}

static void
pitch_classes_are_counted_without_drums(void** const state)
{
  (void)state;
  ct_listener_reset(&listener);
  hear(0x90U, 60U, 100U, 0);
  hear(0x91U, 60U, 100U, 0);
  hear(0x90U, 72U, 100U, 0);
  hear(0x90U, 67U, 100U, 0);
  hear(0x99U, 36U, 100U, 0);
  const uint16_t* const n = ct_listener_pitch_classes(&listener);
  assert_int_equal(n[0], 3);
  assert_int_equal(n[7], 1);
  check_counts();
  hear(0x89U, 36U, 0U, 10);
  hear(0x80U, 72U, 0U, 10);
  assert_int_equal(n[0], 2);
  check_counts();
}

static void
any_bytes_are_harmless(void** const state)
{
  (void)state;
  enum { N_MESSAGES = 200000, CHECK_EVERY = 1000, N_STATUS = 4 };
  // Note-offs, note-ons, controllers, and what comes
  static const uint8_t statuses[N_STATUS] = {0x80U, 0x90U, 0xB0U, 0xF0U};
  static const CtTick  ticks[] = {INT64_MIN, -1, 0, 1, 1LL << 40, INT64_MAX};

  ct_listener_reset(&listener);
  for (uint32_t i = 0U; i < N_MESSAGES; ++i) {
    const uint64_t mixed    = ct_mix(i);
    const uint32_t draw     = (uint32_t)mixed;
    const uint32_t data     = (uint32_t)(mixed >> 32U);
    const uint8_t  bytes[3] = {
       (uint8_t)(statuses[draw % N_STATUS] | (draw >> 8U & 15U)),
       (uint8_t)(data & (draw & 16U ? 255U : 127U)),
       (uint8_t)(data >> 8U & (draw & 32U ? 255U : 127U))};
    ct_listener_hear(&listener,
                     bytes,
                     (uint8_t)(draw >> 12U & 15U ? 3U : draw >> 16U & 3U),
                     ticks[(draw >> 20U) % (sizeof(ticks) / sizeof(*ticks))]);
    if (i % CHECK_EVERY == 0U) {
      check_counts();
    }
  }
  assert_true(ct_listener_n_heard(&listener) > CT_LISTENER_CAPACITY);

  ct_listener_end_all(&listener, 0);
  assert_int_equal(listener.n_sounding, 0);
  check_counts();
  for (uint64_t n = 1U; n <= CT_LISTENER_CAPACITY; ++n) {
    CtHeardNote heard;
    assert_true(ct_listener_note(
      &listener, ct_listener_n_heard(&listener) - n, 0, &heard));
    assert_false(heard.is_sounding);
    assert_true(heard.note.duration >= 1);
    assert_in_range(heard.note.velocity, 1, 127);
    assert_in_range(heard.note.pitch, 0, 127);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(notes_have_start_and_length),
    cmocka_unit_test(a_sounding_note_lasts_until_now),
    cmocka_unit_test(equal_pitches_are_counted),
    cmocka_unit_test(the_pedal_lengthens_notes),
    cmocka_unit_test(all_notes_off_ends_its_channel),
    cmocka_unit_test(a_stop_ends_all),
    cmocka_unit_test(a_start_moves_what_sounds),
    cmocka_unit_test(other_messages_do_nothing),
    cmocka_unit_test(the_newest_notes_are_kept),
    cmocka_unit_test(pitch_classes_are_counted_without_drums),
    cmocka_unit_test(any_bytes_are_harmless),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

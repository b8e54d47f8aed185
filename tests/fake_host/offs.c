// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file offs.c Every note-on has its note-off, whatever happens

#include "property.h"

static FakeHost*
start_playing(void)
{
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_roll(host);
  fake_host_run_quarters(host, 8.1);
  assert_music(host, 4U);
  return host;
}

/// Run on until a note sounds, so that there is one to be ended
static void
run_until_sounding(FakeHost* host)
{
  const int max_blocks = 2000;
  for (int i = 0; i < max_blocks && host->notes.n_sounding == 0U; ++i) {
    fake_host_run(host, 64);
  }
  assert_int_not_equal(host->notes.n_sounding, 0);
}

static void
stop_and_check(FakeHost* host)
{
  fake_host_stop(host);
  fake_host_run(host, 512);
  assert_whole_notes(host);
  fake_host_free(host);
}

static void
test_stop(void** state)
{
  (void)state;
  FakeHost* const host = start_playing();
  for (int i = 0; i < 8; ++i) {
    run_until_sounding(host);
    fake_host_stop(host);
    fake_host_run(host, 64);
    assert_whole_notes(host);

    const size_t n_messages = host->n_messages;
    fake_host_run(host, 48000);
    assert_int_equal(host->n_messages, n_messages); // Silence while stopped
    fake_host_roll(host);
  }
  stop_and_check(host);
}

static void
test_seek(void** state)
{
  static const double places[] = {0.0, 32.0, 5.5, 100.25, 4.0, 3.9, 1.0 / 3.0};

  (void)state;
  FakeHost* const host = start_playing();
  for (size_t i = 0U; i < sizeof(places) / sizeof(places[0]); ++i) {
    run_until_sounding(host);
    const int64_t time    = host->time;
    const size_t  n_notes = host->notes.n_notes;
    fake_host_locate(host, places[i]);
    fake_host_run(host, 64);
    for (size_t j = 0U; j < n_notes; ++j) { // None of before sounds on
      const ListedNote* const note = &host->notes.notes[j];
      assert_true(note->n_frames >= 0 && note->frame + note->n_frames <= time);
    }
    fake_host_run_quarters(host, 2.9);
  }
  stop_and_check(host);
}

static void
test_loop(void** state)
{
  (void)state;
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_set_loop(host, 1.0, 3.5);
  fake_host_roll(host);
  fake_host_run_quarters(host, 40.0);
  assert_music(host, 10U);
  stop_and_check(host);
}

static void
test_bypass(void** state)
{
  (void)state;
  FakeHost* const host = start_playing();
  run_until_sounding(host);
  fake_host_set(host, CONTINUO_BYPASS, 1.0F);
  fake_host_run_quarters(host, 0.26); // Acts on the next sixteenth
  assert_whole_notes(host);

  const size_t n_messages = host->n_messages;
  fake_host_run_quarters(host, 4.0);
  assert_int_equal(host->n_messages, n_messages);

  fake_host_set(host, CONTINUO_BYPASS, 0.0F);
  fake_host_run_quarters(host, 8.0);
  assert_true(host->n_messages > n_messages);
  stop_and_check(host);
}

static void
test_reactivate(void** state)
{
  (void)state;
  FakeHost* const host = start_playing();
  run_until_sounding(host);
  fake_host_stop(host);
  fake_host_reactivate(host);
  fake_host_run(host, 64);
  assert_whole_notes(host);

  fake_host_roll(host);
  fake_host_run_quarters(host, 8.0);
  run_until_sounding(host);
  fake_host_reactivate(host); // While it rolls
  fake_host_run_quarters(host, 8.0);
  stop_and_check(host);
}

/// Change a parameter to and fro while notes sound
static void
check_change(const uint32_t id, const float one, const float other)
{
  FakeHost* const host = start_playing();
  for (int i = 0; i < 8; ++i) {
    run_until_sounding(host);
    fake_host_set(host, id, i % 2 ? one : other);
    fake_host_run_quarters(host, 2.6);
  }
  assert_music(host, 16U);
  stop_and_check(host);
}

static void
test_parameters(void** state)
{
  (void)state;
  check_change(CONTINUO_CHANNEL_MODE, 0.0F, 1.0F);
  check_change(CONTINUO_OCTAVE, -1.0F, 1.0F);
  check_change(CONTINUO_STYLE, 0.0F, 1.0F);
  check_change(CONTINUO_KEY, 2.0F, 7.0F);
  check_change(CONTINUO_SEED, 3.0F, 4.0F);
}

static void
test_range(void** state)
{
  const uint8_t low  = 55U;
  const uint8_t high = 76U;

  (void)state;
  FakeHost* const host = start_playing();
  run_until_sounding(host);
  fake_host_set(host, CONTINUO_LOW_NOTE, (float)low);
  fake_host_set(host, CONTINUO_HIGH_NOTE, (float)high);
  fake_host_run_quarters(host, 1.0);
  const size_t n_before = host->notes.n_notes;
  fake_host_run_quarters(host, 16.0);
  assert_true(host->notes.n_notes > n_before);
  for (size_t i = n_before; i < host->notes.n_notes; ++i) {
    assert_in_range(host->notes.notes[i].pitch, low, high);
  }
  stop_and_check(host);
}

static void
test_full_buffer(void** state)
{
  (void)state;
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  host->max_writes     = 1U;
  fake_host_set_tempo(host, 240.0);
  fake_host_roll(host);
  fake_host_run_quarters(host, 32.0);
  assert_music(host, 8U);

  host->max_writes = 0U; // Nothing gets through at all ...
  fake_host_run_quarters(host, 4.0);
  fake_host_stop(host);
  fake_host_run(host, 512);
  host->max_writes = 2U; // ... and then one after the other does
  fake_host_run(host, 512L * 512L);
  assert_whole_notes(host);
  fake_host_free(host);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_stop),
    cmocka_unit_test(test_seek),
    cmocka_unit_test(test_loop),
    cmocka_unit_test(test_bypass),
    cmocka_unit_test(test_reactivate),
    cmocka_unit_test(test_parameters),
    cmocka_unit_test(test_range),
    cmocka_unit_test(test_full_buffer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

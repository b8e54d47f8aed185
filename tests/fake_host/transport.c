// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file transport.c The notes follow the host: tempo, meter, pre-roll, no
/// position

#include "property.h"

#include <math.h>

static void
test_tempo_change(void** state)
{
  static const double tempos[] = {60.0, 240.0, 97.3, 40.0, 180.0};

  (void)state;
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  FakeHost* const even = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_roll(host);
  fake_host_roll(even);
  for (size_t i = 0U; i < sizeof(tempos) / sizeof(tempos[0]); ++i) {
    fake_host_set_tempo(host, tempos[i]);
    fake_host_run_quarters(host, 4.71);
    fake_host_run_quarters(even, 4.71);
  }
  assert_music(host, 16U);
  assert_on_grid(host);

  // The tempo bends the time of the notes, not the notes
  const size_t n_notes = host->notes.n_notes;
  assert_int_equal(n_notes, even->notes.n_notes);
  for (size_t i = 0U; i < n_notes; ++i) {
    assert_int_equal(host->notes.notes[i].pitch, even->notes.notes[i].pitch);
  }
  stop_and_free(host);
  stop_and_free(even);
}

static void
check_meter(const uint32_t numerator, const uint32_t denominator)
{
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_set_meter(host, numerator, denominator);
  fake_host_roll(host);
  fake_host_run_quarters(host, 24.0);
  assert_music(host, 8U);
  assert_on_grid(host);
  stop_and_free(host);
}

static void
test_meters(void** state)
{
  (void)state;
  check_meter(3U, 4U);
  check_meter(2U, 4U);
  check_meter(6U, 8U);
  check_meter(12U, 8U);
  check_meter(7U, 8U);
}

static void
test_meter_change(void** state)
{
  (void)state;
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_roll(host);
  fake_host_run_quarters(host, 8.0);
  fake_host_set_meter(host, 3U, 4U);
  fake_host_run_quarters(host, 9.0);
  fake_host_set_meter(host, 6U, 8U);
  fake_host_run_quarters(host, 9.0);
  assert_music(host, 8U);
  assert_on_grid(host);
  stop_and_free(host);
}

static void
test_pre_roll(void** state)
{
  (void)state;
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  FakeHost* const same = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_locate(host, -4.0);
  fake_host_roll(host);
  fake_host_run_quarters(host, 4.0);
  assert_on_grid(host);
  const size_t n_before = host->notes.n_notes;

  fake_host_run_quarters(host, 8.0);
  fake_host_roll(same);
  fake_host_run_quarters(same, 8.0);
  assert_true(host->notes.n_notes > n_before);
  assert_int_equal(host->notes.n_notes - n_before, same->notes.n_notes);
  for (size_t i = 0U; i < same->notes.n_notes; ++i) {
    assert_int_equal(host->notes.notes[n_before + i].pitch,
                     same->notes.notes[i].pitch);
  }
  stop_and_free(host);
  stop_and_free(same);
}

static void
test_no_position(void** state)
{
  (void)state;
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  FakeHost* const told = fake_host_new(CONTINUO_SYNCHRONOUS);
  host->transport.told = false;
  fake_host_roll(host); // Only for the quarters that the test counts
  fake_host_roll(told);
  fake_host_run_quarters(host, 16.0);
  fake_host_run_quarters(told, 16.0);
  assert_music(host, 8U);
  assert_same_messages(host, told); // Free time is 120 in 4/4 from the start
  host->transport.told = true;
  stop_and_free(host);
  stop_and_free(told);
}

static void
test_no_meter(void** state)
{
  (void)state;
  FakeHost* const host      = fake_host_new(CONTINUO_SYNCHRONOUS);
  host->transport.has_meter = false;
  fake_host_roll(host);
  fake_host_run_quarters(host, 16.0);
  assert_music(host, 8U);
  stop_and_free(host);
}

static void
test_no_frames(void** state)
{
  (void)state;
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  FakeHost* const same = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_run(host, 0);
  fake_host_roll(host);
  fake_host_roll(same);
  for (int i = 0; i < 16; ++i) {
    fake_host_run(host, 0);
    fake_host_run_quarters(host, 0.9);
    fake_host_run(host, 0);
    fake_host_run_quarters(same, 0.9);
  }
  assert_music(host, 4U);
  assert_same_messages(host, same);
  stop_and_free(host);
  stop_and_free(same);
}

static void
test_place_decides(void** state)
{
  (void)state;
  // From bar 5 on it plays what it plays there when it comes from bar 1
  FakeHost* const whole = fake_host_new(CONTINUO_SYNCHRONOUS);
  FakeHost* const late  = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_roll(whole);
  fake_host_run_quarters(whole, 16.0);
  const size_t n_before = whole->notes.n_notes;
  fake_host_run_quarters(whole, 16.0);

  fake_host_locate(late, 16.0);
  fake_host_roll(late);
  fake_host_run_quarters(late, 16.0);

  assert_int_equal(whole->notes.n_notes - n_before, late->notes.n_notes);
  for (size_t i = 0U; i < late->notes.n_notes; ++i) {
    assert_int_equal(whole->notes.notes[n_before + i].pitch,
                     late->notes.notes[i].pitch);
  }
  stop_and_free(whole);
  stop_and_free(late);
}

static void
test_loop_in_a_rest(void** state)
{
  (void)state;
  // Nothing sounds where it jumps, and yet the second pass is played
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_set(host, CONTINUO_ENSEMBLE, 6.0F); // a thin, restless melody
  fake_host_set(host, CONTINUO_DENSITY, 2.0F);
  fake_host_set(host, CONTINUO_RHYTHM_TEMPERATURE, 1.5F);
  fake_host_roll(host);
  fake_host_run_quarters(host, 16.0);
  for (int i = 0; i < 512 && host->notes.n_sounding; ++i) {
    fake_host_run_quarters(host, 0.125);
  }
  assert_int_equal(host->notes.n_sounding, 0);
  const size_t n_first = host->notes.n_notes;

  fake_host_locate(host, 0.0);
  fake_host_run_quarters(host, 16.0);
  const size_t n_second = host->notes.n_notes - n_first;
  assert_true(n_second > 4U && n_second <= n_first);
  for (size_t i = 0U; i < n_second; ++i) {
    assert_int_equal(host->notes.notes[i].pitch,
                     host->notes.notes[n_first + i].pitch);
  }
  stop_and_free(host);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_tempo_change),
    cmocka_unit_test(test_meters),
    cmocka_unit_test(test_meter_change),
    cmocka_unit_test(test_pre_roll),
    cmocka_unit_test(test_no_position),
    cmocka_unit_test(test_no_meter),
    cmocka_unit_test(test_no_frames),
    cmocka_unit_test(test_place_decides),
    cmocka_unit_test(test_loop_in_a_rest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

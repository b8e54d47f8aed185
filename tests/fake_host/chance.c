// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file chance.c Seeds, knobs while it plays, and the two ways to generate

#include "property.h"

static FakeHost*
play_with(const uint32_t id, const float value)
{
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_set(host, id, value);
  fake_host_roll(host);
  fake_host_run_quarters(host, 16.0);
  fake_host_stop(host);
  fake_host_run(host, 512);
  assert_whole_notes(host);
  assert_music(host, 8U);
  return host;
}

static void
test_seed(void** state)
{
  (void)state;
  FakeHost* const one   = play_with(CONTINUO_SEED, 1.0F);
  FakeHost* const again = play_with(CONTINUO_SEED, 1.0F);
  FakeHost* const other = play_with(CONTINUO_SEED, 2.0F);
  assert_same_messages(one, again);

  const size_t n_same = count_same_onsets(one, other, 0.0, 16.0);
  assert_true(n_same * 2U < count_onsets(one, 0.0, 16.0));
  fake_host_free(one);
  fake_host_free(again);
  fake_host_free(other);
}

/// Turn a knob between two sixteenths: it acts on the next, and not before
static void
check_knob(const uint32_t id, const float value)
{
  const double turned = 8.1;
  const double acts   = 8.25;
  const double end    = 20.0;

  FakeHost* const plain = fake_host_new(CONTINUO_SYNCHRONOUS);
  FakeHost* const knob  = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_roll(plain);
  fake_host_roll(knob);
  fake_host_run_quarters(plain, end);
  fake_host_run_quarters(knob, turned);
  fake_host_set(knob, id, value);
  fake_host_run_quarters(knob, end - turned);

  const size_t n_before = count_onsets(plain, 0.0, acts);
  assert_in_range(n_before, 4, UINT32_MAX);
  assert_int_equal(count_onsets(knob, 0.0, acts), n_before);
  assert_int_equal(count_same_onsets(plain, knob, 0.0, acts), n_before);

  const size_t n_after = count_onsets(plain, acts, end);
  assert_in_range(n_after, 4, UINT32_MAX);
  assert_true(count_same_onsets(plain, knob, acts, end) < n_after);
  fake_host_free(plain);
  fake_host_free(knob);
}

static void
test_temperature(void** state)
{
  (void)state;
  check_knob(CONTINUO_TEMPERATURE, 0.1F);
}

static void
test_key(void** state)
{
  (void)state;
  check_knob(CONTINUO_KEY, 6.0F);
}

static void
test_octave(void** state)
{
  (void)state;
  check_knob(CONTINUO_OCTAVE, 1.0F);
}

static void
test_clamped(void** state)
{
  (void)state;
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const ContinuoParam* const row = continuo_param(id);
    if (!(row->flags & CONTINUO_PARAM_OUTPUT)) {
      fake_host_set(host, id, row->max + 1000.0F);
      assert_true(continuo_get_param(host->continuo, id) <= row->max);
      fake_host_set(host, id, row->min - 1000.0F);
      assert_true(continuo_get_param(host->continuo, id) >= row->min);
    }
  }
  fake_host_free(host);
}

/// Stand in real time for a while, as hosts do before they play
static FakeHost*
stand(const ContinuoMode mode)
{
  FakeHost* const host = fake_host_new(mode);
  host->pace           = mode == CONTINUO_LIVE ? 1.0 : 0.0;
  fake_host_set_tempo(host, 180.0);
  fake_host_run(host, 24000);
  fake_host_roll(host);
  return host;
}

static void
check_live(FakeHost* live, FakeHost* synchronous)
{
  fake_host_stop(live);
  fake_host_run(live, 512);
  fake_host_stop(synchronous);
  fake_host_run(synchronous, 512);

  assert_whole_notes(live);
  assert_music(synchronous, 8U);
  assert_true(continuo_get_param(live->continuo, CONTINUO_LATE_NOTES) < 0.5F);
  assert_same_messages(synchronous, live);
  fake_host_free(live);
  fake_host_free(synchronous);
}

static void
test_live(void** state)
{
  (void)state;
  FakeHost* const live        = stand(CONTINUO_LIVE);
  FakeHost* const synchronous = stand(CONTINUO_SYNCHRONOUS);
  fake_host_run_quarters(live, 16.0);
  fake_host_run_quarters(synchronous, 16.0);
  check_live(live, synchronous);
}

static void
test_bounce(void** state)
{
  (void)state;
  FakeHost* const live        = stand(CONTINUO_LIVE);
  FakeHost* const synchronous = stand(CONTINUO_SYNCHRONOUS);
  live->pace                  = 0.0; // As fast as it goes
  fake_host_run_quarters(live, 64.0);
  fake_host_run_quarters(synchronous, 64.0);
  check_live(live, synchronous);
}

static void
test_dense_bounce(void** state)
{
  // What a bar costs most: many notes, tried as often as can be
  (void)state;
  FakeHost* const hosts[] = {fake_host_new(CONTINUO_LIVE),
                             fake_host_new(CONTINUO_SYNCHRONOUS)};
  for (size_t i = 0U; i < 2U; ++i) {
    fake_host_set(
      hosts[i], CONTINUO_DENSITY, continuo_param(CONTINUO_DENSITY)->max);
    fake_host_set(
      hosts[i], CONTINUO_CANDIDATES, continuo_param(CONTINUO_CANDIDATES)->max);
    fake_host_run(hosts[i], 24000);
    fake_host_roll(hosts[i]);
    fake_host_run_quarters(hosts[i], 64.0);
  }
  check_live(hosts[0], hosts[1]);
}

/// Move a knob that changes no pitch and no onset, in every block
static void
turn_while_playing(FakeHost* host, const double quarters)
{
  static const int n_steps = 1024;
  for (int i = 0; i < n_steps; ++i) {
    fake_host_set(host, CONTINUO_DYNAMICS, (float)i / (float)n_steps);
    fake_host_run_quarters(host, quarters / n_steps);
  }
}

static void
test_moving_knob(void** state)
{
  // Notes that the old wishes still owe are not lost with them
  (void)state;
  FakeHost* const plain  = stand(CONTINUO_SYNCHRONOUS);
  FakeHost* const turned = stand(CONTINUO_SYNCHRONOUS);
  turn_while_playing(turned, 16.0);
  fake_host_run_quarters(plain, 16.0);
  assert_int_equal(turned->notes.n_notes, plain->notes.n_notes);
  for (size_t i = 0U; i < plain->notes.n_notes; ++i) {
    assert_int_equal(turned->notes.notes[i].pitch, plain->notes.notes[i].pitch);
    assert_int_equal(turned->notes.notes[i].frame, plain->notes.notes[i].frame);
  }
  fake_host_free(plain);
  fake_host_free(turned);
}

static void
test_moving_knob_live(void** state)
{
  // Nor does a knob that never rests keep the worker from answering
  (void)state;
  FakeHost* const live        = stand(CONTINUO_LIVE);
  FakeHost* const synchronous = stand(CONTINUO_SYNCHRONOUS);
  turn_while_playing(live, 16.0);
  turn_while_playing(synchronous, 16.0);
  check_live(live, synchronous);
}

static void
test_live_seek(void** state)
{
  static const double  places[] = {4.0, 1.5, 2.75};
  static const int64_t nearly_at =
    4800; // A tenth of a second: a late start may lie here

  (void)state;
  FakeHost* const live        = stand(CONTINUO_LIVE);
  FakeHost* const synchronous = stand(CONTINUO_SYNCHRONOUS);
  fake_host_run_quarters(live, 7.3);
  fake_host_run_quarters(synchronous, 7.3);
  for (size_t i = 0U; i < sizeof(places) / sizeof(places[0]); ++i) {
    const int64_t begin = live->time;
    fake_host_locate(live, places[i]);
    fake_host_locate(synchronous, places[i]);
    fake_host_run_quarters(live, 3.6);
    fake_host_run_quarters(synchronous, 3.6);
    assert_has_onsets(synchronous, live, begin + nearly_at, live->time);
  }
  fake_host_stop(live);
  fake_host_run(live, 512);
  assert_whole_notes(live);
  fake_host_free(live);
  fake_host_free(synchronous);
}

int
main(int argc, char** argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_seed),
    cmocka_unit_test(test_temperature),
    cmocka_unit_test(test_key),
    cmocka_unit_test(test_octave),
    cmocka_unit_test(test_clamped),
    cmocka_unit_test(test_live),
    cmocka_unit_test(test_bounce),
    cmocka_unit_test(test_dense_bounce),
    cmocka_unit_test(test_moving_knob),
    cmocka_unit_test(test_moving_knob_live),
    cmocka_unit_test(test_live_seek),
  };
  if (argc > 1) {
    cmocka_set_test_filter(argv[1]);
  }
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file tempo_map.c Lines from frames to ticks are kept while the song is the
/// same

#include "music/tempo_map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

static CtTempoMap map;

static void
add(const int64_t frame, const double tick, const double tempo)
{
  const CtSegment segment = {frame, tick, tempo};
  ct_tempo_map_add(&map, &segment, 48000.0);
}

static void
lines_are_found_by_frame(void** const state)
{
  (void)state;
  ct_tempo_map_reset(&map);
  assert_null(ct_tempo_map_find(&map, 0));
  add(0, 0.0, 120.0);
  add(48000, 1920.0, 60.0);
  assert_int_equal(map.n_segments, 2);
  assert_int_equal(ct_tempo_map_find(&map, -5)->frame, 0);
  assert_int_equal(ct_tempo_map_find(&map, 47999)->frame, 0);
  assert_int_equal(ct_tempo_map_find(&map, 48000)->frame, 48000);
  assert_true(ct_segment_tick(ct_tempo_map_find(&map, 96000), 96000, 48000.0) ==
              2880.0);
}

static void
a_line_that_goes_on_is_one(void** const state)
{
  (void)state;
  ct_tempo_map_reset(&map);
  add(0, 0.0, 120.0);
  add(48000, 1920.0, 120.0);
  assert_int_equal(map.n_segments, 1);
  add(48000, 1920.0, 60.0);
  add(24000, 960.0, 120.0);
  assert_int_equal(map.n_segments, 2);
}

static void
another_past_makes_another_future(void** const state)
{
  (void)state;
  ct_tempo_map_reset(&map);
  add(0, 0.0, 120.0);
  add(48000, 1920.0, 60.0);
  add(96000, 2880.0, 90.0);
  add(0, 0.0, 100.0);
  assert_int_equal(map.n_segments, 1);
  assert_true(map.segments[0].tempo == 100.0);
}

static void
the_same_change_a_bit_earlier_replaces(void** const state)
{
  (void)state;
  ct_tempo_map_reset(&map);
  add(0, 0.0, 120.0);
  add(48000, 1920.0, 60.0);
  add(96000, 2880.0, 90.0);
  add(47900, 1916.0, 60.0);
  assert_int_equal(map.n_segments, 3);
  assert_int_equal(map.segments[1].frame, 47900);
  assert_int_equal(map.segments[2].frame, 96000);
}

static void
a_ramp_longer_than_the_map_is_kept_roughly(void** const state)
{
  (void)state;
  // An hour from 60 to 180, told every 64 frames of 48 kHz
  static const int64_t n_frames = INT64_C(3600) * 48000;
  ct_tempo_map_reset(&map);
  CtSegment line = {0, 0.0, 60.0};
  for (int64_t frame = 64; frame < n_frames; frame += 64) {
    add(line.frame, line.tick, line.tempo);
    line.tick  = ct_segment_tick(&line, frame, 48000.0);
    line.frame = frame;
    line.tempo = 60.0 + (120.0 * (double)frame / (double)n_frames);
  }
  assert_in_range(
    map.n_segments, CT_TEMPO_MAP_CAPACITY / 2, CT_TEMPO_MAP_CAPACITY);

  double worst = 0.0;
  for (int64_t frame = 0; frame < n_frames; frame += 4801) {
    const double seconds = (double)frame / 48000.0;
    const double quarter = seconds + (seconds * seconds * 2.0 / (2.0 * 3600.0));
    const CtSegment* const segment = ct_tempo_map_find(&map, frame);
    const double           error =
      ct_segment_tick(segment, frame, 48000.0) - (quarter * 960.0);
    worst = fabs(error) > worst ? fabs(error) : worst;
    assert_true(ct_tempo_map_explains(
      &map, segment, 60.0 + (120.0 * (double)frame / (double)n_frames)));
  }
  assert_true(worst < 80.0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lines_are_found_by_frame),
    cmocka_unit_test(a_line_that_goes_on_is_one),
    cmocka_unit_test(another_past_makes_another_future),
    cmocka_unit_test(the_same_change_a_bit_earlier_replaces),
    cmocka_unit_test(a_ramp_longer_than_the_map_is_kept_roughly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

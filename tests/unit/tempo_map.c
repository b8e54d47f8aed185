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
the_oldest_is_forgotten_first(void** const state)
{
  (void)state;
  ct_tempo_map_reset(&map);
  CtSegment last = {0, 0.0, 60.0};
  add(last.frame, last.tick, last.tempo);
  for (int64_t i = 1; i < 2 * (int64_t)CT_TEMPO_MAP_CAPACITY; ++i) {
    last.tick  = ct_segment_tick(&last, 1000 * i, 48000.0);
    last.frame = 1000 * i;
    last.tempo = i % 2 ? 120.0 : 60.0;
    add(last.frame, last.tick, last.tempo);
  }
  assert_int_equal(map.n_segments, CT_TEMPO_MAP_CAPACITY);
  assert_int_equal(map.segments[0].frame,
                   1000 * (int64_t)CT_TEMPO_MAP_CAPACITY);
  assert_int_equal(ct_tempo_map_find(&map, INT64_MAX / 2)->frame, last.frame);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lines_are_found_by_frame),
    cmocka_unit_test(a_line_that_goes_on_is_one),
    cmocka_unit_test(another_past_makes_another_future),
    cmocka_unit_test(the_same_change_a_bit_earlier_replaces),
    cmocka_unit_test(the_oldest_is_forgotten_first),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

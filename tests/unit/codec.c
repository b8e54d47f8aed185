// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file codec.c The grid, and the nearest rows and classes of the model's
/// tables

#include "gen/codec.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define BAR_TICKS CT_TICKS_PER_WHOLE

static const CtCodec*
codec_of(void** const state)
{
  return &((const CtModel*)*state)->codec;
}

static void
the_union_grid_is_of_sixteenths_and_triplets(void** const state)
{
  (void)state;
  static const char grid[] = "x..xx.x.xx..x..xx.x.xx..";
  for (uint32_t p = 0U; p < 144U; ++p) {
    assert_int_equal(ct_on_union_grid(p), grid[p % 24U] == 'x');
  }
}

static void
positions_go_to_the_nearest_of_the_grid(void** const state)
{
  (void)state;
  assert_int_equal(ct_grid_position(0), 0);
  assert_int_equal(ct_grid_position(59), 0);
  assert_int_equal(ct_grid_position(60), 0); // The earlier of two equally near
  assert_int_equal(ct_grid_position(61), 3);
  assert_int_equal(ct_grid_position(120), 3);
  assert_int_equal(ct_grid_position(160), 4);
  assert_int_equal(ct_grid_position(320), 8);
  assert_int_equal(ct_grid_position(901), 24);
  assert_int_equal(ct_grid_position(960), 24);
  assert_int_equal(ct_grid_position(960 + 480), 36);
  assert_int_equal(ct_grid_position(-120), -3);
  assert_int_equal(ct_grid_position(-960), -24);

  for (int64_t tick = 0; tick < BAR_TICKS; tick += 7) {
    const int64_t position = ct_grid_position(tick);
    const int64_t error    = llabs((position * CT_TICKS_PER_GRID) - tick);
    assert_true(ct_on_union_grid((uint32_t)position));
    for (int64_t other = 0; other <= 96; ++other) {
      assert_true(!ct_on_union_grid((uint32_t)other) ||
                  error <= llabs((other * CT_TICKS_PER_GRID) - tick));
    }
  }
}

static void
bar_lengths_are_rounded_to_the_grid(void** const state)
{
  (void)state;
  assert_int_equal(ct_grid_bar_length(3840), 96);
  assert_int_equal(ct_grid_bar_length(3860), 97);
  assert_int_equal(ct_grid_bar_length(3859), 96);
  assert_int_equal(ct_grid_bar_length(60), 2);
  assert_int_equal(ct_grid_bar_length(1), 1);
  assert_int_equal(ct_grid_bar_length(0), 1);
}

static void
meters_have_rows_and_aliases(void** const state)
{
  static const struct {
    CtMeter     meter;
    const char* row;
  } cases[] = {
    {{2U, 4U}, "2/4"},   {{3U, 4U}, "3/4"},  {{4U, 4U}, "4/4"},
    {{6U, 8U}, "6/8"},   {{3U, 8U}, "3/8"},  {{9U, 8U}, "9/8"},
    {{12U, 8U}, "12/8"}, {{3U, 2U}, "3/2"},  {{6U, 4U}, "6/4"},
    {{5U, 4U}, "5/4"},   {{7U, 8U}, "7/8"},  {{2U, 2U}, "4/4"},
    {{4U, 8U}, "2/4"},   {{6U, 16U}, "3/8"}, {{12U, 16U}, "6/8"},
    {{8U, 8U}, "4/4"},   {{4U, 2U}, "4/4"},  {{2U, 1U}, "4/4"},
    {{11U, 8U}, NULL},   {{5U, 8U}, NULL},   {{7U, 4U}, NULL},
    {{255U, 64U}, NULL}, {{1U, 4U}, NULL},
  };
  const CtCodec* const codec = codec_of(state);
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    const uint32_t row = ct_codec_meter(codec, cases[i].meter);
    assert_true(row < codec->n_meters);
    if (cases[i].row) {
      const uint32_t numerator = (uint32_t)strtoul(cases[i].row, NULL, 10);
      const uint32_t denominator =
        (uint32_t)strtoul(strchr(cases[i].row, '/') + 1, NULL, 10);
      assert_int_equal(codec->meters[row].numerator, numerator);
      assert_int_equal(codec->meters[row].denominator, denominator);
    } else {
      assert_int_equal(row, codec->n_meters - 1U); // All others
    }
  }
}

static void
durations_go_to_the_nearest_class(void** const state)
{
  const CtCodec* const codec = codec_of(state);
  for (uint32_t i = 0U; i < codec->n_durations; ++i) {
    const int64_t ticks = (int64_t)codec->durations[i] * CT_TICKS_PER_GRID;
    assert_int_equal(ct_codec_duration(codec, ticks), i);
    assert_int_equal(ct_codec_duration(codec, ticks + 19), i);
    assert_int_equal(ct_codec_duration(codec, ticks - 19), i);
    if (i + 1U < codec->n_durations) {
      const int64_t next =
        (int64_t)codec->durations[i + 1U] * CT_TICKS_PER_GRID;
      const int64_t half = (ticks + next) / 2;
      assert_int_equal(ct_codec_duration(codec, half), i); // The shorter
      assert_int_equal(ct_codec_duration(codec, half + 1), i + 1U);
    }
  }
  assert_int_equal(ct_codec_duration(codec, 0), 0);
  assert_int_equal(ct_codec_duration(codec, -5000), 0);
  assert_int_equal(ct_codec_duration(codec, INT64_C(1) << 40),
                   codec->n_durations - 1U);
}

static void
velocities_have_levels(void** const state)
{
  const CtCodec* const codec = codec_of(state);
  assert_int_equal(codec->n_levels, 8); // From ppp to fff
  assert_int_equal(ct_codec_level(codec, 0U), 0);
  assert_int_equal(ct_codec_level(codec, 127U), codec->n_levels - 1U);
  for (uint32_t i = 1U; i < codec->n_levels; ++i) {
    assert_int_equal(ct_codec_level(codec, codec->level_begin[i]), i);
    assert_int_equal(ct_codec_level(codec, codec->level_begin[i] - 1U), i - 1U);
  }
}

static void
parts_and_ensembles_have_names(void** const state)
{
  (void)state;
  assert_string_equal(ct_part_name(CT_PART_RIGHT), "right");
  assert_string_equal(ct_part_name(CT_PART_BASS), "bass");
  assert_null(ct_part_name(CT_N_PARTS));
  assert_null(ct_part_name(UINT32_MAX));
  assert_string_equal(ct_ensemble_name(CT_ENSEMBLE_KEYBOARD), "keyboard");
  assert_string_equal(ct_ensemble_name(CT_ENSEMBLE_MELODY), "melody");
  assert_null(ct_ensemble_name(CT_N_ENSEMBLES));
}

static void
tables_are_read_as_the_file_has_them(void** const state)
{
  const CtCodec* const codec = codec_of(state);
  assert_int_equal(codec->shifts[0], 0);
  assert_int_equal(codec->bar, codec->n_shifts);
  assert_int_equal(codec->end, codec->n_shifts + 1U);
  assert_int_equal(codec->begin, codec->n_shifts + 2U);
  assert_int_equal(codec->low, 21);
  assert_int_equal(codec->n_pitches, 88);
  assert_int_equal(codec->n_densities, 8);
  assert_int_equal(codec->n_polyphonies, 5);
  assert_string_equal(codec->styles[0].name, "Bach");
  assert_int_equal(codec->styles[0].composer, 1);
  assert_int_equal(codec->styles[3].ensemble, CT_ENSEMBLE_QUARTET);
  assert_true(codec->styles[3].is_marked);
  assert_string_equal(codec->styles[12].name, "Hymn");
  assert_false(codec->styles[12].is_marked);
  assert_string_equal(codec->styles[15].name, "Polish salon");
  assert_int_equal(codec->styles[15].composer, codec->n_composers - 1U);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_union_grid_is_of_sixteenths_and_triplets),
    cmocka_unit_test(positions_go_to_the_nearest_of_the_grid),
    cmocka_unit_test(bar_lengths_are_rounded_to_the_grid),
    cmocka_unit_test(meters_have_rows_and_aliases),
    cmocka_unit_test(durations_go_to_the_nearest_class),
    cmocka_unit_test(velocities_have_levels),
    cmocka_unit_test(parts_and_ensembles_have_names),
    cmocka_unit_test(tables_are_read_as_the_file_has_them),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

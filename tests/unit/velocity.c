// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file velocity.c Velocities stay in MIDI's bounds and follow their rules

#include "gen/velocity.h"

#include "gen/codec.h"
#include "gen/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR 96U

/// A place without chance
static CtNotePlace
place(const uint32_t bar,
      const uint32_t position,
      const uint32_t part,
      const bool     is_top)
{
  return (CtNotePlace){bar, position, BAR, part, is_top, 0.0F, 0.5F};
}

/// Velocity around 64, so that nothing is cut off
static int
natural(const uint32_t bar,
        const uint32_t position,
        const uint32_t part,
        const bool     is_top)
{
  const CtNotePlace here = place(bar, position, part, is_top);
  return ct_velocity(&here, 64U, 1.0F);
}

static void
without_dynamics_it_is_flat(void** const state)
{
  (void)state;
  for (uint32_t mean = 1U; mean <= 127U; mean += 21U) {
    for (uint32_t bar = 0U; bar < 5U; ++bar) {
      for (uint32_t position = 0U; position < BAR; position += 7U) {
        const CtNotePlace here = {
          bar, position, BAR, CT_PART_SOPRANO, true, 0.0F, 0.99F};
        assert_int_equal(ct_velocity(&here, mean, 0.0F), mean);
      }
    }
  }
}

static void
it_stays_in_bounds(void** const state)
{
  (void)state;
  static const uint32_t means[] = {1U, 64U, 127U};
  static const float    coins[] = {0.0F, 0.999999F};

  int lowest  = 127;
  int highest = 1;
  for (size_t m = 0U; m < 3U; ++m) {
    for (uint32_t i = 0U; i < 4U * BAR * CT_N_PARTS; ++i) {
      const CtNotePlace here     = {i / (BAR * CT_N_PARTS),
                                    (i / CT_N_PARTS) % BAR,
                                    BAR,
                                    i % CT_N_PARTS,
                                    (i & 1U) != 0U,
                                    0.0F,
                                    coins[(i / 2U) & 1U]};
      const int         velocity = ct_velocity(&here, means[m], 2.0F);
      assert_in_range(velocity, 1, 127);
      lowest  = velocity < lowest ? velocity : lowest;
      highest = velocity > highest ? velocity : highest;
    }
  }
  assert_int_equal(lowest, 1); // Both bounds were reached, and none passed
  assert_int_equal(highest, 127);
}

static void
bar_lines_are_above_beats_above_the_rest(void** const state)
{
  (void)state;
  for (uint32_t bar = 1U; bar < 3U; ++bar) {
    // Near to each other, so that the phrase does not weigh
    const int beat = natural(bar, 24U, CT_PART_RIGHT, true);
    const int off  = natural(bar, 27U, CT_PART_RIGHT, true);
    assert_true(beat > off);
  }
  assert_true(natural(2U, 0U, CT_PART_RIGHT, true) >
              natural(2U, 24U, CT_PART_RIGHT, true));
}

static void
melody_is_above_bass_above_inner_notes(void** const state)
{
  (void)state;
  const int soprano = natural(1U, 24U, CT_PART_SOPRANO, true);
  const int bass    = natural(1U, 24U, CT_PART_BASS, false);
  const int alto    = natural(1U, 24U, CT_PART_ALTO, false);
  assert_true(soprano > bass);
  assert_true(bass > alto);
  assert_true(natural(1U, 24U, CT_PART_RIGHT, true) >
              natural(1U, 24U, CT_PART_RIGHT, false));
  assert_int_equal(natural(1U, 24U, CT_PART_LEFT, true),
                   natural(1U, 24U, CT_PART_LEFT, false));
}

static void
a_phrase_swells_and_falls_over_four_bars(void** const state)
{
  (void)state;
  int line[CT_PHRASE_BARS + 1U];
  for (uint32_t bar = 0U; bar <= CT_PHRASE_BARS; ++bar) {
    line[bar] = natural(bar, 0U, CT_PART_RIGHT, true);
  }
  assert_true(line[0] < line[1]);
  assert_true(line[1] < line[2]);
  assert_true(line[2] > line[3]);
  assert_int_equal(line[4], line[0]); // The next begins
}

static void
chance_scatters_a_little(void** const state)
{
  (void)state;
  CtNotePlace here = place(1U, 24U, CT_PART_RIGHT, true);
  here.coin        = 0.0F;
  const int low    = ct_velocity(&here, 64U, 1.0F);
  here.coin        = 0.999F;
  const int high   = ct_velocity(&here, 64U, 1.0F);
  assert_in_range(high - low, 1, 8);
}

static void
more_dynamics_swing_further(void** const state)
{
  (void)state;
  const CtNotePlace loud  = place(2U, 0U, CT_PART_RIGHT, true);
  const CtNotePlace quiet = place(0U, 3U, CT_PART_LEFT, false);
  assert_true(ct_velocity(&loud, 64U, 2.0F) > ct_velocity(&loud, 64U, 1.0F));
  assert_true(ct_velocity(&loud, 64U, 1.0F) > 64U);
  assert_true(ct_velocity(&quiet, 64U, 2.0F) < ct_velocity(&quiet, 64U, 1.0F));
  assert_true(ct_velocity(&quiet, 64U, 1.0F) < 64U);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(without_dynamics_it_is_flat),
    cmocka_unit_test(it_stays_in_bounds),
    cmocka_unit_test(bar_lines_are_above_beats_above_the_rest),
    cmocka_unit_test(melody_is_above_bass_above_inner_notes),
    cmocka_unit_test(a_phrase_swells_and_falls_over_four_bars),
    cmocka_unit_test(chance_scatters_a_little),
    cmocka_unit_test(more_dynamics_swing_further),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

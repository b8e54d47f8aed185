// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file interpret.c What wishes mean to the model

#include "gen/interpret.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/// Fail unless the wished range makes the model play the MIDI keys [low, high]
static void
assert_range(void** const   state,
             const uint32_t wish_low,
             const uint32_t wish_high,
             const int32_t  octave,
             const uint32_t low,
             const uint32_t high)
{
  const CtModel* const model    = (const CtModel*)*state;
  CtSettings           settings = fixture_settings();
  settings.low                  = wish_low;
  settings.high                 = wish_high;
  settings.octave               = octave;
  const CtPlayers players       = ct_interpret_players(model, &settings);
  assert_int_equal(players.low + model->codec.low, low);
  assert_int_equal(players.high_end + model->codec.low, high + 1U);
}

static void
the_range_is_what_the_model_has_of_it(void** const state)
{
  assert_range(state, 0U, 127U, 0, 21U, 108U);
  assert_range(state, 60U, 72U, 0, 60U, 72U);
  assert_range(state, 60U, 60U, 0, 60U, 60U);
  assert_range(state, 110U, 127U, 0, 108U, 108U);
  assert_range(state, 0U, 5U, 0, 21U, 21U);
}

static void
a_swapped_range_is_the_same_range(void** const state)
{
  assert_range(state, 72U, 60U, 0, 60U, 72U);
  assert_range(state, 127U, 0U, 0, 21U, 108U);
}

// What sounds is in the range, so the model plays octaves beside it
static void
the_octave_moves_the_range_the_other_way(void** const state)
{
  assert_range(state, 60U, 72U, 1, 48U, 60U);
  assert_range(state, 60U, 72U, -2, 84U, 96U);
  assert_range(state, 0U, 127U, 3, 21U, 91U);   // 91 + 36 is MIDI's last
  assert_range(state, 0U, 127U, -3, 36U, 108U); // 36 - 36 its first
}

static void
keys_have_rows(void** const state)
{
  (void)state;
  CtSettings settings = fixture_settings();
  settings.key        = 9U;
  settings.scale      = CT_SCALE_MAJOR;
  assert_int_equal(ct_interpret_key(&settings), 9);
  settings.scale = CT_SCALE_MINOR;
  assert_int_equal(ct_interpret_key(&settings), 21);
  settings.scale = CT_SCALE_FREE;
  assert_int_equal(ct_interpret_key(&settings), CT_KEY_COUNT);
}

static void
conditions_have_rows(void** const state)
{
  const CtModel* const model    = (const CtModel*)*state;
  CtSettings           settings = fixture_settings();
  settings.style                = 3U; // Haydn, quartets
  CtConditions rows             = ct_interpret_conditions(model, &settings);
  assert_int_equal(rows.composer, model->codec.styles[3].composer);
  assert_int_equal(rows.ensemble, CT_ENSEMBLE_QUARTET);
  assert_int_equal(rows.density, model->codec.n_densities);
  assert_int_equal(rows.polyphony, model->codec.n_polyphonies);

  settings.ensemble  = 1U + CT_ENSEMBLE_MELODY;
  settings.density   = 8U;
  settings.polyphony = 1U;
  rows               = ct_interpret_conditions(model, &settings);
  assert_int_equal(rows.ensemble, CT_ENSEMBLE_MELODY);
  assert_int_equal(rows.density, 7);
  assert_int_equal(rows.polyphony, 0);
  assert_int_equal(ct_interpret_players(model, &settings).parts,
                   ct_ensemble_parts(CT_ENSEMBLE_MELODY));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_range_is_what_the_model_has_of_it),
    cmocka_unit_test(a_swapped_range_is_the_same_range),
    cmocka_unit_test(the_octave_moves_the_range_the_other_way),
    cmocka_unit_test(keys_have_rows),
    cmocka_unit_test(conditions_have_rows),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

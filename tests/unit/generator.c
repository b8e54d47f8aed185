// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file generator.c Whatever is wished, what the generator plays can be played

#include "gen/generator.h"

#include "fixture.h"
#include "gen/house.h"
#include "music/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define N_BARS 4
#define N_KEYS 128U
#define N_HAND_PARTS 2U ///< Right and left come first

static const CtMeter common = {4U, 4U};

/// Fail unless `note` lies in a bar of the take, on its grid
static void
assert_in_bar(const CtTake* const take, const CtNote* const note)
{
  const CtBar  bar   = ct_meter_map_bar(&take->sheet.meters, note->tick);
  const CtTick after = note->tick - bar.begin;
  assert_int_equal(after % CT_TICKS_PER_GRID, 0);
  assert_true(ct_on_union_grid((uint32_t)(after / CT_TICKS_PER_GRID)));
}

/// All notes of a take.  @return Static; how many are in `n`
static const CtNote*
all_notes(const CtTake* const take, size_t* const n)
{
  static CtNote notes[FIXTURE_MAX_NOTES];
  *n = fixture_notes(&take->sheet, 0, INT64_MAX, notes);
  return notes;
}

/// Fail unless the notes can be played: in order, on the grid, in range, no key
/// struck while it is down, no voice singing twice
static void
assert_playable(const CtTake* const take,
                const uint32_t      parts,
                const uint32_t      low,
                const uint32_t      high)
{
  CtTick              key_end[N_KEYS]      = {0};
  CtTick              part_end[CT_N_PARTS] = {0};
  CtTick              last                 = 0;
  size_t              n                    = 0U;
  const CtNote* const notes                = all_notes(take, &n);
  assert_true(n > 0U);
  for (size_t i = 0U; i < n; ++i) {
    const CtNote* const note = &notes[i];
    assert_true(note->tick >= last);
    last = note->tick;
    assert_in_bar(take, note);
    assert_true(note->duration > 0);
    assert_in_range(note->velocity, 1, 127);
    assert_in_range(note->pitch, low, high);
    assert_true(note->part < CT_N_PARTS);
    assert_true(parts & (1U << note->part));

    const CtTick end = note->tick + note->duration;
    assert_true(key_end[note->pitch] <= note->tick);
    key_end[note->pitch] = end;
    if (note->part >= N_HAND_PARTS) {
      assert_true(part_end[note->part] <= note->tick);
      part_end[note->part] = end;
    }
  }
}

static CtTake
written(void** const            state,
        const CtSettings* const settings,
        const int64_t           n_bars)
{
  CtTake take;
  fixture_take(&take, (const CtModel*)*state, settings, common);
  fixture_extend(&take, n_bars * CT_TICKS_PER_WHOLE);
  return take;
}

static void
every_ensemble_plays_what_it_can(void** const state)
{
  for (uint32_t ensemble = 0U; ensemble < CT_N_ENSEMBLES; ++ensemble) {
    for (uint32_t seed = 1U; seed <= 2U; ++seed) {
      CtSettings settings = fixture_settings();
      settings.seed       = seed;
      settings.ensemble   = 1U + ensemble;
      CtTake take         = written(state, &settings, N_BARS);
      assert_playable(
        &take, ct_ensemble_parts((CtEnsemble)ensemble), 21U, 108U);
      ct_take_clear(&take);
    }
  }
}

static void
hot_and_dense_is_playable_too(void** const state)
{
  CtSettings settings         = fixture_settings();
  settings.temperature        = 2.0F;
  settings.rhythm_temperature = 2.0F;
  settings.min_p              = 0.0F;
  settings.density            = 8U;
  settings.polyphony          = 5U;
  CtTake take                 = written(state, &settings, 12);
  assert_playable(&take, ct_ensemble_parts(CT_ENSEMBLE_KEYBOARD), 21U, 108U);
  size_t n = 0U;
  (void)all_notes(&take, &n);
  assert_true(n > 32U);
  ct_take_clear(&take);
}

static void
ranges_are_kept(void** const state)
{
  static const struct {
    uint32_t low;
    uint32_t high;
    int32_t  octave;
    uint32_t heard_low;
    uint32_t heard_high;
  } cases[] = {
    {55U, 67U, 0, 55U, 67U},     // Narrow
    {60U, 60U, 0, 60U, 60U},     // One key
    {67U, 55U, 0, 55U, 67U},     // Swapped
    {120U, 127U, 0, 108U, 108U}, // Above the model
    {0U, 10U, 0, 21U, 21U},      // Below it
    {60U, 84U, 1, 60U, 84U},
    {30U, 50U, -2, 30U, 50U},
    {0U, 127U, 3, 57U, 127U},
    {0U, 127U, -3, 0U, 72U},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    CtSettings settings = fixture_settings();
    settings.low        = cases[i].low;
    settings.high       = cases[i].high;
    settings.octave     = cases[i].octave;
    CtTake take         = written(state, &settings, 3);
    assert_playable(&take,
                    ct_ensemble_parts(CT_ENSEMBLE_KEYBOARD),
                    cases[i].heard_low,
                    cases[i].heard_high);
    ct_take_clear(&take);
  }
}

static void
without_a_lock_the_model_leaves_the_scale(void** const state)
{
  CtSettings settings       = fixture_settings();
  settings.scale_lock       = 0.0F;
  settings.temperature      = 1.5F;
  settings.key              = 2U;
  CtTake              take  = written(state, &settings, 12);
  const CtKey         key   = {2U, CT_MODE_MAJOR};
  size_t              n_out = 0U;
  size_t              n     = 0U;
  const CtNote* const notes = all_notes(&take, &n);
  for (size_t i = 0U; i < n; ++i) {
    n_out += !ct_scale_contains(ct_scale(key), notes[i].pitch);
  }
  assert_true(n_out > 0U);
  ct_take_clear(&take);
}

static void
the_seed_decides(void** const state)
{
  CtSettings settings = fixture_settings();
  CtTake     one      = written(state, &settings, N_BARS);
  CtTake     again    = written(state, &settings, N_BARS);
  settings.seed       = 2U;
  CtTake other        = written(state, &settings, N_BARS);

  const CtTick end = N_BARS * CT_TICKS_PER_WHOLE;
  fixture_assert_same(&one, &again, 0, end);
  assert_false(fixture_is_same(&one, &other, 0, end));
  ct_take_clear(&one);
  ct_take_clear(&again);
  ct_take_clear(&other);
}

/// How loud the network takes a take's last note to be, in a style
static uint32_t
last_level(void** const state, const char* const style)
{
  const CtCodec* const codec    = &((const CtModel*)*state)->codec;
  CtSettings           settings = fixture_settings();
  settings.style                = 0U;
  while (strcmp(codec->styles[settings.style].name, style) != 0) {
    assert_true(++settings.style < codec->n_styles);
  }
  CtTake         take = written(state, &settings, N_BARS);
  const uint32_t level =
    ct_house_moment(take.generator.moment)->context.event.level;
  ct_take_clear(&take);
  return level;
}

// Asked of scores that never tell, the network would guess
static void
levels_are_drawn_where_scores_tell_them(void** const state)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  assert_true(last_level(state, "Chopin") < codec->n_levels);
  assert_true(last_level(state, "Bach") < codec->n_levels);
  assert_int_equal(last_level(state, "Hymn"), codec->n_levels);
  assert_int_equal(last_level(state, "Irish folk"), codec->n_levels);
}

static void
every_wish_is_heard(void** const state)
{
  static const struct {
    const char* what;
    size_t      offset;
    uint32_t    value;
  } cases[] = {
    {"style", offsetof(CtSettings, style), 1U},
    {"key", offsetof(CtSettings, key), 6U},
    {"scale", offsetof(CtSettings, scale), CT_SCALE_MINOR},
    {"top_k", offsetof(CtSettings, top_k), 1U},
    {"rhythm_top_k", offsetof(CtSettings, rhythm_top_k), 1U},
    {"density", offsetof(CtSettings, density), 8U},
    {"polyphony", offsetof(CtSettings, polyphony), 1U},
    {"velocity", offsetof(CtSettings, velocity), 20U},
    {"octave", offsetof(CtSettings, octave), 1U},
    {"channel_mode", offsetof(CtSettings, channel_mode), CT_CHANNEL_PER_PART},
  };
  CtSettings settings = fixture_settings();
  CtTake     plain    = written(state, &settings, N_BARS);
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    settings = fixture_settings();
    memcpy((char*)&settings + cases[i].offset,
           &cases[i].value,
           sizeof(cases[i].value));
    CtTake     take = written(state, &settings, N_BARS);
    const bool same =
      fixture_is_same(&plain, &take, 0, N_BARS * CT_TICKS_PER_WHOLE);
    if (same) {
      print_error("%s changes nothing\n", cases[i].what);
    }
    assert_false(same);
    ct_take_clear(&take);
  }
  ct_take_clear(&plain);
}

static void
parts_go_to_their_channels(void** const state)
{
  CtSettings settings       = fixture_settings();
  settings.ensemble         = 1U + CT_ENSEMBLE_VOICES;
  settings.channel_mode     = CT_CHANNEL_PER_PART;
  CtTake              take  = written(state, &settings, 2);
  size_t              n     = 0U;
  const CtNote* const notes = all_notes(&take, &n);
  for (size_t i = 0U; i < n; ++i) {
    assert_int_equal(notes[i].channel, notes[i].part);
  }
  ct_take_clear(&take);

  settings.channel_mode = CT_CHANNEL_ONE;
  take                  = written(state, &settings, 2);
  (void)all_notes(&take, &n);
  for (size_t i = 0U; i < n; ++i) {
    assert_int_equal(notes[i].channel, 0);
  }
  ct_take_clear(&take);
}

static void
a_hard_lock_leaves_the_scale_only(void** const state)
{
  for (uint32_t seed = 0U; seed < 30U; ++seed) {
    CtSettings settings       = fixture_settings();
    settings.seed             = seed;
    settings.key              = (2U + (5U * seed)) % 12U;
    settings.scale            = seed & 1U;
    settings.scale_lock       = 1.0F;
    settings.temperature      = 1.5F;
    settings.ensemble         = 1U + (seed % CT_N_ENSEMBLES);
    CtTake              take  = written(state, &settings, 6);
    const CtKey         key   = {(uint8_t)settings.key,
                       seed & 1U ? CT_MODE_MINOR : CT_MODE_MAJOR};
    size_t              n     = 0U;
    const CtNote* const notes = all_notes(&take, &n);
    for (size_t i = 0U; i < n; ++i) {
      assert_true(ct_scale_contains(ct_scale(key), notes[i].pitch));
    }
    ct_take_clear(&take);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_ensemble_plays_what_it_can),
    cmocka_unit_test(hot_and_dense_is_playable_too),
    cmocka_unit_test(ranges_are_kept),
    cmocka_unit_test(without_a_lock_the_model_leaves_the_scale),
    cmocka_unit_test(a_hard_lock_leaves_the_scale_only),
    cmocka_unit_test(the_seed_decides),
    cmocka_unit_test(levels_are_drawn_where_scores_tell_them),
    cmocka_unit_test(every_wish_is_heard),
    cmocka_unit_test(parts_go_to_their_channels),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file preset_choice.c The parameter that chooses a preset, and hosts that
/// set it in their ways

#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t block = 256U;

static int
set_up(void** const state)
{
  *state = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
  return *state ? 0 : -1;
}

static int
tear_down(void** const state)
{
  continuo_free(*state);
  return 0;
}

static bool
take(void* const handle, const ContinuoMidi* const message)
{
  (void)handle;
  (void)message;
  return true;
}

static void
run(Continuo* const self, const uint32_t n_blocks)
{
  static const ContinuoPosition stopped = {
    .has_meter = true, .tempo = 120.0, .numerator = 4U, .denominator = 4U};
  for (uint32_t i = 0U; i < n_blocks; ++i) {
    continuo_process(self, &stopped, NULL, 0U, block, take, NULL);
  }
}

static ContinuoPreset
builtin(const uint32_t number)
{
  ContinuoPreset    preset;
  char              why[CONTINUO_WHY_SIZE];
  const char* const text = continuo_preset_text(number - 1U);
  assert_non_null(text);
  assert_int_equal(continuo_preset_read(NULL, text, strlen(text), &preset, why),
                   0);
  return preset;
}

static void
expect_preset(const Continuo* const self, const uint32_t number)
{
  const ContinuoPreset preset = builtin(number);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id)) {
      assert_true(continuo_get_param(self, id) == preset.values[id]);
    }
  }
  assert_true(continuo_get_param(self, CONTINUO_PRESET) == (float)number);
}

static void
choose(Continuo* const self, const uint32_t number)
{
  continuo_set_param(self, CONTINUO_PRESET, (float)number);
}

/// What the instance has changed, as bits
static uint64_t
told(Continuo* const self)
{
  uint64_t bits = 0U;
  uint32_t id   = 0U;
  while ((id = continuo_next_change(self)) < CONTINUO_N_PARAMS) {
    assert_false(bits & (uint64_t)1U << id);
    bits |= (uint64_t)1U << id;
  }
  return bits;
}

static uint64_t
bit_of(const ContinuoParamId id)
{
  return (uint64_t)1U << (unsigned)id;
}

static void
a_choice_sets_everything_and_tells(void** const state)
{
  Continuo* const self = *state;
  run(self, 1U);
  continuo_set_param(self, CONTINUO_TOP_K, 7.0F);
  run(self, 1U);
  assert_true(told(self) == 0U);
  choose(self, 3U);
  run(self, 1U);
  expect_preset(self, 3U);

  // All that is another value now, and nothing else
  const ContinuoPreset preset   = builtin(3U);
  uint64_t             expected = bit_of(CONTINUO_TOP_K);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id) && id != CONTINUO_TOP_K &&
        preset.values[id] != continuo_param(id)->initial) {
      expected |= (uint64_t)1U << id;
    }
  }
  assert_true(told(self) == expected);
  assert_true(told(self) == 0U);
}

static void
bypass_and_buttons_stay(void** const state)
{
  Continuo* const self = *state;
  run(self, 1U);
  continuo_set_param(self, CONTINUO_BYPASS, 1.0F);
  run(self, 1U);
  choose(self, 2U);
  run(self, 1U);
  assert_true(continuo_get_param(self, CONTINUO_BYPASS) == 1.0F);
}

static void
a_tweak_shows_and_the_same_choice_is_made_again(void** const state)
{
  Continuo* const self = *state;
  run(self, 1U);
  choose(self, 4U);
  run(self, 1U);
  (void)told(self);
  continuo_set_param(self, CONTINUO_TEMPERATURE, 1.7F);
  run(self, 1U);
  assert_true(continuo_get_param(self, CONTINUO_PRESET) == 0.0F);
  assert_true(told(self) == bit_of(CONTINUO_PRESET));
  assert_true(continuo_get_param(self, CONTINUO_TEMPERATURE) == 1.7F);

  run(self, 200U); // A second
  choose(self, 4U);
  run(self, 1U);
  expect_preset(self, 4U);
}

static void
a_choice_after_none_is_made_at_once(void** const state)
{
  Continuo* const self = *state;
  run(self, 1U);
  choose(self, 4U);
  run(self, 1U);
  continuo_set_param(self, CONTINUO_TEMPERATURE, 1.7F);
  run(self, 1U);
  choose(self, 0U); // As a host that was told says it back
  run(self, 1U);
  choose(self, 4U);
  run(self, 1U);
  expect_preset(self, 4U);
}

/// Set all values of `preset`, forwards or backwards, and the choice `number`
/// in their midst
static void
restore(Continuo* const             self,
        const ContinuoPreset* const preset,
        const uint32_t              number,
        const bool                  is_backwards,
        const uint32_t              when)
{
  for (uint32_t i = 0U; i < CONTINUO_N_PARAMS; ++i) {
    const uint32_t id = is_backwards ? CONTINUO_N_PARAMS - 1U - i : i;
    if (i == when) {
      choose(self, number);
    }
    if (continuo_preset_sets(id)) {
      continuo_set_param(self, id, preset->values[id]);
    }
  }
}

// A session with a preset's number and values that were changed since, some to
// what a new instance has
static void
a_session_comes_back_in_any_order(void** const state)
{
  (void)state;
  ContinuoPreset saved               = builtin(5U);
  saved.values[CONTINUO_TEMPERATURE] = 1.5F;
  saved.values[CONTINUO_DENSITY]     = 0.0F;
  saved.values[CONTINUO_HIGH_NOTE]   = 108.0F;
  for (uint32_t when = 0U; when < CONTINUO_N_PARAMS; when += 7U) {
    for (int way = 0; way < 4; ++way) {
      Continuo* const self = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
      assert_non_null(self);
      run(self, way & 2 ? 1U : 0U); // Into an instance that ran, or not
      restore(self, &saved, 5U, way & 1, when);
      run(self, 2U);
      for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
        if (continuo_preset_sets(id)) {
          assert_true(continuo_get_param(self, id) == saved.values[id]);
        }
      }
      assert_true(continuo_get_param(self, CONTINUO_PRESET) == 0.0F);
      continuo_free(self);
    }
  }
}

// What is saved while a choice shows has its values, so that even a host that
// gives them back one by one, over many blocks, ends there
static void
a_choice_that_shows_comes_back_slowly(void** const state)
{
  Continuo* const      self  = *state;
  const ContinuoPreset saved = builtin(6U);
  run(self, 1U);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (id == CONTINUO_KEY) {
      choose(self, 6U);
    }
    if (continuo_preset_sets(id)) {
      continuo_set_param(self, id, saved.values[id]);
    }
    run(self, 1U);
  }
  expect_preset(self, 6U);
}

static void
values_a_little_off_are_the_same(void** const state)
{
  Continuo* const self = *state;
  run(self, 1U);
  choose(self, 4U);
  run(self, 1U);
  const float value = continuo_get_param(self, CONTINUO_DYNAMICS);
  continuo_set_param(self, CONTINUO_DYNAMICS, nextafterf(value, 2.0F));
  run(self, 1U);
  assert_true(continuo_get_param(self, CONTINUO_PRESET) == 4.0F);
}

static void
automation_that_goes_on_chooses_once(void** const state)
{
  Continuo* const self = *state;
  run(self, 1U);
  for (uint32_t i = 0U; i < 400U; ++i) {
    choose(self, 4U);
    if (i == 200U) {
      (void)told(self);
      continuo_set_param(self, CONTINUO_TEMPERATURE, 1.7F);
    }
    run(self, 1U);
  }
  assert_true(continuo_get_param(self, CONTINUO_TEMPERATURE) == 1.7F);
  assert_true(told(self) == 0U);
  assert_true(continuo_get_param(self, CONTINUO_PRESET) == 0.0F);
  choose(self, 3U);
  run(self, 1U);
  expect_preset(self, 3U);
}

static void
the_last_choice_counts(void** const state)
{
  Continuo* const self = *state;
  run(self, 1U);
  choose(self, 3U);
  choose(self, 8U);
  run(self, 1U);
  expect_preset(self, 8U);
  choose(self, 9U);
  choose(self, 0U);
  run(self, 1U);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id)) {
      assert_true(continuo_get_param(self, id) == builtin(8U).values[id]);
    }
  }
}

static void
a_song_is_of_its_preset(void** const state)
{
  static const ContinuoSongPlan plan = {2U, 120.0, 4U, 4U};
  Continuo* const               self = *state;
  Continuo* const other = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
  ContinuoSong*   songs[2];
  uint8_t*        bytes[2];
  size_t          sizes[2];
  assert_non_null(other);
  const ContinuoPreset preset = builtin(10U);
  choose(self, 10U);
  continuo_preset_apply(other, &preset);
  Continuo* const both[2] = {self, other};
  for (int i = 0; i < 2; ++i) {
    assert_int_equal(continuo_song_new(both[i], &plan, NULL, NULL, &songs[i]),
                     0);
    assert_int_equal(continuo_song_to_midi(songs[i], &bytes[i], &sizes[i]), 0);
  }
  assert_int_equal(sizes[0], sizes[1]);
  assert_memory_equal(bytes[0], bytes[1], sizes[0]);
  for (int i = 0; i < 2; ++i) {
    continuo_song_free(songs[i]);
    free(bytes[i]);
  }
  continuo_free(other);
}

#define TEST(function) \
  cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(a_choice_sets_everything_and_tells),
    TEST(bypass_and_buttons_stay),
    TEST(a_tweak_shows_and_the_same_choice_is_made_again),
    TEST(a_choice_after_none_is_made_at_once),
    cmocka_unit_test(a_session_comes_back_in_any_order),
    TEST(a_choice_that_shows_comes_back_slowly),
    TEST(values_a_little_off_are_the_same),
    TEST(automation_that_goes_on_chooses_once),
    TEST(the_last_choice_counts),
    TEST(a_song_is_of_its_preset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file params.c The parameter table holds together, and with the model

#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static const ContinuoParam*
row(const uint32_t id)
{
  const ContinuoParam* const param = continuo_param(id);
  assert_non_null(param);
  return param;
}

static void
every_row_is_whole(void** const state)
{
  (void)state;
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const ContinuoParam* const param = row(id);
    assert_non_null(param->symbol);
    assert_true(strlen(param->symbol) > 0U);
    assert_int_equal(strspn(param->symbol, "abcdefghijklmnopqrstuvwxyz_"),
                     strlen(param->symbol));
    assert_true(param->name && strlen(param->name) > 0U);
    assert_non_null(param->unit);
    assert_true(param->doc && strlen(param->doc) > 0U);
    assert_true(param->min < param->max);
    assert_true(param->min <= param->initial);
    assert_true(param->initial <= param->max);
  }
  assert_null(continuo_param(CONTINUO_N_PARAMS));
  assert_null(continuo_param(UINT32_MAX));
}

static void
whole_numbers_are_whole(void** const state)
{
  (void)state;
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const ContinuoParam* const param = row(id);
    if (param->flags & CONTINUO_PARAM_INTEGER) {
      assert_true(param->min == rintf(param->min));
      assert_true(param->initial == rintf(param->initial));
      assert_true(param->max == rintf(param->max));
    }
    if (param->flags & CONTINUO_PARAM_TOGGLE) {
      assert_true(param->min == 0.0F && param->max == 1.0F);
      assert_true(param->flags & CONTINUO_PARAM_INTEGER);
    }
  }
}

static void
every_value_of_a_labelled_row_has_a_label(void** const state)
{
  (void)state;
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const ContinuoParam* const param = row(id);
    assert_true(!param->labels == !param->n_labels);
    if (param->labels) {
      assert_true(param->flags & CONTINUO_PARAM_INTEGER);
      assert_int_equal(param->n_labels, (int)(param->max - param->min) + 1);
    }
    for (uint32_t i = 0U; param->labels && i < param->n_labels; ++i) {
      assert_true(param->labels[i] && strlen(param->labels[i]) > 0U);
      for (uint32_t k = 0U; k < i; ++k) {
        assert_string_not_equal(param->labels[i], param->labels[k]);
      }
    }
  }
}

static void
symbols_are_found_and_differ(void** const state)
{
  (void)state;
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    assert_int_equal(continuo_param_find(row(id)->symbol), id);
  }
  assert_int_equal(continuo_param_find("no_such_symbol"), CONTINUO_N_PARAMS);
  assert_int_equal(continuo_param_find(""), CONTINUO_N_PARAMS);
  assert_int_equal(continuo_param_find("Temperature"), CONTINUO_N_PARAMS);
}

// Presets, sessions and other people's scripts say these
static void
symbols_stay_what_they_are(void** const state)
{
  (void)state;
  assert_string_equal(row(CONTINUO_STYLE)->symbol, "style");
  assert_string_equal(row(CONTINUO_TEMPERATURE)->symbol, "temperature");
  assert_string_equal(row(CONTINUO_TOP_K)->symbol, "top_k");
  assert_string_equal(row(CONTINUO_TOP_P)->symbol, "top_p");
  assert_string_equal(row(CONTINUO_MIN_P)->symbol, "min_p");
  assert_string_equal(row(CONTINUO_RHYTHM_TEMPERATURE)->symbol,
                      "rhythm_temperature");
  assert_string_equal(row(CONTINUO_RHYTHM_TOP_K)->symbol, "rhythm_top_k");
  assert_string_equal(row(CONTINUO_CANDIDATES)->symbol, "candidates");
  assert_string_equal(row(CONTINUO_KEY)->symbol, "key");
  assert_string_equal(row(CONTINUO_SCALE)->symbol, "scale");
  assert_string_equal(row(CONTINUO_SCALE_LOCK)->symbol, "scale_lock");
  assert_string_equal(row(CONTINUO_DENSITY)->symbol, "density");
  assert_string_equal(row(CONTINUO_POLYPHONY)->symbol, "polyphony");
  assert_string_equal(row(CONTINUO_LOW_NOTE)->symbol, "low_note");
  assert_string_equal(row(CONTINUO_HIGH_NOTE)->symbol, "high_note");
  assert_string_equal(row(CONTINUO_VELOCITY)->symbol, "velocity");
  assert_string_equal(row(CONTINUO_DYNAMICS)->symbol, "dynamics");
  assert_string_equal(row(CONTINUO_HUMANIZE)->symbol, "humanize");
  assert_string_equal(row(CONTINUO_SEED)->symbol, "seed");
  assert_string_equal(row(CONTINUO_CHANNEL_MODE)->symbol, "channel_mode");
  assert_string_equal(row(CONTINUO_OCTAVE)->symbol, "octave");
  assert_string_equal(row(CONTINUO_BYPASS)->symbol, "bypass");
  assert_string_equal(row(CONTINUO_LATE_NOTES)->symbol, "late_notes");
  assert_string_equal(row(CONTINUO_CURRENT_KEY)->symbol, "current_key");
}

static void
styles_are_those_of_the_model(void** const state)
{
  (void)state;
  Continuo* const self = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
  assert_non_null(self);
  const ContinuoParam* const style = row(CONTINUO_STYLE);
  assert_int_equal(continuo_model_info(self).n_styles, style->n_labels);
  for (uint32_t i = 0U; i < style->n_labels; ++i) {
    assert_string_equal(continuo_style_name(self, i), style->labels[i]);
  }
  assert_null(continuo_style_name(self, style->n_labels));
  continuo_free(self);
}

static void
a_new_instance_stands_at_the_initial_values(void** const state)
{
  (void)state;
  Continuo* const self = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
  assert_non_null(self);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const ContinuoParam* const param = row(id);
    assert_true(continuo_get_param(self, id) == param->initial);
    if (!(param->flags & CONTINUO_PARAM_OUTPUT)) {
      continuo_set_param(self, id, param->max + 1000.0F);
      assert_true(continuo_get_param(self, id) == param->max);
      continuo_set_param(self, id, param->min - 1000.0F);
      assert_true(continuo_get_param(self, id) == param->min);
    }
  }
  continuo_free(self);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_row_is_whole),
    cmocka_unit_test(whole_numbers_are_whole),
    cmocka_unit_test(every_value_of_a_labelled_row_has_a_label),
    cmocka_unit_test(symbols_are_found_and_differ),
    cmocka_unit_test(symbols_stay_what_they_are),
    cmocka_unit_test(styles_are_those_of_the_model),
    cmocka_unit_test(a_new_instance_stands_at_the_initial_values),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

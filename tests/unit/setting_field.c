// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/setting_field.h"

#include "fixture.h"

// cmocka.h asks for these to come first
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_each_is_another(void** state)
{
  (void)state;
  CtSettings settings = fixture_settings();
  for (uint64_t id = 1U; id <= CT_N_SETTING_FIELDS; ++id) {
    // Each field is another: what is set is got, and nothing else changes
    CtSettings     other = settings;
    const uint64_t value = ct_setting_field_get(&settings, id);
    assert_int_equal(ct_setting_field_set(&other, id, value), CT_SUCCESS);
    assert_true(ct_settings_equal(&other, &settings));
    assert_int_equal(ct_setting_field_set(&other, id, value ? value - 1U : 1U),
                     CT_SUCCESS);
    assert_false(ct_settings_equal(&other, &settings));
    assert_int_equal(ct_setting_field_set(&other, id, value), CT_SUCCESS);
    assert_true(ct_settings_equal(&other, &settings));
    assert_int_equal(
      ct_setting_field_set(&other, id, value | UINT64_C(1) << 32U),
      CT_TAKE_NEWER);
  }
}

static void
test_numbers_stay(void** state)
{
  (void)state;
  CtSettings settings     = fixture_settings();
  settings.seed           = 11U;
  settings.style_strength = 1.0F;
  settings.octave         = -3;
  assert_int_equal(ct_setting_field_get(&settings, 1U), 11);
  assert_int_equal(ct_setting_field_get(&settings, 4U), 0x3F800000);
  assert_int_equal(ct_setting_field_get(&settings, 20U), 0);
}

static void
test_refused(void** state)
{
  (void)state;
  CtSettings       settings = fixture_settings();
  const CtSettings before   = settings;
  // No number, infinite, negative
  assert_int_equal(ct_setting_field_set(&settings, 9U, 0x7FC00000),
                   CT_TAKE_NEWER);
  assert_int_equal(ct_setting_field_set(&settings, 9U, 0x7F800000),
                   CT_TAKE_NEWER);
  assert_int_equal(ct_setting_field_set(&settings, 9U, 0xBF800000),
                   CT_TAKE_NEWER);
  assert_int_equal(ct_setting_field_set(&settings, 20U, 7U), CT_TAKE_NEWER);
  assert_true(ct_settings_equal(&settings, &before));
}

static void
test_unknown(void** state)
{
  (void)state;
  CtSettings       settings = fixture_settings();
  const CtSettings before   = settings;
  assert_int_equal(ct_setting_field_set(&settings, 0U, 1U), CT_SUCCESS);
  assert_int_equal(
    ct_setting_field_set(&settings, CT_N_SETTING_FIELDS + 1U, UINT64_MAX),
    CT_SUCCESS);
  assert_true(ct_settings_equal(&settings, &before));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_each_is_another),
    cmocka_unit_test(test_numbers_stay),
    cmocka_unit_test(test_refused),
    cmocka_unit_test(test_unknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

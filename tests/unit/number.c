// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file number.c Numbers are read as they were written, in every language

#include "base/number.h"
#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <string.h>

static float
read(const char* const text)
{
  float number = NAN;
  assert_true(ct_number_read(text, &number));
  return number;
}

static void
numbers_are_read(void** const state)
{
  (void)state;
  assert_true(read("0") == 0.0F);
  assert_true(read("-0.25") == -0.25F);
  assert_true(read("+12") == 12.0F);
  assert_true(read(".5") == 0.5F);
  assert_true(read("5.") == 5.0F);
  assert_true(read("1e-3") == 0.001F);
  assert_true(read("1.5E+2") == 150.0F);
  assert_true(read("0.05") == 0.05F);
  assert_true(read("999999") == 999999.0F);
  assert_true(read("0.100000000000000000000000000000000000") == 0.1F);
  assert_true(read("100000000000000000000000000000") == 1e29F);
  assert_true(read("0e99999") == 0.0F);
  assert_true(read("1e-99999") == 0.0F);
}

static void
what_is_no_number_is_refused(void** const state)
{
  static const char* const texts[] = {"",
                                      " 1",
                                      "1 ",
                                      "x",
                                      "1x",
                                      "-",
                                      "+",
                                      ".",
                                      "e5",
                                      "1e",
                                      "1e+",
                                      "1,5",
                                      "0x10",
                                      "nan",
                                      "inf",
                                      "1..2",
                                      "--1",
                                      "1e99",
                                      "-1e39"};
  (void)state;
  for (size_t i = 0U; i < sizeof(texts) / sizeof(texts[0]); ++i) {
    float number = 0.0F;
    assert_false(ct_number_read(texts[i], &number));
  }
}

static void
expect_text(const float number, const char* const expected)
{
  char text[CT_NUMBER_SIZE];
  ct_number_print(number, text);
  assert_string_equal(text, expected);
}

static void
texts_are_brief(void** const state)
{
  (void)state;
  expect_text(0.0F, "0");
  expect_text(0.05F, "0.05");
  expect_text(-3.0F, "-3");
  expect_text(80.0F, "80");
  expect_text(999999.0F, "999999");
  expect_text(112.5F, "112.5");
}

static void
expect_same(const float number)
{
  char text[CT_NUMBER_SIZE];
  ct_number_print(number, text);
  const float back = read(text);
  assert_memory_equal(&back, &number, sizeof(number));
}

static void
every_float_comes_back(void** const state)
{
  (void)state;
  for (uint32_t i = 0U; i < 100000U; ++i) {
    const uint32_t bits   = (uint32_t)ct_mix(i);
    float          number = 0.0F;
    memcpy(&number, &bits, sizeof(number));
    if (isfinite(number) && fabsf(number) >= FLT_MIN) {
      expect_same(number);
    }
    expect_same((float)(bits % 1000000U) / 1000.0F);
  }
  expect_same(FLT_MAX);
  expect_same(-FLT_MIN);
}

static void
a_language_with_a_comma_changes_nothing(void** const state)
{
  (void)state;
  if (!setlocale(LC_ALL, "de_DE.UTF-8")) {
    skip();
  }
  numbers_are_read(state);
  what_is_no_number_is_refused(state);
  texts_are_brief(state);
  setlocale(LC_ALL, "C");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers_are_read),
    cmocka_unit_test(what_is_no_number_is_refused),
    cmocka_unit_test(texts_are_brief),
    cmocka_unit_test(every_float_comes_back),
    cmocka_unit_test(a_language_with_a_comma_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

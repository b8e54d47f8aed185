// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file allowance.c What all spend together stays within what all may

#include "base/allowance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW UINT64_C(1000000)
#define MOST UINT64_C(300)

static void
all_together_spend_what_one_may(void** const state)
{
  (void)state;
  CtAllowance allowance = {0U};
  assert_int_equal(ct_allowance_left(&allowance, NOW, MOST), MOST);
  ct_allowance_spend(&allowance, NOW, 100U);
  ct_allowance_spend(&allowance, NOW, 50U);
  assert_int_equal(ct_allowance_left(&allowance, NOW, MOST), 150U);
  ct_allowance_spend(&allowance, NOW, 150U);
  assert_int_equal(ct_allowance_left(&allowance, NOW, MOST), 0U);
}

static void
who_has_spent_too_much_gets_nothing(void** const state)
{
  (void)state;
  CtAllowance allowance = {0U};
  ct_allowance_spend(&allowance, NOW, 2U * MOST);
  assert_int_equal(ct_allowance_left(&allowance, NOW, MOST), 0U);
}

static void
it_is_regained_at_half_the_speed_of_time(void** const state)
{
  (void)state;
  CtAllowance allowance = {0U};
  ct_allowance_spend(&allowance, NOW, MOST);
  assert_int_equal(ct_allowance_left(&allowance, NOW + 100U, MOST), 50U);
  assert_int_equal(ct_allowance_left(&allowance, NOW + (2U * MOST), MOST),
                   MOST);
}

static void
what_was_not_spent_is_not_saved(void** const state)
{
  (void)state;
  CtAllowance allowance = {0U};
  ct_allowance_spend(&allowance, NOW, 1U);
  const uint64_t later = NOW + (100U * MOST);
  assert_int_equal(ct_allowance_left(&allowance, later, MOST), MOST);
  ct_allowance_spend(&allowance, later, MOST);
  assert_int_equal(ct_allowance_left(&allowance, later, MOST), 0U);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_together_spend_what_one_may),
    cmocka_unit_test(who_has_spent_too_much_gets_nothing),
    cmocka_unit_test(it_is_regained_at_half_the_speed_of_time),
    cmocka_unit_test(what_was_not_spent_is_not_saved),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

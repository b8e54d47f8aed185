// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file rng.c Chance is fixed by position, even, and sensitive to every input

#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
mix_is_splitmix64(void** const state)
{
  (void)state;
  // First outputs of SplitMix64 with seed 0: the state is a multiple of the
  // golden gamma
  const uint64_t gamma = UINT64_C(0x9E3779B97F4A7C15);
  assert_int_equal(ct_mix(gamma), UINT64_C(0xE220A8397B1DCDAF));
  assert_int_equal(ct_mix(2U * gamma), UINT64_C(0x6E789E6AA1B965F4));
  assert_int_equal(ct_mix(3U * gamma), UINT64_C(0x06C45D188009454F));
}

static void
every_input_counts(void** const state)
{
  (void)state;
  const uint64_t key = ct_key(1U, 960, 0U, 2U);
  assert_int_equal(key, ct_key(1U, 960, 0U, 2U));
  assert_int_not_equal(key, ct_key(2U, 960, 0U, 2U));
  assert_int_not_equal(key, ct_key(1U, 961, 0U, 2U));
  assert_int_not_equal(key, ct_key(1U, -960, 0U, 2U));
  assert_int_not_equal(key, ct_key(1U, 960, 1U, 2U));
  assert_int_not_equal(key, ct_key(1U, 960, 0U, 3U));
  assert_int_not_equal(ct_key(1U, 0, 2U, 0U), ct_key(1U, 0, 0U, 2U));
}

static void
coins_are_even(void** const state)
{
  (void)state;
  enum { N_COINS = 100000, N_BINS = 10 };
  uint32_t bins[N_BINS] = {0U};
  for (int64_t i = 0; i < N_COINS; ++i) {
    const float coin = ct_coin(ct_key(42U, i * 240, 0U, 1U));
    assert_true(coin >= 0.0f && coin < 1.0f);
    ++bins[(uint32_t)(coin * N_BINS)];
  }
  for (uint32_t i = 0U; i < N_BINS; ++i) {
    assert_in_range(bins[i], 9600U, 10400U); // Four standard deviations are 380
  }
}

static void
coins_reach_both_ends(void** const state)
{
  (void)state;
  assert_true(ct_coin(0U) == 0.0f);
  assert_true(ct_coin(UINT64_MAX) == 1.0f - (1.0f / 16777216.0f));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(mix_is_splitmix64),
    cmocka_unit_test(every_input_counts),
    cmocka_unit_test(coins_are_even),
    cmocka_unit_test(coins_reach_both_ends),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

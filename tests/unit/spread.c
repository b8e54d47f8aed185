// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file spread.c What was drawn from is found again by its place, and shows
/// what was cut

#include "gen/spread.h"

#include "gen/sampler.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

// Probabilities 0.05 0.3 0.1 0 0.35 0.2
static const float given[] =
  {-2.9957323F, -1.2039728F, -2.3025851F, -INFINITY, -1.0498221F, -1.6094379F};

enum { N = sizeof(given) / sizeof(given[0]) };

static CtSpread
spread_of(const CtFreedom freedom)
{
  float    logits[N];
  CtSpread spread;
  memcpy(logits, given, sizeof(logits));
  (void)ct_sample_spread(logits, N, &freedom, 0.5F, &spread);
  return spread;
}

static void
test_order(void** const state)
{
  (void)state;
  static const uint8_t order[] = {4U, 1U, 5U, 2U, 0U};
  const CtSpread       spread  = spread_of((CtFreedom){1.0F, 0.0F, 0U, 1.0F});
  assert_int_equal(spread.n, 5);
  assert_int_equal(spread.n_kept, 5);
  assert_memory_equal(spread.keys, order, sizeof(order));
  assert_int_equal(spread.weights[0], UINT8_MAX);
  assert_in_range(spread.weights[1], 217, 219); // 0.3 / 0.35
}

static void
test_cuts(void** const state)
{
  (void)state;
  const CtSpread by_k = spread_of((CtFreedom){1.0F, 0.0F, 2U, 1.0F});
  const CtSpread by_p = spread_of((CtFreedom){1.0F, 0.0F, 0U, 0.8F});
  const CtSpread by_m = spread_of((CtFreedom){1.0F, 0.5F, 0U, 1.0F});
  assert_int_equal(by_k.n, 5);
  assert_int_equal(by_k.n_kept, 2);
  assert_int_equal(by_p.n_kept, 3);
  assert_int_equal(by_m.n, 5);
  assert_int_equal(by_m.n_kept, 3); // 0.2 / 0.35 is the last above a half
}

/// Who looks on draws what who does not look on draws
static void
test_same_draws(void** const state)
{
  (void)state;
  static const CtFreedom freedoms[] = {
    {1.0F, 0.0F, 0U, 1.0F}, {0.7F, 0.1F, 3U, 0.9F}, {1.5F, 0.001F, 0U, 0.6F}};
  for (size_t f = 0U; f < sizeof(freedoms) / sizeof(freedoms[0]); ++f) {
    for (int i = 0; i < 1000; ++i) {
      const float coin = (float)i / 1000.0F;
      float       logits[N];
      float       again[N];
      CtSpread    spread;
      memcpy(logits, given, sizeof(logits));
      memcpy(again, given, sizeof(again));
      assert_int_equal(ct_sample(logits, N, &freedoms[f], coin),
                       ct_sample_spread(again, N, &freedoms[f], coin, &spread));
    }
  }
}

static void
test_found_again(void** const state)
{
  (void)state;
  CtSpreads* const spreads = ct_spreads_new();
  CtSpread         found;
  assert_non_null(spreads);
  assert_false(ct_spreads_look(spreads, 960, 1U, 60U, &found));
  for (uint8_t i = 0U; i < 100U; ++i) {
    const CtNote   note   = {i * (CtTick)240, 240, 60U, 80U, 0U, 1U};
    const CtSpread spread = {1U, 1U, {i}, {UINT8_MAX}};
    ct_spreads_enter(spreads, &note, &spread);
  }
  for (uint8_t i = 0U; i < 100U; ++i) {
    assert_true(ct_spreads_look(spreads, i * (CtTick)240, 1U, 60U, &found));
    assert_int_equal(found.keys[0], i);
  }
  assert_false(ct_spreads_look(spreads, 240, 1U, 61U, &found));
  assert_false(ct_spreads_look(spreads, 240, 0U, 60U, &found));
  assert_false(ct_spreads_look(spreads, 241, 1U, 60U, &found));

  // The newest counts
  const CtNote   note   = {240, 240, 60U, 80U, 0U, 1U};
  const CtSpread spread = {2U, 1U, {7U, 8U}, {UINT8_MAX, 1U}};
  ct_spreads_enter(spreads, &note, &spread);
  assert_true(ct_spreads_look(spreads, 240, 1U, 60U, &found));
  assert_int_equal(found.n, 2);
  ct_spreads_free(spreads);
}

/// A table that is full goes on with the newest
static void
test_full(void** const state)
{
  (void)state;
  CtSpreads* const spreads = ct_spreads_new();
  const CtSpread   spread  = {1U, 1U, {1U}, {UINT8_MAX}};
  CtSpread         found;
  assert_non_null(spreads);
  for (CtTick tick = 0; tick < 100000; ++tick) {
    const CtNote note = {tick, 1, 60U, 80U, 0U, 1U};
    ct_spreads_enter(spreads, &note, &spread);
    assert_true(ct_spreads_look(spreads, tick, 1U, 60U, &found));
  }
  ct_spreads_free(spreads);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_order),
    cmocka_unit_test(test_cuts),
    cmocka_unit_test(test_same_draws),
    cmocka_unit_test(test_found_again),
    cmocka_unit_test(test_full),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

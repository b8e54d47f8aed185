// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file sampler.c Draws follow the softmax, less what is cut off

#include "gen/sampler.h"

#include "model/note_lstm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#define N_COINS 20000U
#define N 6U

static const CtFreedom free_draw = {1.0F, 0.0F, 0U, 1.0F};

// Probabilities 0.05 0.3 0.1 0 0.35 0.2
static const float given[N] =
  {-2.9957323F, -1.2039728F, -2.3025851F, -INFINITY, -1.0498221F, -1.6094379F};

static uint32_t
draw(const CtFreedom* const freedom, const float coin)
{
  float logits[N];
  memcpy(logits, given, sizeof(logits));
  return ct_sample(logits, N, freedom, coin);
}

/// Draw with coins spread evenly over [0, 1)
static void
count(const CtFreedom* const freedom, double shares[N])
{
  for (uint32_t i = 0U; i < N; ++i) {
    shares[i] = 0.0;
  }
  for (uint32_t i = 0U; i < N_COINS; ++i) {
    const uint32_t drawn = draw(freedom, (float)i / (float)N_COINS);
    assert_true(drawn < N);
    shares[drawn] += 1.0 / N_COINS;
  }
}

static void
assert_shares(const CtFreedom* const freedom, const double expected[N])
{
  double shares[N];
  count(freedom, shares);
  for (uint32_t i = 0U; i < N; ++i) {
    assert_true(fabs(shares[i] - expected[i]) < 5e-4);
    assert_true(expected[i] > 0.0 || shares[i] == 0.0);
  }
}

static void
shares_are_those_of_the_softmax(void** const state)
{
  (void)state;
  const double expected[N] = {0.05, 0.3, 0.1, 0.0, 0.35, 0.2};
  assert_shares(&free_draw, expected);
}

static void
temperature_bends_the_shares(void** const state)
{
  (void)state;
  const CtFreedom hot = {2.0F, 0.0F, 0U, 1.0F};
  double          expected[N];
  double          sum = 0.0;
  for (uint32_t i = 0U; i < N; ++i) {
    expected[i] = exp((double)given[i] / 2.0);
    sum += expected[i];
  }
  for (uint32_t i = 0U; i < N; ++i) {
    expected[i] /= sum;
  }
  assert_shares(&hot, expected);
}

static void
cold_takes_the_likeliest(void** const state)
{
  (void)state;
  const CtFreedom cold        = {0.001F, 0.0F, 0U, 1.0F};
  const double    expected[N] = {0.0, 0.0, 0.0, 0.0, 1.0, 0.0};
  assert_shares(&cold, expected);
}

static void
top_k_keeps_so_many(void** const state)
{
  (void)state;
  const CtFreedom two         = {1.0F, 0.0F, 2U, 1.0F};
  const double    expected[N] = {0.0, 0.3 / 0.65, 0.0, 0.0, 0.35 / 0.65, 0.0};
  assert_shares(&two, expected);

  const CtFreedom one     = {1.0F, 0.0F, 1U, 1.0F};
  const double    best[N] = {0.0, 0.0, 0.0, 0.0, 1.0, 0.0};
  assert_shares(&one, best);

  const CtFreedom many   = {1.0F, 0.0F, 40U, 1.0F};
  const double    all[N] = {0.05, 0.3, 0.1, 0.0, 0.35, 0.2};
  assert_shares(&many, all);
}

static void
top_p_keeps_what_reaches_it(void** const state)
{
  (void)state;

  // 0.35 does not reach 0.6, 0.65 does
  const CtFreedom some        = {1.0F, 0.0F, 0U, 0.6F};
  const double    expected[N] = {0.0, 0.3 / 0.65, 0.0, 0.0, 0.35 / 0.65, 0.0};
  assert_shares(&some, expected);

  // Neither does 0.65 reach 0.7: the third comes in
  const CtFreedom more  = {1.0F, 0.0F, 0U, 0.7F};
  const double three[N] = {0.0, 0.3 / 0.85, 0.0, 0.0, 0.35 / 0.85, 0.2 / 0.85};
  assert_shares(&more, three);

  const CtFreedom least   = {1.0F, 0.0F, 0U, 0.0F};
  const double    best[N] = {0.0, 0.0, 0.0, 0.0, 1.0, 0.0};
  assert_shares(&least, best);
}

static void
min_p_drops_below_a_share_of_the_likeliest(void** const state)
{
  (void)state;

  // 0.5 of 0.35 is 0.175
  const CtFreedom half        = {1.0F, 0.5F, 0U, 1.0F};
  const double    expected[N] = {
       0.0, 0.3 / 0.85, 0.0, 0.0, 0.35 / 0.85, 0.2 / 0.85};
  assert_shares(&half, expected);

  const CtFreedom all_of_it = {1.0F, 1.0F, 0U, 1.0F};
  const double    best[N]   = {0.0, 0.0, 0.0, 0.0, 1.0, 0.0};
  assert_shares(&all_of_it, best);
}

static void
coins_at_their_limits_draw(void** const state)
{
  (void)state;
  assert_int_equal(draw(&free_draw, 0.0F), 4);      // The likeliest is first
  assert_int_equal(draw(&free_draw, 0.999999F), 0); // The least likely is last
  assert_int_equal(draw(&free_draw, 0.99999994F), 0);
}

static void
forbidden_classes_are_never_drawn(void** const state)
{
  (void)state;
  for (uint32_t only = 0U; only < N; ++only) {
    for (uint32_t k = 0U; k < 3U; ++k) {
      static const float coins[] = {0.0F, 0.5F, 0.999999F};
      float              logits[N];
      for (uint32_t i = 0U; i < N; ++i) {
        logits[i] = i == only ? -500.0F : -INFINITY;
      }
      assert_int_equal(ct_sample(logits, N, &free_draw, coins[k]), only);
    }
  }
}

static void
with_all_forbidden_it_is_the_first(void** const state)
{
  (void)state;
  float logits[N];
  for (uint32_t i = 0U; i < N; ++i) {
    logits[i] = -INFINITY;
  }
  assert_int_equal(ct_sample(logits, N, &free_draw, 0.5F), 0);
}

static void
equal_classes_keep_their_order(void** const state)
{
  (void)state;
  static const float coins[] = {0.1F, 0.3F, 0.6F, 0.9F};
  for (uint32_t k = 0U; k < 4U; ++k) {
    float logits[4] = {3.0F, 3.0F, 3.0F, 3.0F};
    assert_int_equal(ct_sample(logits, 4U, &free_draw, coins[k]), k);
  }
}

static void
the_most_classes_there_can_be_are_drawn(void** const state)
{
  (void)state;
  float logits[CT_MAX_CLASSES] = {0.0F};
  assert_int_equal(ct_sample(logits, CT_MAX_CLASSES, &free_draw, 0.999999F),
                   CT_MAX_CLASSES - 1U);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(shares_are_those_of_the_softmax),
    cmocka_unit_test(temperature_bends_the_shares),
    cmocka_unit_test(cold_takes_the_likeliest),
    cmocka_unit_test(top_k_keeps_so_many),
    cmocka_unit_test(top_p_keeps_what_reaches_it),
    cmocka_unit_test(min_p_drops_below_a_share_of_the_likeliest),
    cmocka_unit_test(coins_at_their_limits_draw),
    cmocka_unit_test(forbidden_classes_are_never_drawn),
    cmocka_unit_test(with_all_forbidden_it_is_the_first),
    cmocka_unit_test(equal_classes_keep_their_order),
    cmocka_unit_test(the_most_classes_there_can_be_are_drawn),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

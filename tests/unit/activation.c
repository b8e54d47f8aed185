// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file activation.c Our own exponential and what is made of it, against libm
/// in double

#include "model/activation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#define N_POINTS 20001U
#define N_ODD 7U

/// What activation.h promises
static const double tolerance = 2e-7;

/// Of the exponential, relative: its values span 75 decades
static const double exp_tolerance = 2e-7;

/// Point `i` of N_POINTS, spread evenly over [-limit, limit]
static float
point(const uint32_t i, const float limit)
{
  return limit * ((2.0F * (float)i / (float)(N_POINTS - 1U)) - 1.0F);
}

static double
sigmoid(const double x)
{
  return 1.0 / (1.0 + exp(-x));
}

static double
gelu(const double x)
{
  const double root = sqrt(2.0 / acos(-1.0));
  return 0.5 * x * (1.0 + tanh(root * (x + (0.044715 * x * x * x))));
}

/// Largest error of `f` in place against `expected` over [-limit, limit]
static double
worst_error(void (*f)(float*, uint32_t),
            double (*expected)(double),
            const float limit)
{
  static float x[N_POINTS];
  for (uint32_t i = 0U; i < N_POINTS; ++i) {
    x[i] = point(i, limit);
  }
  f(x, N_POINTS);

  double worst = 0.0;
  for (uint32_t i = 0U; i < N_POINTS; ++i) {
    const double error = fabs((double)x[i] - expected(point(i, limit)));
    worst              = error > worst ? error : worst;
  }
  return worst;
}

static void
exp_is_that_of_libm(void** const state)
{
  (void)state;
  double worst = 0.0;
  for (uint32_t i = 0U; i < N_POINTS; ++i) {
    const float  x        = point(i, 86.5F);
    const double expected = exp((double)x);
    const double error    = fabs((double)ct_exp(x) - expected) / expected;
    worst                 = error > worst ? error : worst;
  }
  print_message("exp: %.2e\n", worst);
  assert_true(worst < exp_tolerance);
  assert_true(ct_exp(0.0F) == 1.0F);
}

static void
exp_saturates(void** const state)
{
  (void)state;
  assert_true(ct_exp(-87.0F) > 0.0F);
  assert_true(ct_exp(-88.0F) == ct_exp(-87.0F));
  assert_true(ct_exp(-INFINITY) == ct_exp(-87.0F));
  assert_true(isfinite(ct_exp(88.0F)));
  assert_true(ct_exp(1000.0F) == ct_exp(88.0F));
  assert_true(ct_exp(INFINITY) == ct_exp(88.0F));
  assert_true(ct_exp(88.0F) > ct_exp(87.9F));
}

static void
curves_are_those_of_libm(void** const state)
{
  (void)state;
  const double of_sigmoid = worst_error(ct_sigmoid, sigmoid, 30.0F);
  const double of_tanh    = worst_error(ct_tanh, tanh, 20.0F);
  const double of_gelu    = worst_error(ct_gelu, gelu, 5.0F);
  print_message(
    "sigmoid: %.2e, tanh: %.2e, gelu: %.2e\n", of_sigmoid, of_tanh, of_gelu);
  assert_true(of_sigmoid < tolerance);
  assert_true(of_tanh < tolerance);
  assert_true(of_gelu < 5.0 * tolerance); // Grows with what it multiplies
}

static void
curves_saturate(void** const state)
{
  (void)state;
  float s[] = {-1000.0F, -100.0F, 0.0F, 100.0F, 1000.0F};
  ct_sigmoid(s, 5U);
  assert_true(s[0] >= 0.0F && s[0] < 1e-37F && s[1] == s[0]);
  assert_true(s[2] == 0.5F);
  assert_true(s[3] == 1.0F && s[4] == 1.0F);

  float t[] = {-1000.0F, -20.0F, 0.0F, 20.0F, 1000.0F};
  ct_tanh(t, 5U);
  assert_true(t[0] == -1.0F && t[1] == -1.0F);
  assert_true(t[2] == 0.0F);
  assert_true(t[3] == 1.0F && t[4] == 1.0F);

  float g[] = {-50.0F, 0.0F, 50.0F};
  ct_gelu(g, 3U);
  assert_true(g[0] == 0.0F && g[1] == 0.0F && g[2] == 50.0F);
}

// Whatever vectors a processor has, the numbers are those of one at a time
static void
curves_are_made_of_the_exponential(void** const state)
{
  (void)state;
  static float s[N_POINTS];
  static float t[N_POINTS];
  for (uint32_t i = 0U; i < N_POINTS; ++i) {
    s[i] = t[i] = point(i, 100.0F);
  }
  ct_sigmoid(s, N_POINTS);
  ct_tanh(t, N_POINTS);
  for (uint32_t i = 0U; i < N_POINTS; ++i) {
    const float x = point(i, 100.0F);
    assert_true(s[i] == 1.0F / (1.0F + ct_exp(-x)));
    assert_true(t[i] == 1.0F - (2.0F / (1.0F + ct_exp(2.0F * x))));
  }
}

// A vectorised loop has a tail, and must leave alone what is past it
static void
curves_keep_to_their_length(void** const state)
{
  (void)state;
  void (*const curves[])(float*, uint32_t) = {ct_sigmoid, ct_tanh, ct_gelu};
  for (size_t k = 0U; k < 3U; ++k) {
    float many[N_ODD + 1U];
    for (uint32_t i = 0U; i <= N_ODD; ++i) {
      many[i] = 0.3F * (float)(i + 1U);
    }
    curves[k](many, N_ODD);
    for (uint32_t i = 0U; i < N_ODD; ++i) {
      float one = 0.3F * (float)(i + 1U);
      curves[k](&one, 1U);
      assert_true(many[i] == one);
    }
    assert_true(many[N_ODD] == 0.3F * (float)(N_ODD + 1U));
  }
}

static void
log_sum_exp_is_stable(void** const state)
{
  (void)state;
  const float small[] = {0.0F, 1.0F, -2.0F};
  assert_true(
    fabs(ct_log_sum_exp(small, 3U) - log(1.0 + exp(1.0) + exp(-2.0))) < 1e-12);

  const float large[] = {1000.0F, 1000.0F};
  assert_true(fabs(ct_log_sum_exp(large, 2U) - (1000.0 + log(2.0))) < 1e-9);

  const float low[] = {-1000.0F, -1001.0F};
  assert_true(fabs(ct_log_sum_exp(low, 2U) - (-1000.0 + log(1.0 + exp(-1.0)))) <
              1e-9);

  const float masked[] = {-INFINITY, 3.0F, -INFINITY};
  assert_true(fabs(ct_log_sum_exp(masked, 3U) - 3.0) < 1e-12);
}

static void
log_is_that_of_libm(void** const state)
{
  (void)state;
  double worst = 0.0;
  for (uint32_t i = 1U; i < N_POINTS; ++i) {
    const float  x     = ct_exp(point(i, 86.5F));
    const double error = fabs((double)ct_log(x) - log((double)x));
    worst              = error > worst ? error : worst;
  }
  print_message("log: %.2e\n", worst);
  assert_true(worst < 1e-5); // Of up to 86
  assert_true(ct_log(1.0F) == 0.0F);
}

static void
log_softmax_is_that_of_libm(void** const state)
{
  (void)state;
  const float logits[] = {1.0F, -2.0F, 30.0F, 29.0F};
  for (uint32_t c = 0U; c < 4U; ++c) {
    const double expected = (double)logits[c] - ct_log_sum_exp(logits, 4U);
    assert_true(fabs((double)ct_log_softmax(logits, 4U, c) - expected) < 1e-5);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(exp_is_that_of_libm),
    cmocka_unit_test(exp_saturates),
    cmocka_unit_test(curves_are_those_of_libm),
    cmocka_unit_test(curves_saturate),
    cmocka_unit_test(curves_are_made_of_the_exponential),
    cmocka_unit_test(curves_keep_to_their_length),
    cmocka_unit_test(log_sum_exp_is_stable),
    cmocka_unit_test(log_is_that_of_libm),
    cmocka_unit_test(log_softmax_is_that_of_libm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

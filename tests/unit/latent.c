// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file latent.c The way between two points of an autoencoder

#include "model/latent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#define N 3U
#define N_PARTS 40U

static const float from[N] = {1.0F, -2.0F, 0.5F};
static const float to[N]   = {0.25F, 1.5F, 3.0F};

static double
length(const float* const x)
{
  double square = 0.0;
  for (uint32_t i = 0U; i < N; ++i) {
    square += (double)x[i] * (double)x[i];
  }
  return sqrt(square);
}

static void
the_way_is_an_arc(void** const state)
{
  (void)state;
  double product = 0.0;
  for (uint32_t i = 0U; i < N; ++i) {
    product += (double)from[i] * (double)to[i];
  }
  const double angle = acos(product / (length(from) * length(to)));
  for (uint32_t part = 0U; part <= N_PARTS; ++part) {
    const float t = (float)part / (float)N_PARTS;
    float       z[N];
    ct_latent_between(from, to, N, t, z);
    for (uint32_t i = 0U; i < N; ++i) {
      const double expected =
        ((sin((1.0 - (double)t) * angle) * (double)from[i]) +
         (sin((double)t * angle) * (double)to[i])) /
        sin(angle);
      assert_true(fabs((double)z[i] - expected) < 1e-6);
    }
  }
}

static void
its_ends_are_the_points(void** const state)
{
  (void)state;
  float z[N];
  ct_latent_between(from, to, N, 0.0F, z);
  assert_memory_equal(z, from, sizeof(z));
  ct_latent_between(from, to, N, 1.0F, z);
  assert_memory_equal(z, to, sizeof(z));

  // In place
  ct_latent_between(z, from, N, 1.0F, z);
  assert_memory_equal(z, from, sizeof(z));
}

static void
without_an_arc_it_is_straight(void** const state)
{
  (void)state;
  static const float opposite[N] = {-1.0F, 2.0F, -0.5F};
  static const float same[N]     = {2.0F, -4.0F, 1.0F};
  static const float nothing[N]  = {0.0F};
  float              z[N];
  ct_latent_between(from, opposite, N, 0.25F, z);
  for (uint32_t i = 0U; i < N; ++i) {
    assert_true(fabsf(z[i] - (0.5F * from[i])) < 1e-6F);
  }
  ct_latent_between(from, same, N, 0.5F, z);
  for (uint32_t i = 0U; i < N; ++i) {
    assert_true(fabsf(z[i] - (1.5F * from[i])) < 1e-6F);
  }
  ct_latent_between(nothing, to, N, 0.5F, z);
  for (uint32_t i = 0U; i < N; ++i) {
    assert_true(fabsf(z[i] - (0.5F * to[i])) < 1e-6F);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_way_is_an_arc),
    cmocka_unit_test(its_ends_are_the_points),
    cmocka_unit_test(without_an_arc_it_is_straight),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

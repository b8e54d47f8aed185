// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file dot.c Every kernel against plain sums in 64 bits

#include "model/dot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define ROWS CT_DOT_ROWS
#define QUAD CT_DOT_QUAD
#define COLUMNS CT_DOT_COLUMNS
#define LARGEST CT_DOT_LARGEST

static const uint32_t widths[] = {4U, 8U, 96U, 192U, 328U, 384U, 512U};

#define N_WIDTHS (sizeof(widths) / sizeof(widths[0]))

/// A block and whole numbers to multiply it with
typedef struct {
  uint8_t block[ROWS * COLUMNS];
  int32_t x[CT_DOT_BATCH][COLUMNS];
} Case;

static uint32_t
next_random(uint32_t* const seed)
{
  *seed = (*seed * 1664525U) + 1013904223U; // Numerical Recipes, 7.1
  return *seed >> 8U;
}

/// Fill with any numbers, or with those that make the largest sums
static void
fill(Case* const c, const bool is_extreme, uint32_t seed)
{
  for (size_t i = 0U; i < sizeof(c->block); ++i) {
    c->block[i] = is_extreme ? (uint8_t)((i / QUAD) % 2U ? 255 : 0)
                             : (uint8_t)next_random(&seed);
  }
  for (size_t i = 0U; i < COLUMNS; ++i) {
    const int32_t any = (int32_t)(next_random(&seed) % (2U * LARGEST + 1U));
    c->x[0][i]        = is_extreme ? LARGEST : any - LARGEST;
    c->x[1][i]        = is_extreme ? -LARGEST : (int32_t)i;
  }
}

static int64_t
expected_sum(const Case* const c,
             const uint32_t    n_cols,
             const uint32_t    k,
             const uint32_t    row)
{
  int64_t sum = 0;
  for (uint32_t i = 0U; i < n_cols; ++i) {
    const size_t at = ((((size_t)(i / QUAD) * ROWS) + row) * QUAD) + (i % QUAD);
    const int64_t weight = (int64_t)c->block[at] - CT_DOT_OFFSET;
    sum += weight * c->x[k][i];
  }
  return sum;
}

static void
check_kernel(const CtDotKernel* const kernel,
             const Case* const        c,
             const uint32_t           n_cols)
{
  static CtDotVector vectors[CT_DOT_BATCH];
  for (uint32_t k = 0U; k < CT_DOT_BATCH; ++k) {
    memset(&vectors[k], 0x55, sizeof(vectors[k]));
    kernel->split(c->x[k], n_cols, &vectors[k]);
    vectors[k].total = 0;
    for (uint32_t i = 0U; i < n_cols; ++i) {
      vectors[k].total += c->x[k][i];
    }
  }

  for (uint32_t n = 1U; n <= CT_DOT_BATCH; ++n) {
    int32_t sums[CT_DOT_BATCH][ROWS];
    memset(sums, 0, sizeof(sums));
    kernel->multiply(c->block, n_cols / QUAD, vectors, n, sums);
    for (uint32_t k = 0U; k < CT_DOT_BATCH; ++k) {
      for (uint32_t r = 0U; r < ROWS; ++r) {
        const int64_t sum = k < n ? expected_sum(c, n_cols, k, r) : 0;
        assert_true(sums[k][r] == sum);
      }
    }
  }
}

static void
kernels_are_exact(void** const state)
{
  (void)state;
  static Case c;
  for (uint32_t id = 0U; id < CT_N_DOTS; ++id) {
    const CtDotKernel* const kernel = ct_dot_kernel((CtDotId)id);
    if (!kernel) {
      print_message("kernel %u: not on this processor\n", id);
      continue;
    }
    for (uint32_t i = 0U; i < 2U * N_WIDTHS; ++i) {
      fill(&c, i % 2U == 1U, i);
      check_kernel(kernel, &c, widths[i / 2U]);
    }
  }
}

static void
there_is_always_a_kernel(void** const state)
{
  (void)state;
  assert_non_null(ct_dot_kernel(CT_DOT_PLAIN));
  assert_null(ct_dot_kernel(CT_N_DOTS));
  assert_non_null(ct_dot_best());
  for (uint32_t id = 0U; id < CT_N_DOTS; ++id) {
    const CtDotKernel* const kernel = ct_dot_kernel((CtDotId)id);
    assert_true(!kernel || id == CT_DOT_PLAIN ||
                ct_dot_best() != ct_dot_kernel(CT_DOT_PLAIN));
  }
}

static void
every_kernel_has_a_name(void** const state)
{
  (void)state;
  for (uint32_t id = 0U; id < CT_N_DOTS; ++id) {
    assert_non_null(ct_dot_name((CtDotId)id));
    assert_true(ct_dot_name((CtDotId)id)[0] != '\0');
  }
  assert_null(ct_dot_name(CT_N_DOTS));
}

static void
the_best_is_taken_unless_another_is_chosen(void** const state)
{
  (void)state;
  assert_true(ct_dot_chosen() == ct_dot_best());
  ct_dot_choose(ct_dot_kernel(CT_DOT_PLAIN));
  assert_true(ct_dot_chosen() == ct_dot_kernel(CT_DOT_PLAIN));
  ct_dot_choose(NULL);
  assert_true(ct_dot_chosen() == ct_dot_best());
}

/// Keeps the numbers that it is given
static int32_t  kept[COLUMNS];
static uint32_t n_kept;

static void
keep(const int32_t* const x, const uint32_t n, CtDotVector* const vector)
{
  (void)vector;
  memcpy(kept, x, n * sizeof(kept[0]));
  n_kept = n;
}

static const CtDotKernel keeper = {keep, NULL};

static void
vectors_are_rounded_to_their_largest_number(void** const state)
{
  (void)state;
  float       x[] = {0.5F, -2.0F, 0.0F, 1e-9F, 1.3F, -0.7F};
  CtDotVector vector;
  ct_dot_round(&keeper, x, 6U, &vector);
  assert_int_equal(n_kept, 8U);
  assert_int_equal(kept[1], -LARGEST);
  assert_int_equal(kept[2], 0);
  assert_int_equal(kept[6], 0);
  assert_int_equal(kept[7], 0);

  int32_t total = 0;
  for (uint32_t i = 0U; i < 6U; ++i) {
    const double back = (double)kept[i] * (double)vector.scale;
    assert_true(fabs(back - (double)x[i]) < 0.51 * (double)vector.scale);
    total += kept[i];
  }
  assert_int_equal(vector.total, total);
}

static void
nothing_and_what_is_no_number_are_rounded_too(void** const state)
{
  (void)state;
  const float zeros[4] = {0.0F, -0.0F, 0.0F, 0.0F};
  CtDotVector vector;
  ct_dot_round(&keeper, zeros, 4U, &vector);
  assert_true(vector.scale == 0.0F);
  assert_int_equal(vector.total, 0);

  const float broken[4] = {INFINITY, -1.0F, NAN, 1e30F};
  ct_dot_round(&keeper, broken, 4U, &vector);
  for (uint32_t i = 0U; i < 4U; ++i) {
    assert_in_range(kept[i] + LARGEST, 0, 2 * LARGEST);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(kernels_are_exact),
    cmocka_unit_test(there_is_always_a_kernel),
    cmocka_unit_test(every_kernel_has_a_name),
    cmocka_unit_test(the_best_is_taken_unless_another_is_chosen),
    cmocka_unit_test(vectors_are_rounded_to_their_largest_number),
    cmocka_unit_test(nothing_and_what_is_no_number_are_rounded_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file matrix.c Products of packed matrices, against plain loops

#include "model/matrix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define BLOCK CT_MATRIX_BLOCK
#define N_SEQUENCE 5U
#define GUARD 12345.0F

/// A matrix in all its forms, and a vector for it
typedef struct {
  uint32_t n_rows;
  uint32_t n_cols;
  float*   rows;   ///< [n_rows, n_cols]
  int8_t*  bytes;  ///< [n_rows, n_cols]
  float*   scales; ///< [n_rows]
  float*   x;      ///< [N_SEQUENCE, n_cols]
  float*   floats_packed;
  uint8_t* bytes_packed;
} Case;

static const uint32_t shapes[][2] = {{1U, 1U},
                                     {6U, 192U},
                                     {35U, 192U},
                                     {129U, 37U},
                                     {32U, 8U},
                                     {64U, 1U},
                                     {40U, 1100U}};

#define N_SHAPES (sizeof(shapes) / sizeof(shapes[0]))

/// Numbers in [-1, 1), the same in every run
static float
next_random(uint32_t* const seed)
{
  *seed = (*seed * 1664525U) + 1013904223U; // Numerical Recipes, 7.1
  return ((float)(*seed >> 8U) / 8388608.0F) - 1.0F;
}

static Case
make_case(const uint32_t n_rows, const uint32_t n_cols)
{
  const size_t n        = (size_t)n_rows * n_cols;
  const size_t n_floats = ct_matrix_packed_floats(n_rows, n_cols);
  uint32_t     seed     = 7U + n_rows;
  Case         c        = {n_rows,
                           n_cols,
                           (float*)malloc(n * sizeof(float)),
                           (int8_t*)malloc(n),
                           (float*)malloc(n_rows * sizeof(float)),
                           (float*)malloc((size_t)N_SEQUENCE * n_cols * sizeof(float)),
                           (float*)malloc(n_floats * sizeof(float)),
                           (uint8_t*)malloc(ct_matrix_packed_bytes(n_rows, n_cols))};
  assert_true(c.rows && c.bytes && c.scales && c.x && c.floats_packed &&
              c.bytes_packed);
  for (size_t i = 0U; i < n; ++i) {
    c.rows[i]  = next_random(&seed);
    c.bytes[i] = (int8_t)(127.0F * next_random(&seed));
  }
  for (uint32_t r = 0U; r < n_rows; ++r) {
    c.scales[r] = 0.01F + (0.01F * next_random(&seed));
  }
  for (uint32_t i = 0U; i < N_SEQUENCE * n_cols; ++i) {
    c.x[i] = next_random(&seed);
  }
  ct_matrix_pack_floats(c.rows, n_rows, n_cols, c.floats_packed);
  ct_matrix_pack_bytes(c.bytes, n_rows, n_cols, c.bytes_packed);
  return c;
}

static void
free_case(Case* const c)
{
  free(c->rows);
  free(c->bytes);
  free(c->scales);
  free(c->x);
  free(c->floats_packed);
  free(c->bytes_packed);
}

static void
packing_lays_rows_side_by_side(void** const state)
{
  (void)state;
  assert_int_equal(ct_matrix_packed_floats(1U, 1U), BLOCK);
  assert_int_equal(ct_matrix_packed_floats(32U, 3U), 96U);
  assert_int_equal(ct_matrix_packed_floats(33U, 3U), 192U);

  for (size_t k = 0U; k < N_SHAPES; ++k) {
    Case         c     = make_case(shapes[k][0], shapes[k][1]);
    const size_t total = ct_matrix_packed_floats(c.n_rows, c.n_cols);
    for (size_t at = 0U; at < total; ++at) {
      // By the definition: block, then column, then row in the block
      const size_t column = (at / BLOCK) % c.n_cols;
      const size_t row =
        (at / (BLOCK * (size_t)c.n_cols) * BLOCK) + (at % BLOCK);
      const size_t from    = (row * c.n_cols) + column;
      const bool   padding = row >= c.n_rows;
      assert_true(c.floats_packed[at] == (padding ? 0.0F : c.rows[from]));
    }
    free_case(&c);
  }
}

static void
packing_lays_bytes_by_quads(void** const state)
{
  (void)state;
  assert_int_equal(ct_matrix_packed_bytes(1U, 1U), 4U * BLOCK);
  assert_int_equal(ct_matrix_packed_bytes(32U, 4U), 4U * BLOCK);
  assert_int_equal(ct_matrix_packed_bytes(33U, 5U), 16U * BLOCK);

  for (size_t k = 0U; k < N_SHAPES; ++k) {
    Case         c     = make_case(shapes[k][0], shapes[k][1]);
    const size_t width = ((size_t)c.n_cols + 3U) / 4U * 4U;
    const size_t total = ct_matrix_packed_bytes(c.n_rows, c.n_cols);
    for (size_t at = 0U; at < total; ++at) {
      // Block, then quad of columns, then row in the block, then column
      const size_t in_block = at % (BLOCK * width);
      const size_t column = (in_block / ((size_t)4U * BLOCK) * 4U) + (at % 4U);
      const size_t row =
        (at / (BLOCK * width) * BLOCK) + (in_block / 4U % BLOCK);
      const bool padding  = row >= c.n_rows || column >= c.n_cols;
      const int  expected = padding ? 0 : c.bytes[(row * c.n_cols) + column];
      assert_int_equal((int)c.bytes_packed[at] - 128, expected);
    }
    free_case(&c);
  }
}

static CtMatrix
matrix_of(const Case* const c, const bool quantised)
{
  return (CtMatrix){c->n_rows,
                    c->n_cols,
                    c->rows,
                    quantised ? NULL : c->floats_packed,
                    quantised ? c->bytes_packed : NULL,
                    quantised ? c->scales : NULL};
}

/// How far a product may be off where x is rounded to 16 bits: by half a step
/// for each weight of its row
static double
rounding_of(const Case* const c, const uint32_t row)
{
  double top = 0.0;
  double sum = 0.0;
  for (uint32_t k = 0U; k < c->n_cols; ++k) {
    const size_t i = ((size_t)row * c->n_cols) + k;
    top            = fmax(top, fabs((double)c->x[k]));
    sum += fabs((double)c->bytes[i] * (double)c->scales[row]);
  }
  return 0.5 * sum * top / CT_DOT_LARGEST;
}

/// y = GUARD, y += m x by the function under test, and the sums by hand: in
/// double, and bit by bit in their order where they are of floats
static void
check_product(const Case* const c, const bool quantised)
{
  const CtMatrix m = matrix_of(c, quantised);
  float* const   y = (float*)malloc((c->n_rows + 1U) * sizeof(float));
  assert_non_null(y);
  for (uint32_t r = 0U; r <= c->n_rows; ++r) {
    y[r] = r < c->n_rows ? 0.25F : GUARD;
  }
  ct_matrix_multiply_add(&m, c->x, c->n_cols, 1U, y);

  for (uint32_t r = 0U; r < c->n_rows; ++r) {
    const double scale = quantised ? (double)c->scales[r] : 1.0;
    float        sum   = 0.0F;
    double       exact = 0.0;
    for (uint32_t k = 0U; k < c->n_cols; ++k) {
      const size_t i = ((size_t)r * c->n_cols) + k;
      const float  w = quantised ? (float)c->bytes[i] : c->rows[i];
      sum += w * c->x[k];
      exact += (double)w * (double)c->x[k];
    }
    assert_true(quantised || y[r] == 0.25F + sum);
    const double rounding = quantised ? rounding_of(c, r) : 0.0;
    assert_true(fabs((double)y[r] - (0.25 + (exact * scale))) <
                1e-4 + rounding);
  }
  assert_true(y[c->n_rows] == GUARD);
  free(y);
}

static void
products_are_those_of_a_plain_loop(void** const state)
{
  (void)state;
  for (size_t k = 0U; k < N_SHAPES; ++k) {
    Case c = make_case(shapes[k][0], shapes[k][1]);
    check_product(&c, false);
    check_product(&c, true);
    free_case(&c);
  }
}

static void
a_batch_is_its_vectors_one_by_one(void** const state)
{
  (void)state;
  for (size_t k = 0U; k < 2U * N_SHAPES; ++k) {
    const bool     quantised = k >= N_SHAPES;
    const size_t   shape     = k % N_SHAPES;
    Case           c         = make_case(shapes[shape][0], shapes[shape][1]);
    const CtMatrix m         = matrix_of(&c, quantised);
    const size_t   size      = (size_t)CT_MAX_BATCH * c.n_rows * sizeof(float);
    float* const   all       = (float*)calloc(1U, size);
    float* const   one       = (float*)calloc(1U, size);
    assert_true(all && one);

    // Every other vector
    const size_t stride = (size_t)2U * c.n_cols;
    ct_matrix_multiply_add(&m, c.x, stride, CT_MAX_BATCH, all);
    for (size_t t = 0U; t < CT_MAX_BATCH; ++t) {
      ct_matrix_multiply_add(
        &m, c.x + (t * stride), stride, 1U, one + (t * c.n_rows));
    }
    assert_memory_equal(all, one, size);
    free(all);
    free(one);
    free_case(&c);
  }
}

static void
a_sequence_is_its_vectors_one_by_one(void** const state)
{
  (void)state;
  for (size_t k = 0U; k < N_SHAPES; ++k) {
    Case           c = make_case(shapes[k][0], shapes[k][1]);
    const CtMatrix m = {
      c.n_rows, c.n_cols, c.rows, c.floats_packed, NULL, NULL};
    const size_t n   = (size_t)N_SEQUENCE * c.n_rows;
    float* const all = (float*)malloc(n * sizeof(float));
    float* const one = (float*)malloc(n * sizeof(float));
    assert_true(all && one);
    for (size_t i = 0U; i < n; ++i) {
      all[i] = one[i] = (float)(i % 3U);
    }
    ct_matrix_multiply_sequence(&m, c.x, N_SEQUENCE, all);
    for (size_t t = 0U; t < N_SEQUENCE; ++t) {
      ct_matrix_multiply_add(
        &m, c.x + (t * c.n_cols), c.n_cols, 1U, one + (t * c.n_rows));
    }
    for (size_t i = 0U; i < n; ++i) {
      assert_true(fabsf(all[i] - one[i]) < 5e-5F);
    }
    free(all);
    free(one);
    free_case(&c);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(packing_lays_rows_side_by_side),
    cmocka_unit_test(packing_lays_bytes_by_quads),
    cmocka_unit_test(products_are_those_of_a_plain_loop),
    cmocka_unit_test(a_batch_is_its_vectors_one_by_one),
    cmocka_unit_test(a_sequence_is_its_vectors_one_by_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file layers.c The layers, against their equations in double

#include "model/layers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#define N_INPUT 5U
#define N_HIDDEN 9U ///< Rows 4 H are no whole number of blocks
#define N_GATES 36U ///< 4 H
#define N_INPUT_WEIGHTS 180U
#define N_RECURRENT_WEIGHTS 324U
#define N_STEPS 40U
#define STRIDE 14U ///< Floats from one state of a batch to the next
#define PACKED_MAX (2U * CT_MATRIX_BLOCK * N_HIDDEN)

static const double tolerance = 2e-6;

/// An LSTM layer and the memory of its weights
typedef struct {
  float  w_input[N_INPUT_WEIGHTS];
  float  w_recurrent[N_RECURRENT_WEIGHTS];
  float  bias[N_GATES];
  float  packed_input[PACKED_MAX];
  float  packed_recurrent[PACKED_MAX];
  CtLstm lstm;
} Layer;

/// Numbers in [-1, 1), the same in every run
static float
next_random(uint32_t* const seed)
{
  *seed = (*seed * 1664525U) + 1013904223U; // Numerical Recipes, 7.1
  return ((float)(*seed >> 8U) / 8388608.0F) - 1.0F;
}

static void
fill(float* const x, const size_t n, uint32_t* const seed)
{
  for (size_t i = 0U; i < n; ++i) {
    x[i] = next_random(seed);
  }
}

static CtMatrix
pack(const float* const rows,
     const uint32_t     n_rows,
     const uint32_t     n_cols,
     float* const       packed)
{
  ct_matrix_pack_floats(rows, n_rows, n_cols, packed);
  return (CtMatrix){n_rows, n_cols, rows, packed, NULL, NULL};
}

_Static_assert(N_GATES == 4U * N_HIDDEN &&
                 N_INPUT_WEIGHTS == N_GATES * N_INPUT &&
                 N_RECURRENT_WEIGHTS == N_GATES * N_HIDDEN,
               "sizes of the layer agree");

static void
make_lstm(Layer* const layer)
{
  layer->lstm = (CtLstm){
    N_INPUT,
    N_HIDDEN,
    pack(layer->w_input, N_GATES, N_INPUT, layer->packed_input),
    pack(layer->w_recurrent, N_GATES, N_HIDDEN, layer->packed_recurrent),
    layer->bias};
}

static void
a_table_adds_its_row(void** const state)
{
  (void)state;
  static const float rows[] = {1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F};
  const CtTable      table  = {2U, 3U, rows, NULL, NULL};
  float              y[]    = {10.0F, 20.0F, 30.0F, 40.0F};
  ct_table_add(&table, 1U, y);
  assert_true(y[0] == 14.0F && y[1] == 25.0F && y[2] == 36.0F && y[3] == 40.0F);
  ct_table_add(&table, 0U, y);
  assert_true(y[0] == 15.0F && y[1] == 27.0F && y[2] == 39.0F);
}

static void
rows_of_words_are_those_of_floats(void** const state)
{
  (void)state;
  enum { N_ROWS = 11, WIDTH = 37 };
  static float   rows[N_ROWS * WIDTH];
  static int16_t words[N_ROWS * WIDTH];
  float          scales[N_ROWS];
  uint32_t       seed = 5U;
  fill(rows, (size_t)(N_ROWS - 1) * WIDTH, &seed); // The last is all zeros
  const CtTable wide = {N_ROWS, WIDTH, rows, NULL, NULL};
  ct_table_narrow(&wide, words, scales);
  const CtTable narrow = {N_ROWS, WIDTH, NULL, words, scales};

  CtRow added[N_ROWS];
  float expected[WIDTH] = {0.0F};
  float y[WIDTH + 1U]   = {0.0F};
  y[WIDTH]              = 40.0F;
  for (uint32_t r = 0U; r < N_ROWS; ++r) {
    const uint32_t index = (r * 3U) % N_ROWS;
    added[r]             = ct_table_row(&narrow, index);
    ct_table_add(&wide, index, expected);
    assert_true(added[r].scale <= 1.0F / 32767.0F);
  }
  ct_rows_add(added, N_ROWS, WIDTH, y);
  for (uint32_t i = 0U; i < WIDTH; ++i) {
    // Half a step for each row, and what floats lose
    assert_true(fabs((double)y[i] - (double)expected[i]) <
                (0.5 * N_ROWS / 32767.0) + tolerance);
  }
  assert_true(y[WIDTH] == 40.0F);
}

// Whatever vectors a processor has, the sums are those of one row at a time
static void
rows_are_added_in_order(void** const state)
{
  (void)state;
  enum { N_ROWS = 7, WIDTH = 69 };
  static float   rows[N_ROWS * WIDTH];
  static int16_t words[N_ROWS * WIDTH];
  float          scales[N_ROWS];
  uint32_t       seed = 9U;
  fill(rows, (size_t)N_ROWS * WIDTH, &seed);
  const CtTable wide = {N_ROWS, WIDTH, rows, NULL, NULL};
  ct_table_narrow(&wide, words, scales);
  const CtTable narrow = {N_ROWS, WIDTH, NULL, words, scales};

  CtRow added[N_ROWS];
  float one[WIDTH]  = {0.0F};
  float many[WIDTH] = {0.0F};
  for (uint32_t r = 0U; r < N_ROWS; ++r) {
    added[r] = ct_table_row(&narrow, r);
    for (uint32_t i = 0U; i < WIDTH; ++i) {
      one[i] += scales[r] * (float)words[(r * WIDTH) + i];
    }
  }
  ct_rows_add(added, N_ROWS, WIDTH, many);
  for (uint32_t i = 0U; i < WIDTH; ++i) {
    assert_true(many[i] == one[i]);
  }
}

static void
a_multiplied_table_adds_products(void** const state)
{
  (void)state;
  static const float rows[]    = {1.0F, 2.0F, 3.0F, -4.0F, 5.0F, 6.0F};
  static const float columns[] = {
    1.0F, 0.5F, -1.0F, 3.0F}; // [[1, -1], [.5, 3]]
  const CtTable table     = {3U, 2U, rows, NULL, NULL};
  float         product[] = {9.0F, 9.0F, 9.0F, 9.0F, 9.0F, 9.0F, 9.0F};
  ct_table_multiply(&table, columns, 2U, product);
  assert_true(product[0] == -1.0F && product[1] == 6.5F);
  assert_true(product[2] == 7.0F && product[3] == -10.5F);
  assert_true(product[4] == -1.0F && product[5] == 20.5F);
  assert_true(product[6] == 9.0F);
}

static void
dense_is_matrix_and_bias(void** const state)
{
  (void)state;
  static const float rows[] = {1.0F, 2.0F, -1.0F, 0.5F, 0.0F, 3.0F};
  static const float bias[] = {0.25F, -1.0F};
  static const float x[]    = {2.0F, 3.0F, 4.0F};
  float              packed[3U * CT_MATRIX_BLOCK];
  CtDense            dense = {pack(rows, 2U, 3U, packed), bias};

  float y[] = {99.0F, 99.0F, 99.0F}; // Overwritten, not added to
  ct_dense(&dense, x, 3U, 1U, y);
  assert_true(y[0] == 4.25F && y[1] == 12.0F && y[2] == 99.0F);

  dense.bias = NULL;
  ct_dense(&dense, x, 3U, 1U, y);
  assert_true(y[0] == 4.0F && y[1] == 13.0F);
}

static void
norm_is_that_of_its_paper(void** const state)
{
  (void)state;
  uint32_t seed = 3U;
  float    weight[N_HIDDEN];
  float    bias[N_HIDDEN];
  float    x[N_HIDDEN];
  float    y[N_HIDDEN];
  fill(weight, N_HIDDEN, &seed);
  fill(bias, N_HIDDEN, &seed);
  fill(x, N_HIDDEN, &seed);
  const CtNorm norm = {N_HIDDEN, weight, bias};
  ct_norm(&norm, x, y);

  double mean     = 0.0;
  double variance = 0.0;
  for (uint32_t i = 0U; i < N_HIDDEN; ++i) {
    mean += (double)x[i] / N_HIDDEN;
  }
  for (uint32_t i = 0U; i < N_HIDDEN; ++i) {
    variance += ((double)x[i] - mean) * ((double)x[i] - mean) / N_HIDDEN;
  }
  for (uint32_t i = 0U; i < N_HIDDEN; ++i) {
    const double expected =
      (((double)x[i] - mean) / sqrt(variance + 1e-5) * (double)weight[i]) +
      (double)bias[i];
    assert_true(fabs((double)y[i] - expected) < tolerance);
  }

  ct_norm(&norm, x, x); // In place
  assert_memory_equal(x, y, sizeof(x));
}

// Whatever vectors a processor has, the sums are those of 16 lanes, by halves
static void
a_norm_adds_in_lanes(void** const state)
{
  (void)state;
  enum { N = 45, LANES = 16 };
  float    x[N];
  float    y[N];
  float    ones[N];
  float    zeros[N] = {0.0F};
  uint32_t seed     = 4U;
  fill(x, N, &seed);
  for (uint32_t i = 0U; i < N; ++i) {
    ones[i] = 1.0F;
  }
  const CtNorm norm = {N, ones, zeros};
  ct_norm(&norm, x, y);

  float sum[LANES]     = {0.0F};
  float squares[LANES] = {0.0F};
  for (uint32_t i = 0U; i < N; ++i) {
    sum[i % LANES] += x[i];
  }
  for (uint32_t n = LANES / 2U; n > 0U; n /= 2U) {
    for (uint32_t j = 0U; j < n; ++j) {
      sum[j] += sum[j + n];
    }
  }
  const float mean = sum[0] / (float)N;
  for (uint32_t i = 0U; i < N; ++i) {
    squares[i % LANES] += (x[i] - mean) * (x[i] - mean);
  }
  for (uint32_t n = LANES / 2U; n > 0U; n /= 2U) {
    for (uint32_t j = 0U; j < n; ++j) {
      squares[j] += squares[j + n];
    }
  }
  const float scale = 1.0F / sqrtf((squares[0] / (float)N) + 1e-5F);
  for (uint32_t i = 0U; i < N; ++i) {
    assert_true(y[i] == (x[i] - mean) * scale);
  }
}

static void
a_norm_of_equal_numbers_is_its_bias(void** const state)
{
  (void)state;
  static const float weight[] = {2.0F, 3.0F};
  static const float bias[]   = {0.5F, -0.5F};
  const CtNorm       norm     = {2U, weight, bias};
  float              x[]      = {7.0F, 7.0F};
  ct_norm(&norm, x, x);
  assert_true(x[0] == 0.5F && x[1] == -0.5F);
}

static double
sigmoid(const double x)
{
  return 1.0 / (1.0 + exp(-x));
}

/// One step of the equations, gates in the order i, f, g, o
static void
reference_step(const Layer* const layer,
               const float* const input,
               double* const      h,
               double* const      c)
{
  double gate[N_GATES];
  for (size_t r = 0U; r < N_GATES; ++r) {
    gate[r] = (double)layer->bias[r];
    for (size_t k = 0U; k < N_INPUT; ++k) {
      gate[r] += (double)layer->w_input[(r * N_INPUT) + k] * (double)input[k];
    }
    for (size_t k = 0U; k < N_HIDDEN; ++k) {
      gate[r] += (double)layer->w_recurrent[(r * N_HIDDEN) + k] * h[k];
    }
  }
  for (size_t k = 0U; k < N_HIDDEN; ++k) {
    const double i = sigmoid(gate[k]);
    const double f = sigmoid(gate[N_HIDDEN + k]);
    const double g = tanh(gate[((size_t)2U * N_HIDDEN) + k]);
    const double o = sigmoid(gate[((size_t)3U * N_HIDDEN) + k]);
    c[k]           = (f * c[k]) + (i * g);
    h[k]           = o * tanh(c[k]);
  }
}

static void
an_lstm_follows_its_equations(void** const state)
{
  (void)state;
  static Layer layer;
  uint32_t     seed = 11U;
  fill(layer.w_input, N_INPUT_WEIGHTS, &seed);
  fill(layer.w_recurrent, N_RECURRENT_WEIGHTS, &seed);
  fill(layer.bias, N_GATES, &seed);
  make_lstm(&layer);

  float  h[N_HIDDEN]          = {0.0F};
  float  c[N_HIDDEN]          = {0.0F};
  double expected_h[N_HIDDEN] = {0.0};
  double expected_c[N_HIDDEN] = {0.0};
  float  gates[N_GATES];
  for (uint32_t t = 0U; t < N_STEPS; ++t) {
    float input[N_INPUT];
    fill(input, N_INPUT, &seed);
    reference_step(&layer, input, expected_h, expected_c);
    ct_lstm_step(&layer.lstm, input, h, c, N_HIDDEN, 1U, gates);
    for (size_t k = 0U; k < N_HIDDEN; ++k) {
      assert_true(fabs((double)h[k] - expected_h[k]) < 5.0 * tolerance);
      assert_true(fabs((double)c[k] - expected_c[k]) < 5.0 * tolerance);
    }
  }
}

static void
gates_stand_in_the_order_of_pytorch(void** const state)
{
  (void)state;
  static Layer layer;
  memset(&layer, 0, sizeof(layer));
  make_lstm(&layer);
  const float input[N_INPUT] = {0.0F};
  float       gates[N_GATES];

  // i closed, f open, o open: the cell keeps what it had
  for (size_t k = 0U; k < N_HIDDEN; ++k) {
    layer.bias[k]                           = -40.0F;
    layer.bias[N_HIDDEN + k]                = 40.0F;
    layer.bias[((size_t)2U * N_HIDDEN) + k] = 40.0F;
    layer.bias[((size_t)3U * N_HIDDEN) + k] = 40.0F;
  }
  float h[N_HIDDEN] = {0.0F};
  float c[N_HIDDEN] = {0.5F, -0.25F};
  ct_lstm_step(&layer.lstm, input, h, c, N_HIDDEN, 1U, gates);
  assert_true(fabsf(c[0] - 0.5F) < 1e-6F && fabsf(c[1] + 0.25F) < 1e-6F);
  assert_true(fabs((double)h[0] - tanh(0.5)) < 1e-6);

  // i open, f closed: the cell takes g, here 1
  for (size_t k = 0U; k < N_HIDDEN; ++k) {
    layer.bias[k]            = 40.0F;
    layer.bias[N_HIDDEN + k] = -40.0F;
  }
  ct_lstm_step(&layer.lstm, input, h, c, N_HIDDEN, 1U, gates);
  assert_true(fabsf(c[0] - 1.0F) < 1e-6F && fabsf(c[1] - 1.0F) < 1e-6F);

  // o closed: nothing is heard of it
  for (size_t k = 0U; k < N_HIDDEN; ++k) {
    layer.bias[((size_t)3U * N_HIDDEN) + k] = -40.0F;
  }
  ct_lstm_step(&layer.lstm, input, h, c, N_HIDDEN, 1U, gates);
  assert_true(fabsf(c[0] - 1.0F) < 1e-6F && fabsf(h[0]) < 1e-6F);
}

static void
recurring_is_a_step_with_its_input_done(void** const state)
{
  (void)state;
  static Layer layer;
  uint32_t     seed = 12U;
  fill(layer.w_input, N_INPUT_WEIGHTS, &seed);
  fill(layer.w_recurrent, N_RECURRENT_WEIGHTS, &seed);
  fill(layer.bias, N_GATES, &seed);
  make_lstm(&layer);

  float input[N_INPUT];
  float h[2][N_HIDDEN];
  float c[2][N_HIDDEN];
  float gates[2][N_GATES];
  fill(input, N_INPUT, &seed);
  fill(h[0], N_HIDDEN, &seed);
  fill(c[0], N_HIDDEN, &seed);
  memcpy(h[1], h[0], sizeof(h[1]));
  memcpy(c[1], c[0], sizeof(c[1]));

  ct_lstm_step(&layer.lstm, input, h[0], c[0], N_HIDDEN, 1U, gates[0]);
  memcpy(gates[1], layer.bias, sizeof(layer.bias));
  ct_matrix_multiply_add(&layer.lstm.w_input, input, N_INPUT, 1U, gates[1]);
  ct_lstm_recur(&layer.lstm, h[1], c[1], N_HIDDEN, 1U, gates[1]);
  assert_memory_equal(h[0], h[1], sizeof(h[0]));
  assert_memory_equal(c[0], c[1], sizeof(c[0]));
}

static void
a_batch_is_its_states_one_by_one(void** const state)
{
  (void)state;
  static Layer layer;
  uint32_t     seed = 13U;
  fill(layer.w_input, N_INPUT_WEIGHTS, &seed);
  fill(layer.w_recurrent, N_RECURRENT_WEIGHTS, &seed);
  fill(layer.bias, N_GATES, &seed);
  make_lstm(&layer);
  const CtDense dense = {layer.lstm.w_recurrent, layer.bias};

  // States wider apart than they are, as those of a network with two layers
  float input[CT_MAX_BATCH][N_INPUT];
  float h[CT_MAX_BATCH][STRIDE];
  float c[CT_MAX_BATCH][STRIDE];
  float expected_h[CT_MAX_BATCH][STRIDE];
  float expected_c[CT_MAX_BATCH][STRIDE];
  float gates[CT_MAX_BATCH][N_GATES];
  float y[CT_MAX_BATCH][N_GATES];
  float expected_y[CT_MAX_BATCH][N_GATES];
  fill(&input[0][0], sizeof(input) / sizeof(float), &seed);
  fill(&h[0][0], sizeof(h) / sizeof(float), &seed);
  fill(&c[0][0], sizeof(c) / sizeof(float), &seed);
  memcpy(expected_h, h, sizeof(h));
  memcpy(expected_c, c, sizeof(c));
  for (size_t k = 0U; k < CT_MAX_BATCH; ++k) {
    float* const own_h = expected_h[k];
    float* const own_c = expected_c[k];
    ct_dense(&dense, own_h, STRIDE, 1U, expected_y[k]);
    ct_lstm_step(&layer.lstm, input[k], own_h, own_c, STRIDE, 1U, gates[0]);
  }

  ct_dense(&dense, h[0], STRIDE, CT_MAX_BATCH, y[0]);
  ct_lstm_step(
    &layer.lstm, input[0], h[0], c[0], STRIDE, CT_MAX_BATCH, gates[0]);
  assert_memory_equal(y, expected_y, sizeof(y));
  assert_memory_equal(h, expected_h, sizeof(h));
  assert_memory_equal(c, expected_c, sizeof(c));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_table_adds_its_row),
    cmocka_unit_test(rows_of_words_are_those_of_floats),
    cmocka_unit_test(rows_are_added_in_order),
    cmocka_unit_test(a_multiplied_table_adds_products),
    cmocka_unit_test(dense_is_matrix_and_bias),
    cmocka_unit_test(norm_is_that_of_its_paper),
    cmocka_unit_test(a_norm_adds_in_lanes),
    cmocka_unit_test(a_norm_of_equal_numbers_is_its_bias),
    cmocka_unit_test(an_lstm_follows_its_equations),
    cmocka_unit_test(gates_stand_in_the_order_of_pytorch),
    cmocka_unit_test(recurring_is_a_step_with_its_input_done),
    cmocka_unit_test(a_batch_is_its_states_one_by_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

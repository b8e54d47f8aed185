// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Layers alone against PyTorch's, with weights, inputs and outputs that
// tests/parity/designs.py makes

#include "base/arena.h"
#include "base/file.h"
#include "model/layers_load.h"
#include "model/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define N_STEPS 13U
#define N_INPUT 5U
#define N_HIDDEN 9U
#define N_OUTPUT 7U
#define WIDTH 16U
#define N_HEADS 8U
#define N_SCRATCH 4096U

static const float tolerance = 1e-4F;

static const CtMultiply ways[] = {ct_matrix_multiply_window,
                                  ct_matrix_multiply_sequence};

#define N_WAYS (sizeof(ways) / sizeof(ways[0]))

typedef struct {
  CtMappedFile  file;
  CtTensorFile* tensors;
  CtLoader      loader;
} Vectors;

static int
set_up(void** const state)
{
  static Vectors vectors;
  assert_int_equal(ct_file_map(LAYERS_PATH, &vectors.file), CT_SUCCESS);
  assert_int_equal(
    ct_tensors_open(vectors.file.bytes, vectors.file.size, &vectors.tensors),
    CT_SUCCESS);
  vectors.loader = (CtLoader){vectors.tensors,
                              ct_arena_new(ct_load_size(vectors.tensors)),
                              NULL,
                              0U,
                              CT_SUCCESS};
  assert_non_null(vectors.loader.arena);
  *state = &vectors;
  return 0;
}

static int
tear_down(void** const state)
{
  Vectors* const vectors = (Vectors*)*state;
  ct_arena_free(vectors->loader.arena);
  ct_tensors_free(vectors->tensors);
  ct_file_unmap(&vectors->file);
  return 0;
}

/// Numbers of "layer.name", which must be [n_rows, n_cols]
static const float*
get(const Vectors* const vectors,
    const char* const    name,
    const uint32_t       n_rows,
    const uint32_t       n_cols)
{
  const CtTensor* const tensor = ct_tensors_get(vectors->tensors, name);
  assert_non_null(tensor);
  assert_true(ct_tensor_has_shape(tensor, n_rows, n_cols));
  return (const float*)(const void*)tensor->data;
}

/// Fail unless all of `given` [n] are as expected
static void
compare(const float* const given, const float* const expected, const size_t n)
{
  for (size_t i = 0U; i < n; ++i) {
    if (!(fabsf(given[i] - expected[i]) < tolerance)) {
      print_error(
        "%zu: %g, not %g\n", i, (double)given[i], (double)expected[i]);
      fail();
    }
  }
}

static void
an_lstm_runs_from_both_ends(void** const state)
{
  Vectors* const        v = (Vectors*)*state;
  const float* const    x = get(v, "lstm.x", N_STEPS, N_INPUT);
  const float* const    y = get(v, "lstm.y", N_STEPS, 2U * N_HIDDEN);
  const CtBidirectional layer =
    ct_load_bidirectional(&v->loader, "lstm", 0U, N_INPUT, N_HIDDEN);
  assert_int_equal(v->loader.status, CT_SUCCESS);
  for (size_t i = 0U; i < N_WAYS; ++i) {
    float scratch[N_SCRATCH];
    float said[N_STEPS * 2U * N_HIDDEN];
    assert_true(ct_bidirectional_scratch_size(&layer, N_STEPS) <= N_SCRATCH);
    ct_bidirectional(&layer, x, N_STEPS, ways[i], scratch, said);
    compare(said, y, sizeof(said) / sizeof(float));

    // The scratch begins with what each end has come to
    compare(scratch, y + (((size_t)N_STEPS - 1U) * 2U * N_HIDDEN), N_HIDDEN);
    compare(scratch + N_HIDDEN, y + N_HIDDEN, N_HIDDEN);
  }
}

static void
a_gru_is_that_of_pytorch(void** const state)
{
  Vectors* const     v = (Vectors*)*state;
  const float* const x = get(v, "gru.x", N_STEPS, N_INPUT);
  const float* const y = get(v, "gru.y", N_STEPS, N_HIDDEN);
  const CtRecurrent  recurrent =
    ct_load_recurrent(&v->loader, "gru", CT_CELL_GRU, 1U, N_INPUT, N_HIDDEN);
  assert_int_equal(v->loader.status, CT_SUCCESS);
  assert_int_equal(ct_recurrent_state_size(&recurrent), N_HIDDEN);

  float scratch[N_SCRATCH];
  float h[N_HIDDEN] = {0.0F};
  float stepped[N_STEPS * N_HIDDEN];
  for (size_t t = 0U; t < N_STEPS; ++t) {
    ct_recurrent_step(&recurrent, x + (t * N_INPUT), h, scratch);
    memcpy(
      stepped + (t * N_HIDDEN), ct_recurrent_output(&recurrent, h), sizeof(h));
  }
  compare(stepped, y, (size_t)N_STEPS * N_HIDDEN);

  for (size_t i = 0U; i < N_WAYS; ++i) {
    float said[N_STEPS * N_HIDDEN];
    memset(h, 0, sizeof(h));
    assert_true(ct_recurrent_scratch_size(&recurrent, N_STEPS) <= N_SCRATCH);
    ct_recurrent_window(&recurrent, x, N_STEPS, ways[i], h, scratch, said);
    compare(said, y, (size_t)N_STEPS * N_HIDDEN);
    compare(h, y + (((size_t)N_STEPS - 1U) * N_HIDDEN), N_HIDDEN);
    if (ways[i] == ct_matrix_multiply_window) {
      assert_memory_equal(said, stepped, sizeof(said));
    }
  }
}

static void
a_convolution_looks_one_step_about(void** const state)
{
  Vectors* const      v = (Vectors*)*state;
  const float* const  x = get(v, "conv.x", N_STEPS, N_INPUT);
  const float* const  y = get(v, "conv.y", N_STEPS, N_OUTPUT);
  const CtConvolution convolution =
    ct_load_convolution(&v->loader, "conv", N_OUTPUT, N_INPUT);
  assert_int_equal(v->loader.status, CT_SUCCESS);
  for (size_t i = 0U; i < N_WAYS; ++i) {
    float scratch[N_SCRATCH];
    float said[N_STEPS * N_OUTPUT];
    assert_true(ct_convolution_scratch_size(&convolution, N_STEPS) <=
                N_SCRATCH);
    ct_convolution(&convolution, x, N_STEPS, ways[i], scratch, said);
    compare(said, y, (size_t)N_STEPS * N_OUTPUT);
  }
}

static void
attention_is_that_of_the_design(void** const state)
{
  Vectors* const     v = (Vectors*)*state;
  const float* const x = get(v, "attention.x", N_STEPS, WIDTH);
  const float* const y = get(v, "attention.y", 1U, WIDTH);
  const CtAttention  attention =
    ct_load_attention(&v->loader, "attention", WIDTH, N_HEADS);
  assert_int_equal(v->loader.status, CT_SUCCESS);
  for (size_t i = 0U; i < N_WAYS; ++i) {
    float scratch[N_SCRATCH];
    float last[WIDTH];
    float all[N_STEPS * WIDTH];
    assert_true(ct_attention_scratch_size(&attention, N_STEPS) <= N_SCRATCH);
    ct_attention(&attention, x, N_STEPS, N_STEPS - 1U, ways[i], scratch, last);
    compare(last, y, WIDTH);

    // What the last step hears does not depend on who else asks
    ct_attention(&attention, x, N_STEPS, 0U, ways[i], scratch, all);
    compare(all + (((size_t)N_STEPS - 1U) * WIDTH), y, WIDTH);
  }
}

/// Scores so large that e to them is no number
static void
attention_bears_large_scores(void** const state)
{
  Vectors* const    v = (Vectors*)*state;
  const CtAttention attention =
    ct_load_attention(&v->loader, "attention", WIDTH, N_HEADS);
  float scratch[N_SCRATCH];
  float x[N_STEPS * WIDTH];
  float y[2][WIDTH];
  for (size_t i = 0U; i < (size_t)N_STEPS * WIDTH; ++i) {
    x[i] = i % WIDTH % 3U ? 1e3F : -1e3F;
  }

  // All steps are alike, so however many there are, one says as much
  static const uint32_t n_steps[] = {1U, N_STEPS};
  for (size_t i = 0U; i < 2U; ++i) {
    const uint32_t n = n_steps[i];
    ct_attention(
      &attention, x, n, n - 1U, ct_matrix_multiply_window, scratch, y[i]);
  }
  for (size_t i = 0U; i < WIDTH; ++i) {
    assert_true(fabsf(y[0][i] - y[1][i]) < 1.0F);
  }
}

static void
a_norm_is_that_of_pytorch(void** const state)
{
  Vectors* const     v    = (Vectors*)*state;
  const float* const x    = get(v, "norm.x", N_STEPS, WIDTH);
  const float* const y    = get(v, "norm.y", N_STEPS, WIDTH);
  const CtNorm       norm = ct_load_norm(&v->loader, "norm", WIDTH);
  assert_int_equal(v->loader.status, CT_SUCCESS);
  for (size_t t = 0U; t < N_STEPS; ++t) {
    float said[WIDTH];
    ct_norm(&norm, x + (t * WIDTH), said);
    compare(said, y + (t * WIDTH), WIDTH);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(
      an_lstm_runs_from_both_ends, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      a_gru_is_that_of_pytorch, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      a_convolution_looks_one_step_about, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      attention_is_that_of_the_design, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      attention_bears_large_scores, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      a_norm_is_that_of_pytorch, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/layers.h"

#include "model/activation.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const float norm_epsilon = 1e-5F; // PyTorch's

// The wide loop is the plain one, compiled for AVX2: the same sums
#if defined(__x86_64__) && defined(__GNUC__)
#  define HAVE_WIDE 1
#  define WIDE __attribute__((target("avx2")))
#else
#  define HAVE_WIDE 0
#endif

#define DEFINE_ADD(name, attribute)                               \
  attribute static void name(                                     \
    const float* restrict x, const uint32_t n, float* restrict y) \
  {                                                               \
    for (uint32_t i = 0U; i < n; ++i) {                           \
      y[i] += x[i];                                               \
    }                                                             \
  }

DEFINE_ADD(add, )
#if HAVE_WIDE
DEFINE_ADD(add_wide, WIDE)
#endif

void
ct_table_add(const CtTable* const table, const uint32_t index, float* const y)
{
  assert(index < table->n_rows);
  const float* const row = table->rows + ((size_t)index * table->width);
#if HAVE_WIDE
  if (__builtin_cpu_supports("avx2")) {
    add_wide(row, table->width, y);
    return;
  }
#endif
  add(row, table->width, y);
}

void
ct_table_multiply(const CtTable* const table,
                  const float* const   columns,
                  const uint32_t       n,
                  float* const         product)
{
  memset(product, 0, (size_t)table->n_rows * n * sizeof(float));
  for (size_t r = 0U; r < table->n_rows; ++r) {
    float* const       y = product + (r * n);
    const float* const x = table->rows + (r * table->width);
    for (size_t c = 0U; c < table->width; ++c) {
      const float* const column = columns + (c * n);
      for (uint32_t i = 0U; i < n; ++i) {
        y[i] += x[c] * column[i];
      }
    }
  }
}

void
ct_dense(const CtDense* const dense,
         const float* const   x,
         const size_t         stride,
         const uint32_t       n,
         float* const         y)
{
  const size_t n_rows = dense->matrix.n_rows;
  for (uint32_t k = 0U; k < n; ++k) {
    if (dense->bias) {
      memcpy(y + (k * n_rows), dense->bias, n_rows * sizeof(float));
    } else {
      memset(y + (k * n_rows), 0, n_rows * sizeof(float));
    }
  }
  ct_matrix_multiply_add(&dense->matrix, x, stride, n, y);
}

void
ct_norm(const CtNorm* const norm, const float* const x, float* const y)
{
  float sum = 0.0F;
  for (uint32_t i = 0U; i < norm->n; ++i) {
    sum += x[i];
  }

  const float mean    = sum / (float)norm->n;
  float       squares = 0.0F;
  for (uint32_t i = 0U; i < norm->n; ++i) {
    squares += (x[i] - mean) * (x[i] - mean);
  }

  const float scale = 1.0F / sqrtf((squares / (float)norm->n) + norm_epsilon);
  for (uint32_t i = 0U; i < norm->n; ++i) {
    y[i] = ((x[i] - mean) * scale * norm->weight[i]) + norm->bias[i];
  }
}

void
ct_lstm_step(const CtLstm* const lstm,
             const float* const  input,
             float* const        h,
             float* const        c,
             const size_t        stride,
             const uint32_t      n,
             float* const        gates)
{
  const size_t n_gates = 4U * (size_t)lstm->n_hidden;
  for (uint32_t k = 0U; k < n; ++k) {
    memcpy(gates + (k * n_gates), lstm->bias, n_gates * sizeof(float));
  }
  ct_matrix_multiply_add(&lstm->w_input, input, lstm->n_input, n, gates);
  ct_lstm_recur(lstm, h, c, stride, n, gates);
}

void
ct_lstm_update(const uint32_t n_hidden,
               float* const   h,
               float* const   c,
               float* const   gates)
{
  float* const i = gates;
  float* const f = gates + n_hidden;
  float* const g = gates + (2U * (size_t)n_hidden);
  float* const o = gates + (3U * (size_t)n_hidden);

  ct_sigmoid(i, 2U * n_hidden); // i and f lie side by side
  ct_tanh(g, n_hidden);
  ct_sigmoid(o, n_hidden);

  // c = f c + i g;  h = o tanh(c)
  for (uint32_t j = 0U; j < n_hidden; ++j) {
    c[j] = (f[j] * c[j]) + (i[j] * g[j]);
  }
  memcpy(g, c, n_hidden * sizeof(float));
  ct_tanh(g, n_hidden);
  for (uint32_t j = 0U; j < n_hidden; ++j) {
    h[j] = o[j] * g[j];
  }
}

void
ct_lstm_recur(const CtLstm* const lstm,
              float* const        h,
              float* const        c,
              const size_t        stride,
              const uint32_t      n,
              float* const        gates)
{
  const size_t n_gates = 4U * (size_t)lstm->n_hidden;
  ct_matrix_multiply_add(&lstm->w_recurrent, h, stride, n, gates);
  for (uint32_t k = 0U; k < n; ++k) {
    ct_lstm_update(lstm->n_hidden,
                   h + (k * stride),
                   c + (k * stride),
                   gates + (k * n_gates));
  }
}

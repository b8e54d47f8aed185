// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/layers.h"

#include "model/activation.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const float norm_epsilon = 1e-5F; // PyTorch's

void
ct_table_add(const CtTable* const table, const uint32_t index, float* const y)
{
  assert(index < table->n_rows);
  const float* const row = table->rows + ((size_t)index * table->width);
  for (uint32_t i = 0U; i < table->width; ++i) {
    y[i] += row[i];
  }
}

void
ct_dense(const CtDense* const dense, const float* const x, float* const y)
{
  const size_t size = dense->matrix.n_rows * sizeof(float);
  if (dense->bias) {
    memcpy(y, dense->bias, size);
  } else {
    memset(y, 0, size);
  }
  ct_matrix_multiply_add(&dense->matrix, x, y);
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
             float* const        gates)
{
  memcpy(gates, lstm->bias, 4U * sizeof(float) * lstm->n_hidden);
  ct_matrix_multiply_add(&lstm->w_input, input, gates);
  ct_lstm_recur(lstm, h, c, gates);
}

void
ct_lstm_recur(const CtLstm* const lstm,
              float* const        h,
              float* const        c,
              float* const        gates)
{
  const uint32_t n = lstm->n_hidden;
  float* const   i = gates;
  float* const   f = gates + n;
  float* const   g = gates + (2U * (size_t)n);
  float* const   o = gates + (3U * (size_t)n);

  ct_matrix_multiply_add(&lstm->w_recurrent, h, gates);
  ct_sigmoid(i, 2U * n); // i and f lie side by side
  ct_tanh(g, n);
  ct_sigmoid(o, n);

  // c = f c + i g;  h = o tanh(c)
  for (uint32_t k = 0U; k < n; ++k) {
    c[k] = (f[k] * c[k]) + (i[k] * g[k]);
  }
  memcpy(g, c, n * sizeof(float));
  ct_tanh(g, n);
  for (uint32_t k = 0U; k < n; ++k) {
    h[k] = o[k] * g[k];
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/layers.h"

#include "model/activation.h"
#include "model/branchless.h"
#include "model/wide.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const float norm_epsilon = 1e-5F; // PyTorch's
static const float largest      = INT16_MAX;

/// Table rows that a loop adds
#define AT_ONCE 4U

/// Sums that run side by side along a vector
#define LANES 16U

void
ct_table_add(const CtTable* const table, const uint32_t index, float* const y)
{
  assert(index < table->n_rows);
  const float* const row = table->rows + ((size_t)index * table->width);
  for (uint32_t i = 0U; i < table->width; ++i) {
    y[i] += row[i];
  }
}

CtRow
ct_table_row(const CtTable* const table, const uint32_t index)
{
  assert(index < table->n_rows);
  return (CtRow){table->words + ((size_t)index * table->width),
                 table->scales[index]};
}

CT_INLINE void
add_rows_loop(const CtRow* const rows,
              const uint32_t     n_rows,
              const uint32_t     width,
              float* restrict const y)
{
  uint32_t r = 0U;
  for (; r + AT_ONCE <= n_rows; r += AT_ONCE) {
    const CtRow a = rows[r];
    const CtRow b = rows[r + 1U];
    const CtRow c = rows[r + 2U];
    const CtRow d = rows[r + 3U];
    for (uint32_t i = 0U; i < width; ++i) {
      float sum = y[i];
      sum += a.scale * (float)a.words[i];
      sum += b.scale * (float)b.words[i];
      sum += c.scale * (float)c.words[i];
      sum += d.scale * (float)d.words[i];
      y[i] = sum;
    }
  }
  for (; r < n_rows; ++r) {
    const CtRow a = rows[r];
    for (uint32_t i = 0U; i < width; ++i) {
      y[i] += a.scale * (float)a.words[i];
    }
  }
}

CT_WIDEN(add_rows,
         (const CtRow* const rows,
          const uint32_t     n_rows,
          const uint32_t     width,
          float* const       y),
         (rows, n_rows, width, y))

void
ct_rows_add(const CtRow* const rows,
            const uint32_t     n_rows,
            const uint32_t     width,
            float* const       y)
{
  add_rows(rows, n_rows, width, y);
}

void
ct_table_narrow(const CtTable* const table,
                int16_t* const       words,
                float* const         scales)
{
  for (uint32_t r = 0U; r < table->n_rows; ++r) {
    const size_t       at  = (size_t)r * table->width;
    const float* const row = table->rows + at;
    float              top = 0.0F;
    for (uint32_t i = 0U; i < table->width; ++i) {
      top = fabsf(row[i]) > top ? fabsf(row[i]) : top;
    }
    const float factor = top > 0.0F ? largest / top : 0.0F;
    for (uint32_t i = 0U; i < table->width; ++i) {
      words[at + i] =
        (int16_t)ct_round(ct_clamp(row[i] * factor, -largest, largest));
    }
    scales[r] = top / largest;
  }
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

/// The sum of lanes, by halves
CT_INLINE float
sum_of(float lanes[LANES])
{
  for (uint32_t n = LANES / 2U; n > 0U; n /= 2U) {
    for (uint32_t j = 0U; j < n; ++j) {
      lanes[j] += lanes[j + n];
    }
  }
  return lanes[0];
}

CT_INLINE void
normalise_loop(const CtNorm* const norm, const float* const x, float* const y)
{
  // Lane j adds every LANES-th number from j on, on every processor
  const uint32_t n          = norm->n;
  const uint32_t whole      = n / LANES * LANES;
  float          sum[LANES] = {0.0F};
  for (uint32_t i = 0U; i < whole; i += LANES) {
    for (uint32_t j = 0U; j < LANES; ++j) {
      sum[j] += x[i + j];
    }
  }
  for (uint32_t i = whole; i < n; ++i) {
    sum[i - whole] += x[i];
  }

  const float mean           = sum_of(sum) / (float)n;
  float       squares[LANES] = {0.0F};
  for (uint32_t i = 0U; i < whole; i += LANES) {
    for (uint32_t j = 0U; j < LANES; ++j) {
      squares[j] += (x[i + j] - mean) * (x[i + j] - mean);
    }
  }
  for (uint32_t i = whole; i < n; ++i) {
    squares[i - whole] += (x[i] - mean) * (x[i] - mean);
  }

  const float variance = sum_of(squares) / (float)n;
  const float scale    = 1.0F / sqrtf(variance + norm_epsilon);
  for (uint32_t i = 0U; i < n; ++i) {
    y[i] = ((x[i] - mean) * scale * norm->weight[i]) + norm->bias[i];
  }
}

CT_WIDEN(normalise,
         (const CtNorm* const norm, const float* const x, float* const y),
         (norm, x, y))

void
ct_norm(const CtNorm* const norm, const float* const x, float* const y)
{
  normalise(norm, x, y);
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

/// c = f c + i g, and g = c
CT_INLINE void
keep_loop(const uint32_t n,
          const float* restrict const i,
          const float* restrict const f,
          float* restrict const g,
          float* restrict const c)
{
  for (uint32_t j = 0U; j < n; ++j) {
    c[j] = (f[j] * c[j]) + (i[j] * g[j]);
    g[j] = c[j];
  }
}

CT_WIDEN(keep,
         (const uint32_t n,
          const float* restrict const i,
          const float* restrict const f,
          float* restrict const g,
          float* restrict const c),
         (n, i, f, g, c))

/// h = o g
CT_INLINE void
tell_loop(const uint32_t n,
          const float* restrict const o,
          const float* restrict const g,
          float* restrict const h)
{
  for (uint32_t j = 0U; j < n; ++j) {
    h[j] = o[j] * g[j];
  }
}

CT_WIDEN(tell,
         (const uint32_t n,
          const float* restrict const o,
          const float* restrict const g,
          float* restrict const h),
         (n, o, g, h))

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

  keep(n_hidden, i, f, g, c);
  ct_tanh(g, n_hidden); // h = o tanh(c)
  tell(n_hidden, o, g, h);
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

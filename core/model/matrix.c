// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/matrix.h"

#include "model/branchless.h"
#include "model/wide.h"

#include <assert.h>
#include <string.h>

#define BLOCK CT_MATRIX_BLOCK

size_t
ct_matrix_packed_floats(const uint32_t n_rows, const uint32_t n_cols)
{
  return (size_t)(n_rows + BLOCK - 1U) / BLOCK * BLOCK * n_cols;
}

/// Columns of packed bytes: whole quads
static uint32_t
padded(const uint32_t n_cols)
{
  return (n_cols + CT_DOT_QUAD - 1U) / CT_DOT_QUAD * CT_DOT_QUAD;
}

size_t
ct_matrix_packed_bytes(const uint32_t n_rows, const uint32_t n_cols)
{
  return ct_matrix_packed_floats(n_rows, padded(n_cols));
}

void
ct_matrix_pack_floats(const float* const rows,
                      const uint32_t     n_rows,
                      const uint32_t     n_cols,
                      float* const       packed)
{
  memset(packed, 0, ct_matrix_packed_floats(n_rows, n_cols) * sizeof(float));
  for (uint32_t r = 0U; r < n_rows; ++r) {
    float* const block = packed + ((size_t)(r / BLOCK) * BLOCK * n_cols);
    for (uint32_t c = 0U; c < n_cols; ++c) {
      block[((size_t)c * BLOCK) + (r % BLOCK)] = rows[((size_t)r * n_cols) + c];
    }
  }
}

void
ct_matrix_pack_bytes(const int8_t* const rows,
                     const uint32_t      n_rows,
                     const uint32_t      n_cols,
                     uint8_t* const      packed)
{
  const size_t block_size = (size_t)BLOCK * padded(n_cols);
  memset(packed, CT_DOT_OFFSET, ct_matrix_packed_bytes(n_rows, n_cols));
  for (uint32_t r = 0U; r < n_rows; ++r) {
    uint8_t* const block = packed + ((r / BLOCK) * block_size);
    for (uint32_t c = 0U; c < n_cols; ++c) {
      const size_t quad = ((size_t)(c / CT_DOT_QUAD) * BLOCK) + (r % BLOCK);
      block[(quad * CT_DOT_QUAD) + (c % CT_DOT_QUAD)] =
        (uint8_t)(rows[((size_t)r * n_cols) + c] + CT_DOT_OFFSET);
    }
  }
}

/// sums[n][BLOCK] = one block times each of n vectors
CT_INLINE void
multiply_n(const float* restrict block,
           const float* restrict x,
           const size_t   stride,
           const uint32_t n_cols,
           const uint32_t n,
           float (*restrict sums)[BLOCK])
{
  float s[CT_MAX_BATCH][BLOCK] = {{0.0F}};
  for (uint32_t c = 0U; c < n_cols; ++c) {
    for (uint32_t i = 0U; i < BLOCK; ++i) {
      const float w = block[((size_t)c * BLOCK) + i];
      for (uint32_t k = 0U; k < n; ++k) {
        s[k][i] += w * x[(k * stride) + c];
      }
    }
  }
  memcpy(sums, s, n * sizeof(s[0]));
}

CT_INLINE void
multiply_loop(const float* const block,
              const float* const x,
              const size_t       stride,
              const uint32_t     n_cols,
              const uint32_t     n,
              float (*const sums)[BLOCK])
{
  // Sums stay in registers as `n` is known
  if (n == 1U) {
    multiply_n(block, x, stride, n_cols, 1U, sums);
  } else {
    multiply_n(block, x, stride, n_cols, 2U, sums);
  }
}

CT_WIDEN(multiply,
         (const float* const block,
          const float* const x,
          const size_t       stride,
          const uint32_t     n_cols,
          const uint32_t     n,
          float (*const sums)[BLOCK]),
         (block, x, stride, n_cols, n, sums))

/// Rows of the block that begins at row `r`
static uint32_t
rows_at(const CtMatrix* const m, const uint32_t r)
{
  return m->n_rows - r < BLOCK ? m->n_rows - r : BLOCK;
}

static void
add_floats(const CtMatrix* const m,
           const float* const    x,
           const size_t          stride,
           const uint32_t        n,
           float* const          y)
{
  for (uint32_t r = 0U; r < m->n_rows; r += BLOCK) {
    float sums[CT_MAX_BATCH][BLOCK];
    multiply(
      m->floats + ((size_t)r * m->n_cols), x, stride, m->n_cols, n, sums);
    for (uint32_t k = 0U; k < n; ++k) {
      float* const out = y + ((size_t)k * m->n_rows) + r;
      for (uint32_t i = 0U; i < rows_at(m, r); ++i) {
        out[i] += sums[k][i];
      }
    }
  }
}

/// y[n] += sums of whole numbers, each times the scale of its row and `scale`
CT_INLINE void
add_scaled_loop(const int32_t* restrict sums,
                const float* restrict scales,
                const float    scale,
                const uint32_t n,
                float* restrict y)
{
  for (uint32_t i = 0U; i < n; ++i) {
    y[i] += (float)sums[i] * (scales[i] * scale);
  }
}

CT_WIDEN(add_scaled,
         (const int32_t* restrict sums,
          const float* restrict scales,
          const float    scale,
          const uint32_t n,
          float* restrict y),
         (sums, scales, scale, n, y))

/// y += the `n_cols` columns from `column` on, times those of x
static void
add_columns(const CtMatrix* const m,
            const uint32_t        column,
            const uint32_t        n_cols,
            const float* const    x,
            const size_t          stride,
            const uint32_t        n,
            float* const          y)
{
  const CtDotKernel* const kernel = ct_dot_chosen();
  const size_t             width  = padded(m->n_cols);
  CtDotVector              vectors[CT_MAX_BATCH];
  for (uint32_t k = 0U; k < n; ++k) {
    ct_dot_round(kernel, x + (k * stride) + column, n_cols, &vectors[k]);
  }

  for (uint32_t r = 0U; r < m->n_rows; r += BLOCK) {
    int32_t sums[CT_MAX_BATCH][BLOCK];
    kernel->multiply(m->bytes + (r * width) + ((size_t)column * BLOCK),
                     padded(n_cols) / CT_DOT_QUAD,
                     vectors,
                     n,
                     sums);
    for (uint32_t k = 0U; k < n; ++k) {
      add_scaled(sums[k],
                 m->scales + r,
                 vectors[k].scale,
                 rows_at(m, r),
                 y + ((size_t)k * m->n_rows) + r);
    }
  }
}

void
ct_matrix_multiply_add(const CtMatrix* const m,
                       const float* const    x,
                       const size_t          stride,
                       const uint32_t        n,
                       float* const          y)
{
  assert(n > 0U && n <= CT_MAX_BATCH);
  if (!m->bytes) {
    add_floats(m, x, stride, n, y);
    return;
  }

  for (uint32_t c = 0U; c < m->n_cols; c += CT_DOT_COLUMNS) {
    const uint32_t left   = m->n_cols - c;
    const uint32_t n_cols = left < CT_DOT_COLUMNS ? left : CT_DOT_COLUMNS;
    add_columns(m, c, n_cols, x, stride, n, y);
  }
}

void
ct_matrix_multiply_window(const CtMatrix* const m,
                          const float* const    x,
                          const uint32_t        n,
                          float* const          y)
{
  for (uint32_t t = 0U; t < n; t += CT_MAX_BATCH) {
    const uint32_t n_now = n - t < CT_MAX_BATCH ? n - t : CT_MAX_BATCH;
    ct_matrix_multiply_add(m,
                           x + ((size_t)t * m->n_cols),
                           m->n_cols,
                           n_now,
                           y + ((size_t)t * m->n_rows));
  }
}

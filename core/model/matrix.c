// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/matrix.h"

#include <string.h>

uint32_t
ct_matrix_blocks_size(const uint32_t n_rows, const uint32_t n_cols)
{
  return (n_rows + CT_MATRIX_BLOCK - 1U) / CT_MATRIX_BLOCK * CT_MATRIX_BLOCK * n_cols;
}

void
ct_matrix_pack(const float* const rows,
               const uint32_t     n_rows,
               const uint32_t     n_cols,
               float* const       blocks)
{
  memset(blocks, 0, ct_matrix_blocks_size(n_rows, n_cols) * sizeof(float));
  for (uint32_t r = 0U; r < n_rows; ++r) {
    float* const block = blocks + ((size_t)(r / CT_MATRIX_BLOCK) * n_cols * CT_MATRIX_BLOCK);
    for (uint32_t c = 0U; c < n_cols; ++c) {
      block[(c * CT_MATRIX_BLOCK) + (r % CT_MATRIX_BLOCK)] = rows[((size_t)r * n_cols) + c];
    }
  }
}

/// sums[16] = one block times x
static void
multiply_block(const float* restrict block,
               const float* restrict x,
               const uint32_t        n_cols,
               float* restrict       sums)
{
  float s[CT_MATRIX_BLOCK] = {0.0F};
  for (uint32_t c = 0U; c < n_cols; ++c) {
    const float v = x[c];
    for (uint32_t i = 0U; i < CT_MATRIX_BLOCK; ++i) {
      s[i] += block[(c * CT_MATRIX_BLOCK) + i] * v;
    }
  }
  memcpy(sums, s, sizeof(s));
}

void
ct_matrix_multiply_add(const CtMatrix* const m, const float* const x, float* const y)
{
  const float* block = m->blocks;
  for (uint32_t r = 0U; r < m->n_rows; r += CT_MATRIX_BLOCK) {
    float sums[CT_MATRIX_BLOCK];
    multiply_block(block, x, m->n_cols, sums);

    const uint32_t left = m->n_rows - r;
    const uint32_t n    = left < CT_MATRIX_BLOCK ? left : CT_MATRIX_BLOCK;
    for (uint32_t i = 0U; i < n; ++i) {
      y[r + i] += sums[i];
    }
    block += (size_t)m->n_cols * CT_MATRIX_BLOCK;
  }
}

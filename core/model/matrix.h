// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file matrix.h A weight matrix, and its product with one vector or with many

#ifndef CT_MODEL_MATRIX_H
#define CT_MODEL_MATRIX_H

#include "base/attributes.h"

#include <stdint.h>

/// Rows that the kernel computes together
#define CT_MATRIX_BLOCK 16U

/// A weight matrix, read only, laid out twice
typedef struct {
  uint32_t     n_rows;
  uint32_t     n_cols;
  const float* rows;   ///< [n_rows, n_cols] row-major, for whole sequences
  const float* blocks; ///< [ceil(n_rows / 16), n_cols, 16], for one vector; see ct_matrix_pack()
} CtMatrix;

/// Floats that the blocks of an [n_rows, n_cols] matrix take.  @thread any
uint32_t
ct_matrix_blocks_size(uint32_t n_rows, uint32_t n_cols);

/**
   Fill `blocks` from `rows`: sixteen rows side by side, column after column.

   A product then runs down the columns with sixteen sums at once, each in the same
   order on every machine, and the weights stream through in the order of memory.
   @thread main
*/
void
ct_matrix_pack(const float* rows, uint32_t n_rows, uint32_t n_cols, float* blocks);

/**
   y += m x

   @thread any
   @param x [n_cols]
   @param y [n_rows] must not overlap x.
*/
CT_REALTIME void
ct_matrix_multiply_add(const CtMatrix* m, const float* x, float* y);

/**
   Y += X m^T, for a sequence of `n` vectors, by OpenBLAS.

   @thread main: OpenBLAS takes locks and memory of its own
   @param x [n, n_cols] row-major.
   @param y [n, n_rows] row-major.
*/
void
ct_matrix_multiply_sequence(const CtMatrix* m, const float* x, uint32_t n, float* y);

#endif // CT_MODEL_MATRIX_H

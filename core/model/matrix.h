// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file matrix.h A weight matrix, and its product with a vector, two, or many

#ifndef CT_MODEL_MATRIX_H
#define CT_MODEL_MATRIX_H

#include "base/attributes.h"
#include "model/dot.h"

#include <stddef.h>
#include <stdint.h>

/// Rows that the kernels compute together
#define CT_MATRIX_BLOCK CT_DOT_ROWS

/// Most vectors that share one reading of the weights
#define CT_MAX_BATCH CT_DOT_BATCH

/// A weight matrix, read only: row by row for whole sequences, and packed for
/// one vector
typedef struct {
  uint32_t     n_rows;
  uint32_t     n_cols;
  const float* rows; ///< [n_rows, n_cols] row-major
  const float*
    floats; ///< Packed, see ct_matrix_pack_floats(); null if `bytes` are there
  const uint8_t*
    bytes; ///< Packed int8 weights, see ct_matrix_pack_bytes(); or null
  const float* scales; ///< [n_rows] for each row of `bytes`, or null
} CtMatrix;

/// Floats that a packed [n_rows, n_cols] matrix takes.  @thread any
size_t
ct_matrix_packed_floats(uint32_t n_rows, uint32_t n_cols);

/// Bytes that a packed [n_rows, n_cols] matrix of int8 takes.  @thread any
size_t
ct_matrix_packed_bytes(uint32_t n_rows, uint32_t n_cols);

/**
   Pack rows in blocks of CT_MATRIX_BLOCK side by side, column after column.

   A product then runs down the columns with a block of sums at once, each in
   the same order on every machine, and the weights stream through in the order
   of memory.
   @thread main
   @param rows [n_rows, n_cols] row-major.
   @param packed [ct_matrix_packed_floats()]
*/
void
ct_matrix_pack_floats(const float* rows,
                      uint32_t     n_rows,
                      uint32_t     n_cols,
                      float*       packed);

/**
   Pack rows of int8 likewise, but four columns of a row side by side and
   offset, as the kernels of dot.h read them.

   @thread main
   @param packed [ct_matrix_packed_bytes()]
*/
void
ct_matrix_pack_bytes(const int8_t* rows,
                     uint32_t      n_rows,
                     uint32_t      n_cols,
                     uint8_t*      packed);

/**
   y += m x, for a batch of vectors.

   This is bound by the reading of weights: of which int8 has a quarter of the
   bytes, and which a batch does once.  Each vector gets the sums that it would
   get alone, the same on every machine: floats are added in a fixed order, and
   with int8 weights they are whole numbers, see dot.h.
   @thread any
   @param x [n_cols] for each vector, `stride` floats after the one before.
   @param n Vectors, 1 to CT_MAX_BATCH.
   @param y [n, n_rows] must not overlap x.
*/
CT_REALTIME void
ct_matrix_multiply_add(const CtMatrix* m,
                       const float*    x,
                       size_t          stride,
                       uint32_t        n,
                       float*          y);

/// A way to multiply a sequence: ct_matrix_multiply_window(), or
/// ct_matrix_multiply_sequence()
typedef void (*CtMultiply)(const CtMatrix* m,
                           const float*    x,
                           uint32_t        n,
                           float*          y);

/**
   Y += X m^T, for a sequence of `n` vectors, each as ct_matrix_multiply_add()
   does it.

   @thread any
   @param x [n, n_cols] row-major.
   @param y [n, n_rows] row-major.
*/
CT_REALTIME void
ct_matrix_multiply_window(const CtMatrix* m,
                          const float*    x,
                          uint32_t        n,
                          float*          y);

/**
   Y += X m^T, for a sequence of `n` vectors, by OpenBLAS.

   @thread main: OpenBLAS takes locks and memory of its own
   @param x [n, n_cols] row-major.
   @param y [n, n_rows] row-major.
*/
void
ct_matrix_multiply_sequence(const CtMatrix* m,
                            const float*    x,
                            uint32_t        n,
                            float*          y);

#endif // CT_MODEL_MATRIX_H

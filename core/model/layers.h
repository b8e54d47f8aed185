// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file layers.h The layers of a network: tables, dense, layer norm and LSTM.

   Weights are read only and may be shared; state and scratch are the caller's.
   Layers with a matrix take a batch of `n` vectors, 1 to CT_MAX_BATCH, to read
   its weights once for all.
*/

#ifndef CT_MODEL_LAYERS_H
#define CT_MODEL_LAYERS_H

#include "base/attributes.h"
#include "model/matrix.h"

#include <stdint.h>

/// An embedding: a row of numbers for each index, as floats or as words
typedef struct {
  uint32_t       n_rows;
  uint32_t       width;
  const float*   rows; ///< [n_rows, width] row-major; null if `words` are there
  const int16_t* words;  ///< [n_rows, width] row-major, or null
  const float*   scales; ///< [n_rows] What a row of `words` is multiplied by
} CtTable;

/// A row of words
typedef struct {
  const int16_t* words;
  float          scale;
} CtRow;

/// y = matrix x + bias
typedef struct {
  CtMatrix     matrix;
  const float* bias; ///< [n_rows], or null for none
} CtDense;

/// Layer normalisation over a vector (Ba et al., arXiv:1607.06450, equation 4)
typedef struct {
  uint32_t     n;
  const float* weight; ///< [n]
  const float* bias;   ///< [n]
} CtNorm;

/// Weights of one LSTM layer (Hochreiter & Schmidhuber 1997; gates as in
/// PyTorch)
typedef struct {
  uint32_t     n_input;     ///< I
  uint32_t     n_hidden;    ///< H
  CtMatrix     w_input;     ///< [4H, I]; gate order i, f, g, o
  CtMatrix     w_recurrent; ///< [4H, H]; gate order i, f, g, o
  const float* bias;        ///< [4H] both PyTorch biases, already summed
} CtLstm;

/// y += row `index` of a table of floats.  @thread any  @param y [width]
CT_REALTIME void
ct_table_add(const CtTable* table, uint32_t index, float* y);

/// Row `index` of a table of words.  @thread any
CT_REALTIME CtRow
ct_table_row(const CtTable* table, uint32_t index);

/// y += each row, one after the other.  @thread any  @param y [width]
CT_REALTIME void
ct_rows_add(const CtRow* rows, uint32_t n_rows, uint32_t width, float* y);

/**
   Multiply every row of a table by a matrix, so that adding the product's rows
   stands for the product of added rows.

   @thread any
   @param columns [table->width, n] The matrix, column by column.
   @param product [table->n_rows, n] Overwritten.
*/
void
ct_table_multiply(const CtTable* table,
                  const float*   columns,
                  uint32_t       n,
                  float*         product);

/**
   Round the rows of a table of floats to words.

   Step by step a network reads a few rows out of many, which other memory has
   taken the place of in the caches: so half the bytes are half the wait.
   @thread any
   @param words [table->n_rows, table->width] Overwritten.
   @param scales [table->n_rows] Overwritten.
*/
void
ct_table_narrow(const CtTable* table, int16_t* words, float* scales);

/**
   y = dense(x), for a batch.

   @thread any
   @param x [n_cols] for each vector, `stride` floats after the one before.
   @param y [n, n_rows]
*/
CT_REALTIME void
ct_dense(const CtDense* dense,
         const float*   x,
         size_t         stride,
         uint32_t       n,
         float*         y);

/// y = norm(x); x and y may be the same.  @thread any
CT_REALTIME void
ct_norm(const CtNorm* norm, const float* x, float* y);

/**
   Advance a batch by one step: `h` and `c` become those after `input`.

   @thread any
   @param input [n, I]
   @param h [H] hidden state of each, `stride` floats after the one before; read
   and written.
   @param c [H] cell state of each, likewise.
   @param gates [n, 4H] scratch, overwritten.
*/
CT_REALTIME void
ct_lstm_step(const CtLstm* lstm,
             const float*  input,
             float*        h,
             float*        c,
             size_t        stride,
             uint32_t      n,
             float*        gates);

/// The recurrent half of a step, when `gates` [n, 4H] already holds bias +
/// W_input x.
/// @thread any
CT_REALTIME void
ct_lstm_recur(const CtLstm* lstm,
              float*        h,
              float*        c,
              size_t        stride,
              uint32_t      n,
              float*        gates);

/// The rest of a step, of one state, when `gates` [4H] holds all sums.
/// @thread any
CT_REALTIME void
ct_lstm_update(uint32_t n_hidden, float* h, float* c, float* gates);

#endif // CT_MODEL_LAYERS_H

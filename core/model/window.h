// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file window.h Layers over a window: a sequence that is there as a whole.

   What does not wait for the step before is a product of matrices, made in one
   of two ways (CtMultiply).  By ct_matrix_multiply_window() the numbers are the
   same on every machine and nothing is allocated, as a generator needs it; by
   ct_matrix_multiply_sequence(), which is OpenBLAS, long sequences are quicker.
*/

#ifndef CT_MODEL_WINDOW_H
#define CT_MODEL_WINDOW_H

#include "base/attributes.h"
#include "model/layers.h"

#include <stdbool.h>
#include <stdint.h>

/**
   Y = dense(X).

   @thread any, but for OpenBLAS
   @param x [n, n_cols]
   @param y [n, n_rows]
*/
CT_REALTIME void
ct_dense_window(const CtDense* dense,
                const float*   x,
                uint32_t       n,
                CtMultiply     multiply,
                float*         y);

/// Where an LSTM's window begins and where it leaves what it says
typedef struct {
  float* h;        ///< [H] read and written
  float* c;        ///< [H] likewise
  float* y;        ///< Hidden state of each step, `stride` floats apart
  size_t stride;   ///< At least H
  bool   backward; ///< From the last step to the first
} CtLstmRun;

/**
   Run an LSTM over a window.

   @thread any, but for OpenBLAS
   @param x [n, I]
   @param gates [n, 4H] scratch, overwritten.
*/
CT_REALTIME void
ct_lstm_window(const CtLstm*    lstm,
               const float*     x,
               uint32_t         n,
               CtMultiply       multiply,
               float*           gates,
               const CtLstmRun* run);

#endif // CT_MODEL_WINDOW_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/window.h"

#include <string.h>

void
ct_dense_window(const CtDense* const dense,
                const float* const   x,
                const uint32_t       n,
                const CtMultiply     multiply,
                float* const         y)
{
  const size_t width = dense->matrix.n_rows;
  for (uint32_t t = 0U; t < n; ++t) {
    if (dense->bias) {
      memcpy(y + (t * width), dense->bias, width * sizeof(float));
    } else {
      memset(y + (t * width), 0, width * sizeof(float));
    }
  }
  multiply(&dense->matrix, x, n, y);
}

void
ct_lstm_window(const CtLstm* const    lstm,
               const float* const     x,
               const uint32_t         n,
               const CtMultiply       multiply,
               float* const           gates,
               const CtLstmRun* const run)
{
  const size_t  n_hidden = lstm->n_hidden;
  const size_t  n_gates  = 4U * n_hidden;
  const CtDense input    = {lstm->w_input, lstm->bias};
  ct_dense_window(&input, x, n, multiply, gates);
  for (uint32_t i = 0U; i < n; ++i) {
    const size_t t = run->backward ? n - 1U - i : i;
    ct_lstm_recur(lstm, run->h, run->c, n_hidden, 1U, gates + (t * n_gates));
    memcpy(run->y + (t * run->stride), run->h, n_hidden * sizeof(float));
  }
}

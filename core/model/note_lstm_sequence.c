// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Whole sequences: every product that does not wait for the step before is one
// of matrices, by OpenBLAS; only the recurrent half goes step by step

#include "model/activation.h"
#include "model/note_lstm.h"
#include "model/note_lstm_rows.h"

#include <stdlib.h>
#include <string.h>

/// Copy the layer's bias into `n` rows of gates
static void
begin_gates(const CtLstm* const lstm, const uint32_t n, float* const gates)
{
  const size_t width = 4U * (size_t)lstm->n_hidden;
  for (uint32_t t = 0U; t < n; ++t) {
    memcpy(gates + (t * width), lstm->bias, width * sizeof(float));
  }
}

/// Run a layer over x [n, I], leaving its hidden states in out [n, H]
static void
run_layer(const CtLstm* const lstm,
          const float* const  x,
          const uint32_t      n,
          float* const        h,
          float* const        c,
          float* const        gates,
          float* const        out)
{
  const size_t n_hidden = lstm->n_hidden;
  begin_gates(lstm, n, gates);
  ct_matrix_multiply_sequence(&lstm->w_input, x, n, gates);
  for (uint32_t t = 0U; t < n; ++t) {
    ct_lstm_recur(lstm, h, c, n_hidden, 1U, gates + (4U * n_hidden * t));
    memcpy(out + (t * n_hidden), h, n_hidden * sizeof(float));
  }
}

_Bool
ct_note_lstm_sequence(const CtNoteLstm* const    net,
                      const CtNoteContext* const contexts,
                      const uint32_t             n,
                      float* const               state,
                      float* const               u)
{
  const size_t n_hidden = net->n_hidden;
  float* const memory =
    (float*)calloc(n * (net->n_input + (6U * n_hidden)) + 1U, sizeof(float));
  if (!memory) {
    return 0;
  }

  float* const x     = memory;
  float* const h1    = x + ((size_t)n * net->n_input);
  float* const inner = h1 + (n * n_hidden);
  float* const gates = inner + (n * n_hidden);
  for (uint32_t t = 0U; t < n; ++t) {
    ct_note_lstm_input_row(net, &contexts[t], x + ((size_t)t * net->n_input));
  }

  run_layer(&net->lstm1, x, n, state, state + n_hidden, gates, h1);
  for (uint32_t t = 0U; t < n; ++t) {
    ct_norm(&net->norm, h1 + (t * n_hidden), inner + (t * n_hidden));
  }
  run_layer(&net->lstm2,
            inner,
            n,
            state + (2U * n_hidden),
            state + (3U * n_hidden),
            gates,
            u);

  for (uint32_t t = 0U; t < n; ++t) {
    for (size_t i = 0U; i < n_hidden; ++i) {
      u[(t * n_hidden) + i] += net->gain[i] * h1[(t * n_hidden) + i];
    }
  }
  if (n > 0U) {
    memcpy(state + (4U * n_hidden),
           u + ((n - 1U) * n_hidden),
           n_hidden * sizeof(float));
  }
  free(memory);
  return 1;
}

/// Y = X dense^T + bias over a sequence
static void
dense_sequence(const CtDense* const dense,
               const float* const   x,
               const uint32_t       n,
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
  ct_matrix_multiply_sequence(&dense->matrix, x, n, y);
}

_Bool
ct_note_lstm_head_sequence(const CtNoteLstm* const    net,
                           const CtHeadId             head,
                           const CtNoteContext* const contexts,
                           const uint32_t             n,
                           const float* const         u,
                           float* const               logits)
{
  const CtHead* const h     = &net->heads[head];
  const size_t        width = net->head_width;
  const size_t        tied  = h->project.matrix.n_rows;
  float* const        memory =
    (float*)calloc((n * (width + tied)) + 1U, sizeof(float));
  if (!memory) {
    return 0;
  }

  float* const z         = memory;
  float* const projected = z + (n * width);
  dense_sequence(&h->hidden, u, n, z);
  for (uint32_t t = 0U; t < n; ++t) {
    ct_note_lstm_add_rows(h->tables, &contexts[t], z + (t * width));
    ct_gelu(z + (t * width), net->head_width);
  }
  if (tied) {
    dense_sequence(&h->project, z, n, projected);
    dense_sequence(&h->out, projected, n, logits);
  } else {
    dense_sequence(&h->out, z, n, logits);
  }
  free(memory);
  return 1;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Whole sequences: every product that does not wait for the step before is one
// of matrices, by OpenBLAS; only the recurrent half goes step by step

#include "model/activation.h"
#include "model/note_lstm.h"
#include "model/note_lstm_rows.h"

#include <stdlib.h>
#include <string.h>

/// gates = lstm2's bias + W_input norm(h1), over a sequence
static void
fill_inner_gates(const CtNoteLstm* const net,
                 const float* const      h1,
                 const uint32_t          n,
                 float* const            normed,
                 float* const            gates)
{
  const size_t n_hidden = net->n_hidden;
  for (uint32_t t = 0U; t < n; ++t) {
    ct_norm(&net->norm, h1 + (t * n_hidden), normed + (t * n_hidden));
    memcpy(gates + (4U * n_hidden * t),
           net->lstm2.bias,
           4U * sizeof(float) * n_hidden);
  }
  ct_matrix_multiply_sequence(&net->lstm2.w_input, normed, n, gates);
}

/// Run a layer whose input is in the gates, leaving its hidden states in out
/// [n, H]
static void
run_layer(const CtLstm* const lstm,
          const uint32_t      n,
          float* const        h,
          float* const        c,
          float* const        gates,
          float* const        out)
{
  const size_t n_hidden = lstm->n_hidden;
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
  float* const memory = (float*)calloc((6U * n_hidden * n) + 1U, sizeof(float));
  if (!memory) {
    return 0;
  }

  float* const h1     = memory;
  float* const normed = h1 + (n * n_hidden);
  float* const gates  = normed + (n * n_hidden);
  float* const h2     = state + (2U * n_hidden);
  for (uint32_t t = 0U; t < n; ++t) {
    ct_note_lstm_input(net, &contexts[t], gates + (4U * n_hidden * t));
  }
  run_layer(&net->lstm1, n, state, state + n_hidden, gates, h1);
  fill_inner_gates(net, h1, n, normed, gates);
  run_layer(&net->lstm2, n, h2, h2 + n_hidden, gates, u);

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
    ct_note_lstm_add_rows(
      h->tables, &contexts[t], net->head_width, z + (t * width));
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

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Whole sequences: every product that does not wait for the step before is one
// of matrices, by OpenBLAS; only the recurrent half goes step by step

#include "model/activation.h"
#include "model/note_lstm.h"
#include "model/note_lstm_rows.h"
#include "model/window.h"

#include <stdlib.h>
#include <string.h>

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
  for (uint32_t t = 0U; t < n; ++t) {
    ct_lstm_recur(&net->lstm1,
                  state,
                  state + n_hidden,
                  n_hidden,
                  1U,
                  gates + (4U * n_hidden * t));
    memcpy(h1 + (t * n_hidden), state, n_hidden * sizeof(float));
  }
  for (uint32_t t = 0U; t < n; ++t) {
    ct_norm(&net->norm, h1 + (t * n_hidden), normed + (t * n_hidden));
  }
  const CtLstmRun run = {h2, h2 + n_hidden, u, n_hidden, false};
  ct_lstm_window(
    &net->lstm2, normed, n, ct_matrix_multiply_sequence, gates, &run);

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

/// Y = dense(X), by OpenBLAS
static void
dense_sequence(const CtDense* const dense,
               const float* const   x,
               const uint32_t       n,
               float* const         y)
{
  ct_dense_window(dense, x, n, ct_matrix_multiply_sequence, y);
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

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/recurrent.h"

#include "model/window.h"

/// Gates of a cell
#define LSTM_GATES 4U
#define GRU_GATES 3U

/// Floats of one layer's state
static size_t
layer_state(const CtRecurrent* const recurrent)
{
  return (recurrent->cell == CT_CELL_LSTM ? 2U : 1U) *
         (size_t)recurrent->n_hidden;
}

size_t
ct_recurrent_state_size(const CtRecurrent* const recurrent)
{
  return recurrent->n_layers * layer_state(recurrent);
}

size_t
ct_recurrent_scratch_size(const CtRecurrent* const recurrent, const uint32_t n)
{
  return recurrent->cell == CT_CELL_LSTM
           ? LSTM_GATES * (size_t)recurrent->n_hidden * n
           : GRU_GATES * (size_t)recurrent->n_hidden * (n + 1U);
}

void
ct_recurrent_step(const CtRecurrent* const recurrent,
                  const float* const       input,
                  float* const             state,
                  float* const             scratch)
{
  const size_t n_hidden = recurrent->n_hidden;
  const float* x        = input;
  for (uint32_t i = 0U; i < recurrent->n_layers; ++i) {
    float* const h = state + (i * layer_state(recurrent));
    if (recurrent->cell == CT_CELL_LSTM) {
      ct_lstm_step(
        &recurrent->layers.lstm[i], x, h, h + n_hidden, n_hidden, 1U, scratch);
    } else {
      ct_gru_step(&recurrent->layers.gru[i], x, h, scratch);
    }
    x = h;
  }
}

const float*
ct_recurrent_output(const CtRecurrent* const recurrent,
                    const float* const       state)
{
  return state + ((recurrent->n_layers - 1U) * layer_state(recurrent));
}

void
ct_recurrent_window(const CtRecurrent* const recurrent,
                    const float* const       x,
                    const uint32_t           n,
                    const CtMultiply         multiply,
                    float* const             state,
                    float* const             scratch,
                    float* const             y)
{
  // A layer has read all its input before it says anything, so that `y` can be
  // the input of the next
  const size_t n_hidden = recurrent->n_hidden;
  for (uint32_t i = 0U; i < recurrent->n_layers; ++i) {
    const float* const from = i ? y : x;
    float* const       h    = state + (i * layer_state(recurrent));
    if (recurrent->cell == CT_CELL_LSTM) {
      const CtLstmRun run = {h, h + n_hidden, y, n_hidden, false};
      ct_lstm_window(
        &recurrent->layers.lstm[i], from, n, multiply, scratch, &run);
    } else {
      ct_gru_window(
        &recurrent->layers.gru[i], from, n, multiply, h, scratch, y);
    }
  }
}

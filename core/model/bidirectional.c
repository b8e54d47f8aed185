// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/bidirectional.h"

#include "model/window.h"

#include <string.h>

/// Hidden and cell states of both directions
#define N_STATES 4U

size_t
ct_bidirectional_scratch_size(const CtBidirectional* const layer,
                              const uint32_t               n)
{
  const size_t n_hidden = layer->forward.n_hidden;
  return (N_STATES * n_hidden) + (4U * n_hidden * n);
}

void
ct_bidirectional(const CtBidirectional* const layer,
                 const float* const           x,
                 const uint32_t               n,
                 const CtMultiply             multiply,
                 float* const                 scratch,
                 float* const                 y)
{
  const size_t n_hidden = layer->forward.n_hidden;
  const size_t stride   = 2U * n_hidden;
  float* const cells    = scratch + stride;
  float* const gates    = cells + stride;
  float* const ahead    = y;
  float* const back     = y + n_hidden;
  memset(scratch, 0, N_STATES * n_hidden * sizeof(float));

  const CtLstmRun forward = {scratch, cells, ahead, stride, false};
  ct_lstm_window(&layer->forward, x, n, multiply, gates, &forward);
  const CtLstmRun backward = {
    scratch + n_hidden, cells + n_hidden, back, stride, true};
  ct_lstm_window(&layer->backward, x, n, multiply, gates, &backward);
}

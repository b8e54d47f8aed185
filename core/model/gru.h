// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file gru.h A layer of gated recurrent units

#ifndef CT_MODEL_GRU_H
#define CT_MODEL_GRU_H

#include "base/attributes.h"
#include "model/matrix.h"

#include <stdint.h>

/**
   Weights of one GRU layer (Cho et al., arXiv:1406.1078; as in PyTorch, whose
   reset gate acts on the product and not on the state):

   r = sigmoid(W_r x + U_r h + b_r), z likewise

   n = tanh(W_n x + b_n + r (U_n h + b_un))

   h = (1 - z) n + z h
*/
typedef struct {
  uint32_t     n_input;     ///< I
  uint32_t     n_hidden;    ///< H
  CtMatrix     w_input;     ///< [3H, I]; gate order r, z, n
  CtMatrix     w_recurrent; ///< [3H, H]; gate order r, z, n
  const float* bias; ///< [3H] both PyTorch biases summed, but of n the input's
  const float* bias_new; ///< [H] the other of n
} CtGru;

/**
   Advance by one step: `h` becomes that after `input`.

   @thread any
   @param input [I]
   @param h [H] read and written.
   @param gates [6H] scratch, overwritten.
*/
CT_REALTIME void
ct_gru_step(const CtGru* gru, const float* input, float* h, float* gates);

/**
   Run over a window, see window.h.

   @thread any, but for OpenBLAS
   @param x [n, I]
   @param h [H] read and written.
   @param gates [n + 1, 3H] scratch, overwritten.
   @param y [n, H] the hidden state of each step.
*/
CT_REALTIME void
ct_gru_window(const CtGru* gru,
              const float* x,
              uint32_t     n,
              CtMultiply   multiply,
              float*       h,
              float*       gates,
              float*       y);

#endif // CT_MODEL_GRU_H

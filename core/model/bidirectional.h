// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file bidirectional.h Two LSTM layers over a window, one from each end

#ifndef CT_MODEL_BIDIRECTIONAL_H
#define CT_MODEL_BIDIRECTIONAL_H

#include "base/attributes.h"
#include "model/layers.h"

#include <stddef.h>
#include <stdint.h>

/// Both have the same sizes (Schuster & Paliwal 1997)
typedef struct {
  CtLstm forward;
  CtLstm backward;
} CtBidirectional;

/// Floats of scratch for a window of `n`.  @thread any
size_t
ct_bidirectional_scratch_size(const CtBidirectional* layer, uint32_t n);

/**
   Run over a window from both ends, see window.h.

   @thread any, but for OpenBLAS
   @param x [n, I]
   @param scratch [ct_bidirectional_scratch_size()] Overwritten; begins with the
   last hidden states, [2H]: of the forward layer, which has heard the end, and
   of the backward layer, which has heard the beginning.
   @param y [n, 2H] of each step, what the forward and the backward layer say.
*/
CT_REALTIME void
ct_bidirectional(const CtBidirectional* layer,
                 const float*           x,
                 uint32_t               n,
                 CtMultiply             multiply,
                 float*                 scratch,
                 float*                 y);

#endif // CT_MODEL_BIDIRECTIONAL_H

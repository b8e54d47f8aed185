// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file recurrent.h Recurrent layers, one on the other

#ifndef CT_MODEL_RECURRENT_H
#define CT_MODEL_RECURRENT_H

#include "base/attributes.h"
#include "model/gru.h"
#include "model/layers.h"

#include <stddef.h>
#include <stdint.h>

/// Most layers
#define CT_MAX_LAYERS 4U

/// What layers are made of
typedef enum { CT_CELL_LSTM, CT_CELL_GRU } CtCell;

/// Layers of one kind and width, each told what the one below says
typedef struct {
  CtCell   cell;
  uint32_t n_layers; ///< 1 to CT_MAX_LAYERS
  uint32_t n_input;  ///< I of the lowest
  uint32_t n_hidden; ///< H
  union {
    CtLstm lstm[CT_MAX_LAYERS];
    CtGru  gru[CT_MAX_LAYERS];
  } layers; ///< The lowest first
} CtRecurrent;

/// Floats of one state: h, and with LSTMs c, of each layer.  @thread any
size_t
ct_recurrent_state_size(const CtRecurrent* recurrent);

/// Floats of scratch that a window of `n` takes, a step being one of 1.
/// @thread any
size_t
ct_recurrent_scratch_size(const CtRecurrent* recurrent, uint32_t n);

/**
   Advance one step.

   @thread any
   @param input [I]
   @param state [ct_recurrent_state_size()] all zero before a first step.
   @param scratch [ct_recurrent_scratch_size()] for 1; overwritten.
*/
CT_REALTIME void
ct_recurrent_step(const CtRecurrent* recurrent,
                  const float*       input,
                  float*             state,
                  float*             scratch);

/// What the highest layer has said last, [H].  @thread any
CT_REALTIME const float*
ct_recurrent_output(const CtRecurrent* recurrent, const float* state);

/**
   Advance by a window, see window.h; with ct_matrix_multiply_window() to the
   same numbers as by steps.

   @thread any, but for OpenBLAS
   @param x [n, I]
   @param state Read and written, as by `n` steps.
   @param scratch [ct_recurrent_scratch_size()] Overwritten.
   @param y [n, H] what the highest layer says at each step.
*/
CT_REALTIME void
ct_recurrent_window(const CtRecurrent* recurrent,
                    const float*       x,
                    uint32_t           n,
                    CtMultiply         multiply,
                    float*             state,
                    float*             scratch,
                    float*             y);

#endif // CT_MODEL_RECURRENT_H

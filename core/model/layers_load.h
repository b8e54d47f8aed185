// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file layers_load.h Layers from the tensors of a model file, which are called
   as PyTorch calls them.

   A failure stays in the loader's status, see loader.h.
*/

#ifndef CT_MODEL_LAYERS_LOAD_H
#define CT_MODEL_LAYERS_LOAD_H

#include "model/attention.h"
#include "model/bidirectional.h"
#include "model/convolution.h"
#include "model/gru.h"
#include "model/layers.h"
#include "model/loader.h"
#include "model/recurrent.h"

#include <stdint.h>

/// out = "owner.module", or "module" where the owner has no name.
/// @thread main
/// @return `out`
const char*
ct_load_part(char        out[CT_MAX_TENSOR_NAME],
             const char* owner,
             const char* module);

/// An embedding of `n_rows` floats each `width` wide.  @thread main
CtTable
ct_load_table(CtLoader*   loader,
              const char* name,
              uint32_t    n_rows,
              uint32_t    width);

/// A matrix and its bias.  @thread main
CtDense
ct_load_dense(CtLoader*   loader,
              const char* name,
              uint32_t    n_rows,
              uint32_t    n_cols);

/// Weights and bias of `n` each.  @thread main
CtNorm
ct_load_norm(CtLoader* loader, const char* name, uint32_t n);

/// Layers of LSTMs or GRUs.  @thread main
CtRecurrent
ct_load_recurrent(CtLoader*   loader,
                  const char* name,
                  CtCell      cell,
                  uint32_t    n_layers,
                  uint32_t    n_input,
                  uint32_t    n_hidden);

/// Layer `layer` of bidirectional LSTMs.  @thread main
CtBidirectional
ct_load_bidirectional(CtLoader*   loader,
                      const char* name,
                      uint32_t    layer,
                      uint32_t    n_input,
                      uint32_t    n_hidden);

/// A convolution, its matrix being [n_output, taps n_input].  @thread main
CtConvolution
ct_load_convolution(CtLoader*   loader,
                    const char* name,
                    uint32_t    n_output,
                    uint32_t    n_input);

/// Attention, `width` being a multiple of `n_heads`.  @thread main
CtAttention
ct_load_attention(CtLoader*   loader,
                  const char* name,
                  uint32_t    width,
                  uint32_t    n_heads);

#endif // CT_MODEL_LAYERS_LOAD_H

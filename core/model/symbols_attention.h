// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file symbols_attention.h The design of symbols, with attention: told a
   window of sixteenths, it tells the next one.

   h = bidirectional LSTM layers(rows of the symbols)

   y = norm(relu(convolution(h)) + residual(h))

   logits = head(attention(y) + y), at the last step
*/

#ifndef CT_MODEL_SYMBOLS_ATTENTION_H
#define CT_MODEL_SYMBOLS_ATTENTION_H

#include "base/attributes.h"
#include "model/attention.h"
#include "model/bidirectional.h"
#include "model/convolution.h"
#include "model/design.h"

#include <stddef.h>
#include <stdint.h>

/// Weights
typedef struct {
  uint32_t        window; ///< Symbols that it is told
  CtTable         embedding;
  uint32_t        n_layers;
  CtBidirectional layers[CT_MAX_LAYERS];
  CtConvolution   convolution;
  CtDense         residual;
  CtNorm          norm;
  CtAttention     attention;
  CtDense         head;
} CtSymbolsAttention;

/// Fills a CtSymbolsAttention
extern const CtDesign ct_symbols_attention;

/// Floats of scratch for a window.  @thread any
size_t
ct_symbols_attention_scratch_size(const CtSymbolsAttention* net);

/**
   Ask what comes after a window.

   Costs about `window` multiplications for each weight, as nothing can be kept
   from one window to the next: the backward layers begin at the end.
   @thread any, but for OpenBLAS
   @param symbols [window] The oldest first, with 0 in front of a beginning.
   @param multiply ct_matrix_multiply_window() for the same notes everywhere.
   @param scratch [ct_symbols_attention_scratch_size()] Overwritten.
   @param logits [CT_N_SYMBOLS] Overwritten.
*/
CT_REALTIME void
ct_symbols_attention_window(const CtSymbolsAttention* net,
                            const uint16_t*           symbols,
                            CtMultiply                multiply,
                            float*                    scratch,
                            float*                    logits);

#endif // CT_MODEL_SYMBOLS_ATTENTION_H

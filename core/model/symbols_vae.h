// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file symbols_vae.h The design of symbols, as a variational autoencoder: two
   bars are a point z among others, and the decoder tells the bars of a point.

   MusicVAE's melodies of two bars (Roberts et al., arXiv:1803.05428, section
   3.2) are its model; here the decoder is told z at each step.
*/

#ifndef CT_MODEL_SYMBOLS_VAE_H
#define CT_MODEL_SYMBOLS_VAE_H

#include "base/attributes.h"
#include "model/bidirectional.h"
#include "model/design.h"
#include "model/tower.h"

#include <stddef.h>
#include <stdint.h>

/// Weights
typedef struct {
  uint32_t        window;   ///< Symbols of a point: two bars
  uint32_t        n_latent; ///< Numbers of z
  CtTable         embedding;
  CtBidirectional encoder;
  CtDense         mean;
  CtTower decoder; ///< Told the last symbol and z; one head of CT_N_SYMBOLS
} CtSymbolsVae;

/// Fills a CtSymbolsVae
extern const CtDesign ct_symbols_vae;

/// Floats of scratch to encode.  @thread any
size_t
ct_symbols_vae_encode_size(const CtSymbolsVae* net);

/**
   The point of two bars.

   Costs about `window` multiplications for each of the encoder's weights.
   @thread any, but for OpenBLAS
   @param symbols [window]
   @param scratch [ct_symbols_vae_encode_size()] Overwritten.
   @param z [n_latent] The mean of where they may be.
*/
CT_REALTIME void
ct_symbols_vae_encode(const CtSymbolsVae* net,
                      const uint16_t*     symbols,
                      CtMultiply          multiply,
                      float*              scratch,
                      float*              z);

/// Floats of one state, which begins with z.  @thread any
size_t
ct_symbols_vae_state_size(const CtSymbolsVae* net);

/// Floats of scratch of a step, or of its logits.  @thread any
size_t
ct_symbols_vae_scratch_size(const CtSymbolsVae* net);

/**
   Begin to tell a point; the first step is told symbol 0.

   @thread any
   @param z [n_latent] May be that of the state.
   @param state [ct_symbols_vae_state_size()] Overwritten.
*/
CT_REALTIME void
ct_symbols_vae_begin(const CtSymbolsVae* net, const float* z, float* state);

/// Advance one step.  @thread any
/// @param scratch [ct_symbols_vae_scratch_size()] Overwritten.
CT_REALTIME void
ct_symbols_vae_step(const CtSymbolsVae* net,
                    uint16_t            symbol,
                    float*              state,
                    float*              scratch);

/// Ask for the next symbol.  @thread any  @param logits [CT_N_SYMBOLS]
CT_REALTIME void
ct_symbols_vae_logits(const CtSymbolsVae* net,
                      const float*        state,
                      float*              scratch,
                      float*              logits);

#endif // CT_MODEL_SYMBOLS_VAE_H

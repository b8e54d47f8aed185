// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/symbols_vae.h"

#include "model/layers_load.h"
#include "model/window.h"

#include <cjson/cJSON.h>

#include <stdbool.h>
#include <string.h>

size_t
ct_symbols_vae_encode_size(const CtSymbolsVae* const net)
{
  const size_t n_both = net->mean.matrix.n_cols;
  return (net->window * (net->embedding.width + n_both)) +
         ct_bidirectional_scratch_size(&net->encoder, net->window);
}

void
ct_symbols_vae_encode(const CtSymbolsVae* const net,
                      const uint16_t* const     symbols,
                      const CtMultiply          multiply,
                      float* const              scratch,
                      float* const              z)
{
  const uint32_t n      = net->window;
  const size_t   width  = net->embedding.width;
  const size_t   n_both = net->mean.matrix.n_cols;
  float* const   x      = scratch;
  float* const   y      = x + (n * width);
  float* const   rest   = y + (n * n_both);
  memset(x, 0, n * width * sizeof(float));
  for (size_t t = 0U; t < n; ++t) {
    ct_table_add(&net->embedding, symbols[t], x + (t * width));
  }
  ct_bidirectional(&net->encoder, x, n, multiply, rest, y);
  ct_dense_window(&net->mean, rest, 1U, multiply, z); // Of the last states
}

size_t
ct_symbols_vae_state_size(const CtSymbolsVae* const net)
{
  return net->n_latent + ct_tower_state_size(&net->decoder);
}

size_t
ct_symbols_vae_scratch_size(const CtSymbolsVae* const net)
{
  return ct_tower_scratch_size(&net->decoder, 1U);
}

void
ct_symbols_vae_begin(const CtSymbolsVae* const net,
                     const float* const        z,
                     float* const              state)
{
  memmove(state, z, net->n_latent * sizeof(float));
  memset(state + net->n_latent,
         0,
         ct_tower_state_size(&net->decoder) * sizeof(float));
}

void
ct_symbols_vae_step(const CtSymbolsVae* const net,
                    const uint16_t            symbol,
                    float* const              state,
                    float* const              scratch)
{
  ct_tower_step(&net->decoder, &symbol, state, state + net->n_latent, scratch);
}

void
ct_symbols_vae_logits(const CtSymbolsVae* const net,
                      const float* const        state,
                      float* const              scratch,
                      float* const              logits)
{
  ct_tower_logits(&net->decoder, 0U, state + net->n_latent, scratch, logits);
}

static void
load(CtLoader* const loader, const cJSON* const architecture, void* const out)
{
  CtSymbolsVae* const net = (CtSymbolsVae*)out;
  const uint32_t      width =
    ct_design_size(loader, architecture, "embedding", CT_MAX_EMBEDDING);
  const uint32_t n_encoder =
    ct_design_size(loader, architecture, "encoder", CT_MAX_HIDDEN);
  net->window = ct_design_size(loader, architecture, "window", CT_MAX_WINDOW);
  net->n_latent =
    ct_design_size(loader, architecture, "latent", CT_MAX_EMBEDDING);
  net->embedding =
    ct_load_table(loader, "encoder.embedding", CT_N_SYMBOLS, width);
  net->encoder =
    ct_load_bidirectional(loader, "encoder.lstm", 0U, width, n_encoder);
  net->mean =
    ct_load_dense(loader, "encoder.mean", net->n_latent, 2U * n_encoder);
  net->decoder.n_numbers = net->n_latent;
  ct_design_load_tower(loader,
                       architecture,
                       "decoder",
                       "lstm",
                       CT_CELL_LSTM,
                       CT_N_SYMBOLS,
                       0U,
                       &net->decoder);
}

static size_t
encoder_scratch_size(const CtNetwork* const network, const uint32_t n)
{
  (void)n;
  return ct_symbols_vae_encode_size((const CtSymbolsVae*)network->weights);
}

static void
run_encoder(const CtNetwork* const    network,
            const CtTowerInput* const input,
            const uint32_t            n,
            const CtMultiply          multiply,
            float* const              scratch,
            float* const              outputs)
{
  (void)n;
  ct_symbols_vae_encode((const CtSymbolsVae*)network->weights,
                        input->classes,
                        multiply,
                        scratch,
                        outputs);
}

static uint32_t
list(const void* const weights, CtNetwork networks[CT_MAX_NETWORKS])
{
  const CtSymbolsVae* const net = (const CtSymbolsVae*)weights;
  networks[0] = ct_design_window("encoder", net, net->window, net->n_latent);
  networks[0].scratch_size = encoder_scratch_size;
  networks[0].run          = run_encoder;
  networks[1]              = ct_design_tower("decoder", &net->decoder, true);
  return 2U;
}

const CtDesign ct_symbols_vae = {"symbols_vae",
                                 sizeof(CtSymbolsVae),
                                 load,
                                 list};

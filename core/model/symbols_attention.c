// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/symbols_attention.h"

#include "model/activation.h"
#include "model/layers_load.h"
#include "model/window.h"

#include <cjson/cJSON.h>

#include <string.h>

static size_t
larger(const size_t a, const size_t b)
{
  return a > b ? a : b;
}

/// Floats of a step that any layer hears or says
static size_t
widest(const CtSymbolsAttention* const net)
{
  return larger(larger(net->embedding.width, net->residual.matrix.n_cols),
                net->attention.width);
}

/// Floats of scratch that any layer takes for itself
static size_t
layer_scratch_size(const CtSymbolsAttention* const net)
{
  size_t size =
    larger(ct_convolution_scratch_size(&net->convolution, net->window),
           ct_attention_scratch_size(&net->attention, net->window));
  for (uint32_t i = 0U; i < net->n_layers; ++i) {
    size =
      larger(size, ct_bidirectional_scratch_size(&net->layers[i], net->window));
  }
  return size;
}

size_t
ct_symbols_attention_scratch_size(const CtSymbolsAttention* const net)
{
  // What a layer hears, what it says, and its own
  return (2U * widest(net) * net->window) + layer_scratch_size(net);
}

/// y = norm(relu(convolution(h)) + residual(h)) in place of h, which was [n,
/// 2H]
static void
convolve(const CtSymbolsAttention* const net,
         const CtMultiply                multiply,
         float* const                    h,
         float* const                    y,
         float* const                    rest)
{
  const uint32_t n     = net->window;
  const size_t   width = net->norm.n;
  ct_convolution(&net->convolution, h, n, multiply, rest, y);
  ct_relu(y, n * net->norm.n);
  ct_dense_window(&net->residual, h, n, multiply, rest);
  for (size_t i = 0U; i < n * width; ++i) {
    h[i] = y[i] + rest[i];
  }
  for (size_t t = 0U; t < n; ++t) {
    ct_norm(&net->norm, h + (t * width), h + (t * width));
  }
}

void
ct_symbols_attention_window(const CtSymbolsAttention* const net,
                            const uint16_t* const           symbols,
                            const CtMultiply                multiply,
                            float* const                    scratch,
                            float* const                    logits)
{
  const uint32_t n     = net->window;
  const size_t   width = net->embedding.width;
  float*         x     = scratch;
  float*         y     = x + (n * widest(net));
  float* const   rest  = y + (n * widest(net));
  memset(x, 0, n * width * sizeof(float));
  for (size_t t = 0U; t < n; ++t) {
    ct_table_add(&net->embedding, symbols[t], x + (t * width));
  }
  for (uint32_t i = 0U; i < net->n_layers; ++i) {
    ct_bidirectional(&net->layers[i], x, n, multiply, rest, y);
    float* const said = y;
    y                 = x;
    x                 = said;
  }
  convolve(net, multiply, x, y, rest);

  const float* const last = x + ((n - 1U) * (size_t)net->norm.n);
  ct_attention(&net->attention, x, n, n - 1U, multiply, rest, y);
  for (uint32_t i = 0U; i < net->norm.n; ++i) {
    y[i] += last[i];
  }
  ct_dense_window(&net->head, y, 1U, multiply, logits);
}

static void
load(CtLoader* const loader, const cJSON* const architecture, void* const out)
{
  CtSymbolsAttention* const net = (CtSymbolsAttention*)out;
  const uint32_t            n_hidden =
    ct_design_size(loader, architecture, "hidden", CT_MAX_HIDDEN);
  const uint32_t embedding =
    ct_design_size(loader, architecture, "embedding", CT_MAX_EMBEDDING);
  const uint32_t width =
    ct_design_size(loader, architecture, "width", CT_MAX_HIDDEN);
  const uint32_t n_heads =
    ct_design_size(loader, architecture, "heads", (int)width);
  const uint32_t n_both = 2U * n_hidden;
  net->window   = ct_design_size(loader, architecture, "window", CT_MAX_WINDOW);
  net->n_layers = ct_design_size(loader, architecture, "layers", CT_MAX_LAYERS);
  if (width % n_heads != 0U && !loader->status) {
    loader->status = CT_MODEL_BAD_METADATA;
  }

  net->embedding = ct_load_table(loader, "embedding", CT_N_SYMBOLS, embedding);
  for (uint32_t i = 0U; i < net->n_layers; ++i) {
    net->layers[i] = ct_load_bidirectional(
      loader, "lstm", i, i ? n_both : embedding, n_hidden);
  }
  net->convolution = ct_load_convolution(loader, "conv", width, n_both);
  net->residual    = ct_load_dense(loader, "residual", width, n_both);
  net->norm        = ct_load_norm(loader, "norm", width);
  net->attention   = ct_load_attention(loader, "attention", width, n_heads);
  net->head        = ct_load_dense(loader, "head", CT_N_SYMBOLS, width);
}

static size_t
scratch_size(const CtNetwork* const network, const uint32_t n)
{
  (void)n;
  return ct_symbols_attention_scratch_size(
    (const CtSymbolsAttention*)network->weights);
}

static void
run(const CtNetwork* const    network,
    const CtTowerInput* const input,
    const uint32_t            n,
    const CtMultiply          multiply,
    float* const              scratch,
    float* const              outputs)
{
  (void)n;
  ct_symbols_attention_window((const CtSymbolsAttention*)network->weights,
                              input->classes,
                              multiply,
                              scratch,
                              outputs);
}

static uint32_t
list(const void* const weights, CtNetwork networks[CT_MAX_NETWORKS])
{
  const CtSymbolsAttention* const net = (const CtSymbolsAttention*)weights;
  networks[0] = ct_design_window("", net, net->window, CT_N_SYMBOLS);
  networks[0].scratch_size = scratch_size;
  networks[0].run          = run;
  return 1U;
}

const CtDesign ct_symbols_attention = {"symbols_attention",
                                       sizeof(CtSymbolsAttention),
                                       load,
                                       list};

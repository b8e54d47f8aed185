// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The design of symbols with attention, as a strand: it looks at a window of
// what has been, again for each symbol

#include "gen/strand_kinds.h"

#include "gen/symbols.h"
#include "model/symbols_attention.h"

#include <stdio.h>
#include <string.h>

/// A strand's state is the window, then the logits of what follows it

static const CtSymbolsAttention*
net_of(const CtStrandPlace* const place)
{
  return (const CtSymbolsAttention*)place->model->net;
}

static size_t
state_size(const void* const net)
{
  return ((const CtSymbolsAttention*)net)->window + CT_N_SYMBOLS;
}

static size_t
scratch_size(const void* const net)
{
  return ct_symbols_attention_scratch_size((const CtSymbolsAttention*)net);
}

static void
ask(const CtStrandPlace* const place, float* const logits)
{
  memcpy(
    logits, place->state + net_of(place)->window, CT_N_SYMBOLS * sizeof(float));
}

static void
look(const CtStrandPlace* const place)
{
  const CtSymbolsAttention* const net = net_of(place);
  uint16_t                        symbols[CT_MAX_WINDOW];
  for (uint32_t i = 0U; i < net->window; ++i) {
    symbols[i] = (uint16_t)place->state[i];
  }
  ct_symbols_attention_window(
    net, symbols, place->multiply, place->scratch, place->state + net->window);
}

static void
tell(const CtStrandPlace* const place, const uint16_t symbol)
{
  const uint32_t last = net_of(place)->window - 1U;
  memmove(place->state, place->state + 1, last * sizeof(float));
  place->state[last] = (float)symbol;
  look(place);
}

static const CtSymbolNetwork network = {ask, tell};

/// A window of padding
static void
start(const CtStrandPlace* const place)
{
  look(place);
}

static const CtStrandDesign design = {.n_strands    = 1U,
                                      .symbols      = &network,
                                      .state_size   = state_size,
                                      .scratch_size = scratch_size,
                                      .start        = start,
                                      .draw         = ct_symbols_draw,
                                      .extend       = ct_symbols_extend,
                                      .encode       = ct_symbols_encode,
                                      .hear         = ct_symbols_hear,
                                      .nats         = ct_symbols_nats};

static CtStatus
load(const CtTensorFile* const file,
     const char* const         json,
     CtModel* const            model)
{
  static const CtStrandFile kind = {
    &ct_symbols_attention, &design, CT_SYMBOLS_FEED};
  return ct_strand_load(&kind, file, json, model);
}

static void
describe(const CtModel* const model, char* const text, const size_t size)
{
  const CtSymbolsAttention* const net =
    (const CtSymbolsAttention*)ct_strand_model(model)->net;
  (void)snprintf(text,
                 size,
                 "%u bidirectional LSTM layers, a convolution and attention "
                 "over %u symbols",
                 net->n_layers,
                 net->window);
}

const CtKind ct_symbols_attention_kind = {.name     = "symbols_attention",
                                          .load     = load,
                                          .describe = describe,
                                          CT_STRAND_FUNCTIONS};

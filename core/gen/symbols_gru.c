// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The design of symbols by GRU layers, as a strand

#include "gen/strand_kinds.h"

#include "gen/symbols.h"
#include "model/symbols_gru.h"

#include <stdio.h>

static const CtTower*
tower_of(const CtStrandPlace* const place)
{
  return &((const CtSymbolsGru*)place->model->net)->tower;
}

static size_t
state_size(const void* const net)
{
  return ct_tower_state_size(&((const CtSymbolsGru*)net)->tower);
}

static size_t
scratch_size(const void* const net)
{
  return ct_tower_scratch_size(&((const CtSymbolsGru*)net)->tower, 1U);
}

static void
ask(const CtStrandPlace* const place, float* const logits)
{
  ct_tower_logits(tower_of(place), 0U, place->state, place->scratch, logits);
}

static void
tell(const CtStrandPlace* const place, const uint16_t symbol)
{
  ct_tower_step(tower_of(place), &symbol, NULL, place->state, place->scratch);
}

static const CtSymbolNetwork network = {ask, tell};

static void
start(const CtStrandPlace* const place)
{
  tell(place, CT_SYMBOL_PAD);
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
  static const CtStrandFile kind = {&ct_symbols_gru, &design, CT_SYMBOLS_FEED};
  return ct_strand_load(&kind, file, json, model);
}

static void
describe(const CtModel* const model, char* const text, const size_t size)
{
  const CtRecurrent* const layers =
    &((const CtSymbolsGru*)ct_strand_model(model)->net)->tower.recurrent;
  (void)snprintf(text,
                 size,
                 "%u GRU layers of %u, a symbol for each sixteenth",
                 layers->n_layers,
                 layers->n_hidden);
}

const CtKind ct_symbols_gru_kind = {.name     = "symbols_gru",
                                    .load     = load,
                                    .describe = describe,
                                    CT_STRAND_FUNCTIONS};

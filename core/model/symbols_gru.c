// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/symbols_gru.h"

#include "model/layers_load.h"

#include <cjson/cJSON.h>

#include <stdbool.h>

static void
load(CtLoader* const loader, const cJSON* const architecture, void* const out)
{
  CtTower* const tower = &((CtSymbolsGru*)out)->tower;
  ct_design_load_tower(
    loader, architecture, "", "gru", CT_CELL_GRU, CT_N_SYMBOLS, 0U, tower);
}

static uint32_t
list(const void* const weights, CtNetwork networks[CT_MAX_NETWORKS])
{
  networks[0] =
    ct_design_tower("", &((const CtSymbolsGru*)weights)->tower, false);
  return 1U;
}

const CtDesign ct_symbols_gru = {"symbols_gru",
                                 sizeof(CtSymbolsGru),
                                 load,
                                 list};

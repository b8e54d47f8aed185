// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/regression.h"

#include "model/layers_load.h"

#include <cjson/cJSON.h>

#include <stdbool.h>

static void
load(CtLoader* const loader, const cJSON* const architecture, void* const out)
{
  CtTower* const tower = &((CtRegression*)out)->tower;
  const uint32_t n_hidden =
    ct_design_size(loader, architecture, "hidden", CT_MAX_HIDDEN);
  const uint32_t n_layers =
    ct_design_size(loader, architecture, "layers", CT_MAX_LAYERS);
  tower->n_numbers = CT_N_REGRESSED;
  tower->recurrent = ct_load_recurrent(
    loader, "lstm", CT_CELL_LSTM, n_layers, CT_N_REGRESSED, n_hidden);
  tower->n_heads  = 1U;
  tower->heads[0] = ct_load_dense(loader, "linear", CT_N_REGRESSED, n_hidden);
}

static uint32_t
list(const void* const weights, CtNetwork networks[CT_MAX_NETWORKS])
{
  networks[0] =
    ct_design_tower("", &((const CtRegression*)weights)->tower, false);
  return 1U;
}

const CtDesign ct_regression = {"regression", sizeof(CtRegression), load, list};

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/three_models.h"

#include "model/layers_load.h"

#include <cjson/cJSON.h>

#include <stdbool.h>

static const char* const names[CT_N_MODELS] = {
  [CT_MODEL_OF_NOTES]     = "notes",
  [CT_MODEL_OF_OFFSETS]   = "offsets",
  [CT_MODEL_OF_DURATIONS] = "durations",
};

static void
load(CtLoader* const loader, const cJSON* const architecture, void* const out)
{
  CtThreeModels* const net = (CtThreeModels*)out;
  for (uint32_t i = 0U; i < CT_N_MODELS; ++i) {
    const cJSON* const own = cJSON_GetObjectItem(architecture, names[i]);
    ct_design_load_tower(loader,
                         own,
                         names[i],
                         "lstm",
                         CT_CELL_LSTM,
                         ct_design_size(loader, own, "classes", CT_MAX_LABELS),
                         1U,
                         &net->models[i]);
  }
}

static uint32_t
list(const void* const weights, CtNetwork networks[CT_MAX_NETWORKS])
{
  const CtThreeModels* const net = (const CtThreeModels*)weights;
  for (uint32_t i = 0U; i < CT_N_MODELS; ++i) {
    networks[i] = ct_design_tower(names[i], &net->models[i], false);
  }
  return CT_N_MODELS;
}

const CtDesign ct_three_models = {"three_models",
                                  sizeof(CtThreeModels),
                                  load,
                                  list};

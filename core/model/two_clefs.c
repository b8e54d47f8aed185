// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/two_clefs.h"

#include "model/layers_load.h"

#include <cjson/cJSON.h>

#include <stdbool.h>

static const char* const names[CT_N_CLEFS] = {
  [CT_CLEF_TREBLE] = "treble",
  [CT_CLEF_BASS]   = "bass",
};

static const char* const tables[CT_N_CLEF_HEADS] = {
  [CT_CLEF_LABEL]    = "note_embedding",
  [CT_CLEF_DURATION] = "duration_embedding",
};

static const char* const heads[CT_N_CLEF_HEADS] = {
  [CT_CLEF_LABEL]    = "note_head",
  [CT_CLEF_DURATION] = "duration_head",
};

static void
load_clef(CtLoader* const    loader,
          const cJSON* const architecture,
          const char* const  name,
          CtTower* const     clef)
{
  const uint32_t n_hidden =
    ct_design_size(loader, architecture, "hidden", CT_MAX_HIDDEN);
  const uint32_t n_layers =
    ct_design_size(loader, architecture, "layers", CT_MAX_LAYERS);
  char     part[CT_MAX_TENSOR_NAME];
  uint32_t n_input = 0U;
  for (int i = 0; i < (int)CT_N_CLEF_HEADS; ++i) {
    const uint32_t n =
      ct_design_size_at(loader, architecture, "classes", i, CT_MAX_LABELS);
    const uint32_t width =
      ct_design_size_at(loader, architecture, "embedding", i, CT_MAX_EMBEDDING);
    clef->tables[i] =
      ct_load_table(loader, ct_load_name(part, name, tables[i]), n + 1U, width);
    clef->heads[i] =
      ct_load_dense(loader, ct_load_name(part, name, heads[i]), n, n_hidden);
    n_input += width;
  }
  clef->n_tables  = CT_N_CLEF_HEADS;
  clef->n_heads   = CT_N_CLEF_HEADS;
  clef->recurrent = ct_load_recurrent(loader,
                                      ct_load_name(part, name, "lstm"),
                                      CT_CELL_LSTM,
                                      n_layers,
                                      n_input,
                                      n_hidden);
  clef->dense     = ct_load_dense(
    loader, ct_load_name(part, name, "dense"), n_hidden, n_hidden);
}

static void
load(CtLoader* const loader, const cJSON* const architecture, void* const out)
{
  CtTwoClefs* const net = (CtTwoClefs*)out;
  for (uint32_t i = 0U; i < CT_N_CLEFS; ++i) {
    load_clef(loader,
              cJSON_GetObjectItem(architecture, names[i]),
              names[i],
              &net->clefs[i]);
  }
}

static uint32_t
list(const void* const weights, CtNetwork networks[CT_MAX_NETWORKS])
{
  const CtTwoClefs* const net = (const CtTwoClefs*)weights;
  for (uint32_t i = 0U; i < CT_N_CLEFS; ++i) {
    networks[i] = ct_design_tower(names[i], &net->clefs[i], false);
  }
  return CT_N_CLEFS;
}

const CtDesign ct_two_clefs = {"two_clefs", sizeof(CtTwoClefs), load, list};

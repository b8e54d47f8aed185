// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/design.h"

#include "model/layers_load.h"
#include "model/metadata.h"
#include "model/self_test.h"

#include <cjson/cJSON.h>

#include <string.h>

uint32_t
ct_design_size(CtLoader* const    loader,
               const cJSON* const architecture,
               const char* const  key,
               const int          max)
{
  uint32_t size = 1U;
  if (!ct_metadata_size(cJSON_GetObjectItem(architecture, key), max, &size) &&
      !loader->status) {
    loader->status = CT_MODEL_BAD_METADATA;
  }
  return size;
}

uint32_t
ct_design_size_at(CtLoader* const    loader,
                  const cJSON* const architecture,
                  const char* const  key,
                  const int          index,
                  const int          max)
{
  const cJSON* const list = cJSON_GetObjectItem(architecture, key);
  uint32_t           size = 1U;
  if (!ct_metadata_size(cJSON_GetArrayItem(list, index), max, &size) &&
      !loader->status) {
    loader->status = CT_MODEL_BAD_METADATA;
  }
  return size;
}

void
ct_design_load_tower(CtLoader* const    loader,
                     const cJSON* const architecture,
                     const char* const  owner,
                     const char* const  layers,
                     const CtCell       cell,
                     const uint32_t     n_labels,
                     const uint32_t     n_more,
                     CtTower* const     tower)
{
  const uint32_t width =
    ct_design_size(loader, architecture, "embedding", CT_MAX_EMBEDDING);
  const uint32_t n_hidden =
    ct_design_size(loader, architecture, "hidden", CT_MAX_HIDDEN);
  const uint32_t n_layers =
    ct_design_size(loader, architecture, "layers", CT_MAX_LAYERS);
  char part[CT_MAX_TENSOR_NAME];
  tower->n_tables  = 1U;
  tower->tables[0] = ct_load_table(
    loader, ct_load_part(part, owner, "embedding"), n_labels + n_more, width);
  tower->recurrent = ct_load_recurrent(loader,
                                       ct_load_part(part, owner, layers),
                                       cell,
                                       n_layers,
                                       width + tower->n_numbers,
                                       n_hidden);
  tower->n_heads   = 1U;
  tower->heads[0]  = ct_load_dense(
    loader, ct_load_part(part, owner, "head"), n_labels, n_hidden);
}

static size_t
tower_scratch_size(const CtNetwork* const network, const uint32_t n)
{
  const CtTower* const tower = (const CtTower*)network->weights;
  return ct_tower_state_size(tower) + ct_tower_scratch_size(tower, n) +
         ((size_t)n * (tower->recurrent.n_hidden + network->n_outputs));
}

void
ct_design_heads(const CtTower* const tower,
                const float* const   u,
                const uint32_t       n,
                const CtMultiply     multiply,
                float* const         scratch,
                float* const         outputs)
{
  size_t n_outputs = 0U;
  for (uint32_t h = 0U; h < tower->n_heads; ++h) {
    n_outputs += tower->heads[h].matrix.n_rows;
  }

  float* const logits = scratch + ct_tower_scratch_size(tower, n);
  size_t       at     = 0U;
  for (uint32_t h = 0U; h < tower->n_heads; ++h) {
    const size_t width = tower->heads[h].matrix.n_rows;
    ct_tower_logits_window(tower, h, u, n, multiply, scratch, logits);
    for (size_t t = 0U; t < n; ++t) {
      memcpy(outputs + (t * n_outputs) + at,
             logits + (t * width),
             width * sizeof(float));
    }
    at += width;
  }
}

static void
tower_run(const CtNetwork* const    network,
          const CtTowerInput* const input,
          const uint32_t            n,
          const CtMultiply          multiply,
          float* const              scratch,
          float* const              outputs)
{
  const CtTower* const tower = (const CtTower*)network->weights;
  float* const         state = scratch;
  float* const         u     = state + ct_tower_state_size(tower);
  float* const         rest  = u + ((size_t)n * tower->recurrent.n_hidden);
  ct_tower_window(tower, input, n, multiply, state, rest, u);
  ct_design_heads(tower, u, n, multiply, rest, outputs);
}

CtNetwork
ct_design_tower(const char* const    name,
                const CtTower* const tower,
                const bool           is_latent)
{
  CtNetwork network = {.name         = name,
                       .weights      = tower,
                       .n_classes    = tower->n_tables,
                       .scratch_size = tower_scratch_size,
                       .run          = tower_run};
  for (uint32_t i = 0U; i < tower->n_tables; ++i) {
    network.limits[i] = tower->tables[i].n_rows;
  }
  for (uint32_t h = 0U; h < tower->n_heads; ++h) {
    network.n_outputs += tower->heads[h].matrix.n_rows;
  }
  network.n_numbers = is_latent ? 0U : tower->n_numbers;
  network.n_latent  = is_latent ? tower->n_numbers : 0U;
  return network;
}

CtNetwork
ct_design_window(const char* const name,
                 const void* const weights,
                 const uint32_t    window,
                 const uint32_t    n_outputs)
{
  return (CtNetwork){.name      = name,
                     .weights   = weights,
                     .n_classes = 1U,
                     .limits    = {CT_N_SYMBOLS},
                     .n_outputs = n_outputs,
                     .window    = window};
}

/// Load all tensors of a file.  @param arena Set on success
static CtStatus
load_tensors(const CtDesign* const     design,
             const CtTensorFile* const file,
             const cJSON* const        root,
             void* const               net,
             CtArena** const           arena)
{
  CtLoader loader = {
    file, ct_arena_new(ct_load_size(file)), NULL, 0U, CT_SUCCESS};
  if (!loader.arena) {
    return CT_NO_MEMORY;
  }

  memset(net, 0, design->size);
  design->load(&loader, cJSON_GetObjectItem(root, "architecture"), net);
  if (!loader.status && loader.n_used != ct_tensors_count(file)) {
    loader.status = CT_MODEL_EXTRA_TENSOR;
  }
  if (loader.status) {
    ct_arena_free(loader.arena);
    return loader.status;
  }
  *arena = loader.arena;
  return CT_SUCCESS;
}

CtStatus
ct_design_load(const CtDesign* const     design,
               const CtTensorFile* const file,
               const char* const         json,
               void* const               net,
               CtArena** const           arena)
{
  *arena            = NULL;
  cJSON* const root = cJSON_Parse(json);
  CtStatus     st   = ct_metadata_check(root, design->kind);
  if (!st) {
    st = load_tensors(design, file, root, net, arena);
  }
  if (!st) {
    CtNetwork      networks[CT_MAX_NETWORKS];
    const uint32_t n = design->list(net, networks);
    st               = ct_self_test(root, networks, n);
  }
  if (st) {
    ct_arena_free(*arena);
    *arena = NULL;
  }
  cJSON_Delete(root);
  return st;
}

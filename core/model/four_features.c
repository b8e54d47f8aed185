// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/four_features.h"

#include "model/layers_load.h"

#include <cjson/cJSON.h>

#include <string.h>

static const char* const names[CT_N_FEATURES] = {
  [CT_FEATURE_OFFSET]     = "offset",
  [CT_FEATURE_DURATION]   = "duration",
  [CT_FEATURE_PITCH]      = "pitch",
  [CT_FEATURE_INSTRUMENT] = "instrument",
};

size_t
ct_four_features_state_size(const CtFourFeatures* const net)
{
  size_t size = ct_tower_state_size(&net->joint);
  for (uint32_t f = 0U; f < CT_N_FEATURES; ++f) {
    size += ct_tower_state_size(&net->encoders[f]);
  }
  return size;
}

size_t
ct_four_features_scratch_size(const CtFourFeatures* const net, const uint32_t n)
{
  // What the encoders say: of one, and of all; then any tower's own
  size_t largest = ct_tower_scratch_size(&net->joint, n);
  size_t widest  = 0U;
  for (uint32_t f = 0U; f < CT_N_FEATURES; ++f) {
    const CtTower* const encoder = &net->encoders[f];
    const size_t         own     = ct_tower_scratch_size(encoder, n);
    const size_t         width   = encoder->recurrent.n_hidden;
    largest                      = own > largest ? own : largest;
    widest                       = width > widest ? width : widest;
  }
  return largest + ((size_t)n * (widest + net->joint.n_numbers));
}

void
ct_four_features_step(const CtFourFeatures* const net,
                      const uint16_t* const       classes,
                      float* const                state,
                      float* const                scratch)
{
  float* const said = scratch;
  float* const rest = said + net->joint.n_numbers;
  float*       own  = state;
  size_t       at   = 0U;
  for (uint32_t f = 0U; f < CT_N_FEATURES; ++f) {
    const CtTower* const encoder = &net->encoders[f];
    const size_t         width   = encoder->recurrent.n_hidden;
    ct_tower_step(encoder, &classes[f], NULL, own, rest);
    memcpy(said + at,
           ct_recurrent_output(&encoder->recurrent, own),
           width * sizeof(float));
    own += ct_tower_state_size(encoder);
    at += width;
  }
  ct_tower_step(&net->joint, NULL, said, own, rest);
}

/// Floats of the states before that of the joint tower
static size_t
encoders_state_size(const CtFourFeatures* const net)
{
  return ct_four_features_state_size(net) - ct_tower_state_size(&net->joint);
}

void
ct_four_features_logits(const CtFourFeatures* const net,
                        const CtFeature             feature,
                        const float* const          state,
                        float* const                scratch,
                        float* const                logits)
{
  ct_tower_logits(
    &net->joint, feature, state + encoders_state_size(net), scratch, logits);
}

void
ct_four_features_window(const CtFourFeatures* const net,
                        const uint16_t* const       classes,
                        const uint32_t              n,
                        const CtMultiply            multiply,
                        float* const                state,
                        float* const                scratch,
                        float* const                u)
{
  const size_t n_said = net->joint.n_numbers;
  float* const said   = scratch;
  float* const rest   = said + (n * n_said);
  float*       own    = state;
  size_t       at     = 0U;
  for (uint32_t f = 0U; f < CT_N_FEATURES; ++f) {
    const CtTower* const encoder = &net->encoders[f];
    const size_t         width   = encoder->recurrent.n_hidden;
    float* const         one     = rest;
    const CtTowerInput   input   = {classes + f, NULL, 0U, CT_N_FEATURES};
    ct_tower_window(encoder, &input, n, multiply, own, one + (n * width), one);
    for (size_t t = 0U; t < n; ++t) {
      memcpy(
        said + (t * n_said) + at, one + (t * width), width * sizeof(float));
    }
    own += ct_tower_state_size(encoder);
    at += width;
  }

  const CtTowerInput input = {NULL, said, n_said, 0U};
  ct_tower_window(&net->joint, &input, n, multiply, own, rest, u);
}

static void
load(CtLoader* const loader, const cJSON* const architecture, void* const out)
{
  CtFourFeatures* const net = (CtFourFeatures*)out;
  const uint32_t        n_hidden =
    ct_design_size(loader, architecture, "hidden", CT_MAX_HIDDEN);
  uint32_t n_said = 0U;
  for (int f = 0; f < (int)CT_N_FEATURES; ++f) {
    char           name[CT_MAX_TENSOR_NAME];
    CtTower* const encoder = &net->encoders[f];
    const uint32_t n =
      ct_design_size_at(loader, architecture, "classes", f, CT_MAX_LABELS);
    const uint32_t width =
      ct_design_size_at(loader, architecture, "embedding", f, CT_MAX_EMBEDDING);
    const uint32_t own =
      ct_design_size_at(loader, architecture, "encoder", f, CT_MAX_HIDDEN);
    encoder->n_tables  = 1U;
    encoder->tables[0] = ct_load_table(
      loader, ct_load_name(name, "embedding", names[f]), n + 1U, width);
    encoder->recurrent =
      ct_load_recurrent(loader,
                        ct_load_name(name, "encoder", names[f]),
                        CT_CELL_LSTM,
                        1U,
                        width,
                        own);
    net->joint.heads[f] =
      ct_load_dense(loader, ct_load_name(name, "head", names[f]), n, n_hidden);
    n_said += own;
  }
  net->joint.n_heads   = CT_N_FEATURES;
  net->joint.n_numbers = n_said;
  net->joint.recurrent =
    ct_load_recurrent(loader, "lstm", CT_CELL_LSTM, 1U, n_said, n_hidden);
}

static size_t
scratch_size(const CtNetwork* const network, const uint32_t n)
{
  const CtFourFeatures* const net = (const CtFourFeatures*)network->weights;
  return ct_four_features_state_size(net) +
         ct_four_features_scratch_size(net, n) +
         ((size_t)n * (net->joint.recurrent.n_hidden + network->n_outputs));
}

static void
run(const CtNetwork* const    network,
    const CtTowerInput* const input,
    const uint32_t            n,
    const CtMultiply          multiply,
    float* const              scratch,
    float* const              outputs)
{
  const CtFourFeatures* const net   = (const CtFourFeatures*)network->weights;
  float* const                state = scratch;
  float* const                u     = state + ct_four_features_state_size(net);
  float* const rest = u + ((size_t)n * net->joint.recurrent.n_hidden);
  ct_four_features_window(net, input->classes, n, multiply, state, rest, u);
  ct_design_heads(&net->joint, u, n, multiply, rest, outputs);
}

static uint32_t
list(const void* const weights, CtNetwork networks[CT_MAX_NETWORKS])
{
  const CtFourFeatures* const net = (const CtFourFeatures*)weights;
  networks[0]                     = ct_design_tower("", &net->joint, false);
  networks[0].weights             = net;
  networks[0].n_classes           = CT_N_FEATURES;
  networks[0].n_numbers           = 0U;
  networks[0].scratch_size        = scratch_size;
  networks[0].run                 = run;
  for (uint32_t f = 0U; f < CT_N_FEATURES; ++f) {
    networks[0].limits[f] = net->encoders[f].tables[0].n_rows;
  }
  return 1U;
}

const CtDesign ct_four_features = {"four_features",
                                   sizeof(CtFourFeatures),
                                   load,
                                   list};

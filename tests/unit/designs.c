// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "designs.h"

#include "model/safetensors.h"

const CtDesign*
designs_at(const uint32_t i)
{
  static const CtDesign* const designs[N_DESIGNS] = {&ct_four_features,
                                                     &ct_two_clefs,
                                                     &ct_regression,
                                                     &ct_three_models,
                                                     &ct_symbols_attention,
                                                     &ct_symbols_gru,
                                                     &ct_symbols_vae};
  return designs[i];
}

CtStatus
designs_load(const uint8_t* const bytes,
             const size_t         size,
             DesignFile* const    file)
{
  file->arena           = NULL;
  CtTensorFile* tensors = NULL;
  CtStatus      st      = ct_tensors_open(bytes, size, &tensors);
  if (st) {
    return st;
  }

  const char* const json = ct_tensors_metadata(tensors, "continuo");
  st                     = json ? CT_MODEL_BAD_KIND : CT_MODEL_NO_METADATA;
  for (uint32_t i = 0U; i < N_DESIGNS && st == CT_MODEL_BAD_KIND; ++i) {
    file->design = designs_at(i);
    st = ct_design_load(file->design, tensors, json, &file->net, &file->arena);
  }
  ct_tensors_free(tensors);
  return st;
}

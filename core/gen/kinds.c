// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/kind.h"

#include "gen/house.h"
#include "gen/strand_kinds.h"
#include "model/metadata.h"

#include <cjson/cJSON.h>

#include <stddef.h>

static CtStatus
find(const cJSON* const root, const CtKind** const kind)
{
  /// All that there are
  static const CtKind* const kinds[] = {
    &ct_house_kind,
    &ct_four_features_kind,
    &ct_two_clefs_kind,
    &ct_regression_kind,
    &ct_three_models_kind,
    &ct_symbols_attention_kind,
    &ct_symbols_gru_kind,
    &ct_symbols_vae_kind,
  };

  CtStatus st = CT_MODEL_BAD_KIND;
  for (size_t i = 0U;
       i < sizeof(kinds) / sizeof(kinds[0]) && st == CT_MODEL_BAD_KIND;
       ++i) {
    *kind = kinds[i];
    st    = ct_metadata_check(root, kinds[i]->name);
  }
  return st;
}

CtStatus
ct_kind_read(const char* const json, const CtKind** const kind)
{
  cJSON* const   root = cJSON_Parse(json);
  const CtStatus st   = find(root, kind);
  cJSON_Delete(root);
  return st;
}

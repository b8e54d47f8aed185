// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file lv2_features.h What a small LV2 host must offer to a plugin of DPF

#ifndef CONTINUO_TESTS_LV2_FEATURES_H
#define CONTINUO_TESTS_LV2_FEATURES_H

#include <lilv/lilv.h>
#include <lv2/core/lv2.h>
#include <lv2/options/options.h>
#include <lv2/urid/urid.h>
#include <lv2/worker/worker.h>

#include <stdint.h>

enum {
  FEATURES_MAX_URIDS = 1024,
  FEATURES_N_OPTIONS = 5,
  FEATURES_N         = 6,
};

/// URIDs, options, and a worker that works at once; must not move once
/// initialised
typedef struct {
  char*              uris[FEATURES_MAX_URIDS];
  uint32_t           n_uris;
  LV2_URID_Map       map;
  LV2_URID_Unmap     unmap;
  int32_t            min_block;
  int32_t            max_block;
  float              sample_rate;
  LV2_Options_Option options[FEATURES_N_OPTIONS];
  LilvInstance*      instance; ///< Whose work it is; set it after instantiation
  LV2_Worker_Schedule worker;
  LV2_Feature         features[FEATURES_N];
  const LV2_Feature*  list[FEATURES_N + 1]; ///< For lilv_plugin_instantiate()
} Features;

/// Fill in everything but the instance
void
features_init(Features* self, float sample_rate, int32_t max_block);

/// Free the URIs
void
features_clear(Features* self);

/// Number for a URI, always the same
LV2_URID
features_map(Features* self, const char* uri);

#endif // CONTINUO_TESTS_LV2_FEATURES_H

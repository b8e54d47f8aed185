// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file designs.h All of the older designs, for the tests of them

#ifndef CT_UNIT_DESIGNS_H
#define CT_UNIT_DESIGNS_H

#include "base/arena.h"
#include "base/status.h"
#include "model/design.h"
#include "model/four_features.h"
#include "model/regression.h"
#include "model/symbols_attention.h"
#include "model/symbols_gru.h"
#include "model/symbols_vae.h"
#include "model/three_models.h"
#include "model/two_clefs.h"

#include <stddef.h>
#include <stdint.h>

/// How many there are
#define N_DESIGNS 7U

/// Each of them, by a number below N_DESIGNS
const CtDesign*
designs_at(uint32_t i);

/// Networks of any
typedef union {
  CtFourFeatures     four_features;
  CtTwoClefs         two_clefs;
  CtRegression       regression;
  CtThreeModels      three_models;
  CtSymbolsAttention symbols_attention;
  CtSymbolsGru       symbols_gru;
  CtSymbolsVae       symbols_vae;
} DesignNet;

/// A file's networks
typedef struct {
  const CtDesign* design;
  DesignNet       net;
  CtArena*        arena;
} DesignFile;

/// Load the networks of a file of any design.  @return As ct_tensors_open(),
/// CT_MODEL_NO_METADATA, or as ct_design_load()
CtStatus
designs_load(const uint8_t* bytes, size_t size, DesignFile* file);

#endif // CT_UNIT_DESIGNS_H

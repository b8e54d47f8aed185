// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file symbols_gru.h The design of symbols, by GRU layers: told a symbol a
/// sixteenth, it tells the next

#ifndef CT_MODEL_SYMBOLS_GRU_H
#define CT_MODEL_SYMBOLS_GRU_H

#include "model/design.h"
#include "model/tower.h"

/// Weights
typedef struct {
  CtTower tower; ///< One table and one head, of CT_N_SYMBOLS
} CtSymbolsGru;

/// Fills a CtSymbolsGru
extern const CtDesign ct_symbols_gru;

#endif // CT_MODEL_SYMBOLS_GRU_H

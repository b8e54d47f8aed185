// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file three_models.h The design of three models: notes, offsets and durations
   each have a network of the same build, which sees only its own.
*/

#ifndef CT_MODEL_THREE_MODELS_H
#define CT_MODEL_THREE_MODELS_H

#include "model/design.h"
#include "model/tower.h"

/// The models
typedef enum {
  CT_MODEL_OF_NOTES, ///< Of labels: a note or a chord
  CT_MODEL_OF_OFFSETS,
  CT_MODEL_OF_DURATIONS,
  CT_N_MODELS
} CtModelOf;

/// Weights; a class past the last of a table is "nothing yet"
typedef struct {
  CtTower models[CT_N_MODELS];
} CtThreeModels;

/// Fills a CtThreeModels
extern const CtDesign ct_three_models;

#endif // CT_MODEL_THREE_MODELS_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file regression.h The design that regresses: told the last pitch and
   duration as numbers, it tells the next ones as numbers.
*/

#ifndef CT_MODEL_REGRESSION_H
#define CT_MODEL_REGRESSION_H

#include "model/design.h"
#include "model/tower.h"

/// What goes in and comes out, scaled: see the file's codec
typedef enum {
  CT_REGRESSED_PITCH,
  CT_REGRESSED_DURATION,
  CT_N_REGRESSED
} CtRegressed;

/// Weights
typedef struct {
  CtTower tower; ///< Told CT_N_REGRESSED numbers; its one head tells as many
} CtRegression;

/// Fills a CtRegression
extern const CtDesign ct_regression;

#endif // CT_MODEL_REGRESSION_H

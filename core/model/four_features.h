// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file four_features.h The design of four features: each of an event's classes
   goes through an embedding and an LSTM of its own, and what these say through
   a large LSTM; each head then tells a feature of the next event.
*/

#ifndef CT_MODEL_FOUR_FEATURES_H
#define CT_MODEL_FOUR_FEATURES_H

#include "base/attributes.h"
#include "model/design.h"
#include "model/tower.h"

#include <stddef.h>
#include <stdint.h>

/// The features of an event, in the order of inputs and heads
typedef enum {
  CT_FEATURE_OFFSET,
  CT_FEATURE_DURATION,
  CT_FEATURE_PITCH,
  CT_FEATURE_INSTRUMENT,
  CT_N_FEATURES
} CtFeature;

/// Weights; a class past the last of a feature is "nothing yet"
typedef struct {
  CtTower encoders[CT_N_FEATURES]; ///< Without heads
  CtTower joint; ///< Told what the encoders say, with a head for each feature
} CtFourFeatures;

/// Fills a CtFourFeatures
extern const CtDesign ct_four_features;

/// Floats of one state.  @thread any
size_t
ct_four_features_state_size(const CtFourFeatures* net);

/// Floats of scratch for a window of `n`; a step, or the logits of one, takes
/// that of 1.  @thread any
size_t
ct_four_features_scratch_size(const CtFourFeatures* net, uint32_t n);

/**
   Advance one step.

   @thread any
   @param classes [CT_N_FEATURES] of the last event.
   @param state [ct_four_features_state_size()] all zero before a first step.
   @param scratch [ct_four_features_scratch_size()] for 1; overwritten.
*/
CT_REALTIME void
ct_four_features_step(const CtFourFeatures* net,
                      const uint16_t*       classes,
                      float*                state,
                      float*                scratch);

/**
   Ask what a feature of the next event will be.

   @thread any
   @param logits [joint.heads[feature].matrix.n_rows] Overwritten.
*/
CT_REALTIME void
ct_four_features_logits(const CtFourFeatures* net,
                        CtFeature             feature,
                        const float*          state,
                        float*                scratch,
                        float*                logits);

/**
   Advance by a window, see ct_tower_window(); ct_tower_logits_window() of
   `joint` asks its heads.

   @thread any, but for OpenBLAS
   @param classes [n, CT_N_FEATURES]
   @param u [n, H]
*/
CT_REALTIME void
ct_four_features_window(const CtFourFeatures* net,
                        const uint16_t*       classes,
                        uint32_t              n,
                        CtMultiply            multiply,
                        float*                state,
                        float*                scratch,
                        float*                u);

#endif // CT_MODEL_FOUR_FEATURES_H

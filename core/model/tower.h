// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file tower.h What the older designs' networks of one step an event are built
   of:

   x = [a row of each table | numbers]

   u = recurrent layers(x), or relu(dense(u)) where there is a dense layer

   the logits of a head = head(u)

   Weights are read only; state and scratch are the caller's.  A step and the
   logits of a head cost about a multiplication for each weight that they have.
*/

#ifndef CT_MODEL_TOWER_H
#define CT_MODEL_TOWER_H

#include "base/attributes.h"
#include "model/layers.h"
#include "model/recurrent.h"

#include <stddef.h>
#include <stdint.h>

/// Most tables, that is features of an event
#define CT_TOWER_MAX_TABLES 2U

/// Most heads
#define CT_TOWER_MAX_HEADS 4U

/// Weights
typedef struct {
  uint32_t    n_tables;
  CtTable     tables[CT_TOWER_MAX_TABLES];
  uint32_t    n_numbers; ///< Numbers after the rows
  CtRecurrent recurrent;
  CtDense     dense; ///< [H', H], or nothing
  uint32_t    n_heads;
  CtDense     heads[CT_TOWER_MAX_HEADS]; ///< As many classes as rows
} CtTower;

/// What a tower is told at some steps
typedef struct {
  const uint16_t* classes; ///< [n_tables] for each step, below its table's rows
  const float*    numbers; ///< [n_numbers] for each step
  size_t numbers_stride; ///< From the numbers of a step to those of the next; 0
                         ///< if they are the same for all
  size_t classes_stride; ///< Likewise of the classes
} CtTowerInput;

/// Floats of one state.  @thread any
size_t
ct_tower_state_size(const CtTower* tower);

/// Floats of scratch for a window of `n`; a step, or the logits of one, takes
/// that of 1.  @thread any
size_t
ct_tower_scratch_size(const CtTower* tower, uint32_t n);

/**
   Advance one step.

   @thread any
   @param classes [n_tables]
   @param numbers [n_numbers], or null for none.
   @param state [ct_tower_state_size()] all zero before a first step.
   @param scratch [ct_tower_scratch_size()] for 1; overwritten.
*/
CT_REALTIME void
ct_tower_step(const CtTower*  tower,
              const uint16_t* classes,
              const float*    numbers,
              float*          state,
              float*          scratch);

/**
   Ask one head.

   @thread any
   @param head Below n_heads.
   @param logits [heads[head].matrix.n_rows] Overwritten.
*/
CT_REALTIME void
ct_tower_logits(const CtTower* tower,
                uint32_t       head,
                const float*   state,
                float*         scratch,
                float*         logits);

/**
   Advance by a window, see window.h; with ct_matrix_multiply_window() to the
   same numbers as by steps.

   @thread any, but for OpenBLAS
   @param state Read and written, as by `n` steps.
   @param scratch [ct_tower_scratch_size()] for `n`; overwritten.
   @param u [n, H] What the recurrent layers say.
*/
CT_REALTIME void
ct_tower_window(const CtTower*      tower,
                const CtTowerInput* input,
                uint32_t            n,
                CtMultiply          multiply,
                float*              state,
                float*              scratch,
                float*              u);

/**
   Ask one head along a window.

   @thread any, but for OpenBLAS
   @param u [n, H] From ct_tower_window().
   @param scratch [ct_tower_scratch_size()] for `n`; overwritten.
   @param logits [n, classes of the head] Overwritten.
*/
CT_REALTIME void
ct_tower_logits_window(const CtTower* tower,
                       uint32_t       head,
                       const float*   u,
                       uint32_t       n,
                       CtMultiply     multiply,
                       float*         scratch,
                       float*         logits);

#endif // CT_MODEL_TOWER_H

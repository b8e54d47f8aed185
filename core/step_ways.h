// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file step_ways.h The ways to do a step of the network, for those who
/// measure

#ifndef CT_STEP_WAYS_H
#define CT_STEP_WAYS_H

#include "base/attributes.h"
#include "model/dot.h"
#include "model/note_lstm.h"

#include <stddef.h>
#include <stdint.h>

/// Most ways: a reading, OpenBLAS, f32, and the kernels of one processor
#define CT_MAX_WAYS 8U

/// Most characters of a way's name
#define CT_WAY_NAME 24U

/// Logits of all heads
typedef float CtLogits[CT_N_HEADS][CT_MAX_CLASSES];

typedef struct CtWayImpl CtWay;

/// One way, with a state of its own
struct CtWayImpl {
  char               name[CT_WAY_NAME];
  const CtNoteLstm*  net;    ///< With the weights that it reads
  const CtDotKernel* kernel; ///< For int8 weights, or null
  void (*run)(CtWay* way, const CtNoteContext* context);
  float*   state;   ///< [ct_note_lstm_state_size()]
  float*   scratch; ///< [ct_note_lstm_scratch_size()]
  CtLogits logits;  ///< Of the last step, if it has any
};

/// All ways that this processor knows, and what they need
typedef struct CtWaysImpl CtWays;

/// @thread any  @return For ct_ways_free(), or null if out of memory
CT_NODISCARD CtWays*
ct_ways_new(const CtNoteLstm* net);

/// Null is fine.  @thread any
void
ct_ways_free(CtWays* ways);

/// @thread any
uint32_t
ct_ways_count(const CtWays* ways);

/// Ways by number: reading is 0, OpenBLAS 1.  @thread any
CtWay*
ct_ways_at(CtWays* ways, uint32_t i);

/// Read `n` words and do no more than add them, by the widest loads that there
/// are.  @thread any
void
ct_step_read(const uint64_t* words, size_t n);

#endif // CT_STEP_WAYS_H

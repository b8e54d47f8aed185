// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file step_ways.h The ways to do a step of a network, for those who measure

#ifndef CT_STEP_WAYS_H
#define CT_STEP_WAYS_H

#include "base/arena.h"
#include "base/attributes.h"
#include "model/design.h"
#include "model/dot.h"
#include "model/note_lstm.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Most ways: a reading, OpenBLAS, f32, and the kernels of one processor
#define CT_MAX_WAYS 8U

/// Most characters of a way's name
#define CT_WAY_NAME 24U

/// Steps that are told different things
#define CT_N_WAY_STEPS 16U

typedef struct CtWayImpl CtWay;

/// One way, with a state of its own
struct CtWayImpl {
  char               name[CT_WAY_NAME];
  const void*        net;    ///< With the weights that it reads
  const CtDotKernel* kernel; ///< For int8 weights, or null for the best
  const void*        inputs; ///< Of all steps

  /// Do step `step`, which is below CT_N_WAY_STEPS
  void (*run)(CtWay* way, uint32_t step);

  float*   state;     ///< As large as the network wants it, or null
  float*   scratch;   ///< Likewise
  float*   logits;    ///< [n_logits] of the last step
  uint32_t n_logits;  ///< 0 if it does not compute
  uint32_t reference; ///< The way that its logits are compared with
};

/// All ways that this processor knows, and what they need
typedef struct {
  CtWay    ways[CT_MAX_WAYS];
  uint32_t n_ways;
  CtArena* arena;
} CtWays;

/// The ways of the house network.  @thread any  @param ways For ct_ways_clear()
/// @return False if out of memory
bool
ct_ways_house(const CtNoteLstm* net, CtWays* ways);

/// Two ways for each of `n` networks: its own, and by OpenBLAS.  @thread any
/// @param ways For ct_ways_clear()
/// @return False if out of memory
bool
ct_ways_networks(const CtNetwork* networks, uint32_t n, CtWays* ways);

/// Free what ways need, and multiply as before.  @thread any
void
ct_ways_clear(CtWays* ways);

/// Read `n` words and do no more than add them, by the widest loads that there
/// are.  @thread any
void
ct_step_read(const uint64_t* words, size_t n);

#endif // CT_STEP_WAYS_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file instance.h What stands behind the handle of continuo.h

#ifndef CT_INSTANCE_H
#define CT_INSTANCE_H

#include "continuo.h"
#include "gen/settings.h"
#include "gen/worker.h"
#include "music/ledger.h"
#include "music/scheduler.h"
#include "music/transport.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// Everything the audio thread may touch beside the worker's rings and the
/// parameters
typedef struct {
  CtTransport transport;   ///< Where the host says we are
  CtScheduler scheduler;   ///< Events still to come, in tick order
  CtLedger    ledger;      ///< Notes we have on
  CtRequest   asked;       ///< The plan that is being played
  bool        has_asked;   ///< There is one
  bool        has_played;  ///< Some of it was played, or could have been
  bool        owes_plan;   ///< The worker could not take the last request
  uint32_t    model;       ///< Serial of the model it was asked of
  CtTick      horizon;     ///< Notes before it are in the scheduler or played
  bool        is_flushing; ///< Notes must end before others begin
  bool        is_bypassed;
  uint32_t    n_late;        ///< Notes that came after their time
  double      cycles_per_ns; ///< 0 if the processor counts none
  uint64_t    last_cycles;   ///< At the last block's begin
  double      last_block_ns; ///< What the last block lasts in real time
  double      lead_ns;       ///< How far the host has run ahead of real time
} CtAudio;

struct ContinuoImpl {
  ContinuoMode mode;
  double       sample_rate;
  _Atomic float
    params[CONTINUO_N_PARAMS]; ///< Set by any thread, read once a block
  _Atomic uint32_t model;      ///< Counts models loaded
  CtWorker*        worker;
  CtAudio          audio;
};

/// The parameters as wishes for the generator.  @thread any
CT_REALTIME CtSettings
ct_instance_settings(const Continuo* self);

/// Get the first bars into the scheduler, so that a host that rolls at once
/// finds them.
/// @thread main, with no process running
void
ct_instance_prepare(Continuo* self);

#endif // CT_INSTANCE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file worker.h Who writes the take: a thread ahead of playback, or the caller
   itself.

   Three threads meet here.  The audio thread asks and receives through two
   rings and two numbers; the main thread hands over models and preludes; only
   the worker touches the take.
*/

#ifndef CT_GEN_WORKER_H
#define CT_GEN_WORKER_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/model.h"
#include "gen/settings.h"
#include "gen/take.h"
#include "music/meter.h"
#include "music/note.h"

#include <stdbool.h>
#include <stdint.h>

/// Ticks written ahead of playback: two bars of 4/4
#define CT_LOOKAHEAD (2 * CT_TICKS_PER_WHOLE)

/// From the audio thread: from tick `from` on, play by these wishes
typedef struct {
  uint32_t epoch; ///< Stamped on what answers it
  CtTick   from;
  CtTick   missing; ///< Deliver from here on, at or before `from`
  bool in_flow; ///< The host rolls on: what came before `from` stays as it was.
                ///< If not, other wishes than those in force there hold from
                ///< the beginning
  CtSettings settings;
  bool       has_meter; ///< A bar of `meter` begins at `bar_tick`
  CtTick     bar_tick;
  CtMeter    meter;
} CtRequest;

/// To the audio thread: a note, or only news of how far the take is written
typedef struct {
  uint32_t epoch;   ///< Of the request it answers
  CtTick   horizon; ///< Notes before this tick have all been delivered
  bool     has_note;
  CtNote   note;
} CtDelivery;

/// Writes a take and delivers it
typedef struct CtWorkerImpl CtWorker;

/**
   Make a worker that owns `model` from here on, also on failure.

   @thread main
   @param threaded Whether it has a thread; without, ct_worker_pump() writes.
   @return For ct_worker_free(), or null if out of memory.
*/
CT_NODISCARD CtWorker*
ct_worker_new(CtModel* model, const CtSettings* settings, bool threaded);

/// Stop the thread and free all; null is fine.  @thread main, with the audio
/// thread gone
void
ct_worker_free(CtWorker* self);

/// Ask for something else.  @thread audio  @return False if too much is asked
/// already
CT_REALTIME bool
ct_worker_ask(CtWorker* self, const CtRequest* request);

/// Take the next delivery.  @thread audio  @return False if there is none
CT_REALTIME bool
ct_worker_receive(CtWorker* self, CtDelivery* delivery);

/// Say where playback is, so that the take is written ahead of it.
/// @thread audio
CT_REALTIME void
ct_worker_set_playhead(CtWorker* self, CtTick tick);

/// Without a thread: write and deliver until `until`, or until the ring is
/// full.
/// @thread main
void
ct_worker_pump(CtWorker* self, CtTick until);

/// Replace the model, owned from here on.  At the next request the take is
/// written anew by its wishes, as if they had held from the beginning; what was
/// primed is forgotten.
/// @thread main
void
ct_worker_set_model(CtWorker* self, CtModel* model);

/// The loaded model, borrowed until the next ct_worker_set_model().
/// @thread main
const CtModel*
ct_worker_model(const CtWorker* self);

/// Let bar one continue from `moment`.  @thread main, without a thread of its
/// own
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_worker_prime(CtWorker* self, const CtMoment* moment);

#endif // CT_GEN_WORKER_H

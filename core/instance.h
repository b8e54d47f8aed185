// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file instance.h What stands behind the handle of continuo.h

#ifndef CT_INSTANCE_H
#define CT_INSTANCE_H

#include "base/pace.h"
#include "continuo.h"
#include "gen/settings.h"
#include "gen/writer.h"
#include "input.h"
#include "model_choice.h"
#include "music/humanize.h"
#include "music/ledger.h"
#include "music/scheduler.h"
#include "music/transport.h"
#include "preset.h"
#include "program.h"
#include "screen.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// Wishes that are known ahead: one for each sixteenth of a few bars
#define CT_N_EXPECTED 64U

/// Everything the audio thread may touch beside the writer's rings and the
/// parameters
typedef struct {
  CtTransport transport; ///< Where the host says we are
  CtScheduler scheduler; ///< Events still to come, in tick order
  CtLedger    ledger;    ///< Notes that are on
  CtInput     input;     ///< What the musician plays
  CtPace      pace;
  CtRequest   asked;                   ///< The plan that is being played
  CtWish      expected[CT_N_EXPECTED]; ///< Wishes that it goes on by, unless
                                       ///< the host's are others then
  uint32_t       n_expected;
  bool           has_asked;   ///< There is one
  bool           has_played;  ///< Some of it was played, or could have been
  bool           has_run;     ///< There was a block
  bool           owes_plan;   ///< The writer could not take the last request
  uint32_t       edition;     ///< Of the take that it was asked of
  uint32_t       n_new_takes; ///< Pressed, as far as was followed
  CtTick         horizon;  ///< Notes before it are in the scheduler or played
  CtHumanizeTurn humanize; ///< How far from the grid
  bool           is_flushing; ///< Notes must end before others begin
  bool           is_bypassed;
  uint32_t       n_late;     ///< Notes that came after their time
  CtTick         shown_tick; ///< Where the last block ended
} CtAudio;

struct ContinuoImpl {
  ContinuoMode mode;
  double       sample_rate;
  _Atomic float
    params[CONTINUO_N_PARAMS]; ///< Set by any thread, read once a block
  _Atomic uint32_t edition; ///< Counts models and takes loaded: what was asked
                            ///< of an older one is void
  _Atomic uint32_t n_new_takes; ///< Times that a new take was asked for
  _Atomic bool     is_restored; ///< A take was, since the last block
  CtProgramTable   programs;    ///< Of the model's styles
  CtPresetChoice   choice;      ///< Of a preset
  CtModelChoice    model_choice;
  CtWriter*        writer;
  CtAudio          audio;
  CtScreen         screen;
};

/// The parameters as wishes for the generator; a key that follows the input is
/// given as C.  @thread any
CT_REALTIME CtSettings
ct_instance_settings(const Continuo* self);

/// Get the first bars into the scheduler, so that a host that rolls at once
/// finds them.
/// @thread main, with no process running
void
ct_instance_prepare(Continuo* self);

/// How free from the grid the parameters want notes to be.  @thread any
CT_REALTIME CtHumanize
ct_instance_humanize(const Continuo* self);

/**
   Ask for other notes if the host moved, or if wishes, meter or take changed.

   @thread audio
   @param restart Whatever was asked is void.
   @return Whether other notes were asked for.
*/
CT_REALTIME bool
ct_instance_plan(Continuo* self, CtMove move, bool restart);

/// Whether the key is that of what the musician plays.  @thread any
CT_REALTIME bool
ct_instance_follows_key(const Continuo* self);

/// Ticks from the moment that a wish for a sixteenth is read to the sixteenth:
/// the time that there is to write its first notes.  @thread audio
CT_REALTIME CtTick
ct_instance_answer_ticks(const CtTransport* transport);

/// Whether the plan at hand begins just at `tick`, and nothing of it was
/// played.  @thread audio
CT_REALTIME bool
ct_instance_is_planned(const CtAudio* audio, CtTick tick);

#endif // CT_INSTANCE_H

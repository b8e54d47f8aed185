// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file lead.h The leading note over the dominant.

   A dominant leads to its tonic by the note a semitone below that; the network,
   which has heard much music that is somewhere else than in its key, forgets it
   half of the time.  All add to logits, in nats.
*/

#ifndef CT_GEN_LEAD_H
#define CT_GEN_LEAD_H

#include "base/attributes.h"
#include "gen/pull.h"

/// Pull pitches, of the part that was chosen.  @param logits [n_pitches]
/// @thread any
CT_REALTIME void
ct_lead_pitch(const CtPull* pull, float* logits);

#endif // CT_GEN_LEAD_H

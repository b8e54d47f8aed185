// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file close.h What brings the music to an end: a dominant, the tonic's chord
   and its last notes held.

   The network knows how long an end is, and hardly on what.  All add to
   logits, in nats; a wish for the free scale has no tonic to go to.
*/

#ifndef CT_GEN_CLOSE_H
#define CT_GEN_CLOSE_H

#include "base/attributes.h"
#include "gen/constraint.h"
#include "gen/pull.h"

/// Forbid all that is not of the last chord, to be asked where a note is added
/// to one.  @thread any
CT_REALTIME void
ct_close_chord(const CtPull* pull, CtPlayers* players);

/// Pull pitches, of the part that was chosen.  @param logits [n_pitches]
/// @thread any
CT_REALTIME void
ct_close_pitch(const CtPull* pull, float* logits);

/// Pull durations.  @param logits [n_durations]  @thread any
CT_REALTIME void
ct_close_duration(const CtPull* pull, float* logits);

#endif // CT_GEN_CLOSE_H

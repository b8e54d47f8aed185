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

#include <stdbool.h>

/// Forbid all that is not of the last chord, and parts that would cross the
/// bass, to be asked where a note is added to one.  @thread any
CT_REALTIME void
ct_close_chord(const CtPull* pull, CtPlayers* players);

/// Whether the last bar has no root at the bottom yet.  @thread any
CT_REALTIME bool
ct_close_owes_root(const CtPull* pull);

/// Forbid all but the root, to be asked where it is owed.  @thread any
CT_REALTIME void
ct_close_root(const CtPull* pull, CtPlayers* players);

/// Pull parts to those below, to be asked where the root is owed.
/// @param logits [CT_N_PARTS]
/// @thread any
CT_REALTIME void
ct_close_part(float* logits);

/// Pull pitches, of the part that was chosen.  @param logits [n_pitches]
/// @thread any
CT_REALTIME void
ct_close_pitch(const CtPull* pull, float* logits);

/// Pull durations.  @param logits [n_durations]  @thread any
CT_REALTIME void
ct_close_duration(const CtPull* pull, float* logits);

#endif // CT_GEN_CLOSE_H

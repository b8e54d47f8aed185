// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file tonic.h What lets the music be in its key: the tonic's chord where it
   opens, and where phrases begin.

   The network is told the key, and keeps to its scale, but takes another of the
   scale's notes for the tonic as often as not.  All add to logits, in nats; a
   wish for the free scale has no tonic.
*/

#ifndef CT_GEN_TONIC_H
#define CT_GEN_TONIC_H

#include "base/attributes.h"
#include "gen/pull.h"

/// Pull pitches, of the part that was chosen.  @param logits [n_pitches]
/// @thread any
CT_REALTIME void
ct_tonic_pitch(const CtPull* pull, float* logits);

#endif // CT_GEN_TONIC_H

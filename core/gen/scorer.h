// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file scorer.h How well a model expects a piece, and what it keeps of having
/// heard one

#ifndef CT_GEN_SCORER_H
#define CT_GEN_SCORER_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/generator.h"
#include "gen/model.h"
#include "model/note_lstm.h"
#include "music/score.h"
#include "music/tick.h"

#include <stdint.h>

/// Heads that what is played is scored by; how loud it is, is not
#define CT_N_SCORED (CT_HEAD_DURATION + 1U)

/// Sums over a piece
typedef struct {
  uint64_t n_notes;
  double   n_beats;         ///< Quarters
  double nats[CT_N_SCORED]; ///< By head; part, pitch and duration of notes only
} CtNats;

/**
   Negative log likelihood of a piece, teacher forced from its beginning.

   @thread main: uses OpenBLAS
   @param composer Row of the composer table to tell.
   @param nats Set to the sums.
   @return As ct_encode(), or CT_SMF_NO_NOTES if nothing is left to score.
*/
CT_NODISCARD CtStatus
ct_score_nats(const CtModel* model,
              const CtScore* score,
              uint32_t       composer,
              CtNats*        nats);

/**
   Let the network hear a piece, to go on from its last note.

   @thread main: uses OpenBLAS
   @param moment [ct_moment_size()] Overwritten.
   @return As ct_score_nats().
*/
CT_NODISCARD CtStatus
ct_hear(const CtModel* model,
        const CtScore* score,
        uint32_t       composer,
        CtMoment*      moment);

/**
   Let what goes on from a moment lead to another piece.

   @thread main
   @param goal What the last bars are to be like.
   @param length Ticks from the beginning until then.
   @param moment From ct_hear().
   @return CT_MODEL_NO_WAY if the model's kind knows none, or as ct_hear().
*/
CT_NODISCARD CtStatus
ct_hear_toward(const CtModel* model,
               const CtScore* goal,
               CtTick         length,
               CtMoment*      moment);

#endif // CT_GEN_SCORER_H

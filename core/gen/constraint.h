// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file constraint.h What players can do, beyond what the codec allows.

   Voices and strings sing one note at a time; a hand spans a ninth and holds
   five notes; hands do not cross; a key that is down is not struck again;
   nothing leaves the range.  Hands and crossing give way where nothing else is
   left; the rest never.
*/

#ifndef CT_GEN_CONSTRAINT_H
#define CT_GEN_CONSTRAINT_H

#include "base/attributes.h"
#include "gen/codec.h"
#include "gen/context.h"
#include "gen/pitch_set.h"

#include <stdbool.h>
#include <stdint.h>

/// Most semitones between the outer notes of a hand
#define CT_HAND_SPAN 14U

/// Most notes that a hand strikes at once
#define CT_HAND_NOTES 5U

/// Most notes in a bar; beyond, the network has lost its way
#define CT_BAR_NOTES 140U

/// Who plays and where
typedef struct {
  uint32_t   parts;     ///< Bit `part` is set if it plays
  uint32_t   low;       ///< Lowest pitch, counted from the model's lowest
  uint32_t   high_end;  ///< First pitch above the range, likewise
  CtPitchSet forbidden; ///< Pitches in the range that must not sound
} CtPlayers;

/// What was struck at the onset the context stands at, and in its bar
typedef struct {
  uint8_t  n_struck[CT_N_PARTS]; ///< Notes of each part at this onset
  uint32_t n_in_bar;             ///< Notes since the bar line
} CtStruck;

/// Parts of an ensemble, as bits.  @thread any
CT_REALTIME uint32_t
ct_ensemble_parts(CtEnsemble ensemble);

/// Parts, as bits, that can begin a note after `shift`.  @thread any
CT_REALTIME uint32_t
ct_free_parts(const CtCodec*   codec,
              const CtContext* context,
              const CtStruck*  struck,
              const CtPlayers* players,
              uint32_t         shift);

/// Can anybody begin a note after `shift`, or is it a bar line?  @thread any
CT_REALTIME bool
ct_can_shift(const CtCodec*   codec,
             const CtContext* context,
             const CtStruck*  struck,
             const CtPlayers* players,
             uint32_t         shift);

/// Pitches that `part` can play after `shift`.  @thread any  @return Never
/// empty where ct_free_parts() has the part
CT_REALTIME CtPitchSet
ct_free_pitches(const CtCodec*   codec,
                const CtContext* context,
                const CtPlayers* players,
                uint32_t         shift,
                uint32_t         part);

#endif // CT_GEN_CONSTRAINT_H

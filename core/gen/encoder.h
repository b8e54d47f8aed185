// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file encoder.h A score as the events of the codec; models/codec.py is the
/// Python twin

#ifndef CT_GEN_ENCODER_H
#define CT_GEN_ENCODER_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/codec.h"
#include "gen/context.h"
#include "music/score.h"

#include <stdint.h>

/// Shorter notes are ornaments and left out, ticks
#define CT_MIN_NOTE 52

/// What encoding did to a score
typedef struct {
  CtEnsemble ensemble;  ///< As given or inferred
  uint64_t   n_notes;   ///< Notes that became events
  uint64_t   n_dropped; ///< Too short, out of range, or in another's place
  uint64_t   n_moved;   ///< Onsets that no legal shift reaches
  double     n_beats;   ///< Quarters from the first bar line to the last
} CtEncoding;

/// Told each event in turn, the beginning included
typedef void (*CtEventFunc)(void* handle, const CtContext* context);

/**
   Encode a finished score.

   @thread main
   @param ensemble What it is for, or CT_N_ENSEMBLES to infer it.
   @param encoding May be null.
   @return CT_SUCCESS, CT_NO_MEMORY, or CT_SMF_TOO_LARGE for too many bars.
*/
CT_NODISCARD CtStatus
ct_encode(const CtCodec* codec,
          const CtScore* score,
          uint32_t       ensemble,
          CtEventFunc    func,
          void*          handle,
          CtEncoding*    encoding);

#endif // CT_GEN_ENCODER_H

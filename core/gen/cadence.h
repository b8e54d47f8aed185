// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file cadence.h Authentic cadences: a dominant with its leading note falls a
/// fifth to its triad

#ifndef CT_GEN_CADENCE_H
#define CT_GEN_CADENCE_H

#include "base/attributes.h"
#include "gen/codec.h"
#include "gen/context.h"

#include <stdbool.h>
#include <stdint.h>

/// Where a bar cadences
typedef enum {
  CT_CADENCE_NONE,
  CT_CADENCE_AWAY, ///< Only in other keys
  CT_CADENCE_HOME, ///< On the tonic
} CtCadence;

/**
   The cadence whose goal is reached in the bar that `context` is at the end of.

   Heard beat by beat, as models/form.py counts them: a bass that is the fifth
   of the next one's, with the leading note above it; then nothing but the
   triad.
   @thread any
   @param tonic Pitch class.
*/
CT_REALTIME CtCadence
ct_cadence(const CtCodec* codec, const CtContext* context, uint32_t tonic);

#endif // CT_GEN_CADENCE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file legal.h What the codec allows next, whoever plays: the masks of
   training.

   No onset leaves the grid or the bar, and the notes of an onset go from high
   to low, equal pitches by rising part.  Taste is in constraint.h.
*/

#ifndef CT_GEN_LEGAL_H
#define CT_GEN_LEGAL_H

#include "base/attributes.h"
#include "gen/codec.h"
#include "gen/context.h"

#include <stdbool.h>
#include <stdint.h>

/// May the next event have shift class `shift`, bar line and end included?
/// @thread any
CT_REALTIME bool
ct_legal_shift(const CtCodec* codec, const CtContext* context, uint32_t shift);

/// Highest legal pitch row of a note of `part` after `shift`, 0 if none.
/// @thread any
CT_REALTIME uint32_t
ct_legal_pitch_limit(const CtCodec*   codec,
                     const CtContext* context,
                     uint32_t         shift,
                     uint32_t         part);

#endif // CT_GEN_LEGAL_H

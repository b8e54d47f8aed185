// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file hearing.h How kinds of models hear a piece: apart from kind.h, so that
/// plugins do not link OpenBLAS

#ifndef CT_GEN_HEARING_H
#define CT_GEN_HEARING_H

#include "base/status.h"
#include "gen/generator.h"
#include "gen/kind.h"
#include "gen/model.h"
#include "gen/scorer.h"
#include "music/score.h"
#include "music/tick.h"

#include <stdint.h>

/// How one kind does
typedef struct {
  /// As ct_score_nats(), which has set the sums to zero.  @thread main
  CtStatus (*score)(const CtModel* model,
                    const CtScore* score,
                    uint32_t       composer,
                    CtNats*        nats);

  /// As ct_hear(), which has set the moment to zero.  @thread main
  CtStatus (*hear)(const CtModel* model,
                   const CtScore* score,
                   uint32_t       composer,
                   CtMoment*      moment);

  /// As ct_hear_toward(); null if the kind knows no way.  @thread main
  CtStatus (*toward)(const CtModel* model,
                     const CtScore* goal,
                     CtTick         length,
                     CtMoment*      moment);
} CtHearing;

/// That of the house
extern const CtHearing ct_house_hearing;

/// That of all older designs
extern const CtHearing ct_strand_hearing;

#endif // CT_GEN_HEARING_H

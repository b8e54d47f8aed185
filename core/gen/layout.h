// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file layout.h Which ensemble a score is for, and which part each of its
/// streams plays

#ifndef CT_GEN_LAYOUT_H
#define CT_GEN_LAYOUT_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/codec.h"
#include "music/score.h"

#include <stdint.h>

/// A lone stream of chords: what lies at middle C or above is the right hand's
#define CT_PART_SPLIT CT_N_PARTS

/// First pitch of the right hand of a split stream: middle C
#define CT_SPLIT_PITCH 60U

/// The ensemble that the streams of a finished score and their names suggest.
/// @thread any
CtEnsemble
ct_layout_infer(const CtScore* score);

/**
   Give each stream a part.

   @thread main
   @param parts [score->n_streams] CtPart, or CT_PART_SPLIT.
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_layout_assign(const CtScore* score, CtEnsemble ensemble, uint32_t* parts);

#endif // CT_GEN_LAYOUT_H

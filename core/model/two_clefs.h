// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file two_clefs.h The design of two clefs: a network for the treble and one
   for the bass, each told the last label (a note, a chord or a rest) and its
   duration, and asked for the next.
*/

#ifndef CT_MODEL_TWO_CLEFS_H
#define CT_MODEL_TWO_CLEFS_H

#include "model/design.h"
#include "model/tower.h"

/// The tables and heads of a clef
typedef enum { CT_CLEF_LABEL, CT_CLEF_DURATION, CT_N_CLEF_HEADS } CtClefHead;

/// The clefs
typedef enum { CT_CLEF_TREBLE, CT_CLEF_BASS, CT_N_CLEFS } CtClef;

/// Weights; a class past the last of a table is "nothing yet"
typedef struct {
  CtTower clefs[CT_N_CLEFS];
} CtTwoClefs;

/// Fills a CtTwoClefs
extern const CtDesign ct_two_clefs;

#endif // CT_MODEL_TWO_CLEFS_H

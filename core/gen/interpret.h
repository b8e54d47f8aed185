// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file interpret.h What wishes mean to a model: rows of its tables, players
/// and their range

#ifndef CT_GEN_INTERPRET_H
#define CT_GEN_INTERPRET_H

#include "base/attributes.h"
#include "gen/constraint.h"
#include "gen/context.h"
#include "gen/model.h"
#include "gen/settings.h"
#include "music/key.h"

#include <stdint.h>

/// Row of the key table: unknown where the model may choose.  @thread any
CT_REALTIME uint32_t
ct_interpret_key(const CtSettings* settings);

/// The style wished, or the first where the model lacks it.  @thread any
CT_REALTIME uint32_t
ct_interpret_style(const CtModel* model, const CtSettings* settings);

/// The ensemble wished, or the style's own.  @thread any
CT_REALTIME CtEnsemble
ct_interpret_ensemble(const CtModel* model, const CtSettings* settings);

/// Rows that a whole piece is told.  @thread any
CT_REALTIME CtConditions
ct_interpret_conditions(const CtModel* model, const CtSettings* settings);

/// Pitch classes to be drawn to; both modes' where the model may choose.
/// @thread any
CT_REALTIME CtScale
ct_interpret_scale(const CtSettings* settings);

/// Who plays, and the model's pitches that sound in range once the octave is
/// added; never none.  @thread any
CT_REALTIME CtPlayers
ct_interpret_players(const CtModel* model, const CtSettings* settings);

#endif // CT_GEN_INTERPRET_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file house.h The house kind: a NoteLstm that draws a note in five questions

#ifndef CT_GEN_HOUSE_H
#define CT_GEN_HOUSE_H

#include "base/attributes.h"
#include "gen/constraint.h"
#include "gen/context.h"
#include "gen/generator.h"
#include "gen/kind.h"
#include "gen/settings.h"
#include "model/note_lstm.h"
#include "music/note.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How far the choice of the bar is
typedef enum {
  CT_BAR_OPEN,   ///< Candidates are tried
  CT_BAR_CHOSEN, ///< One was chosen, and nothing of it is played yet
  CT_BAR_BEGUN,  ///< It is played
} CtTrialStage;

/// The choice of a bar among candidates
typedef struct {
  CtTrialStage stage;
  uint32_t     candidate; ///< At hand, from 0: what coins are drawn by
  uint32_t     best;      ///< Of those that are complete
  float        most;      ///< What that is worth
  float evidence; ///< Nats by which the candidate so far tells of its style
} CtTrial;

/// What a moment holds of this kind, and again as its bar began
typedef struct {
  CtTrial   trial;
  CtContext context;
  CtStruck  struck;
  uint32_t  n_repeats;  ///< Finished bars in a row that were the same
  bool      is_stepped; ///< The network has heard the last event
  float     state[]; ///< [2, ct_note_lstm_state_size()] told of the composer,
                     ///< key, and not told
} CtHouseMoment;

/// What its generator works in
typedef struct {
  CtNoteContext input;   ///< What the last step heard
  bool          is_owed; ///< The event at hand is the root of the last chord
  float told[2U * CT_MAX_CLASSES]; ///< Logits of the head asked last: told of
                                   ///< the composer, and not
  float floats[];                  ///< [ct_note_lstm_scratch_size()]
} CtHouseScratch;

/// "note-lstm"
extern const CtKind ct_house_kind;

/// The house's part of a moment.  @thread any
static inline CtHouseMoment*
ct_house_moment(CtMoment* const moment)
{
  return (CtHouseMoment*)moment->own;
}

/// Bytes of a CtHouseMoment.  @thread any
size_t
ct_house_moment_size(const CtModel* model);

/// As CtKind's next().  @thread any
CtMade
ct_house_next(CtGenerator*  self,
              const CtWish* wishes,
              size_t        n_wishes,
              CtNote*       note);

#endif // CT_GEN_HOUSE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file pull.h What draws the network's choices this way or that: the scale,
   what is brought back, and bars that go round in circles.

   All add to logits, in nats.
*/

#ifndef CT_GEN_PULL_H
#define CT_GEN_PULL_H

#include "base/attributes.h"
#include "gen/codec.h"
#include "gen/context.h"
#include "gen/settings.h"

#include <stdbool.h>
#include <stdint.h>

/// Bars in which the music finds its key: a little cooler
#define CT_OPENING_BARS 4U

/// What pulls know of an event to come
typedef struct {
  const CtCodec*       codec;
  const CtSettings*    settings;
  const CtContext*     context;   ///< After the last event
  const CtNoteContext* asked;     ///< What the head is told
  uint32_t             low;       ///< Lowest pitch in range
  uint32_t             n_repeats; ///< Finished bars in a row that were the same
  bool                 is_solo;   ///< A melody alone
} CtPull;

/// Semitones of the model's pitch `p` above the tonic, 0..11.  @thread any
CT_REALTIME uint32_t
ct_pull_degree(const CtPull* pull, uint32_t p);

/// Pull shifts.  @param logits [codec->end + 1]  @thread any
CT_REALTIME void
ct_pull_shift(const CtPull* pull, float* logits);

/// Pull parts.  @param logits [CT_N_PARTS]  @thread any
CT_REALTIME void
ct_pull_part(const CtPull* pull, float* logits);

/// Pull pitches, of the part that was chosen.  @param logits [n_pitches]
/// @thread any
CT_REALTIME void
ct_pull_pitch(const CtPull* pull, float* logits);

/// Pull durations.  @param logits [n_durations]  @thread any
CT_REALTIME void
ct_pull_duration(const CtPull* pull, float* logits);

#endif // CT_GEN_PULL_H

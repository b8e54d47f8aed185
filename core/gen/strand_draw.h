// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file strand_draw.h What the older designs draw with: chance by place, how
/// freely, which keys

#ifndef CT_GEN_STRAND_DRAW_H
#define CT_GEN_STRAND_DRAW_H

#include "base/attributes.h"
#include "gen/settings.h"
#include "gen/strand.h"

#include <stdbool.h>
#include <stdint.h>

/// What is drawn, for chance
typedef enum {
  CT_STRAND_HEAD_ADVANCE,
  CT_STRAND_HEAD_PITCH,
  CT_STRAND_HEAD_DURATION,
  CT_STRAND_HEAD_PART,
  CT_STRAND_HEAD_HOLD,
  CT_STRAND_HEAD_REST,
  CT_STRAND_HEAD_VELOCITY,
  CT_STRAND_HEAD_SCALE,
  CT_STRAND_HEAD_LATENT, ///< And more from here on, of numbers
} CtStrandHead;

/// A number in [0, 1) of a place.  @thread any
CT_REALTIME float
ct_strand_coin(const CtStrandPlace* place, uint32_t head);

/// Draw a class as the wishes for a head of pitches say, or of rhythm.
/// @thread any
/// @param logits [n] Overwritten; at least one is not -INFINITY.
CT_REALTIME uint32_t
ct_strand_sample(const CtStrandPlace* place,
                 CtStrandHead         head,
                 float*               logits,
                 uint32_t             n);

/// Draw a class at the temperature of rhythm, with nothing cut: where many
/// unlikely classes are one thing, cutting them would make it rare.
/// @thread any
/// @param logits [n] Overwritten; at least one is not -INFINITY.
CT_REALTIME uint32_t
ct_strand_sample_whole(const CtStrandPlace* place,
                       CtStrandHead         head,
                       float*               logits,
                       uint32_t             n);

/**
   Weigh down what is out of the scale, or forbid it, and rests where there must
   be a sound; leaves at least one class.

   @thread any
   @param logits [labels->n_labels]
*/
CT_REALTIME void
ct_strand_constrain(const CtStrandPlace* place, float* logits);

/// Semitones from the model's own key, C or A minor, to the one that is wished.
/// @thread any
CT_REALTIME int32_t
ct_strand_shift(const CtSettings* settings);

/// Whether a key of the model's own is in the scale that is wished.
/// @thread any
CT_REALTIME bool
ct_strand_in_scale(const CtSettings* settings, int32_t key);

/// What a key of the model's own sounds as: in the key, the octave and the
/// range that are wished, and in the scale if that is locked.  @thread any
CT_REALTIME uint8_t
ct_strand_key(const CtSettings* settings, uint8_t key);

/// Let an event be the keys of a label.  @thread any
CT_REALTIME void
ct_strand_play(CtStrandEvent* event, const CtLabel* label);

/// Who plays a key that sounds.  @thread any
CT_REALTIME uint8_t
ct_strand_part(const CtStrandEvent* event, uint8_t key);

/// Class of the entry of a rising table that is nearest to `ticks`; the smaller
/// of two equally near.  @thread any
CT_REALTIME uint32_t
ct_strand_nearest(const int32_t* table, uint32_t n, int64_t ticks);

/// Draw one of a rising table's entries that is `least` or more; none being
/// that, it is `least`.  @thread any
/// @param logits [n] As the network gives them; overwritten.
CT_REALTIME int64_t
ct_strand_sample_ticks(const CtStrandPlace* place,
                       float*               logits,
                       const int32_t*       table,
                       uint32_t             n,
                       int64_t              least);

/// -log p of a class.  @thread any  @param logits [n]
double
ct_strand_cost(const float* logits, uint32_t n, uint32_t label);

#endif // CT_GEN_STRAND_DRAW_H

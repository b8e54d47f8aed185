// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/legal.h"

bool
ct_legal_shift(const CtCodec* const   codec,
               const CtContext* const context,
               const uint32_t         shift)
{
  const CtCodedEvent* const event = &context->event;
  if (shift == codec->bar) {
    return true;
  }
  if (shift == codec->end) {
    return event->shift == codec->bar;
  }
  if (codec->shifts[shift] == 0U) {
    return event->pitch != 1U; // below the lowest pitch nothing can follow
  }

  const uint32_t target = event->position + (uint32_t)codec->shifts[shift];
  return target < context->bar_length && ct_on_union_grid(target);
}

uint32_t
ct_legal_pitch_limit(const CtCodec* const   codec,
                     const CtContext* const context,
                     const uint32_t         shift,
                     const uint32_t         part)
{
  const CtCodedEvent* const event = &context->event;
  if (codec->shifts[shift] > 0U || event->pitch == 0U) {
    return codec->n_pitches;
  }
  return event->pitch - (part > event->part ? 0U : 1U);
}

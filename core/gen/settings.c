// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/settings.h"

bool
ct_settings_equal(const CtSettings* const a, const CtSettings* const b)
{
  return a->salt == b->salt && ct_settings_alike(a, b);
}

bool
ct_settings_alike(const CtSettings* const a, const CtSettings* const b)
{
  return a->seed == b->seed && a->style == b->style &&
         a->style_strength == b->style_strength && a->ensemble == b->ensemble &&
         a->key == b->key && a->scale == b->scale &&
         a->scale_lock == b->scale_lock && a->temperature == b->temperature &&
         a->rhythm_temperature == b->rhythm_temperature &&
         a->top_k == b->top_k && a->rhythm_top_k == b->rhythm_top_k &&
         a->top_p == b->top_p && a->min_p == b->min_p &&
         a->density == b->density && a->polyphony == b->polyphony &&
         a->low == b->low && a->high == b->high && a->velocity == b->velocity &&
         a->dynamics == b->dynamics && a->octave == b->octave &&
         a->channel_mode == b->channel_mode && a->form == b->form &&
         a->recall == b->recall && a->length == b->length &&
         a->candidates == b->candidates;
}

bool
ct_settings_same_music(const CtSettings* const a, const CtSettings* const b)
{
  CtSettings as_b   = *a;
  as_b.velocity     = b->velocity;
  as_b.dynamics     = b->dynamics;
  as_b.channel_mode = b->channel_mode;
  return ct_settings_equal(&as_b, b);
}

CtWish
ct_wish(const CtTick            tick,
        const CtSettings* const settings,
        const CtWish* const     before)
{
  const bool goes_on =
    before && ct_settings_same_music(&before->settings, settings);
  return (CtWish){tick, goes_on ? before->settled : tick, *settings};
}

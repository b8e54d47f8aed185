// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/take.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static size_t
moment_size(const CtTake* const self)
{
  return ct_moment_size(self->generator.model);
}

static CtStatus
init_generator(CtTake* const self, const CtModel* const model)
{
  const size_t size = ct_moment_size(model);
  CtStatus     st   = ct_generator_init(&self->generator, model);
  st                = st ? st : ct_tracks_init(&self->tracks, size);
  return st ? st : ct_openings_init(&self->openings, size);
}

static void
clear_generator(CtTake* const self)
{
  ct_generator_clear(&self->generator);
  ct_tracks_clear(&self->tracks);
  ct_openings_clear(&self->openings);
  free(self->prelude);
  self->prelude = NULL;
  self->place   = CT_AT_NOWHERE;
}

CtStatus
ct_take_init(CtTake* const           self,
             const CtModel* const    model,
             const CtSettings* const settings,
             const CtMeterMap* const meters)
{
  memset(self, 0, sizeof(*self));
  CtStatus st = ct_sheet_init(&self->sheet, settings, meters);
  st          = st ? st : ct_sheet_reserve(&self->sheet);
  st          = st ? st : init_generator(self, model);
  if (st) {
    ct_take_clear(self);
  }
  return st;
}

void
ct_take_clear(CtTake* const self)
{
  clear_generator(self);
  ct_sheet_clear(&self->sheet);
}

CtStatus
ct_take_set_model(CtTake* const self, const CtModel* const model)
{
  CtTake         next = {0};
  const CtStatus st   = init_generator(&next, model);
  if (st) {
    clear_generator(&next);
    return st;
  }
  clear_generator(self);
  next.sheet   = self->sheet;
  next.spreads = self->spreads;
  next.version = self->version + 1U;
  *self        = next;
  ct_sections_forget(&self->sheet.sections, CT_FROM_BEGINNING);
  return CT_SUCCESS;
}

/// Let the generator stand nowhere, and void the drafts of what comes next
static void
leave(CtTake* const self)
{
  self->place = CT_AT_NOWHERE;
  ++self->version;
}

/// Forget what was written, but for notes that no longer need the generator
static void
forget_moments(CtTake* const self)
{
  ct_tracks_forget(&self->tracks, CT_FROM_BEGINNING, CT_FROM_BEGINNING);
  ct_openings_forget(&self->openings);
  leave(self);
}

CtStatus
ct_take_prime(CtTake* const self, const CtMoment* const moment)
{
  const size_t size = moment_size(self);
  free(self->prelude);
  self->prelude = (char*)malloc(size);
  forget_moments(self);
  ct_sections_forget(&self->sheet.sections, CT_FROM_BEGINNING);
  if (!self->prelude) {
    return CT_NO_MEMORY;
  }
  memcpy(self->prelude, moment, size);
  return CT_SUCCESS;
}

CtStatus
ct_take_reserve(CtTake* const self)
{
  return ct_sheet_reserve(&self->sheet);
}

void
ct_take_swap(CtTake* const self, CtSheet* const sheet)
{
  leave(self);
  const CtSheet other = *sheet;
  *sheet              = self->sheet;
  self->sheet         = other;
  ct_tracks_forget(&self->tracks, CT_FROM_BEGINNING, CT_FROM_BEGINNING);
}

CtStatus
ct_take_wish(CtTake* const           self,
             const CtTick            from,
             const CtSettings* const settings)
{
  const CtWish last    = self->sheet.wishes[self->sheet.n_wishes - 1U];
  CtTick       changed = CT_NO_CHANGE;
  leave(self);
  const CtStatus st = ct_sheet_wish(&self->sheet, from, settings, &changed);
  const bool     is_same_music =
    last.settled <= changed && ct_settings_same_music(&last.settings, settings);
  if (changed != CT_NO_CHANGE && !is_same_music) {
    // How a bar line itself was come to is no part of its wish
    ct_tracks_forget(&self->tracks, changed, changed + 1);
  }
  return st;
}

void
ct_take_meter(CtTake* const self, const CtTick bar_line, const CtMeter meter)
{
  leave(self);
  const CtTick changed = ct_sheet_meter(&self->sheet, bar_line, meter);
  if (changed != CT_NO_CHANGE) {
    ct_tracks_forget(&self->tracks, changed, changed);
  }
}

CtTick
ct_take_horizon(const CtTake* const self, const CtTick from)
{
  CtTick           tick    = from < 0 ? 0 : from;
  const CtSection* section = NULL;
  while ((section = ct_sections_find(&self->sheet.sections, tick)) &&
         section->horizon >= section->span.end) {
    tick = section->span.end;
  }
  return section && section->horizon > tick ? section->horizon : tick;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/take.h"

#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// Index of the wish in force at `tick`
static size_t
wish_at(const CtTake* const self, const CtTick tick)
{
  size_t i = self->n_wishes - 1U;
  while (i > 0U && self->wishes[i].tick > tick) {
    --i;
  }
  return i;
}

static CtStatus
push_wish(CtTake* const self, const CtWish wish)
{
  CtWish* const wishes = (CtWish*)ct_grow(
    self->wishes, self->n_wishes, &self->wish_capacity, sizeof(CtWish));
  if (!wishes) {
    return CT_NO_MEMORY;
  }
  self->wishes                   = wishes;
  self->wishes[self->n_wishes++] = wish;
  return CT_SUCCESS;
}

static char*
moment_at(const CtTake* const self, const size_t bar)
{
  return self->moments + (bar * ct_moment_size(self->generator.model));
}

/// Ticks from the bar line at `tick` to the next: a bar that the model cannot
/// count is chopped into whole notes
static int64_t
bar_length_at(const CtTake* const self, const CtTick tick)
{
  const CtBar   bar  = ct_meter_map_bar(&self->meters, tick);
  const int64_t left = bar.begin + bar.length - tick;
  return left > (int64_t)CT_MAX_BAR * CT_TICKS_PER_GRID ? CT_TICKS_PER_WHOLE
                                                        : left;
}

/// Enter the bar that the generator stands at the beginning of
static CtStatus
push_bar(CtTake* const self, const CtTick tick, const int64_t length)
{
  const size_t size     = ct_moment_size(self->generator.model);
  size_t       capacity = self->bar_capacity;
  char* const  moments =
    (char*)ct_grow(self->moments, self->n_bars, &capacity, size);
  if (!moments) {
    return CT_NO_MEMORY;
  }
  self->moments = moments;

  CtTakeBar* const bars = (CtTakeBar*)ct_grow(
    self->bars, self->n_bars, &self->bar_capacity, sizeof(CtTakeBar));
  if (!bars) {
    return CT_NO_MEMORY;
  }
  self->bars               = bars;
  self->bars[self->n_bars] = (CtTakeBar){tick, length, self->n_notes};
  memcpy(moment_at(self, self->n_bars), self->generator.moment, size);
  ++self->n_bars;
  return CT_SUCCESS;
}

/// Forget all bars and begin the first
static CtStatus
begin(CtTake* const self)
{
  const CtSettings* const settings = &self->wishes[wish_at(self, 0)].settings;
  const int64_t           length   = bar_length_at(self, 0);
  const CtMeter           meter    = ct_meter_map_bar(&self->meters, 0).meter;
  self->n_bars                     = 0U;
  self->n_notes                    = 0U;
  if (self->prelude) {
    memcpy(self->generator.moment,
           self->prelude,
           ct_moment_size(self->generator.model));
    ct_generator_bar(&self->generator, settings, 0, length, meter);
  } else {
    ct_generator_begin(&self->generator, settings, 0, length, meter);
  }
  return push_bar(self, 0, length);
}

/// Go back to the last bar line at or before `tick`.  Notes between come out
/// again as they were
static void
rewind_to(CtTake* const self, const CtTick tick)
{
  while (self->n_bars > 1U && self->bars[self->n_bars - 1U].tick > tick) {
    --self->n_bars;
  }
  self->n_notes = self->bars[self->n_bars - 1U].n_notes;
  memcpy(self->generator.moment,
         moment_at(self, self->n_bars - 1U),
         ct_moment_size(self->generator.model));
}

CtStatus
ct_take_init(CtTake* const           self,
             const CtModel* const    model,
             const CtSettings* const settings,
             const CtMeterMap* const meters)
{
  memset(self, 0, sizeof(*self));
  self->meters = *meters;
  CtStatus st  = ct_generator_init(&self->generator, model);
  if (!st) {
    st = push_wish(self, (CtWish){INT64_MIN, *settings});
  }
  if (!st) {
    st = begin(self);
  }
  if (st) {
    ct_take_clear(self);
  }
  return st;
}

void
ct_take_clear(CtTake* const self)
{
  ct_generator_clear(&self->generator);
  free(self->notes);
  free(self->bars);
  free(self->moments);
  free(self->wishes);
  free(self->prelude);
  memset(self, 0, sizeof(*self));
}

CtStatus
ct_take_wish(CtTake* const           self,
             const CtTick            from,
             const CtSettings* const settings)
{
  // Bar one begins with what is wished there, not with an older wish
  const CtTick tick = from <= 0 ? INT64_MIN : from;
  const size_t last = self->n_wishes - 1U;
  const size_t now  = wish_at(self, tick);
  const bool is_new = !ct_settings_equal(&self->wishes[now].settings, settings);
  if (!is_new && now == last) {
    return CT_SUCCESS;
  }

  // Later wishes were of another time: a pass of automation tells them again
  const CtTick changed = is_new ? tick : self->wishes[now + 1U].tick;
  self->n_wishes       = now + 1U;
  const bool replaces  = is_new && self->wishes[now].tick == tick;
  if (replaces && now > 0U &&
      ct_settings_equal(&self->wishes[now - 1U].settings, settings)) {
    // Taken back: a boundary without a change would still be heard
    self->n_wishes = now;
  } else if (replaces) {
    self->wishes[now].settings = *settings;
  } else if (is_new) {
    const CtStatus st = push_wish(self, (CtWish){tick, *settings});
    if (st) {
      return st;
    }
  }

  if (changed == INT64_MIN) {
    return begin(self);
  }
  if (changed <= ct_take_horizon(self)) { // Notes at it may be there already
    rewind_to(self, changed);
  }
  return CT_SUCCESS;
}

CtStatus
ct_take_meter(CtTake* const self, const CtTick bar_line, const CtMeter meter)
{
  // Before bar one there is no music, but its bar lines tell where bar one's
  // are
  const int64_t length = ct_meter_bar_length(meter);
  const CtTick  tick   = bar_line < 0
                           ? bar_line + (length * ct_ceil_div(-bar_line, length))
                           : bar_line;
  const CtBar   bar    = ct_meter_map_bar(&self->meters, tick);
  if (bar.begin == tick && ct_meter_equals(bar.meter, meter)) {
    return CT_SUCCESS;
  }

  // The bar that is cut began by its old length, so go back to the one before
  // it
  ct_meter_map_cut(&self->meters, tick, meter);
  if (bar.begin <= 0) {
    return begin(self);
  }
  if (bar.begin <= self->bars[self->n_bars - 1U].tick) {
    rewind_to(self, bar.begin - 1);
  }
  return CT_SUCCESS;
}

CtStatus
ct_take_prime(CtTake* const self, const CtMoment* const moment)
{
  const size_t size = ct_moment_size(self->generator.model);
  free(self->prelude);
  self->prelude = (char*)malloc(size);
  if (!self->prelude) {
    return CT_NO_MEMORY;
  }
  memcpy(self->prelude, moment, size);
  return begin(self);
}

const CtSettings*
ct_take_settings(const CtTake* const self, const CtTick tick)
{
  return &self->wishes[wish_at(self, tick)].settings;
}

/// Begin the next bar where the last one ends
static CtStatus
next_bar(CtTake* const self)
{
  const CtTakeBar* const  last   = &self->bars[self->n_bars - 1U];
  const CtTick            tick   = last->tick + last->length;
  const int64_t           length = bar_length_at(self, tick);
  const CtMeter           meter  = ct_meter_map_bar(&self->meters, tick).meter;
  const CtSettings* const settings =
    &self->wishes[wish_at(self, tick)].settings;
  ct_generator_bar(&self->generator, settings, tick, length, meter);
  return push_bar(self, tick, length);
}

CtStatus
ct_take_extend(CtTake* const self)
{
  CtNote* const notes = (CtNote*)ct_grow(
    self->notes, self->n_notes, &self->note_capacity, sizeof(CtNote));
  if (!notes) {
    return CT_NO_MEMORY;
  }
  self->notes = notes;

  const size_t now = wish_at(self, ct_take_horizon(self));
  switch (ct_generator_next(&self->generator,
                            &self->wishes[now],
                            self->n_wishes - now,
                            &self->notes[self->n_notes])) {
  case CT_MADE_NOTE:
    ++self->n_notes;
    break;
  case CT_MADE_BAR:
    return next_bar(self);
  }
  return CT_SUCCESS;
}

CtTick
ct_take_horizon(const CtTake* const self)
{
  return ct_moment_tick(self->generator.moment);
}

size_t
ct_take_find(const CtTake* const self, const CtTick tick)
{
  size_t begin_at = 0U;
  size_t end_at   = self->n_notes;
  while (begin_at < end_at) {
    const size_t middle = begin_at + ((end_at - begin_at) / 2U);
    if (self->notes[middle].tick < tick) {
      begin_at = middle + 1U;
    } else {
      end_at = middle;
    }
  }
  return begin_at;
}

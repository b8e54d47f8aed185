// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/sheet.h"

#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

/// Wishes that there is always room for once the sheet is reserved
#define FREE_WISHES 16U

static CtStatus
reserve_wishes(CtSheet* const self, const size_t n)
{
  while (self->wish_capacity < n) {
    CtWish* const wishes = (CtWish*)ct_grow(
      self->wishes, self->wish_capacity, &self->wish_capacity, sizeof(CtWish));
    if (!wishes) {
      return CT_NO_MEMORY;
    }
    self->wishes = wishes;
  }
  return CT_SUCCESS;
}

CtStatus
ct_sheet_init(CtSheet* const          self,
              const CtSettings* const settings,
              const CtMeterMap* const meters)
{
  memset(self, 0, sizeof(*self));
  self->meters      = *meters;
  const CtStatus st = reserve_wishes(self, FREE_WISHES);
  if (!st) {
    self->wishes[0] = ct_wish(CT_FROM_BEGINNING, settings, NULL);
    self->n_wishes  = 1U;
  }
  return st;
}

CtStatus
ct_sheet_copy(CtSheet* const self, const CtSheet* const other)
{
  memset(self, 0, sizeof(*self));
  self->meters = other->meters;
  CtStatus st  = reserve_wishes(self, other->n_wishes + FREE_WISHES);
  if (!st) {
    memcpy(self->wishes, other->wishes, other->n_wishes * sizeof(CtWish));
    self->n_wishes = other->n_wishes;
    st             = ct_sections_copy(&self->sections, &other->sections);
  }
  return st;
}

void
ct_sheet_clear(CtSheet* const self)
{
  free(self->wishes);
  ct_sections_clear(&self->sections);
  memset(self, 0, sizeof(*self));
}

void
ct_sheet_reset(CtSheet* const          self,
               const CtSettings* const settings,
               const CtMeterMap* const meters)
{
  self->meters    = *meters;
  self->wishes[0] = ct_wish(CT_FROM_BEGINNING, settings, NULL);
  self->n_wishes  = 1U;
  ct_sections_forget(&self->sections, CT_FROM_BEGINNING);
  self->is_restored = false;
}

CtStatus
ct_sheet_reserve(CtSheet* const self)
{
  const CtStatus st = reserve_wishes(self, self->n_wishes + FREE_WISHES);
  return st ? st : ct_sections_reserve(&self->sections);
}

size_t
ct_sheet_wish_at(const CtSheet* const self, const CtTick tick)
{
  size_t low  = 0U;
  size_t high = self->n_wishes;
  while (high - low > 1U) {
    const size_t middle = low + ((high - low) / 2U);
    if (self->wishes[middle].tick <= tick) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

const CtSettings*
ct_sheet_settings(const CtSheet* const self, const CtTick tick)
{
  return &self->wishes[ct_sheet_wish_at(self, tick)].settings;
}

/// Forget the notes from `tick` on
static void
forget(CtSheet* const self, const CtTick tick)
{
  ct_sections_forget(&self->sections, tick);
  CtSection* const section = ct_sections_find(&self->sections, tick);
  if (section) {
    ct_section_truncate(section, tick);
  }
}

CtStatus
ct_sheet_wish(CtSheet* const          self,
              const CtTick            from,
              const CtSettings* const settings,
              CtTick* const           changed)
{
  // Bar one begins with what is wished there, not with an older wish
  const CtTick tick = from <= 0 ? CT_FROM_BEGINNING : from;
  const size_t now  = ct_sheet_wish_at(self, tick);
  const bool is_new = !ct_settings_equal(&self->wishes[now].settings, settings);
  const bool replaces = is_new && self->wishes[now].tick == tick;
  *changed            = CT_NO_CHANGE;
  if (!is_new && now + 1U == self->n_wishes) {
    return CT_SUCCESS;
  }
  if (is_new && !replaces && now + 1U >= self->wish_capacity) {
    return CT_NO_MEMORY;
  }

  // Later wishes were of another time: a pass of automation tells them again
  *changed       = is_new ? tick : self->wishes[now + 1U].tick;
  self->n_wishes = now + 1U;
  if (replaces && now > 0U &&
      ct_settings_equal(&self->wishes[now - 1U].settings, settings)) {
    // Taken back: a boundary without a change would still be heard
    self->n_wishes = now;
  } else if (replaces) {
    const CtWish* const before = now > 0U ? &self->wishes[now - 1U] : NULL;
    self->wishes[now]          = ct_wish(tick, settings, before);
  } else if (is_new) {
    self->wishes[self->n_wishes++] =
      ct_wish(tick, settings, &self->wishes[now]);
  }
  forget(self, *changed);
  return CT_SUCCESS;
}

/// The bar line at or before 0 has no music, but tells where bar one's are
static CtTick
first_line(const CtTick bar_line, const CtMeter meter)
{
  const int64_t length = ct_meter_bar_length(meter);
  return bar_line < 0 ? bar_line + (length * ct_ceil_div(-bar_line, length))
                      : bar_line;
}

bool
ct_sheet_has_bar(const CtSheet* const self,
                 const CtTick         bar_line,
                 const CtMeter        meter)
{
  const CtTick tick = first_line(bar_line, meter);
  const CtBar  bar  = ct_meter_map_bar(&self->meters, tick);
  return bar.begin == tick && ct_meter_equals(bar.meter, meter);
}

CtTick
ct_sheet_meter(CtSheet* const self, const CtTick bar_line, const CtMeter meter)
{
  if (ct_sheet_has_bar(self, bar_line, meter)) {
    return CT_NO_CHANGE;
  }

  // The bar that is cut began by its old length: it is another one from its
  // beginning, and so is bar one if it was not there yet
  const CtTick tick = first_line(bar_line, meter);
  const CtTick bar  = ct_meter_map_bar(&self->meters, tick).begin;
  const CtTick from = bar < 0 ? 0 : bar;
  ct_meter_map_cut(&self->meters, tick, meter);
  forget(self, from);
  CtSection* const section = ct_sections_find(&self->sections, from - 1);
  if (section) {
    ct_section_resize(section,
                      ct_section_span(&self->meters, section->span.begin).end);
  }
  return from;
}

bool
ct_sheet_is_heard(const CtSheet* const self)
{
  for (size_t i = 0U; i < self->sections.n_sections; ++i) {
    if (self->sections.items[i]->is_heard) {
      return true;
    }
  }
  return false;
}

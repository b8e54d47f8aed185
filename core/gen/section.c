// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/section.h"

#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// Spare sections that are kept; more are freed
#define MIN_SPARES 2U
#define MAX_SPARES 8U

/// Notes that a section has room for at first: most need no more
#define FIRST_NOTES 192U

/// Notes that there is always room for when a section is reserved
#define FREE_NOTES 96U

/// Index of the meter change in force at `tick`
static uint32_t
find_change(const CtMeterMap* const meters, const CtTick tick)
{
  uint32_t i = meters->n_changes - 1U;
  while (i > 0U && meters->changes[i].tick > tick) {
    --i;
  }
  return i;
}

CtTick
ct_section_origin(const CtMeterMap* const meters, const CtTick tick)
{
  const uint32_t i    = find_change(meters, tick);
  const CtTick   zero = ct_meter_map_bar(meters, 0).begin;
  return i > 0U && meters->changes[i].tick > 0 ? meters->changes[i].tick : zero;
}

CtSpan
ct_section_span(const CtMeterMap* const meters, const CtTick tick)
{
  const uint32_t             i      = find_change(meters, tick);
  const CtMeterChange* const change = &meters->changes[i];
  const CtTick               origin = ct_section_origin(meters, tick);
  const int64_t length = CT_SECTION_BARS * ct_meter_bar_length(change->meter);
  const CtTick  begin = origin + (length * ct_floor_div(tick - origin, length));

  CtSpan span = {begin, begin + length, begin == origin};
  span.begin  = begin < 0 ? 0 : begin;
  if (i + 1U < meters->n_changes && meters->changes[i + 1U].tick < span.end) {
    span.end = meters->changes[i + 1U].tick;
  }
  return span;
}

size_t
ct_section_find(const CtSection* const section, const CtTick tick)
{
  size_t begin = 0U;
  size_t end   = section->n_notes;
  while (begin < end) {
    const size_t middle = begin + ((end - begin) / 2U);
    if (section->notes[middle].tick < tick) {
      begin = middle + 1U;
    } else {
      end = middle;
    }
  }
  return begin;
}

void
ct_section_truncate(CtSection* const section, const CtTick tick)
{
  section->n_notes = ct_section_find(section, tick);
  section->horizon = section->horizon < tick ? section->horizon : tick;
}

void
ct_section_resize(CtSection* const section, const CtTick end)
{
  const CtTick old_end = section->span.end;
  ct_section_truncate(section, end);
  section->span.end = end;
  for (size_t i = 0U; i < section->n_notes; ++i) {
    CtNote* const note = &section->notes[i];
    if (note->tick + note->duration > end) {
      note->duration = (int32_t)(end - note->tick);
    } else if (end > old_end && note->tick + note->duration >= old_end) {
      ct_section_truncate(section, note->tick);
    }
  }
}

static void
free_section(CtSection* const section)
{
  free(section->notes);
  free(section);
}

void
ct_sections_clear(CtSections* const self)
{
  for (size_t i = 0U; i < self->n_items; ++i) {
    free_section(self->items[i]);
  }
  free(self->items);
  memset(self, 0, sizeof(*self));
}

/// Have room for FREE_NOTES more
static CtStatus
widen(CtSection* const section)
{
  while (section->capacity - section->n_notes < FREE_NOTES) {
    const size_t capacity =
      section->capacity ? 2U * section->capacity : FIRST_NOTES;
    CtNote* const notes =
      (CtNote*)realloc(section->notes, capacity * sizeof(CtNote));
    if (!notes) {
      return CT_NO_MEMORY;
    }
    section->notes    = notes;
    section->capacity = capacity;
  }
  return CT_SUCCESS;
}

static CtStatus
add_spare(CtSections* const self)
{
  CtSection** const items = (CtSection**)ct_grow(
    self->items, self->n_items, &self->capacity, sizeof(CtSection*));
  if (!items) {
    return CT_NO_MEMORY;
  }
  self->items = items;

  CtSection* const section = (CtSection*)calloc(1U, sizeof(CtSection));
  if (!section || widen(section)) {
    free(section);
    return CT_NO_MEMORY;
  }
  self->items[self->n_items++] = section;
  return CT_SUCCESS;
}

CtStatus
ct_sections_reserve(CtSections* const self)
{
  CtStatus st = CT_SUCCESS;
  while (!st && self->n_items - self->n_sections < MIN_SPARES) {
    st = add_spare(self);
  }
  while (self->n_items - self->n_sections > MAX_SPARES) {
    free_section(self->items[--self->n_items]);
  }
  for (size_t i = 0U; !st && i < self->n_items; ++i) {
    CtSection* const section = self->items[i];
    if (i >= self->n_sections || section->horizon < section->span.end) {
      st = widen(section);
    }
  }
  return st;
}

/// How many sections in use begin before `tick`
static size_t
n_before(const CtSections* const self, const CtTick tick)
{
  size_t low  = 0U;
  size_t high = self->n_sections;
  while (low < high) {
    const size_t middle = low + ((high - low) / 2U);
    if (self->items[middle]->span.begin < tick) {
      low = middle + 1U;
    } else {
      high = middle;
    }
  }
  return low;
}

CtSection*
ct_sections_find(const CtSections* const self, const CtTick tick)
{
  const size_t n = n_before(self, tick + 1);
  return n && tick < self->items[n - 1U]->span.end ? self->items[n - 1U] : NULL;
}

CtSpan
ct_sections_span(const CtSections* const self,
                 const CtMeterMap* const meters,
                 const CtTick            tick)
{
  const CtSection* const section = ct_sections_find(self, tick);
  if (section) {
    return section->span;
  }

  // A meter map that forgot its oldest changes may draw sections anew
  CtSpan       span = ct_section_span(meters, tick);
  const size_t n    = n_before(self, tick);
  if (n && span.begin < self->items[n - 1U]->span.end) {
    span.begin = self->items[n - 1U]->span.end;
  }
  if (n < self->n_sections && span.end > self->items[n]->span.begin) {
    span.end = self->items[n]->span.begin;
  }
  return span;
}

CtSection*
ct_sections_add(CtSections* const self, const CtSpan span)
{
  if (self->n_sections == self->n_items) {
    return NULL;
  }

  const size_t     n       = n_before(self, span.begin);
  CtSection* const section = self->items[self->n_sections];
  memmove(&self->items[n + 1U],
          &self->items[n],
          (self->n_sections - n) * sizeof(CtSection*));
  self->items[n]    = section;
  section->span     = span;
  section->horizon  = span.begin;
  section->n_notes  = 0U;
  section->is_heard = false;
  ++self->n_sections;
  return section;
}

void
ct_sections_forget(CtSections* const self, const CtTick tick)
{
  self->n_sections = n_before(self, tick);
}

CtStatus
ct_sections_copy(CtSections* const self, const CtSections* const other)
{
  for (size_t i = 0U; i < other->n_sections; ++i) {
    const CtSection* const from = other->items[i];
    if (add_spare(self)) {
      return CT_NO_MEMORY;
    }
    CtSection* const to    = self->items[i];
    CtNote* const    notes = (CtNote*)realloc(
      to->notes, (from->n_notes + FREE_NOTES) * sizeof(CtNote));
    if (!notes) {
      return CT_NO_MEMORY;
    }
    to->notes    = notes;
    to->capacity = from->n_notes + FREE_NOTES;
    to->n_notes  = from->n_notes;
    to->span     = from->span;
    to->horizon  = from->horizon;
    to->is_heard = from->is_heard;
    memcpy(to->notes, from->notes, from->n_notes * sizeof(CtNote));
    ++self->n_sections;
  }
  return CT_SUCCESS;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/take.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// A bar that the model cannot count is chopped into whole notes
static int64_t
chop(const int64_t left)
{
  return left > (int64_t)CT_MAX_BAR * CT_TICKS_PER_GRID ? CT_TICKS_PER_WHOLE
                                                        : left;
}

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
  next.sheet = self->sheet;
  *self      = next;
  ct_sections_forget(&self->sheet.sections, CT_FROM_BEGINNING);
  return CT_SUCCESS;
}

/// Forget what was written, but for notes that no longer need the generator
static void
forget_moments(CtTake* const self)
{
  ct_tracks_forget(&self->tracks, CT_FROM_BEGINNING, CT_FROM_BEGINNING);
  ct_openings_forget(&self->openings);
  self->place = CT_AT_NOWHERE;
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
  self->place         = CT_AT_NOWHERE;
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
  CtTick changed    = CT_NO_CHANGE;
  self->place       = CT_AT_NOWHERE;
  const CtStatus st = ct_sheet_wish(&self->sheet, from, settings, &changed);
  if (changed != CT_NO_CHANGE) {
    // How a bar line itself was come to is no part of its wish
    ct_tracks_forget(&self->tracks, changed, changed + 1);
  }
  return st;
}

void
ct_take_expect(CtTake* const self, const CtTick from)
{
  self->place          = CT_AT_NOWHERE;
  const CtTick changed = ct_sheet_expect(&self->sheet, from);
  if (changed != CT_NO_CHANGE) {
    ct_tracks_forget(&self->tracks, changed, changed + 1);
  }
}

void
ct_take_meter(CtTake* const self, const CtTick bar_line, const CtMeter meter)
{
  self->place          = CT_AT_NOWHERE;
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

/// Whether a section comes back to the opening: nothing was changed in the one
/// before it
static bool
returns(const CtTake* const self, const CtSpan* const span)
{
  if (span->begin <= 0 || span->is_first) {
    return false;
  }
  const CtSpan before = ct_section_span(&self->sheet.meters, span->begin - 1);
  const size_t wish   = ct_sheet_wish_at(&self->sheet, span->begin);
  return self->sheet.wishes[wish].tick <= before.begin;
}

/// What a section goes on from: an opening's end, or that of the section before
static const CtMoment*
find_past(const CtTake* const self, const CtSpan* const span)
{
  if (returns(self, span)) {
    const CtSheet* const sheet = &self->sheet;
    return ct_openings_find(
      &self->openings,
      ct_sheet_settings(sheet, span->begin),
      ct_meter_map_bar(&sheet->meters, span->begin).meter);
  }
  const CtSection* const before =
    ct_sections_find(&self->sheet.sections, span->begin - 1);
  return before
           ? ct_tracks_end(&self->tracks, before->span.begin, before->span.end)
           : NULL;
}

static bool
is_at(const CtTake* const self, const CtSection* const section)
{
  return self->place == CT_AT_SECTION && self->section == section->span.begin;
}

static bool
can_enter(const CtTake* const self, const CtSpan* const span)
{
  const CtSection* const section =
    ct_sections_find(&self->sheet.sections, span->begin);
  return span->begin == 0 ||
         (section &&
          (is_at(self, section) ||
           ct_tracks_find(&self->tracks, span->begin, section->horizon))) ||
         find_past(self, span);
}

static void
load(CtTake* const self, const CtMoment* const moment)
{
  memcpy(self->generator.moment, moment, moment_size(self));
}

/// Begin bar one
static void
begin(CtTake* const           self,
      const CtSettings* const settings,
      const int64_t           length,
      const CtMeter           meter)
{
  if (self->prelude) {
    load(self, (const CtMoment*)self->prelude);
    ct_generator_bar(&self->generator, settings, 0, length, meter);
  } else {
    ct_generator_begin(&self->generator, settings, 0, length, meter);
  }
}

/// Let the generator stand in a section, at the last snapshot of it or at its
/// beginning.  Of the notes at the horizon some may be written only, so they
/// come again
static void
enter(CtTake* const self, CtSection* const section)
{
  const CtTick          tick = section->span.begin;
  const CtMoment* const kept =
    ct_tracks_find(&self->tracks, tick, section->horizon);
  const CtBar   bar    = ct_meter_map_bar(&self->sheet.meters, tick);
  const int64_t length = chop(bar.begin + bar.length - tick);

  ct_section_truncate(section, section->horizon);
  if (kept) {
    load(self, kept);
  } else {
    const CtSettings* const settings = ct_sheet_settings(&self->sheet, tick);
    if (tick == 0) {
      begin(self, settings, length, bar.meter);
    } else {
      load(self, find_past(self, &section->span));
      ct_generator_breathe(&self->generator);
      ct_generator_bar(&self->generator, settings, tick, length, bar.meter);
    }
    ct_tracks_open(&self->tracks, tick);
    ct_tracks_put(&self->tracks, tick, tick, self->generator.moment);
  }
  self->place   = CT_AT_SECTION;
  self->section = tick;

  const CtTick here = self->generator.moment->bar_tick;
  const CtBar  now  = ct_meter_map_bar(&self->sheet.meters, here);
  self->bar_end     = here + chop(now.begin + now.length - here);
}

/// Keep the end of the section as an opening, if it is one: eight bars from
/// tick 0 under one wish
static void
keep_opening(CtTake* const self, const CtSection* const section)
{
  const CtSheet* const sheet = &self->sheet;
  const CtBar          bar   = ct_meter_map_bar(&sheet->meters, 0);
  const size_t         wish  = ct_sheet_wish_at(sheet, section->span.end - 1);
  if (section->span.begin == 0 && wish == 0U && bar.begin == 0 &&
      section->span.end == CT_SECTION_BARS * ct_meter_bar_length(bar.meter)) {
    ct_openings_put(&self->openings,
                    &sheet->wishes[0].settings,
                    bar.meter,
                    self->generator.moment);
  }
}

/// Pass the bar line that the generator has come to
static void
pass_bar_line(CtTake* const self, CtSection* const section)
{
  const CtTick tick = self->bar_end;
  section->horizon  = section->horizon > tick ? section->horizon : tick;
  if (tick >= section->span.end) {
    ct_tracks_put(
      &self->tracks, section->span.begin, tick, self->generator.moment);
    keep_opening(self, section);
    self->place = CT_AT_NOWHERE;
    return;
  }

  const CtBar bar = ct_meter_map_bar(&self->sheet.meters, tick);
  self->bar_end   = tick + chop(bar.begin + bar.length - tick);
  ct_generator_bar(&self->generator,
                   ct_sheet_settings(&self->sheet, tick),
                   tick,
                   self->bar_end - tick,
                   bar.meter);
  if (bar.begin == tick) {
    ct_tracks_put(
      &self->tracks, section->span.begin, tick, self->generator.moment);
  }
}

/// Write a note, unless the section has it already; it ends with the section
static void
write(CtSection* const section, CtNote note)
{
  if (note.tick < section->horizon) {
    return;
  }
  const int64_t left = section->span.end - note.tick;
  note.duration      = note.duration < left ? note.duration : (int32_t)left;
  section->notes[section->n_notes++] = note;
  section->horizon                   = note.tick;
}

static CtStatus
extend_section(CtTake* const self, CtSection* const section)
{
  if (!is_at(self, section)) {
    enter(self, section);
  }
  if (section->n_notes == section->capacity &&
      section->horizon < section->span.end) {
    return CT_NO_MEMORY; // Before the draw: it can't be taken back
  }

  const CtSheet* const sheet = &self->sheet;
  const size_t         now =
    ct_sheet_wish_at(sheet, ct_moment_tick(self->generator.moment));
  CtNote note;
  switch (ct_generator_next(
    &self->generator, &sheet->wishes[now], sheet->n_wishes - now, &note)) {
  case CT_MADE_NOTE:
    write(section, note);
    break;
  case CT_MADE_BAR:
    pass_bar_line(self, section);
    break;
  }
  return CT_SUCCESS;
}

/// Let the generator stand at the beginning of an opening, unless it is in it
static void
enter_opening(CtTake* const           self,
              const CtSettings* const settings,
              const CtMeter           meter)
{
  if (self->place == CT_AT_OPENING &&
      ct_meter_equals(self->opening_meter, meter) &&
      ct_settings_equal(&self->opening.settings, settings)) {
    return;
  }
  self->place         = CT_AT_NOWHERE;
  self->place         = CT_AT_OPENING;
  self->opening       = (CtWish){CT_FROM_BEGINNING, *settings};
  self->opening_meter = meter;
  self->bar_end       = chop(ct_meter_bar_length(meter));
  begin(self, &self->opening.settings, self->bar_end, meter);
}

/// Draw an event of the opening that the section at `tick` goes on from
static void
extend_opening(CtTake* const self, const CtTick tick)
{
  const CtMeter meter  = ct_meter_map_bar(&self->sheet.meters, tick).meter;
  const int64_t length = ct_meter_bar_length(meter);
  CtNote        note;
  enter_opening(self, ct_sheet_settings(&self->sheet, tick), meter);
  if (ct_generator_next(&self->generator, &self->opening, 1U, &note) ==
      CT_MADE_NOTE) {
    return;
  }

  const CtTick line = self->bar_end;
  if (line == CT_SECTION_BARS * length) {
    ct_openings_put(
      &self->openings, &self->opening.settings, meter, self->generator.moment);
    self->place = CT_AT_NOWHERE;
    return;
  }
  self->bar_end = line + chop(length - (line % length));
  ct_generator_bar(&self->generator,
                   &self->opening.settings,
                   line,
                   self->bar_end - line,
                   meter);
}

CtStatus
ct_take_extend(CtTake* const self, const CtTick from)
{
  CtSections* const       sections = &self->sheet.sections;
  const CtMeterMap* const meters   = &self->sheet.meters;
  CtSpan span = ct_sections_span(sections, meters, ct_take_horizon(self, from));
  while (!can_enter(self, &span)) {
    if (returns(self, &span)) {
      extend_opening(self, span.begin);
      return CT_SUCCESS;
    }
    span = ct_sections_span(sections, meters, span.begin - 1);
  }

  CtSection* section = ct_sections_find(sections, span.begin);
  section            = section ? section : ct_sections_add(sections, span);
  return section ? extend_section(self, section) : CT_NO_MEMORY;
}

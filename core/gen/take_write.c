// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// How a take is written: where the generator stands, and what it draws there

#include "gen/form.h"
#include "gen/recall.h"
#include "gen/take.h"

#include <stdint.h>
#include <string.h>

/// A bar that the model cannot count is chopped into whole notes
static int64_t
chop(const int64_t left)
{
  return left > (int64_t)CT_MAX_BAR * CT_TICKS_PER_GRID ? CT_TICKS_PER_WHOLE
                                                        : left;
}

/// Whether a section comes back to the opening: no other music was wished in
/// the one before it
static bool
returns(const CtTake* const self, const CtSpan* const span)
{
  if (span->begin <= 0 || span->is_first) {
    return false;
  }
  const CtSpan before = ct_section_span(&self->sheet.meters, span->begin - 1);
  const size_t wish   = ct_sheet_wish_at(&self->sheet, span->begin);
  return self->sheet.wishes[wish].settled <= before.begin;
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

/// Whether the theme that a section brings back has yet to be written, in the
/// section at `home`
static bool
misses_home(const CtTake* const self,
            const CtSpan* const span,
            CtTick* const       home)
{
  const CtSheet* const sheet = &self->sheet;
  if (!ct_generator_follows_form(&self->generator) ||
      !ct_recall_home(
        sheet, ct_sheet_settings(sheet, span->begin), span->begin, home)) {
    return false;
  }
  const CtSection* const section = ct_sections_find(&sheet->sections, *home);
  return !section || section->horizon < section->span.end;
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
  memcpy(self->generator.moment, moment, ct_moment_size(self->generator.model));
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

/// Let the bar at `tick` that the generator has entered be what its section's
/// form wants: near an end, and like an earlier one
static void
follow_form(CtTake* const self, const CtTick section, const CtTick tick)
{
  if (!ct_generator_follows_form(&self->generator)) {
    return;
  }
  const CtSheet* const    sheet  = &self->sheet;
  const CtSettings* const begin  = ct_sheet_settings(sheet, section);
  CtSettings              wishes = *ct_sheet_settings(sheet, tick);
  CtBarNotes              bar    = {0U};

  // What a section was begun with is there; another theme may not be
  wishes.form   = begin->form;
  wishes.recall = begin->recall > 0.0F ? wishes.recall : 0.0F;

  ct_generator_ending(&self->generator,
                      ct_form_ending((CtForm)wishes.form,
                                     wishes.length,
                                     ct_recall_place(sheet, tick)));
  const uint32_t grade =
    ct_recall_bar(sheet, &self->generator.model->codec, &wishes, tick, &bar);
  bar.n_notes = grade ? bar.n_notes : 0U;
  ct_generator_recall(&self->generator, &bar, grade);
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
    // Its bar may be under another wish since
    load(self, kept);
    follow_form(self, tick, self->generator.moment->bar_tick);
  } else {
    const CtSettings* const settings = ct_sheet_settings(&self->sheet, tick);
    if (tick == 0) {
      begin(self, settings, length, bar.meter);
    } else {
      load(self, find_past(self, &section->span));
      ct_generator_breathe(&self->generator);
      ct_generator_bar(&self->generator, settings, tick, length, bar.meter);
    }
    follow_form(self, tick, tick);
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

  const CtBar           bar = ct_meter_map_bar(&self->sheet.meters, tick);
  const CtMoment* const kept =
    ct_tracks_find(&self->tracks, section->span.begin, tick);
  self->bar_end = tick + chop(bar.begin + bar.length - tick);
  if (kept && kept->bar_tick == tick) {
    // The same music was here already, and has chosen how the bar goes on
    load(self, kept);
    follow_form(self, section->span.begin, tick);
    return;
  }
  ct_generator_bar(&self->generator,
                   ct_sheet_settings(&self->sheet, tick),
                   tick,
                   self->bar_end - tick,
                   bar.meter);
  follow_form(self, section->span.begin, tick);
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

/// As follow_form(), in an opening: keep the bar that is over and bring back
/// another
static void
follow_theme(CtTake* const self, const uint32_t bar, const CtTick line)
{
  if (!ct_generator_follows_form(&self->generator)) {
    return;
  }
  const CtSettings* const settings = &self->opening.settings;
  const CtFormBar         here     = {0, bar};
  CtFormRecall            there    = {{0, 0U}, 1U};
  ct_generator_ending(
    &self->generator,
    ct_form_ending((CtForm)settings->form, settings->length, here));
  if (bar - 1U < CT_PHRASE_BARS) {
    self->theme[bar - 1U] = *ct_generator_last_bar(&self->generator);
  }
  if (ct_form_recalls((CtForm)settings->form, here, &there)) {
    const int64_t  length = ct_meter_bar_length(self->opening_meter);
    const CtTick   begin  = line - ((int64_t)(bar % there.n_bars) * length);
    const uint32_t grade  = ct_recall_grade(settings, begin, there.n_bars);
    if (grade && self->theme[there.bar.bar].n_notes) {
      ct_generator_recall(&self->generator, &self->theme[there.bar.bar], grade);
    }
  }
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
  self->place         = CT_AT_OPENING;
  self->opening       = ct_wish(CT_FROM_BEGINNING, settings, NULL);
  self->opening_meter = meter;
  self->bar_end       = chop(ct_meter_bar_length(meter));
  begin(self, &self->opening.settings, self->bar_end, meter);
  follow_theme(self, 0U, 0);
}

/// Pass the bar line that the generator has come to in an opening
static void
pass_opening_line(CtTake* const self)
{
  const CtTick     line     = self->bar_end;
  const CtSettings settings = self->opening.settings;
  const int64_t    length   = ct_meter_bar_length(self->opening_meter);
  if (line == CT_SECTION_BARS * length) {
    ct_openings_put(
      &self->openings, &settings, self->opening_meter, self->generator.moment);
    self->place = CT_AT_NOWHERE;
    return;
  }
  self->bar_end = line + chop(length - (line % length));
  ct_generator_bar(&self->generator,
                   &settings,
                   line,
                   self->bar_end - line,
                   self->opening_meter);
  if (line % length == 0) {
    follow_theme(self, (uint32_t)(line / length), line);
  }
}

/// Let the generator stand where the next event on the way to the horizon from
/// `from` is to be drawn.  @return False if there is no room for it
static bool
stand(CtTake* const self, const CtTick from)
{
  CtSections* const       sections = &self->sheet.sections;
  const CtMeterMap* const meters   = &self->sheet.meters;
  CtSpan span = ct_sections_span(sections, meters, ct_take_horizon(self, from));
  CtTick home = 0;
  while (misses_home(self, &span, &home) || !can_enter(self, &span)) {
    if (misses_home(self, &span, &home)) {
      span = ct_sections_span(sections, meters, home);
      continue;
    }
    if (returns(self, &span)) {
      enter_opening(self,
                    ct_sheet_settings(&self->sheet, span.begin),
                    ct_meter_map_bar(meters, span.begin).meter);
      return true;
    }
    span = ct_sections_span(sections, meters, span.begin - 1);
  }

  CtSection* section = ct_sections_find(sections, span.begin);
  section            = section ? section : ct_sections_add(sections, span);
  if (!section || (section->n_notes == section->capacity &&
                   section->horizon < section->span.end)) {
    return false; // Before the draw: it can't be taken back
  }
  if (!is_at(self, section)) {
    enter(self, section);
  }
  return true;
}

/// Wishes that decide the next event.  @param n Set to how many
static const CtWish*
find_wishes(const CtTake* const self, size_t* const n)
{
  const CtSheet* const sheet = &self->sheet;
  const CtTick         here  = ct_moment_tick(self->generator.moment);
  const size_t         now   = ct_sheet_wish_at(sheet, here);
  const bool           opens = self->place == CT_AT_OPENING;
  *n                         = opens ? 1U : sheet->n_wishes - now;
  return opens ? &self->opening : &sheet->wishes[now];
}

/// Enter an event that `generator` has drawn
static void
enter_event(CtTake* const            self,
            const CtMade             made,
            const CtNote* const      note,
            const CtGenerator* const generator)
{
  CtSection* const section =
    self->place == CT_AT_SECTION
      ? ct_sections_find(&self->sheet.sections, self->section)
      : NULL;
  ++self->version;
  if (made == CT_MADE_NOTHING) {
    return;
  }
  if (section && made == CT_MADE_NOTE) {
    write(section, *note);
    if (self->spreads) {
      ct_spreads_enter(self->spreads, note, &generator->spread);
    }
  } else if (section && made == CT_MADE_CANDIDATE) {
    ct_tracks_renew(&self->tracks, section->span.begin, self->generator.moment);
  } else if (section) {
    pass_bar_line(self, section);
  } else if (made == CT_MADE_BAR) {
    pass_opening_line(self);
  }
}

CtStatus
ct_take_extend(CtTake* const self, const CtTick from)
{
  if (!stand(self, from)) {
    return CT_NO_MEMORY;
  }
  CtNote              note     = {0};
  size_t              n_wishes = 0U;
  const CtWish* const wishes   = find_wishes(self, &n_wishes);
  const CtMade        made =
    ct_generator_next(&self->generator, wishes, n_wishes, &note);
  enter_event(self, made, &note, &self->generator);
  return CT_SUCCESS;
}

CtStatus
ct_take_begin_draft(CtTake* const self, const CtTick from, CtDraft* const draft)
{
  if (!stand(self, from)) {
    return CT_NO_MEMORY;
  }
  size_t              n_wishes = 0U;
  const CtWish* const wishes   = find_wishes(self, &n_wishes);
  draft->version               = self->version;
  draft->n_wishes =
    n_wishes < CT_DRAFT_WISHES ? (uint32_t)n_wishes : CT_DRAFT_WISHES;
  memcpy(draft->wishes, wishes, draft->n_wishes * sizeof(CtWish));
  memcpy(draft->generator.moment,
         self->generator.moment,
         ct_moment_size(self->generator.model));
  return CT_SUCCESS;
}

void
ct_draft_draw(CtDraft* const draft)
{
  draft->made = ct_generator_next(
    &draft->generator, draft->wishes, draft->n_wishes, &draft->note);
}

void
ct_take_end_draft(CtTake* const self, CtDraft* const draft)
{
  if (draft->version != self->version) {
    return;
  }
  CtMoment* const moment  = self->generator.moment;
  self->generator.moment  = draft->generator.moment;
  draft->generator.moment = moment;
  enter_event(self, draft->made, &draft->note, &draft->generator);
}

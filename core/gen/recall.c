// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/recall.h"

#include "base/rng.h"
#include "gen/codec.h"
#include "gen/section.h"
#include "music/key.h"
#include "music/meter.h"
#include "music/note.h"

/// Head number of the draw that decides how faithfully a phrase comes back
#define HEAD_RECALL 8U

/// Where bars of a form are
typedef struct {
  CtTick  origin; ///< Bar line that sections are counted from
  int64_t bar;    ///< Ticks of a bar
} Lines;

static Lines
lines_at(const CtSheet* const sheet, const CtTick tick)
{
  return (Lines){
    ct_section_origin(&sheet->meters, tick),
    ct_meter_bar_length(ct_meter_map_bar(&sheet->meters, tick).meter)};
}

static CtFormBar
form_bar(const Lines* const lines, const CtTick tick)
{
  const int64_t n = ct_floor_div(tick - lines->origin, lines->bar);
  return (CtFormBar){
    ct_floor_div(n, CT_SECTION_BARS),
    (uint32_t)(n - (CT_SECTION_BARS * ct_floor_div(n, CT_SECTION_BARS)))};
}

static CtTick
tick_of(const Lines* const lines, const CtFormBar bar)
{
  const int64_t n = (bar.section * CT_SECTION_BARS) + (int64_t)bar.bar;
  return lines->origin + (n * lines->bar);
}

bool
ct_recall_home(const CtSheet* const    sheet,
               const CtSettings* const settings,
               const CtTick            tick,
               CtTick* const           home)
{
  const Lines     lines = lines_at(sheet, tick);
  const CtFormBar here  = form_bar(&lines, tick);
  const CtFormBar there = {ct_form_home((CtForm)settings->form, here.section),
                           0U};
  const CtTick    begin = tick_of(&lines, there);
  *home                 = begin < 0 ? 0 : begin;
  return settings->recall > 0.0F && there.section != here.section;
}

/// Row of a note's pitch as it would be in another key and octave; 0 if the
/// keyboard has none
static uint32_t
row_of(const CtCodec* const codec, const CtNote* const note, const int32_t move)
{
  const int32_t row = (int32_t)note->pitch + move - (int32_t)codec->low + 1;
  return row >= 1 && row <= (int32_t)codec->n_pitches ? (uint32_t)row : 0U;
}

/// Semitones from what was played under `then` to what is to be drawn under
/// `now`: the shorter way to the other key, and back from the octave
static int32_t
move_between(const CtSettings* const then, const CtSettings* const now)
{
  const int32_t half = CT_PITCH_CLASS_COUNT / 2;
  const int32_t up =
    ((int32_t)now->key - (int32_t)then->key + half + CT_PITCH_CLASS_COUNT) %
      CT_PITCH_CLASS_COUNT -
    half;
  return up - (CT_PITCH_CLASS_COUNT * then->octave);
}

/// Write the notes of [begin, begin + length) to `bar`
static void
copy_bar(const CtSheet* const    sheet,
         const CtCodec* const    codec,
         const CtSettings* const settings,
         const CtTick            begin,
         const int64_t           length,
         CtBarNotes* const       bar)
{
  bar->n_notes                   = 0U;
  const CtSection* const section = ct_sections_find(&sheet->sections, begin);
  if (!section) {
    return;
  }
  for (size_t i = ct_section_find(section, begin);
       i < section->n_notes && section->notes[i].tick < begin + length &&
       bar->n_notes < CT_BAR_MEMORY;
       ++i) {
    const CtNote* const note = &section->notes[i];
    const uint32_t      row =
      row_of(codec,
             note,
             move_between(ct_sheet_settings(sheet, note->tick), settings));
    if (row) {
      bar->position[bar->n_notes] =
        (uint8_t)((note->tick - begin) / CT_TICKS_PER_GRID);
      bar->pitch[bar->n_notes] = (uint8_t)row;
      bar->part[bar->n_notes]  = note->part;
      bar->duration[bar->n_notes++] =
        (uint8_t)ct_codec_duration(codec, note->duration);
    }
  }
}

CtFormBar
ct_recall_place(const CtSheet* const sheet, const CtTick tick)
{
  const Lines lines = lines_at(sheet, tick);
  return form_bar(&lines, tick);
}

uint32_t
ct_recall_grade(const CtSettings* const settings,
                const CtTick            tick,
                const uint32_t          n_bars)
{
  const uint64_t seed =
    ct_mix(((uint64_t)settings->salt << 32U) | settings->seed);
  const float coin = ct_coin(ct_key(seed, tick, 0U, HEAD_RECALL));
  return ct_form_grade(settings->recall, n_bars, coin);
}

/// Whether a bar closes the form in its own way: what comes back there did not
/// close.  Only an exact recall has all as it was
static bool
has_own_end(const CtSettings* const settings, const CtFormBar here)
{
  const uint32_t ending =
    ct_form_ending((CtForm)settings->form, settings->length, here);
  return settings->recall < 1.0F && ending < CT_CLOSING_BARS;
}

uint32_t
ct_recall_bar(const CtSheet* const    sheet,
              const CtCodec* const    codec,
              const CtSettings* const settings,
              const CtTick            tick,
              CtBarNotes* const       bar)
{
  const Lines     lines = lines_at(sheet, tick);
  const CtFormBar here  = form_bar(&lines, tick);
  CtFormRecall    there = {{0, 0U}, 1U};
  if ((tick - lines.origin) % lines.bar ||
      lines.bar > (int64_t)CT_MAX_BAR * CT_TICKS_PER_GRID ||
      has_own_end(settings, here) ||
      !ct_form_recalls((CtForm)settings->form, here, &there)) {
    return 0U;
  }

  const CtTick begin = tick - ((int64_t)(here.bar % there.n_bars) * lines.bar);
  const uint32_t grade = ct_recall_grade(settings, begin, there.n_bars);
  if (grade) {
    copy_bar(
      sheet, codec, settings, tick_of(&lines, there.bar), lines.bar, bar);
  }
  return grade && bar->n_notes ? grade : 0U;
}

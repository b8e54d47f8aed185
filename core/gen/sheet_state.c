// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/sheet_state.h"

#include "base/crc32.h"
#include "gen/codec.h"
#include "gen/setting_field.h"
#include "music/event.h"

#include <limits.h>

#define DIGIT_BITS 7U
#define DIGIT_MASK 0x7FU
#define MORE 0x80U

static void
put_number(CtBuffer* const buffer, uint64_t value)
{
  while (value > DIGIT_MASK) {
    ct_put_u8(buffer, (uint8_t)((value & DIGIT_MASK) | MORE));
    value >>= DIGIT_BITS;
  }
  ct_put_u8(buffer, (uint8_t)value);
}

static void
put_signed(CtBuffer* const buffer, const int64_t value)
{
  put_number(buffer,
             value < 0 ? ((uint64_t) - (value + 1) * 2U) + 1U
                       : (uint64_t)value * 2U);
}

/// Append a tag and what was put into `chunk`, and empty that
static void
put_chunk(CtBuffer* const buffer, const CtSheetChunk tag, CtBuffer* const chunk)
{
  put_number(buffer, tag);
  put_number(buffer, chunk->size);
  ct_put_bytes(buffer, chunk->bytes, chunk->size);
  buffer->status = buffer->status ? buffer->status : chunk->status;
  ct_buffer_free(chunk);
}

/// Append the settings that are not as in `before`, or all if that is null
static void
put_settings(CtBuffer* const         buffer,
             const CtSettings* const settings,
             const CtSettings* const before)
{
  uint64_t n_changed = 0U;
  for (uint64_t id = 1U; id <= CT_N_SETTING_FIELDS; ++id) {
    n_changed += !before || ct_setting_field_get(settings, id) !=
                              ct_setting_field_get(before, id);
  }
  put_number(buffer, n_changed);
  for (uint64_t id = 1U; id <= CT_N_SETTING_FIELDS; ++id) {
    const uint64_t value = ct_setting_field_get(settings, id);
    if (!before || value != ct_setting_field_get(before, id)) {
      put_number(buffer, id);
      put_number(buffer, value);
    }
  }
}

static void
put_wishes(CtBuffer* const buffer, const CtSheet* const sheet)
{
  CtBuffer chunk = ct_buffer_init();
  put_number(&chunk, 0U);
  put_settings(&chunk, &sheet->wishes[0].settings, NULL);
  for (size_t i = 1U; i < sheet->n_wishes; ++i) {
    const CtWish* const wish   = &sheet->wishes[i];
    const CtWish* const before = &sheet->wishes[i - 1U];
    put_number(&chunk, (uint64_t)(wish->tick - (i > 1U ? before->tick : 0)));
    put_settings(&chunk, &wish->settings, &before->settings);
  }
  put_chunk(buffer, CT_CHUNK_WISHES, &chunk);
}

static void
put_meters(CtBuffer* const buffer, const CtMeterMap* const meters)
{
  CtBuffer chunk = ct_buffer_init();
  for (uint32_t i = 0U; i < meters->n_changes; ++i) {
    const CtMeterChange* const change = &meters->changes[i];
    if (i == 0U) {
      put_signed(&chunk, change->tick);
      put_signed(&chunk, change->bar);
    } else {
      put_number(&chunk,
                 (uint64_t)(change->tick - meters->changes[i - 1U].tick));
    }
    put_number(&chunk, change->meter.numerator);
    put_number(&chunk, change->meter.denominator);
  }
  put_chunk(buffer, CT_CHUNK_METERS, &chunk);
}

static uint64_t
greatest_divisor(uint64_t a, uint64_t b)
{
  while (b) {
    const uint64_t rest = a % b;
    a                   = b;
    b                   = rest;
  }
  return a;
}

/// What divides all onsets and durations: the model's grid, and then most
/// numbers take a byte
static uint64_t
find_grain(const CtSection* const section, const size_t n_notes)
{
  uint64_t grain = 0U;
  for (size_t i = 0U; i < n_notes; ++i) {
    const CtNote* const note = &section->notes[i];
    grain =
      greatest_divisor((uint64_t)(note->tick - section->span.begin), grain);
    grain = greatest_divisor((uint64_t)note->duration, grain);
  }
  return grain ? grain : 1U;
}

static void
put_section(CtBuffer* const        buffer,
            const CtSection* const section,
            const size_t           n_notes,
            const CtTick           last_end)
{
  const CtSpan*  span  = &section->span;
  const uint64_t grain = find_grain(section, n_notes);
  put_number(buffer, (uint64_t)(span->begin - last_end));
  put_number(buffer, (uint64_t)(span->end - span->begin));
  put_number(buffer, (uint64_t)(section->horizon - span->begin));
  put_number(buffer, n_notes);
  put_number(buffer, grain);

  CtTick   last   = span->begin;
  uint32_t player = 0U;
  for (size_t i = 0U; i < n_notes; ++i) {
    const CtNote* const note = &section->notes[i];
    const uint32_t its = note->channel + (CT_MIDI_CHANNEL_COUNT * note->part);
    const uint64_t grains = (uint64_t)(note->tick - last) / grain;
    put_number(buffer, (grains * 2U) + (its != player));
    put_number(buffer, (uint64_t)note->duration / grain);
    put_number(buffer, note->pitch);
    put_number(buffer, note->velocity);
    if (its != player) {
      put_number(buffer, its);
    }
    last   = note->tick;
    player = its;
  }
}

static void
put_sections(CtBuffer* const buffer, const CtSheet* const sheet)
{
  CtBuffer chunk    = ct_buffer_init();
  uint32_t n_kept   = 0U;
  CtTick   last_end = 0;
  for (size_t i = 0U;
       i < sheet->sections.n_sections && n_kept < CT_SHEET_MAX_SECTIONS;
       ++i) {
    // Of the notes just at the horizon some may not be written yet
    const CtSection* const section = sheet->sections.items[i];
    const size_t           n_notes = ct_section_find(section, section->horizon);
    if (section->is_heard &&
        ct_sheet_state_takes(&sheet->meters, section, n_notes)) {
      put_section(&chunk, section, n_notes, last_end);
      last_end = section->span.end;
      ++n_kept;
    }
  }
  put_chunk(buffer, CT_CHUNK_SECTIONS, &chunk);
}

void
ct_sheet_state_write(const CtSheet* const sheet, CtBuffer* const buffer)
{
  CtBuffer body = ct_buffer_init();
  put_number(&body, CT_SHEET_VERSION);
  put_wishes(&body, sheet);
  put_meters(&body, &sheet->meters);
  put_sections(&body, sheet);

  const size_t begin = buffer->size;
  ct_put_bytes(buffer, CT_SHEET_MAGIC, CT_SHEET_MAGIC_SIZE);
  ct_put_u32_le(buffer, (uint32_t)body.size);
  ct_put_bytes(buffer, body.bytes, body.size);
  buffer->status = buffer->status ? buffer->status : body.status;
  ct_buffer_free(&body);
  if (!buffer->status) {
    ct_put_u32_le(buffer,
                  ct_crc32(buffer->bytes + begin, buffer->size - begin));
  }
}

static bool
is_note(const CtNote* const note)
{
  return note->duration >= 1 && note->pitch < CT_MIDI_NOTE_COUNT &&
         note->velocity >= 1U && note->velocity < CT_MIDI_NOTE_COUNT &&
         note->channel < CT_MIDI_CHANNEL_COUNT && note->part < CT_N_PARTS;
}

bool
ct_sheet_state_takes(const CtMeterMap* const meters,
                     const CtSection* const  section,
                     const size_t            n_notes)
{
  const CtSpan* const span  = &section->span;
  const CtSpan        drawn = ct_section_span(meters, span->begin);
  if (span->begin < 0 || span->begin != drawn.begin || span->end != drawn.end ||
      section->horizon < span->begin || section->horizon > span->end) {
    return false;
  }
  CtTick last = span->begin;
  for (size_t i = 0U; i < n_notes; ++i) {
    const CtNote* const note = &section->notes[i];
    if (!is_note(note) || note->tick < last || note->tick >= section->horizon ||
        note->duration > span->end - note->tick) {
      return false;
    }
    last = note->tick;
  }
  return true;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/sheet_state.h"

#include "base/crc32.h"
#include "base/cursor.h"
#include "gen/codec.h"
#include "gen/setting_field.h"
#include "music/event.h"
#include "music/transport.h"

#include <stdlib.h>
#include <string.h>

#define DIGIT_BITS 7U
#define DIGIT_MASK 0x7FU
#define MORE 0x80U
#define MAX_SHIFT 63U

/// Bytes of the shortest note
#define MIN_NOTE_SIZE 4U

/// Size and checksum around the body
#define U32_SIZE 4U

/// Read a number up to `max`.  @return False if there is none
static bool
read_number(CtCursor* const cursor, const uint64_t max, uint64_t* const value)
{
  uint64_t sum   = 0U;
  uint32_t shift = 0U;
  uint8_t  byte  = MORE;
  while (byte & MORE) {
    if (shift > MAX_SHIFT || ct_read_u8(cursor, &byte)) {
      return false;
    }
    const uint64_t digit = byte & DIGIT_MASK;
    if (digit << shift >> shift != digit) {
      return false;
    }
    sum |= digit << shift;
    shift += DIGIT_BITS;
  }
  *value = sum;
  return sum <= max;
}

/// Read how far it is from `begin` to a later tick.  @return False if there is
/// none
static bool
read_tick(CtCursor* const cursor, const CtTick begin, CtTick* const tick)
{
  uint64_t       ticks = 0U;
  const uint64_t most  = (uint64_t)(CT_SHEET_MAX_TICK - begin);
  if (!read_number(cursor, most, &ticks)) {
    return false;
  }
  *tick = begin + (CtTick)ticks;
  return true;
}

static bool
read_signed(CtCursor* const cursor, int64_t* const value)
{
  uint64_t folded = 0U;
  if (!read_number(cursor, 2U * (uint64_t)CT_SHEET_MAX_TICK, &folded)) {
    return false;
  }
  const int64_t half = (int64_t)(folded / 2U);
  *value             = folded & 1U ? -half - 1 : half;
  return true;
}

static CtStatus
read_settings(CtCursor* const cursor, CtSettings* const settings)
{
  uint64_t n = 0U;
  if (!read_number(cursor, UINT64_MAX, &n)) {
    return CT_TAKE_DAMAGED;
  }
  CtStatus st = CT_SUCCESS;
  for (uint64_t i = 0U; !st && i < n; ++i) {
    uint64_t id    = 0U;
    uint64_t value = 0U;
    st             = read_number(cursor, UINT64_MAX, &id) &&
             read_number(cursor, UINT64_MAX, &value)
                       ? ct_setting_field_set(settings, id, value)
                       : CT_TAKE_DAMAGED;
  }
  return st;
}

/// Read the wishes into a sheet that has the first one
static CtStatus
read_wishes(CtCursor* const cursor, CtSheet* const sheet)
{
  uint64_t zero = 0U;
  CtStatus st   = read_number(cursor, 0U, &zero)
                    ? read_settings(cursor, &sheet->wishes[0].settings)
                    : CT_TAKE_DAMAGED;
  CtTick   last = 0;
  while (!st && ct_cursor_left(cursor)) {
    const CtWish* const before = &sheet->wishes[sheet->n_wishes - 1U];
    CtSettings          now    = before->settings;
    CtTick              tick   = 0;
    if (!read_tick(cursor, last, &tick) || tick == last) {
      return CT_TAKE_DAMAGED;
    }
    last = tick;
    st   = read_settings(cursor, &now);
    // What differs in settings that we do not know is no other wish
    if (!st && !ct_settings_equal(&now, &before->settings)) {
      const CtWish wish = ct_wish(tick, &now, before);
      st                = ct_sheet_reserve(sheet);
      if (!st) {
        sheet->wishes[sheet->n_wishes++] = wish;
      }
    }
  }
  return st;
}

static bool
read_meter(CtCursor* const cursor, CtMeter* const meter)
{
  uint64_t numerator   = 0U;
  uint64_t denominator = 0U;
  if (!read_number(cursor, CT_METER_MAX_NUMERATOR, &numerator) ||
      !read_number(cursor, CT_METER_MAX_DENOMINATOR, &denominator)) {
    return false;
  }
  *meter = (CtMeter){(uint32_t)numerator, (uint32_t)denominator};
  return ct_meter_is_valid(*meter);
}

static CtStatus
read_meters(CtCursor* const cursor, CtMeterMap* const meters)
{
  CtMeterChange* const first = &meters->changes[0];
  meters->n_changes          = 1U;
  if (!read_signed(cursor, &first->tick) || !read_signed(cursor, &first->bar) ||
      !read_meter(cursor, &first->meter)) {
    return CT_TAKE_DAMAGED;
  }
  while (ct_cursor_left(cursor)) {
    const uint32_t n      = meters->n_changes;
    CtMeterChange  change = {0};
    CtTick         last   = meters->changes[n - 1U].tick;
    if (n == CT_METER_MAP_CAPACITY || !read_tick(cursor, last, &change.tick) ||
        change.tick == last || !read_meter(cursor, &change.meter)) {
      return CT_TAKE_DAMAGED;
    }
    ct_meter_map_cut(meters, change.tick, change.meter);
    if (meters->n_changes != n + 1U) {
      return CT_TAKE_DAMAGED; // It changes nothing
    }
  }
  return CT_SUCCESS;
}

/// Read the next note after `last`, which is that before
static bool
read_note(CtCursor* const        cursor,
          const CtSection* const section,
          const uint64_t         grain,
          CtNote* const          note)
{
  const uint64_t most     = (uint64_t)(section->span.end - section->span.begin);
  uint64_t       step     = 0U;
  uint64_t       duration = 0U;
  uint64_t       pitch    = 0U;
  uint64_t       velocity = 0U;
  uint64_t       player = note->channel + (CT_MIDI_CHANNEL_COUNT * note->part);
  if (!read_number(cursor, (2U * (most / grain)) + 1U, &step) ||
      !read_number(cursor, most / grain, &duration) ||
      !read_number(cursor, UINT8_MAX, &pitch) ||
      !read_number(cursor, UINT8_MAX, &velocity) ||
      (step & 1U && !read_number(cursor, UINT8_MAX, &player))) {
    return false;
  }
  *note = (CtNote){.tick     = note->tick + (CtTick)(step / 2U * grain),
                   .duration = (int32_t)(duration * grain),
                   .pitch    = (uint8_t)pitch,
                   .velocity = (uint8_t)velocity,
                   .channel  = (uint8_t)(player % CT_MIDI_CHANNEL_COUNT),
                   .part     = (uint8_t)(player / CT_MIDI_CHANNEL_COUNT)};
  return true;
}

/// Read `n_notes` into a section that has none
static CtStatus
read_notes(CtCursor* const  cursor,
           CtSection* const section,
           const size_t     n_notes,
           const uint64_t   grain)
{
  if (n_notes > section->capacity) {
    CtNote* const notes =
      (CtNote*)realloc(section->notes, n_notes * sizeof(CtNote));
    if (!notes) {
      return CT_NO_MEMORY;
    }
    section->notes    = notes;
    section->capacity = n_notes;
  }
  CtNote note = {.tick = section->span.begin};
  for (; section->n_notes < n_notes; ++section->n_notes) {
    if (!read_note(cursor, section, grain, &note)) {
      return CT_TAKE_DAMAGED;
    }
    section->notes[section->n_notes] = note;
  }
  return CT_SUCCESS;
}

/// Read a section that begins at `last_end` or later
static CtStatus
read_section(CtCursor* const cursor,
             CtSheet* const  sheet,
             CtTick* const   last_end)
{
  CtSection head    = {0};
  uint64_t  n_notes = 0U;
  uint64_t  grain   = 0U;
  if (!read_tick(cursor, *last_end, &head.span.begin) ||
      !read_tick(cursor, head.span.begin, &head.span.end) ||
      !read_tick(cursor, head.span.begin, &head.horizon) ||
      !read_number(cursor, UINT64_MAX, &n_notes) ||
      n_notes > ct_cursor_left(cursor) / MIN_NOTE_SIZE ||
      !read_number(cursor, (uint64_t)CT_SHEET_MAX_TICK, &grain) || !grain ||
      !ct_sheet_state_takes(&sheet->meters, &head, 0U)) {
    return CT_TAKE_DAMAGED;
  }

  head.span                = ct_section_span(&sheet->meters, head.span.begin);
  CtStatus         st      = ct_sections_reserve(&sheet->sections);
  CtSection* const section = ct_sections_add(&sheet->sections, head.span);
  if (st || !section) {
    return CT_NO_MEMORY;
  }
  section->horizon  = head.horizon;
  section->is_heard = true;
  st                = read_notes(cursor, section, (size_t)n_notes, grain);
  if (!st && !ct_sheet_state_takes(&sheet->meters, section, n_notes)) {
    st = CT_TAKE_DAMAGED;
  }
  *last_end = head.span.end;
  return st;
}

static CtStatus
read_sections(CtCursor* const cursor, CtSheet* const sheet)
{
  CtStatus st       = CT_SUCCESS;
  CtTick   last_end = 0;
  while (!st && ct_cursor_left(cursor)) {
    st = sheet->sections.n_sections < CT_SHEET_MAX_SECTIONS
           ? read_section(cursor, sheet, &last_end)
           : CT_TAKE_DAMAGED;
  }
  return st;
}

/// Read all chunks; wishes and meters must be among them
static CtStatus
read_chunks(CtCursor* const cursor, CtSheet* const sheet)
{
  CtStatus st       = CT_SUCCESS;
  uint64_t last_tag = 0U;
  uint32_t n_needed = 2U;
  while (!st && ct_cursor_left(cursor)) {
    uint64_t tag   = 0U;
    uint64_t size  = 0U;
    CtCursor chunk = {0};
    if (!read_number(cursor, UINT64_MAX, &tag) || tag <= last_tag ||
        !read_number(cursor, SIZE_MAX, &size) ||
        ct_read_part(cursor, (size_t)size, &chunk)) {
      return CT_TAKE_DAMAGED;
    }
    last_tag = tag;
    if (tag == CT_CHUNK_WISHES) {
      st = read_wishes(&chunk, sheet);
      --n_needed;
    } else if (tag == CT_CHUNK_METERS) {
      st = read_meters(&chunk, &sheet->meters);
      --n_needed;
    } else if (tag == CT_CHUNK_SECTIONS && !n_needed) {
      st = read_sections(&chunk, sheet);
    }
  }
  return st || !n_needed ? st : CT_TAKE_DAMAGED;
}

/// The body within a frame that is whole.  @return CT_SUCCESS or what is wrong
static CtStatus
open_frame(const uint8_t* const bytes, const size_t size, CtCursor* const body)
{
  CtCursor cursor    = ct_cursor_init(bytes, size);
  uint32_t body_size = 0U;
  uint32_t crc       = 0U;
  if (ct_skip(&cursor, CT_SHEET_MAGIC_SIZE) ||
      memcmp(bytes, CT_SHEET_MAGIC, CT_SHEET_MAGIC_SIZE) != 0) {
    return CT_TAKE_NOT_ONE;
  }
  if (ct_read_u32_le(&cursor, &body_size) ||
      ct_read_part(&cursor, body_size, body) || ct_read_u32_le(&cursor, &crc) ||
      ct_cursor_left(&cursor) || crc != ct_crc32(bytes, size - U32_SIZE)) {
    return CT_TAKE_DAMAGED;
  }

  uint64_t version = 0U;
  if (!read_number(body, UINT64_MAX, &version) || !version) {
    return CT_TAKE_DAMAGED;
  }
  return version > CT_SHEET_VERSION ? CT_TAKE_NEWER : CT_SUCCESS;
}

CtStatus
ct_sheet_state_read(const uint8_t* const    bytes,
                    const size_t            size,
                    const CtSettings* const absent,
                    CtSheet* const          sheet)
{
  CtCursor   body = {0};
  CtMeterMap meters;
  memset(sheet, 0, sizeof(*sheet));
  ct_meter_map_reset(&meters,
                     (CtMeter){CT_DEFAULT_NUMERATOR, CT_DEFAULT_DENOMINATOR});
  CtStatus st = open_frame(bytes, size, &body);
  st          = st ? st : ct_sheet_init(sheet, absent, &meters);
  st          = st ? st : read_chunks(&body, sheet);
  if (st) {
    ct_sheet_clear(sheet);
  }
  return st;
}

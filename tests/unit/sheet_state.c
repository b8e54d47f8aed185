// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file sheet_state.c A sheet comes back from bytes as it was, or not at all

#include "gen/sheet_state.h"

#include "base/crc32.h"
#include "base/rng.h"
#include "fixture.h"
#include "music/event.h"

// cmocka.h asks for these to come first
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BAR CT_TICKS_PER_WHOLE
#define SECTION (CT_SECTION_BARS * BAR)
#define N_RANDOM 10000U

static const CtMeter four_four   = {4U, 4U};
static const CtMeter seven_eight = {7U, 8U};

/// Bytes on the heap without slack, so that a sanitizer sees what is read past
/// them
static CtStatus
read_exactly(const uint8_t* const bytes, const size_t size, CtSheet* sheet)
{
  const CtSettings absent = fixture_settings();
  uint8_t* const   copy   = malloc(size ? size : 1U);
  assert_non_null(copy);
  if (size) {
    memcpy(copy, bytes, size);
  }
  const CtStatus st = ct_sheet_state_read(copy, size, &absent, sheet);
  free(copy);
  return st;
}

static void
assert_refused(const uint8_t* const bytes,
               const size_t         size,
               const CtStatus       expected)
{
  CtSheet sheet;
  assert_int_equal(read_exactly(bytes, size, &sheet), expected);
  assert_null(sheet.wishes);
  assert_null(sheet.sections.items);
  assert_int_equal(sheet.n_wishes, 0);
}

/// Add a heard section of random notes where `tick` lies, written up to
/// `n_ticks` from its begin
static CtSection*
add_section(CtSheet* const sheet,
            const CtTick   tick,
            const int64_t  n_ticks,
            uint32_t       n_notes)
{
  assert_int_equal(ct_sheet_reserve(sheet), CT_SUCCESS);
  CtSection* const section =
    ct_sections_add(&sheet->sections, ct_section_span(&sheet->meters, tick));
  assert_non_null(section);
  section->is_heard = true;
  section->horizon  = section->span.begin + n_ticks;
  uint32_t seed     = (uint32_t)tick + 1U;
  CtTick   onset    = section->span.begin;
  for (; n_notes && section->n_notes < section->capacity; --n_notes) {
    const uint32_t dice = fixture_random(&seed);
    onset += 40 * (CtTick)(dice % 12U);
    const int64_t left = section->span.end - onset;
    if (onset >= section->horizon || left < 1) {
      break;
    }
    const int64_t duration             = 40 * (1 + (int64_t)(dice / 16U % 24U));
    section->notes[section->n_notes++] = (CtNote){
      .tick     = onset,
      .duration = (int32_t)(duration < left ? duration : left),
      .pitch    = (uint8_t)(dice / 512U % CT_MIDI_NOTE_COUNT),
      .velocity = (uint8_t)(1U + (dice / 65536U % 127U)),
      .channel  = (uint8_t)(dice / 1024U % 2U),
      .part     = (uint8_t)(dice / 1024U % 2U),
    };
  }
  return section;
}

/// A sheet with some of everything
static CtSheet
make_sheet(void)
{
  CtSheet    sheet;
  CtMeterMap meters;
  CtTick     changed  = 0;
  CtSettings settings = fixture_settings();
  ct_meter_map_reset(&meters, four_four);
  ct_meter_map_cut(&meters, 3 * SECTION, seven_eight);
  assert_int_equal(ct_sheet_init(&sheet, &settings, &meters), CT_SUCCESS);
  for (uint32_t i = 1U; i < 40U; ++i) {
    settings.salt        = i % 5U ? settings.salt : (uint32_t)ct_mix(i);
    settings.seed        = 1U + i;
    settings.temperature = (float)(800U + i) / 1000.0F;
    settings.octave      = (int32_t)(i % 7U) - 3;
    assert_int_equal(ct_sheet_reserve(&sheet), CT_SUCCESS);
    assert_int_equal(
      ct_sheet_wish(&sheet, 240 * (int64_t)i, &settings, &changed), CT_SUCCESS);
  }
  (void)add_section(&sheet, 0, SECTION, 200U);
  (void)add_section(&sheet, 2 * SECTION, SECTION, 150U);
  (void)add_section(&sheet, (3 * SECTION) + 1, 2 * BAR, 60U);
  (void)add_section(&sheet, 1000 * SECTION, 0, 0U);
  return sheet;
}

static CtBuffer
write_sheet(const CtSheet* const sheet)
{
  CtBuffer buffer = ct_buffer_init();
  ct_sheet_state_write(sheet, &buffer);
  assert_int_equal(buffer.status, CT_SUCCESS);
  return buffer;
}

static void
assert_same_section(const CtSection* const a, const CtSection* const b)
{
  assert_int_equal(a->span.begin, b->span.begin);
  assert_int_equal(a->span.end, b->span.end);
  assert_int_equal(a->span.is_first, b->span.is_first);
  assert_int_equal(a->horizon, b->horizon);
  assert_int_equal(a->n_notes, b->n_notes);
  for (size_t i = 0U; i < a->n_notes; ++i) {
    const CtNote* const in_a = &a->notes[i];
    const CtNote* const in_b = &b->notes[i];
    assert_int_equal(in_a->tick, in_b->tick);
    assert_int_equal(in_a->duration, in_b->duration);
    assert_int_equal(in_a->pitch, in_b->pitch);
    assert_int_equal(in_a->velocity, in_b->velocity);
    assert_int_equal(in_a->channel, in_b->channel);
    assert_int_equal(in_a->part, in_b->part);
  }
  assert_true(b->is_heard);
}

static void
assert_same_sheet(const CtSheet* const a, const CtSheet* const b)
{
  assert_int_equal(a->n_wishes, b->n_wishes);
  for (size_t i = 0U; i < a->n_wishes; ++i) {
    assert_int_equal(a->wishes[i].tick, b->wishes[i].tick);
    assert_true(
      ct_settings_equal(&a->wishes[i].settings, &b->wishes[i].settings));
  }
  assert_int_equal(a->meters.n_changes, b->meters.n_changes);
  for (uint32_t i = 0U; i < a->meters.n_changes; ++i) {
    const CtMeterChange* const in_a = &a->meters.changes[i];
    const CtMeterChange* const in_b = &b->meters.changes[i];
    assert_int_equal(in_a->tick, in_b->tick);
    assert_int_equal(in_a->bar, in_b->bar);
    assert_true(ct_meter_equals(in_a->meter, in_b->meter));
  }
  assert_int_equal(a->sections.n_sections, b->sections.n_sections);
  for (size_t i = 0U; i < a->sections.n_sections; ++i) {
    assert_same_section(a->sections.items[i], b->sections.items[i]);
  }
}

static void
assert_comes_back(const CtSheet* const sheet)
{
  CtSheet  again;
  CtBuffer bytes = write_sheet(sheet);
  assert_int_equal(read_exactly(bytes.bytes, bytes.size, &again), CT_SUCCESS);
  assert_same_sheet(sheet, &again);
  CtBuffer twice = write_sheet(&again);
  assert_int_equal(twice.size, bytes.size);
  assert_memory_equal(twice.bytes, bytes.bytes, bytes.size);
  ct_sheet_clear(&again);
  ct_buffer_free(&bytes);
  ct_buffer_free(&twice);
}

static void
test_comes_back(void** state)
{
  (void)state;
  CtSheet sheet = make_sheet();
  assert_comes_back(&sheet);

  // Off the grid, and where pre-roll drew the bars
  sheet.sections.items[0]->notes[0].duration -= 1;
  assert_comes_back(&sheet);
  ct_sheet_clear(&sheet);

  CtMeterMap       meters;
  const CtSettings settings = fixture_settings();
  ct_meter_map_reset(&meters, four_four);
  ct_meter_map_cut(&meters, -2 * BAR - 480, seven_eight);
  assert_int_equal(ct_sheet_init(&sheet, &settings, &meters), CT_SUCCESS);
  (void)add_section(&sheet, 0, BAR, 20U);
  assert_comes_back(&sheet);
  ct_sheet_clear(&sheet);
}

static void
test_small(void** state)
{
  (void)state;
  CtSheet      sheet   = make_sheet();
  CtBuffer     before  = write_sheet(&sheet);
  const size_t n_more  = add_section(&sheet, 5 * SECTION, BAR, 60U)->n_notes;
  CtBuffer     after   = write_sheet(&sheet);
  const size_t max_per = 6U;
  assert_in_range(n_more, 8U, 60U);
  assert_in_range(after.size - before.size, 1U, n_more * max_per);
  ct_buffer_free(&before);
  ct_buffer_free(&after);
  ct_sheet_clear(&sheet);
}

static void
test_only_what_was_heard(void** state)
{
  (void)state;
  CtSheet          sheet   = make_sheet();
  CtSheet          again   = {0};
  CtSection* const unheard = sheet.sections.items[1];
  CtSection* const open    = sheet.sections.items[2];
  unheard->is_heard        = false;
  open->horizon            = open->notes[open->n_notes - 1U].tick;
  const size_t n_notes     = ct_section_find(open, open->horizon);
  assert_true(n_notes < open->n_notes);

  // Nor what lies where no section is drawn: the meters forgot why it was
  sheet.sections.items[3]->span.end -= BAR;
  CtBuffer bytes = write_sheet(&sheet);
  assert_int_equal(read_exactly(bytes.bytes, bytes.size, &again), CT_SUCCESS);
  assert_int_equal(again.sections.n_sections, 2);
  assert_same_section(sheet.sections.items[0], again.sections.items[0]);
  assert_int_equal(again.sections.items[1]->span.begin, open->span.begin);
  assert_int_equal(again.sections.items[1]->n_notes, n_notes);
  ct_buffer_free(&bytes);
  ct_sheet_clear(&again);
  ct_sheet_clear(&sheet);
}

/// A state of this body
static CtBuffer
make_state(const uint8_t* const body, const size_t size)
{
  CtBuffer bytes = ct_buffer_init();
  ct_put_bytes(&bytes, CT_SHEET_MAGIC, CT_SHEET_MAGIC_SIZE);
  ct_put_u32_le(&bytes, (uint32_t)size);
  ct_put_bytes(&bytes, body, size);
  ct_put_u32_le(&bytes, ct_crc32(bytes.bytes, bytes.size));
  return bytes;
}

// Chunks of one wish without settings, and of 4/4 from tick and bar 0
#define A_WISH " 01 02 00 00 "
#define A_METER " 02 04 00 00 04 04 "

// The head of a section of eight bars from 0 on, all written
#define HEAD " 00 80 F0 01 80 F0 01 "

/// A state of a body in hexadecimal
static CtBuffer
make_state_of(const char* const hex)
{
  static const int base = 16;
  uint8_t          body[64];
  size_t           size = 0U;
  char*            end  = NULL;
  for (const char* at = hex; *at; at = end) {
    assert_true(size < sizeof(body));
    body[size++] = (uint8_t)strtoul(at, &end, base);
    while (*end == ' ') {
      ++end;
    }
  }
  return make_state(body, size);
}

static void
assert_body(const CtStatus status, const char* const hex)
{
  CtSheet  sheet = {0};
  CtBuffer bytes = make_state_of(hex);
  assert_int_equal(read_exactly(bytes.bytes, bytes.size, &sheet), status);
  ct_sheet_clear(&sheet);
  ct_buffer_free(&bytes);
}

static void
test_other_programs(void** state)
{
  (void)state;
  // An older program knew no settings: they are those given
  const CtSettings absent = fixture_settings();
  CtSheet          sheet;
  CtBuffer         bytes = make_state_of("01" A_WISH A_METER);
  assert_int_equal(
    ct_sheet_state_read(bytes.bytes, bytes.size, &absent, &sheet), CT_SUCCESS);
  assert_true(ct_settings_equal(&sheet.wishes[0].settings, &absent));
  ct_sheet_clear(&sheet);
  ct_buffer_free(&bytes);

  // A newer one knows setting 90 and a chunk 9, and has wishes that differ for
  // us in nothing
  bytes = make_state_of(
    "01 01 0F 00 02 01 05 5A 07 F0 01 01 5A 08 30 01 01 06" A_METER
    "09 03 01 02 03");
  assert_int_equal(
    ct_sheet_state_read(bytes.bytes, bytes.size, &absent, &sheet), CT_SUCCESS);
  assert_int_equal(sheet.n_wishes, 2);
  assert_int_equal(sheet.wishes[0].settings.seed, 5);
  assert_int_equal(sheet.wishes[1].tick, 240 + 48);
  assert_int_equal(sheet.wishes[1].settings.seed, 6);
  ct_sheet_clear(&sheet);
  ct_buffer_free(&bytes);

  assert_body(CT_TAKE_NEWER, "02" A_WISH A_METER);
  assert_body(CT_TAKE_NEWER, "02 01 01 01"); // Whatever version 2 means by it
  assert_body(CT_TAKE_NEWER, "01 01 04 00 01 0F 09" A_METER); // density of 9
  assert_body(CT_TAKE_DAMAGED, "00" A_WISH A_METER);
}

static void
test_bodies(void** state)
{
  (void)state;
  assert_body(CT_SUCCESS, "01" A_WISH A_METER "03 00");
  assert_body(CT_SUCCESS, "01" A_WISH A_METER "03 09" HEAD "00 01");
  assert_body(CT_SUCCESS, "01" A_WISH A_METER "03 0D" HEAD "01 28 00 06 3C 50");

  // Chunks that lack, come twice, in another order or past the end
  assert_body(CT_TAKE_DAMAGED, "01");
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH);
  assert_body(CT_TAKE_DAMAGED, "01" A_METER);
  assert_body(CT_TAKE_DAMAGED, "01" A_METER A_WISH);
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH A_WISH A_METER);
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH A_METER "03 01");
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH A_METER "03");

  // Wishes at one tick; too far; with a number of more than 64 bits
  assert_body(CT_TAKE_DAMAGED, "01 01 04 00 00 00 00" A_METER);
  assert_body(CT_TAKE_DAMAGED,
              "01 01 0D 00 00 81 80 80 80 80 80 80 80 10 00 00" A_METER);
  assert_body(CT_TAKE_DAMAGED,
              "01 01 0E 00 01 5A FF FF FF FF FF FF FF FF FF 02 00" A_METER);

  // Meters that are none, that change nothing, that go back
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH "02 04 00 00 00 04");
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH "02 04 00 00 04 03");
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH "02 04 00 00 04 80");
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH "02 08 00 00 04 04 80 1E 04 04");
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH "02 07 00 00 04 04 00 03 04");

  // Sections: of no grain, of another length, written past their end
  assert_body(CT_TAKE_DAMAGED, "01" A_WISH A_METER "03 09" HEAD "00 00");
  assert_body(CT_TAKE_DAMAGED,
              "01" A_WISH A_METER "03 09 00 81 F0 01 80 F0 01 00 01");
  assert_body(CT_TAKE_DAMAGED,
              "01" A_WISH A_METER "03 09 00 80 F0 01 81 F0 01 00 01");
  assert_body(CT_TAKE_DAMAGED,
              "01" A_WISH A_METER "03 09 01 80 F0 01 80 F0 01 00 01");

  // Notes: of no length, past the horizon, silent, too many, of nobody
  assert_body(CT_TAKE_DAMAGED,
              "01" A_WISH A_METER "03 0D" HEAD "01 28 00 00 3C 50");
  assert_body(CT_TAKE_DAMAGED,
              "01" A_WISH A_METER "03 0E" HEAD "01 28 80 0C 01 3C 50");
  assert_body(CT_TAKE_DAMAGED,
              "01" A_WISH A_METER "03 0D" HEAD "01 28 00 06 3C 00");
  assert_body(CT_TAKE_DAMAGED,
              "01" A_WISH A_METER "03 0D" HEAD "02 28 00 06 3C 50");
  assert_body(CT_TAKE_DAMAGED,
              "01" A_WISH A_METER "03 0E" HEAD "01 28 01 06 3C 50 60");
}

static void
test_not_a_take(void** state)
{
  (void)state;
  assert_refused(NULL, 0U, CT_TAKE_NOT_ONE);
  assert_refused((const uint8_t*)"MThd\0\0\0\6", 8U, CT_TAKE_NOT_ONE);
  assert_refused((const uint8_t*)CT_SHEET_MAGIC, 5U, CT_TAKE_NOT_ONE);
  assert_refused((const uint8_t*)CT_SHEET_MAGIC, 6U, CT_TAKE_DAMAGED);
}

static void
test_damaged(void** state)
{
  (void)state;
  CtSheet  sheet = make_sheet();
  CtBuffer bytes = write_sheet(&sheet);
  for (size_t size = CT_SHEET_MAGIC_SIZE; size < bytes.size; ++size) {
    assert_refused(bytes.bytes, size, CT_TAKE_DAMAGED);
  }
  for (size_t bit = 8U * (size_t)CT_SHEET_MAGIC_SIZE; bit < 8U * bytes.size;
       ++bit) {
    const uint8_t mask = (uint8_t)(1U << (bit % 8U));
    bytes.bytes[bit / 8U] ^= mask;
    assert_refused(bytes.bytes, bytes.size, CT_TAKE_DAMAGED);
    bytes.bytes[bit / 8U] ^= mask;
  }
  ct_put_u8(&bytes, 0U);
  assert_refused(bytes.bytes, bytes.size, CT_TAKE_DAMAGED);
  ct_buffer_free(&bytes);
  ct_sheet_clear(&sheet);
}

/// Bodies that went wrong before the checksum was made: either refused, or
/// sound enough to be written and read again
static void
test_forged(void** state)
{
  (void)state;
  CtSheet      sheet  = make_sheet();
  CtBuffer     bytes  = write_sheet(&sheet);
  const size_t frame  = CT_SHEET_MAGIC_SIZE + sizeof(uint32_t);
  const size_t n_body = bytes.size - frame - sizeof(uint32_t);
  uint32_t     seed   = 1U;
  uint32_t     n_read = 0U;
  for (uint32_t i = 0U; i < N_RANDOM; ++i) {
    uint8_t* const body = malloc(n_body);
    assert_non_null(body);
    memcpy(body, bytes.bytes + frame, n_body);
    for (uint32_t j = fixture_random(&seed) % 4U; j < 4U; ++j) {
      body[fixture_random(&seed) % n_body] = (uint8_t)fixture_random(&seed);
    }
    CtSheet  again  = {0};
    CtBuffer forged = make_state(body, n_body);
    if (!read_exactly(forged.bytes, forged.size, &again)) {
      assert_comes_back(&again);
      ++n_read;
    }
    ct_sheet_clear(&again);
    ct_buffer_free(&forged);
    free(body);
  }
  assert_in_range(n_read, 1U, N_RANDOM - 1U);
  ct_buffer_free(&bytes);
  ct_sheet_clear(&sheet);
}

static void
test_random_bytes(void** state)
{
  (void)state;
  uint8_t  body[64];
  uint32_t seed = 1U;
  for (uint32_t i = 0U; i < N_RANDOM; ++i) {
    CtSheet      sheet = {0};
    const size_t size  = fixture_random(&seed) % sizeof(body);
    for (size_t j = 0U; j < size; ++j) {
      body[j] = (uint8_t)fixture_random(&seed);
    }
    body[0]         = 1U;
    CtBuffer forged = make_state(body, size);
    (void)read_exactly(forged.bytes, forged.size, &sheet);
    ct_sheet_clear(&sheet);
    ct_buffer_free(&forged);
    (void)read_exactly(body, size, &sheet);
    ct_sheet_clear(&sheet);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_comes_back),
    cmocka_unit_test(test_small),
    cmocka_unit_test(test_only_what_was_heard),
    cmocka_unit_test(test_other_programs),
    cmocka_unit_test(test_bodies),
    cmocka_unit_test(test_not_a_take),
    cmocka_unit_test(test_damaged),
    cmocka_unit_test(test_forged),
    cmocka_unit_test(test_random_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

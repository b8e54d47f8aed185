// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file smf_read.c MIDI files are read as they are meant, or refused

#include "base/buffer.h"
#include "base/rng.h"
#include "music/smf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/// The header and length fields of a file of one track
#define HEAD_SIZE 22U

enum { N_FUZZ = 4000 };

/// A file of one track in memory of exactly its size, so that a sanitizer sees
/// a byte read too far
typedef struct {
  uint8_t* bytes;
  size_t   size;
} File;

static File
file_of(const uint16_t       format,
        const uint16_t       division,
        const uint8_t* const track,
        const size_t         size)
{
  CtBuffer buffer = ct_buffer_init();
  File     file   = {NULL, 0U};
  ct_put_text(&buffer, "MThd");
  ct_put_u32_be(&buffer, 6U);
  ct_put_u16_be(&buffer, format);
  ct_put_u16_be(&buffer, 1U);
  ct_put_u16_be(&buffer, division);
  ct_put_text(&buffer, "MTrk");
  ct_put_u32_be(&buffer, (uint32_t)size);
  ct_put_bytes(&buffer, track, size);
  assert_int_equal(ct_buffer_take(&buffer, &file.bytes, &file.size),
                   CT_SUCCESS);
  file.bytes = (uint8_t*)realloc(file.bytes, file.size);
  assert_non_null(file.bytes);
  return file;
}

static CtStatus
read_track(const uint16_t       division,
           const uint8_t* const track,
           const size_t         size,
           CtScore* const       score)
{
  const File     file = file_of(0U, division, track, size);
  const CtStatus st   = ct_smf_read(file.bytes, file.size, score);
  free(file.bytes);
  return st;
}

static void
check_note(const CtScore* const score,
           const size_t         stream,
           const size_t         i,
           const CtTick         onset,
           const CtTick         end,
           const uint8_t        pitch)
{
  assert_true(stream < score->n_streams && i < score->streams[stream].n_notes);
  const CtScoreNote* const note = &score->streams[stream].notes[i];
  assert_int_equal(note->onset, onset);
  assert_int_equal(note->end, end);
  assert_int_equal(note->pitch, pitch);
}

/// Something of everything: name, tempo, meter, key, running status, sysex, two
/// channels
static const uint8_t rich[] = {
  0x00, 0xFF, 0x03, 0x04, 'H',  'a',  'n',  'd',  // Name
  0x00, 0xFF, 0x51, 0x03, 0x07, 0xA1, 0x20,       // 500000
  0x00, 0xFF, 0x58, 0x04, 0x03, 0x02, 0x18, 0x08, // 3/4
  0x00, 0xFF, 0x59, 0x02, 0xFE, 0x01,             // G minor
  0x00, 0xF0, 0x03, 0x01, 0x02, 0xF7,             // Sysex
  0x00, 0xC1, 0x05,                               // Program
  0x00, 0x91, 0x43, 0x50,                         // Channel 1: G
  0x60, 0x43, 0x00,                               // Off by running status
  0x00, 0x90, 0x3C, 0x40,                         // Channel 0: C
  0x81, 0x40, 0x80, 0x3C, 0x40,                   // Off after 192
  0x00, 0x90, 0x3E, 0x41,                         // D, left open
  0x60, 0xFF, 0x2F, 0x00,
};

static void
everything_is_read(void** const state)
{
  (void)state;
  CtScore score = ct_score_init();
  assert_int_equal(read_track(96U, rich, sizeof(rich), &score), CT_SUCCESS);
  assert_int_equal(score.n_streams, 2);
  assert_int_equal(score.n_notes, 3);
  assert_int_equal(score.streams[0].channel, 0);
  assert_int_equal(score.streams[1].channel, 1);
  assert_string_equal(score.streams[0].name, "Hand");
  check_note(&score, 0U, 0U, 960, 2880, 60U);
  check_note(&score, 0U, 1U, 2880, 3840, 62U);
  check_note(&score, 1U, 0U, 0, 960, 67U);
  assert_int_equal(score.streams[1].notes[0].velocity, 80);
  assert_int_equal(score.n_tempos, 1);
  assert_int_equal(score.tempos[0].us_per_quarter, 500000);
  assert_int_equal(score.n_meters, 1);
  assert_int_equal(score.meters[0].meter.numerator, 3);
  assert_int_equal(score.meters[0].meter.denominator, 4);
  assert_int_equal(score.n_keys, 1);
  assert_int_equal(score.keys[0].key.tonic, 7);
  assert_int_equal(score.keys[0].key.mode, CT_MODE_MINOR);
  ct_score_free(&score);
  assert_null(score.streams);
}

static void
a_new_note_ends_the_old(void** const state)
{
  (void)state;
  static const uint8_t track[] = {0x00,
                                  0x90,
                                  0x3C,
                                  0x40,
                                  0x0A,
                                  0x3C,
                                  0x40,
                                  0x0A,
                                  0x3C,
                                  0x00,
                                  0x0A,
                                  0x3C,
                                  0x00,
                                  0x00,
                                  0xFF,
                                  0x2F,
                                  0x00};
  CtScore              score   = ct_score_init();
  assert_int_equal(read_track(960U, track, sizeof(track), &score), CT_SUCCESS);
  assert_int_equal(score.n_notes, 2);
  check_note(&score, 0U, 0U, 0, 10, 60U);
  check_note(&score, 0U, 1U, 10, 20, 60U);
  ct_score_free(&score);
}

static void
times_are_scaled_with_rounding(void** const state)
{
  (void)state;
  // Of 7 ticks to the quarter: 1 is 137.14, 4 is 548.57
  static const uint8_t track[] = {0x01, 0x90, 0x3C, 0x40, 0x03, 0x3C, 0x00};
  CtScore              score   = ct_score_init();
  assert_int_equal(read_track(7U, track, sizeof(track), &score), CT_SUCCESS);
  check_note(&score, 0U, 0U, 137, 549, 60U);
  ct_score_free(&score);

  // A half goes up: 1 of 1920 is 0.5
  assert_int_equal(read_track(1920U, track, sizeof(track), &score), CT_SUCCESS);
  check_note(&score, 0U, 0U, 1, 2, 60U);
  ct_score_free(&score);
}

static void
drums_are_left_out(void** const state)
{
  (void)state;
  static const uint8_t track[] = {0x00, 0x99, 0x3C, 0x40, 0x0A, 0x3C, 0x00};
  CtScore              score   = ct_score_init();
  assert_int_equal(read_track(96U, track, sizeof(track), &score),
                   CT_SMF_NO_NOTES);
  assert_null(score.streams);
}

static void
wild_data_bytes_are_clipped(void** const state)
{
  (void)state;
  static const uint8_t track[] = {0x00, 0x90, 0xFF, 0x80, 0x0A, 0x7F, 0x00};
  CtScore              score   = ct_score_init();
  assert_int_equal(read_track(960U, track, sizeof(track), &score), CT_SUCCESS);
  check_note(&score, 0U, 0U, 0, 10, 127U);
  assert_int_equal(score.streams[0].notes[0].velocity, 127);
  ct_score_free(&score);
}

static void
the_first_meter_begins_at_zero(void** const state)
{
  (void)state;
  static const uint8_t none[] = {0x00, 0x90, 0x3C, 0x40, 0x0A, 0x3C, 0x00};
  static const uint8_t late[] = {0x00,
                                 0x90,
                                 0x3C,
                                 0x40,
                                 0x0A,
                                 0x3C,
                                 0x00,
                                 0x0A,
                                 0xFF,
                                 0x58,
                                 0x04,
                                 0x06,
                                 0x03,
                                 0x24,
                                 0x08};
  CtScore              score  = ct_score_init();
  assert_int_equal(read_track(960U, none, sizeof(none), &score), CT_SUCCESS);
  assert_int_equal(score.n_meters, 1);
  assert_int_equal(score.meters[0].meter.numerator, 4);
  ct_score_free(&score);

  assert_int_equal(read_track(960U, late, sizeof(late), &score), CT_SUCCESS);
  assert_int_equal(score.n_meters, 2);
  assert_int_equal(score.meters[0].tick, 0);
  assert_int_equal(score.meters[0].meter.numerator, 6);
  assert_int_equal(score.meters[0].meter.denominator, 8);
  assert_int_equal(score.meters[1].tick, 20);
  ct_score_free(&score);
}

static void
alien_chunks_are_skipped(void** const state)
{
  (void)state;
  static const uint8_t alien[] = {'X', 'F', 'I', 'H', 0, 0, 0, 3, 1, 2, 3};
  const File           file    = file_of(0U, 96U, rich, sizeof(rich));
  CtBuffer             buffer  = ct_buffer_init();
  CtScore              score   = ct_score_init();
  ct_put_bytes(&buffer, file.bytes, HEAD_SIZE - 8U);
  ct_put_bytes(&buffer, alien, sizeof(alien));
  ct_put_bytes(
    &buffer, file.bytes + HEAD_SIZE - 8U, file.size - HEAD_SIZE + 8U);
  ct_put_bytes(&buffer, alien, sizeof(alien));
  assert_int_equal(ct_smf_read(buffer.bytes, buffer.size, &score), CT_SUCCESS);
  assert_int_equal(score.n_notes, 3);
  ct_score_free(&score);
  ct_buffer_free(&buffer);
  free(file.bytes);
}

/// A track that is refused
typedef struct {
  CtStatus status;
  size_t   size;
  uint8_t  track[12];
} BadTrack;

static void
each_bad_track_has_its_refusal(void** const state)
{
  (void)state;
  static const BadTrack bad[] = {
    {CT_SMF_NO_NOTES, 0U, {0}},
    {CT_SMF_BAD_EVENT, 3U, {0x00, 0x3C, 0x40}}, // Running status of nothing
    {CT_SMF_BAD_EVENT, 2U, {0x00, 0xF4}},       // Undefined status
    {CT_SMF_BAD_EVENT,
     4U,
     {0x00, 0xF8, 0x00, 0x3C}}, // Running status of a clock
    {CT_SMF_BAD_EVENT, 6U, {0x00, 0xFF, 0x51, 0x02, 0x01, 0x02}}, // Short tempo
    {CT_SMF_BAD_EVENT,
     8U,
     {0x00, 0xFF, 0x58, 0x04, 0x00, 0x02, 0x18, 0x08}}, // 0/4
    {CT_SMF_BAD_EVENT,
     8U,
     {0x00, 0xFF, 0x58, 0x04, 0x04, 0x07, 0x18, 0x08}}, // 4/128
    {CT_SMF_BAD_EVENT,
     6U,
     {0x00, 0xFF, 0x59, 0x02, 0x08, 0x00}}, // Eight sharps
    {CT_SMF_BAD_EVENT,
     6U,
     {0x00, 0xFF, 0x59, 0x02, 0x00, 0x02}}, // A third mode
    {CT_SMF_BAD_EVENT,
     5U,
     {0x00, 0xFF, 0x00, 0x01, 0x00}}, // Half a sequence number
    {CT_SMF_BAD_EVENT,
     9U,
     {0x00, 0xFF, 0x54, 0x05, 0x00, 0x3C, 0x00, 0x00, 0x00}}, // 60 minutes
    {CT_SMF_LYING_LENGTH, 1U, {0x81}},             // A delta time without end
    {CT_SMF_LYING_LENGTH, 1U, {0x00}},             // No event
    {CT_SMF_LYING_LENGTH, 3U, {0x00, 0x90, 0x3C}}, // Half a note
    {CT_SMF_LYING_LENGTH,
     6U,
     {0x00, 0xFF, 0x01, 0x7F, 'a', 'b'}}, // Text past the end
    {CT_SMF_LYING_LENGTH,
     7U,
     {0x00, 0xF0, 0x8F, 0xFF, 0xFF, 0x7F, 0x00}}, // Sysex past the end
    {CT_SMF_TOO_LARGE,
     6U,
     {0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x90}}, // More than 28 bits
    {CT_SMF_TOO_LARGE,
     8U,
     {0xFF, 0xFF, 0xFF, 0x7F, 0x90, 0x3C, 0x40, 0x00}}, // A million quarters
  };
  for (size_t i = 0U; i < sizeof(bad) / sizeof(bad[0]); ++i) {
    CtScore score = ct_score_init();
    assert_int_equal(read_track(96U, bad[i].track, bad[i].size, &score),
                     bad[i].status);
    assert_null(score.streams);
    assert_null(score.meters);
  }
}

static CtStatus
read_patched(const size_t offset, const uint8_t value)
{
  CtScore    score   = ct_score_init();
  const File file    = file_of(1U, 96U, rich, sizeof(rich));
  file.bytes[offset] = value;
  const CtStatus st  = ct_smf_read(file.bytes, file.size, &score);
  ct_score_free(&score);
  free(file.bytes);
  return st;
}

static void
each_bad_header_has_its_refusal(void** const state)
{
  (void)state;
  CtScore score = ct_score_init();
  assert_int_equal(ct_smf_read(NULL, 0U, &score), CT_SMF_NOT_MIDI);
  assert_int_equal(read_patched(0U, 'm'), CT_SMF_NOT_MIDI);
  assert_int_equal(read_patched(7U, 5U),
                   CT_SMF_TRUNCATED); // Header too short for its fields
  assert_int_equal(read_patched(4U, 1U),
                   CT_SMF_TRUNCATED); // Header longer than the file
  assert_int_equal(read_patched(9U, 2U), CT_SMF_BAD_FORMAT);
  assert_int_equal(read_patched(11U, 2U),
                   CT_SMF_TRUNCATED); // A track that is not there
  assert_int_equal(read_patched(12U, 0xE7U), CT_SMF_BAD_DIVISION);
  assert_int_equal(read_patched(13U, 0U), CT_SMF_BAD_DIVISION);
  assert_int_equal(read_patched(18U, 0x7FU),
                   CT_SMF_TRUNCATED); // A track longer than the file
  assert_int_equal(read_patched(9U, 1U), CT_SUCCESS);
}

static void
every_truncation_is_refused(void** const state)
{
  (void)state;
  const File file = file_of(0U, 96U, rich, sizeof(rich));
  for (size_t size = 0U; size < file.size; ++size) {
    CtScore        score = ct_score_init();
    uint8_t* const bytes = (uint8_t*)malloc(size + 1U);
    assert_non_null(bytes);
    memcpy(
      bytes + 1U, file.bytes, size); // One byte in, to end where the block ends
    assert_int_equal(ct_smf_read(bytes + 1U, size, &score),
                     size < 4U ? CT_SMF_NOT_MIDI : CT_SMF_TRUNCATED);
    free(bytes);
  }
  free(file.bytes);
}

/// Whatever was read must be a score
static void
check_score(const CtScore* const score)
{
  assert_true(score->n_streams > 0U && score->n_meters > 0U);
  assert_int_equal(score->meters[0].tick, 0);
  for (size_t i = 0U; i < score->n_streams; ++i) {
    assert_true(score->streams[i].n_notes > 0U);
    for (size_t j = 0U; j < score->streams[i].n_notes; ++j) {
      const CtScoreNote* const note = &score->streams[i].notes[j];
      assert_true(note->onset >= 0 && note->end >= note->onset &&
                  note->end <= CT_SCORE_MAX_TICK);
      assert_true(note->pitch < 128U && note->velocity > 0U &&
                  note->velocity < 128U);
    }
  }
  for (size_t i = 0U; i < score->n_meters; ++i) {
    assert_true(ct_meter_is_valid(score->meters[i].meter));
  }
}

static void
broken_files_do_no_harm(void** const state)
{
  (void)state;
  uint32_t n_read = 0U;
  for (uint32_t round = 0U; round < N_FUZZ; ++round) {
    CtScore        score   = ct_score_init();
    const File     file    = file_of(0U, 96U, rich, sizeof(rich));
    uint32_t       draw    = 0U;
    const uint64_t n_flips = 1U + (ct_key(1U, round, draw++, 0U) % 4U);
    for (uint64_t i = 0U; i < n_flips; ++i) {
      const uint64_t at = ct_key(1U, round, draw++, 0U) % file.size;
      file.bytes[at]    = (uint8_t)ct_key(1U, round, draw++, 0U);
    }
    if (!ct_smf_read(file.bytes, file.size, &score)) {
      ++n_read;
      check_score(&score);
    }
    ct_score_free(&score);
    free(file.bytes);
  }
  // Some flips leave a good file, or the test would see nothing but refusals
  assert_in_range(n_read, N_FUZZ / 10, N_FUZZ - (N_FUZZ / 10));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(everything_is_read),
    cmocka_unit_test(a_new_note_ends_the_old),
    cmocka_unit_test(times_are_scaled_with_rounding),
    cmocka_unit_test(drums_are_left_out),
    cmocka_unit_test(wild_data_bytes_are_clipped),
    cmocka_unit_test(the_first_meter_begins_at_zero),
    cmocka_unit_test(alien_chunks_are_skipped),
    cmocka_unit_test(each_bad_track_has_its_refusal),
    cmocka_unit_test(each_bad_header_has_its_refusal),
    cmocka_unit_test(every_truncation_is_refused),
    cmocka_unit_test(broken_files_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

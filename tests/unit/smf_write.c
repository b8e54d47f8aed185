// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file smf_write.c MIDI files are written to the byte, and read back

#include "base/rng.h"
#include "music/smf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const CtNote melody[] = {
  {960, 480, 64U, 90U, 2U, 0U},
  {0, 960, 60U, 80U, 2U, 0U},
  {960, 960, 60U, 81U, 2U, 0U},
};

static CtSmfSong
song_of(const CtSmfTrack* const tracks, const size_t n_tracks)
{
  static const CtScoreTempo tempos[] = {{0, 500000U}};
  static const CtScoreMeter meters[] = {{0, {6U, 8U}}, {2880, {3U, 4U}}};
  static const CtScoreKey   keys[]   = {{0, {10U, CT_MODE_MAJOR}}};

  const CtSmfSong song = {.name     = "Song",
                          .tempos   = tempos,
                          .n_tempos = 1U,
                          .meters   = meters,
                          .n_meters = 2U,
                          .keys     = keys,
                          .n_keys   = 1U,
                          .tracks   = tracks,
                          .n_tracks = n_tracks,
                          .end      = 2880};
  return song;
}

static void
the_bytes_are_as_the_standard_says(void** const state)
{
  (void)state;
  static const uint8_t expected[] = {
    'M',  'T',  'h',  'd',  0,    0,    0,    6,   0,
    1,    0,    2,    0x03, 0xC0,                     // Format 1, 960
    'M',  'T',  'r',  'k',  0,    0,    0,    42,     // Conductor
    0x00, 0xFF, 0x03, 4,    'S',  'o',  'n',  'g',    // Name
    0x00, 0xFF, 0x51, 3,    0x07, 0xA1, 0x20,         // 500000
    0x00, 0xFF, 0x58, 4,    6,    3,    36,   8,      // 6/8, dotted clicks
    0x00, 0xFF, 0x59, 2,    0xFE, 0,                  // Two flats
    0x96, 0x40, 0xFF, 0x58, 4,    3,    2,    24,  8, // 3/4 at 2880
    0x00, 0xFF, 0x2F, 0,                              // End
    'M',  'T',  'r',  'k',  0,    0,    0,    41,     // Track
    0x00, 0xFF, 0x03, 2,    'R',  'H',                // Name
    0x00, 0xC2, 6,                                    // Program
    0x00, 0x92, 60,   80,                             // On
    0x87, 0x40, 0x82, 60,   64,                       // Off before on
    0x00, 0x92, 60,   81,                             // The same again
    0x00, 0x92, 64,   90,                             // And a third
    0x83, 0x60, 0x82, 64,   64,                       // Off after 480
    0x83, 0x60, 0x82, 60,   64,                       // Off after 480
    0x87, 0x40, 0xFF, 0x2F, 0,                        // End at 2880
  };
  static const CtSmfTrack track = {"RH", 2U, 6, melody, 3U};
  const CtSmfSong         song  = song_of(&track, 1U);
  CtBuffer                out   = ct_buffer_init();
  assert_int_equal(ct_smf_write(&song, &out), CT_SUCCESS);
  assert_int_equal(out.size, sizeof(expected));
  assert_memory_equal(out.bytes, expected, sizeof(expected));
  ct_buffer_free(&out);
}

static void
what_is_written_is_read_back(void** const state)
{
  (void)state;
  enum { N_NOTES = 500 };
  CtNote notes[N_NOTES];
  for (size_t i = 0U; i < N_NOTES / 2U; ++i) {
    const CtTick tick = 240 * (CtTick)(ct_mix(i) % 1000U);
    notes[2U * i] =
      (CtNote){tick, 120, (uint8_t)(i / 2U), (uint8_t)(1U + (i / 2U)), 0U, 0U};
    notes[2U * i + 1U] =
      (CtNote){tick + 120, 120, (uint8_t)(i / 2U), 64U, 1U, 1U};
  }
  const CtSmfTrack tracks[] = {{"", 0U, CT_SMF_NO_PROGRAM, notes, N_NOTES},
                               {"Empty", 0U, 0, NULL, 0U}};
  const CtSmfSong  song     = song_of(tracks, 2U);
  CtBuffer         out      = ct_buffer_init();
  CtScore          score    = ct_score_init();
  assert_int_equal(ct_smf_write(&song, &out), CT_SUCCESS);
  assert_int_equal(ct_smf_read(out.bytes, out.size, &score), CT_SUCCESS);

  assert_int_equal(score.n_streams, 2);
  size_t n_found = 0U;
  for (size_t i = 0U; i < N_NOTES; ++i) {
    const CtStream* const stream = &score.streams[notes[i].channel];
    for (size_t j = 0U; j < stream->n_notes; ++j) {
      const CtScoreNote* const note = &stream->notes[j];
      n_found +=
        note->onset == notes[i].tick && note->end == notes[i].tick + 120 &&
        note->pitch == notes[i].pitch && note->velocity == notes[i].velocity;
    }
  }
  // Two notes of one pitch may fall on one tick: one is played
  assert_in_range(n_found, N_NOTES - 4, N_NOTES);
  assert_int_equal(score.n_meters, 2);
  assert_int_equal(score.meters[1].tick, 2880);
  assert_int_equal(score.keys[0].key.tonic, 10);
  assert_int_equal(score.tempos[0].us_per_quarter, 500000);
  ct_score_free(&score);
  ct_buffer_free(&out);
}

static void
notes_of_one_pitch_do_not_overlap(void** const state)
{
  (void)state;
  static const CtNote     notes[] = {{0, 1000, 60U, 80U, 0U, 0U},
                                     {480, 960, 60U, 81U, 0U, 0U},
                                     {480, 100, 60U, 82U, 0U, 0U},
                                     {2000, 0, 60U, 83U, 0U, 0U}};
  static const CtSmfTrack track   = {"", 0U, CT_SMF_NO_PROGRAM, notes, 4U};
  const CtSmfSong         song    = song_of(&track, 1U);
  CtBuffer                out     = ct_buffer_init();
  CtScore                 score   = ct_score_init();
  assert_int_equal(ct_smf_write(&song, &out), CT_SUCCESS);
  assert_int_equal(ct_smf_read(out.bytes, out.size, &score), CT_SUCCESS);
  assert_int_equal(score.n_notes, 3);
  const CtScoreNote* const read = score.streams[0].notes;
  assert_int_equal(read[0].end, 480);
  assert_int_equal(read[1].onset, 480);
  assert_int_equal(read[1].end, 1440);
  assert_int_equal(read[1].velocity, 81);
  assert_int_equal(read[2].end, 2001);
  ct_score_free(&score);
  ct_buffer_free(&out);
}

static void
values_out_of_range_are_refused(void** const state)
{
  (void)state;
  static const CtNote bad[] = {
    {-1, 10, 60U, 80U, 0U, 0U},
    {0, 10, 128U, 80U, 0U, 0U},
    {0, 10, 60U, 0U, 0U, 0U},
    {0, 10, 60U, 128U, 0U, 0U},
    {0, 10, 60U, 80U, 16U, 0U},
    {0, -1, 60U, 80U, 0U, 0U},
    {CT_SCORE_MAX_TICK, 1, 60U, 80U, 0U, 0U},
  };
  for (size_t i = 0U; i < sizeof(bad) / sizeof(bad[0]); ++i) {
    const CtSmfTrack track = {"", 0U, CT_SMF_NO_PROGRAM, &bad[i], 1U};
    const CtSmfSong  song  = song_of(&track, 1U);
    CtBuffer         out   = ct_buffer_init();
    assert_int_equal(ct_smf_write(&song, &out), CT_BAD_ARG);
    ct_buffer_free(&out);
  }

  static const CtSmfTrack   program = {"", 0U, 128, melody, 3U};
  static const CtScoreMeter meter   = {0, {3U, 5U}};
  CtSmfSong                 song    = song_of(&program, 1U);
  CtBuffer                  out     = ct_buffer_init();
  assert_int_equal(ct_smf_write(&song, &out), CT_BAD_ARG);
  song          = song_of(NULL, 0U);
  song.meters   = &meter;
  song.n_meters = 1U;
  assert_int_equal(ct_smf_write(&song, &out), CT_BAD_ARG);
  ct_buffer_free(&out);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_bytes_are_as_the_standard_says),
    cmocka_unit_test(what_is_written_is_read_back),
    cmocka_unit_test(notes_of_one_pitch_do_not_overlap),
    cmocka_unit_test(values_out_of_range_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

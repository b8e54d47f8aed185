// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file program.c Which instrument plays which part, and a song as messages

#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { RIGHT, LEFT, SOPRANO, ALTO, TENOR, BASS };

static const double sample_rate = 48000.0;

/// What a preset sounds like
typedef struct {
  const char* preset;
  uint32_t    part;
  uint8_t     program;
} Row;

static const Row rows[] = {
  {"haydn-quartet", SOPRANO, 40U},
  {"haydn-quartet", ALTO, 40U},
  {"haydn-quartet", TENOR, 41U},
  {"haydn-quartet", BASS, 42U},
  {"mozart-quartet", BASS, 42U},
  {"scarlatti-sonata", RIGHT, 6U},
  {"scarlatti-toccata", LEFT, 6U},
  {"bach-chorale", SOPRANO, 52U},
  {"bach-chorale", BASS, 52U},
  {"bach-organ-fugue", RIGHT, 19U},
  {"schubert-song", SOPRANO, 53U},
  {"schubert-song", LEFT, 0U},
  {"chopin-nocturne", RIGHT, 0U},
  {"chopin-nocturne", LEFT, 0U},
  {"beethoven-sonata", RIGHT, 0U},
  {"joplin-rag", LEFT, 0U},
  {"bach-invention", RIGHT, 0U},
  {"irish-jig", SOPRANO, 40U},
};

static ContinuoPreset
find_preset(const char* const name)
{
  for (uint32_t i = 0U; i < continuo_n_presets(); ++i) {
    if (!strcmp(continuo_preset_id(i), name)) {
      const char* const text = continuo_preset_text(i);
      ContinuoPreset    preset;
      char              why[CONTINUO_WHY_SIZE];
      assert_int_equal(
        continuo_preset_read(NULL, text, strlen(text), &preset, why), 0);
      return preset;
    }
  }
  fail_msg("no preset %s", name);
  return continuo_preset_initial();
}

static void
presets_have_their_instruments(void** const state)
{
  (void)state;
  Continuo* const self = continuo_new(sample_rate, CONTINUO_SYNCHRONOUS);
  assert_non_null(self);
  for (size_t i = 0U; i < sizeof(rows) / sizeof(rows[0]); ++i) {
    const ContinuoPreset preset = find_preset(rows[i].preset);
    continuo_preset_apply(self, &preset);
    if (continuo_program(self, rows[i].part) != rows[i].program) {
      fail_msg("%s: part %u has program %u",
               rows[i].preset,
               rows[i].part,
               continuo_program(self, rows[i].part));
    }
  }
  assert_int_equal(continuo_program(self, UINT32_MAX), 0);
  continuo_free(self);
}

/// What was heard of a song
typedef struct {
  size_t   n_on;
  size_t   n_off;
  uint32_t last;
  bool     sounds[16][128];
  size_t   n_left; ///< Messages until it has enough
} Heard;

static bool
hear(void* const handle, const ContinuoMidi* const message)
{
  Heard* const  heard   = (Heard*)handle;
  const uint8_t channel = message->data[0] & 0x0FU;
  const bool    is_on   = (message->data[0] & 0xF0U) == 0x90U;
  bool* const   sounds  = &heard->sounds[channel][message->data[1]];
  assert_true(message->frame >= heard->last);
  assert_int_equal(message->size, 3);
  assert_int_equal(channel, message->part);
  if (!is_on) {
    assert_true(*sounds);
  }
  heard->n_on += is_on;
  heard->n_off += !is_on;
  heard->last = message->frame;
  *sounds     = is_on;
  return --heard->n_left > 0U;
}

static void
a_song_is_played_in_time_order(void** const state)
{
  (void)state;
  Continuo* const        self = continuo_new(sample_rate, CONTINUO_SYNCHRONOUS);
  const ContinuoPreset   preset = find_preset("haydn-quartet");
  const ContinuoSongPlan plan   = {4U, 120.0, 4U, 4U};
  ContinuoSong*          song   = NULL;
  Heard                  heard  = {.n_left = SIZE_MAX};
  continuo_preset_apply(self, &preset);
  assert_int_equal(continuo_song_new(self, &plan, NULL, NULL, &song), 0);
  assert_int_equal(continuo_song_play(song, sample_rate, hear, &heard), 0);
  assert_int_equal(heard.n_on, continuo_song_n_notes(song));
  assert_int_equal(heard.n_off, heard.n_on);

  // Four bars of two seconds
  assert_in_range(heard.last, 300000U, 384000U);
  assert_int_equal(continuo_song_program(song, TENOR), 41);
  assert_int_equal(continuo_song_program(song, UINT32_MAX), 0);

  // It ends when it is told to, and frames that can't be counted are refused
  heard = (Heard){.n_left = 5U};
  assert_int_equal(continuo_song_play(song, sample_rate, hear, &heard), 0);
  assert_int_equal(heard.n_on + heard.n_off, 5U);
  assert_int_not_equal(continuo_song_play(song, 0.0, hear, &heard), 0);
  assert_int_not_equal(continuo_song_play(song, 1e12, hear, &heard), 0);
  continuo_song_free(song);
  continuo_free(self);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(presets_have_their_instruments),
    cmocka_unit_test(a_song_is_played_in_time_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file layout.c Which ensemble a score is for, and who plays its streams

#include "gen/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define QUARTER 960
#define MAX_STREAMS 6U

/// What a stream of a test is: its name, its pitch, and whether it is chords
typedef struct {
  const char* name;
  uint8_t     pitch;
  bool        is_chords;
} Line;

/// A finished score of eight quarters for each line
static CtScore
score_of(const Line* const lines, const size_t n)
{
  CtScore score = ct_score_init();
  for (size_t i = 0U; i < n; ++i) {
    assert_int_equal(
      ct_score_add_stream(&score, (uint32_t)i, 0U, lines[i].name), CT_SUCCESS);
    for (CtTick beat = 0; beat < 8; ++beat) {
      CtScoreNote note = {
        beat * QUARTER, (beat + 1) * QUARTER, lines[i].pitch, 64U};
      assert_int_equal(ct_score_add_note(&score, note), CT_SUCCESS);
      note.pitch = (uint8_t)(note.pitch - 4U);
      if (lines[i].is_chords) {
        assert_int_equal(ct_score_add_note(&score, note), CT_SUCCESS);
      }
    }
  }
  assert_int_equal(ct_score_finish(&score), CT_SUCCESS);
  assert_int_equal(score.n_streams, n);
  return score;
}

static void
assert_ensemble(const Line* const lines,
                const size_t      n,
                const CtEnsemble  expected)
{
  CtScore score = score_of(lines, n);
  assert_int_equal(ct_layout_infer(&score), expected);
  ct_score_free(&score);
}

static void
assert_parts(const Line* const     lines,
             const size_t          n,
             const CtEnsemble      ensemble,
             const uint32_t* const expected)
{
  CtScore  score              = score_of(lines, n);
  uint32_t parts[MAX_STREAMS] = {0U};
  assert_int_equal(ct_layout_assign(&score, ensemble, parts), CT_SUCCESS);
  for (size_t i = 0U; i < n; ++i) {
    assert_int_equal(parts[i], expected[i]);
  }
  ct_score_free(&score);
}

static void
one_stream_is_a_melody_or_a_keyboard(void** const state)
{
  (void)state;
  assert_ensemble((const Line[]){{"", 72U, false}}, 1U, CT_ENSEMBLE_MELODY);
  assert_ensemble((const Line[]){{"", 72U, true}}, 1U, CT_ENSEMBLE_KEYBOARD);
}

static void
two_and_five_streams_are_a_keyboard(void** const state)
{
  (void)state;
  static const Line five[] = {{"Violin", 80U, false},
                              {"", 72U, false},
                              {"", 64U, false},
                              {"", 56U, false},
                              {"", 48U, false}};
  assert_ensemble(five, 2U, CT_ENSEMBLE_KEYBOARD);
  assert_ensemble(five, 5U, CT_ENSEMBLE_KEYBOARD);
}

static void
three_streams_are_a_song_or_an_organ(void** const state)
{
  (void)state;
  static const Line song[] = {
    {"Voice", 72U, false}, {"RH", 64U, true}, {"LH", 48U, false}};
  static const Line organ[] = {
    {"Manual", 72U, true}, {"Manual", 60U, true}, {"Pedal", 40U, false}};
  static const Line trio[] = {
    {"", 72U, false}, {"", 60U, false}, {"", 40U, false}};
  assert_ensemble(song, 3U, CT_ENSEMBLE_SONG);
  assert_ensemble(organ, 3U, CT_ENSEMBLE_ORGAN);
  assert_ensemble(trio, 3U, CT_ENSEMBLE_ORGAN);
}

static void
four_streams_go_by_their_names_and_voices(void** const state)
{
  (void)state;
  Line lines[] = {{"Soprano", 72U, false},
                  {"Alto", 65U, false},
                  {"Tenor", 58U, false},
                  {"Bass", 45U, false}};
  assert_ensemble(lines, 4U, CT_ENSEMBLE_VOICES);

  lines[1].is_chords = true;
  assert_ensemble(lines, 4U, CT_ENSEMBLE_KEYBOARD);

  lines[2].name = "VIOLA";
  assert_ensemble(lines, 4U, CT_ENSEMBLE_QUARTET);
  lines[2].name = "Tenor";
  lines[3].name = "Violoncello";
  assert_ensemble(lines, 4U, CT_ENSEMBLE_QUARTET);
  lines[3].name = "Vio";
  assert_ensemble(lines, 4U, CT_ENSEMBLE_KEYBOARD);
}

static void
voices_take_their_parts_by_height(void** const state)
{
  (void)state;
  static const Line lines[] = {
    {"", 45U, false}, {"", 72U, false}, {"", 58U, false}, {"", 65U, false}};
  assert_parts(lines,
               4U,
               CT_ENSEMBLE_VOICES,
               (const uint32_t[]){
                 CT_PART_BASS, CT_PART_SOPRANO, CT_PART_TENOR, CT_PART_ALTO});
  assert_parts(lines,
               3U,
               CT_ENSEMBLE_QUARTET,
               (const uint32_t[]){CT_PART_BASS, CT_PART_SOPRANO, CT_PART_ALTO});
  assert_parts(lines,
               2U,
               CT_ENSEMBLE_VOICES,
               (const uint32_t[]){CT_PART_BASS, CT_PART_SOPRANO});
  assert_parts(
    lines, 1U, CT_ENSEMBLE_VOICES, (const uint32_t[]){CT_PART_SOPRANO});
}

static void
streams_of_one_height_keep_the_order_of_the_file(void** const state)
{
  (void)state;
  static const Line lines[] = {
    {"", 60U, false}, {"", 60U, false}, {"", 60U, false}, {"", 60U, false}};
  assert_parts(lines,
               4U,
               CT_ENSEMBLE_VOICES,
               (const uint32_t[]){
                 CT_PART_SOPRANO, CT_PART_ALTO, CT_PART_TENOR, CT_PART_BASS});
}

static void
a_keyboard_has_two_hands(void** const state)
{
  (void)state;
  static const Line lines[] = {
    {"", 48U, true}, {"", 72U, true}, {"", 60U, true}};
  assert_parts(lines,
               2U,
               CT_ENSEMBLE_KEYBOARD,
               (const uint32_t[]){CT_PART_LEFT, CT_PART_RIGHT});
  assert_parts(lines,
               3U,
               CT_ENSEMBLE_KEYBOARD,
               (const uint32_t[]){CT_PART_LEFT, CT_PART_RIGHT, CT_PART_RIGHT});
  assert_parts(
    lines, 1U, CT_ENSEMBLE_KEYBOARD, (const uint32_t[]){CT_PART_SPLIT});
}

static void
an_organ_has_two_hands_and_a_pedal(void** const state)
{
  (void)state;
  static const Line lines[] = {
    {"", 36U, false}, {"", 72U, true}, {"", 60U, true}};
  assert_parts(lines,
               3U,
               CT_ENSEMBLE_ORGAN,
               (const uint32_t[]){CT_PART_BASS, CT_PART_RIGHT, CT_PART_LEFT});
}

// Also where the piano goes above the voice
static void
a_song_is_sung_by_its_first_stream(void** const state)
{
  (void)state;
  static const Line lines[] = {
    {"", 62U, false}, {"", 48U, true}, {"", 74U, true}};
  assert_parts(
    lines,
    3U,
    CT_ENSEMBLE_SONG,
    (const uint32_t[]){CT_PART_SOPRANO, CT_PART_LEFT, CT_PART_RIGHT});
}

static void
a_melody_leads_and_the_rest_follows(void** const state)
{
  (void)state;
  static const Line lines[] = {{"", 62U, false}, {"", 74U, true}};
  assert_parts(
    lines, 1U, CT_ENSEMBLE_MELODY, (const uint32_t[]){CT_PART_SOPRANO});
  assert_parts(lines,
               2U,
               CT_ENSEMBLE_MELODY,
               (const uint32_t[]){CT_PART_SOPRANO, CT_PART_LEFT});
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_stream_is_a_melody_or_a_keyboard),
    cmocka_unit_test(two_and_five_streams_are_a_keyboard),
    cmocka_unit_test(three_streams_are_a_song_or_an_organ),
    cmocka_unit_test(four_streams_go_by_their_names_and_voices),
    cmocka_unit_test(voices_take_their_parts_by_height),
    cmocka_unit_test(streams_of_one_height_keep_the_order_of_the_file),
    cmocka_unit_test(a_keyboard_has_two_hands),
    cmocka_unit_test(an_organ_has_two_hands_and_a_pedal),
    cmocka_unit_test(a_song_is_sung_by_its_first_stream),
    cmocka_unit_test(a_melody_leads_and_the_rest_follows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

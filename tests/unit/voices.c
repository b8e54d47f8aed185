// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file voices.c Notes of a staff are shared among voices, clefs and
/// accidentals follow

#include "music/voices.h"

#include "music/accidentals.h"
#include "music/clef.h"
#include "music/loudness.h"
#include "music/spelling.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
one_voice_where_nothing_overlaps(void** const state)
{
  (void)state;
  CtVoicedNote notes[] = {
    {0, 4, 60, 9}, {0, 4, 64, 9}, {0, 4, 67, 9}, {4, 6, 72, 9}, {8, 9, 40, 9}};
  assert_int_equal(ct_voices_share(notes, 5U), CT_SUCCESS);
  for (size_t i = 0U; i < 5U; ++i) {
    assert_int_equal(notes[i].voice, 0);
  }
}

/// A waltz: the bass holds below the chords
static void
basses_hold_below(void** const state)
{
  (void)state;
  CtVoicedNote notes[] = {{0, 12, 36, 9},
                          {4, 8, 52, 9},
                          {4, 8, 55, 9},
                          {8, 12, 52, 9},
                          {8, 12, 55, 9}};
  assert_int_equal(ct_voices_share(notes, 5U), CT_SUCCESS);
  assert_int_equal(notes[0].voice, 1);
  for (size_t i = 1U; i < 5U; ++i) {
    assert_int_equal(notes[i].voice, 0);
  }
}

/// A melody over a held note stays in one voice though it dips below it
static void
melodies_stay_together(void** const state)
{
  (void)state;
  CtVoicedNote notes[] = {{0, 8, 62, 9},
                          {0, 1, 72, 9},
                          {1, 2, 71, 9},
                          {2, 3, 69, 9},
                          {3, 4, 67, 9},
                          {4, 5, 64, 9},
                          {5, 6, 60, 9},
                          {6, 7, 64, 9},
                          {7, 8, 67, 9}};
  // By (onset, end, pitch)
  const CtVoicedNote held = notes[0];
  notes[0]                = notes[1];
  notes[1]                = held;
  assert_int_equal(ct_voices_share(notes, 9U), CT_SUCCESS);
  for (size_t i = 0U; i < 9U; ++i) {
    assert_int_equal(notes[i].voice, i == 1U ? 1 : 0);
  }
}

/// Voices are sets of notes that don't overlap, unless all four are taken
static void
voices_do_not_overlap(void** const state)
{
  (void)state;
  CtVoicedNote notes[] = {{0, 10, 50, 9},
                          {1, 9, 55, 9},
                          {2, 8, 60, 9},
                          {3, 7, 65, 9},
                          {7, 8, 66, 9},
                          {8, 9, 61, 9}};
  assert_int_equal(ct_voices_share(notes, 6U), CT_SUCCESS);
  for (size_t i = 0U; i < 6U; ++i) {
    for (size_t j = i + 1U; j < 6U; ++j) {
      if (notes[j].begin < notes[i].end) {
        assert_int_not_equal(notes[i].voice, notes[j].voice);
      }
    }
  }
  assert_int_equal(notes[0].voice, 3);

  CtVoicedNote many[] = {
    {0, 10, 50, 9}, {1, 9, 55, 9}, {2, 8, 60, 9}, {3, 7, 65, 9}, {4, 6, 70, 9}};
  assert_int_equal(ct_voices_share(many, 5U), CT_SUCCESS);
  for (size_t i = 0U; i < 5U; ++i) {
    assert_in_range(many[i].voice, 0, CT_MAX_VOICES - 1U);
  }
}

static void
clefs_change_for_long(void** const state)
{
  (void)state;
  enum { N_BARS = 8 };
  const CtSpelling low           = ct_spelling(0, 36); // C2
  CtClefNeed       needs[N_BARS] = {{{0U}}};
  uint8_t          clefs[N_BARS];
  for (uint32_t note = 0U; note < 4U; ++note) {
    ct_clef_add(&needs[2], ct_spelling_place(ct_spelling(4, 76)));
    for (uint32_t bar = 4U; bar < N_BARS; ++bar) {
      ct_clef_add(&needs[bar], ct_spelling_place(low));
    }
  }
  assert_int_equal(
    ct_clefs_choose(needs, N_BARS, CT_CLEF_TREBLE, CT_CLEF_BASS, clefs),
    CT_SUCCESS);
  for (uint32_t bar = 0U; bar < N_BARS; ++bar) {
    assert_int_equal(clefs[bar], bar < 4U ? CT_CLEF_TREBLE : CT_CLEF_BASS);
  }
  assert_int_equal(
    ct_clefs_choose(needs, N_BARS, CT_CLEF_TREBLE, CT_CLEF_TREBLE, clefs),
    CT_SUCCESS);
  assert_int_equal(clefs[N_BARS - 1], CT_CLEF_TREBLE);
}

static void
accidentals_hold_for_the_bar(void** const state)
{
  (void)state;
  const CtSpelling f_sharp = ct_spelling(6, 66);
  const CtSpelling f       = ct_spelling(-1, 65);
  CtAccidentals    staff;
  ct_accidentals_init(&staff, 1); // G major
  assert_int_equal(ct_accidentals_read(&staff, f_sharp, false),
                   CT_ACCIDENTAL_NONE);
  assert_int_equal(ct_accidentals_read(&staff, f, false), CT_ACCIDENTAL_SHOWN);
  assert_int_equal(ct_accidentals_read(&staff, f, false), CT_ACCIDENTAL_NONE);
  assert_int_equal(ct_accidentals_read(&staff, f_sharp, false),
                   CT_ACCIDENTAL_SHOWN);
  assert_int_equal(ct_accidentals_read(&staff, f, false), CT_ACCIDENTAL_SHOWN);

  ct_accidentals_next_bar(&staff);
  assert_int_equal(ct_accidentals_read(&staff, f, true), CT_ACCIDENTAL_NONE);
  assert_int_equal(ct_accidentals_read(&staff, f_sharp, false),
                   CT_ACCIDENTAL_COURTESY);
  assert_int_equal(ct_accidentals_read(&staff, f_sharp, false),
                   CT_ACCIDENTAL_NONE);

  ct_accidentals_next_bar(&staff);
  assert_int_equal(ct_accidentals_read(&staff, f_sharp, false),
                   CT_ACCIDENTAL_NONE);
}

static void
dynamics_ignore_small_changes(void** const state)
{
  (void)state;
  assert_int_equal(ct_dynamic_change(CT_N_DYNAMICS, (CtLoudness){800U, 10U}),
                   CT_DYNAMIC_MF);
  assert_int_equal(ct_dynamic_change(CT_DYNAMIC_MF, (CtLoudness){890U, 10U}),
                   CT_N_DYNAMICS);
  assert_int_equal(ct_dynamic_change(CT_DYNAMIC_MF, (CtLoudness){930U, 10U}),
                   CT_DYNAMIC_F);
  assert_int_equal(ct_dynamic_change(CT_DYNAMIC_MF, (CtLoudness){10U, 10U}),
                   CT_DYNAMIC_PP);
  assert_int_equal(ct_dynamic_change(CT_DYNAMIC_MF, (CtLoudness){0U, 0U}),
                   CT_N_DYNAMICS);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_voice_where_nothing_overlaps),
    cmocka_unit_test(basses_hold_below),
    cmocka_unit_test(melodies_stay_together),
    cmocka_unit_test(voices_do_not_overlap),
    cmocka_unit_test(clefs_change_for_long),
    cmocka_unit_test(accidentals_hold_for_the_bar),
    cmocka_unit_test(dynamics_ignore_small_changes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

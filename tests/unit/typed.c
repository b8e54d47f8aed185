// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file typed.c Melodies as one types them

#include "music/typed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define STEP (CT_PPQN / 4)

/// Fail unless a text reads as notes of [begin, end, key] steps
static void
assert_notes(const char* const text,
             const size_t      n,
             const int (*const notes)[3])
{
  CtScore score = ct_score_init();
  assert_true(ct_is_typed(text));
  assert_int_equal(ct_typed_read(text, &score), CT_SUCCESS);
  assert_int_equal(score.n_streams, 1);
  assert_int_equal(score.streams[0].n_notes, n);
  for (size_t i = 0U; i < n; ++i) {
    const CtScoreNote* const note = &score.streams[0].notes[i];
    assert_int_equal(note->onset, notes[i][0] * STEP);
    assert_int_equal(note->end, notes[i][1] * STEP);
    assert_int_equal(note->pitch, notes[i][2]);
  }
  ct_score_free(&score);
}

static void
words_are_sixteenths(void** const state)
{
  (void)state;
  static const int scale[][3] = {
    {0, 2, 60}, {2, 4, 62}, {4, 7, 64}, {7, 8, 65}};
  static const int rests[][3] = {{2, 3, 0}, {5, 8, 127}};
  static const int again[][3] = {{0, 1, 60}, {1, 2, 60}};
  assert_notes("60 _ 62 _ 64 _ _ 65", 4U, scale);
  assert_notes(" / / r _ 0\tr _ 127 _ _ r _\n", 2U, rests);
  assert_notes("60 60", 2U, again);
}

static void
a_word_before_a_note_is_silence(void** const state)
{
  (void)state;
  static const int late[][3] = {{2, 3, 72}};
  assert_notes("_ _ 72", 1U, late);
  assert_notes("r / 72", 1U, late); // Padding takes time once there is music
}

static void
other_texts_are_not_typed(void** const state)
{
  (void)state;
  static const char* const texts[] = {"",
                                      " ",
                                      "r _ _",
                                      "60 _ x",
                                      "128",
                                      "60 -1",
                                      "60.mid",
                                      "/tmp/60.mid",
                                      "60_",
                                      "6e1",
                                      "60 _ R",
                                      "99999999999999999999 _"};
  for (size_t i = 0U; i < sizeof(texts) / sizeof(texts[0]); ++i) {
    assert_false(ct_is_typed(texts[i]));
  }
  assert_true(ct_begins_typed("60 _ x"));
  assert_true(ct_begins_typed("r 60 62_"));
  assert_false(ct_begins_typed("60"));
  assert_false(ct_begins_typed("60 years.mid"));
  assert_false(ct_begins_typed("opening.mid"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(words_are_sixteenths),
    cmocka_unit_test(a_word_before_a_note_is_silence),
    cmocka_unit_test(other_texts_are_not_typed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

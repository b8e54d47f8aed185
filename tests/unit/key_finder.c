// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file key_finder.c The key is found, kept, and left when the music leaves it

#include "music/key_finder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

/// Pitch classes as a set, bit n for class n
typedef uint16_t Chord;

static const Chord major_triad = 0x91U;  // 0 4 7
static const Chord minor_triad = 0x89U;  // 0 3 7
static const Chord dominant    = 0x491U; // 0 4 7 10

enum { CADENCE_LENGTH = 4, BAR = 4 * CT_PPQN };

/// Let the chord on `root` sound for `duration`, told in pieces of `step`
static void
play(CtKeyFinder* const finder,
     const Chord        chord,
     const int          root,
     const CtTick       duration,
     const CtTick       step)
{
  uint16_t n_sounding[CT_PITCH_CLASS_COUNT] = {0U};
  for (int i = 0; i < CT_PITCH_CLASS_COUNT; ++i) {
    n_sounding[(root + i) % CT_PITCH_CLASS_COUNT] =
      (uint16_t)((unsigned)chord >> (unsigned)i & 1U);
  }
  const CtTick end = finder->tick + duration;
  while (finder->tick < end) {
    const CtTick next = finder->tick + step;
    ct_key_finder_advance(finder, n_sounding, next < end ? next : end);
  }
}

/// Tonic, subdominant, dominant seventh and tonic, a bar in all
static void
play_cadence(CtKeyFinder* const finder, const CtKey key, const CtTick step)
{
  const Chord tonic = key.mode == CT_MODE_MINOR ? minor_triad : major_triad;
  const Chord chords[CADENCE_LENGTH] = {tonic, tonic, dominant, tonic};
  static const int roots[]           = {0, 5, 7, 0};
  for (int i = 0; i < CADENCE_LENGTH; ++i) {
    play(finder, chords[i], key.tonic + roots[i], CT_PPQN, step);
  }
}

/// Begin at tick zero with nothing heard
static void
begin(CtKeyFinder* const finder)
{
  ct_key_finder_reset(finder);
  ct_key_finder_seek(finder, 0);
}

static void
check_key(const CtKeyFinder* const finder, const CtKey expected)
{
  CtKey key = {0U, CT_MODE_MAJOR};
  assert_true(ct_key_finder_find(finder, &key));
  assert_int_equal(key.tonic, expected.tonic);
  assert_int_equal(key.mode, expected.mode);
}

static void
too_little_tells_no_key(void** const state)
{
  (void)state;
  CtKeyFinder finder;
  CtKey       key = {5U, CT_MODE_MINOR};
  begin(&finder);
  assert_false(ct_key_finder_find(&finder, &key));

  // One note, and a fifth, however long
  play(&finder, 0x01U, 2, (CtTick)10 * BAR, CT_PPQN);
  assert_false(ct_key_finder_find(&finder, &key));
  play(&finder, 0x81U, 2, (CtTick)10 * BAR, CT_PPQN);
  assert_false(ct_key_finder_find(&finder, &key));

  // A triad for one quarter, and silence
  begin(&finder);
  play(&finder, major_triad, 2, CT_PPQN, CT_PPQN);
  play(&finder, 0U, 0, BAR, CT_PPQN);
  assert_false(ct_key_finder_find(&finder, &key));
  assert_int_equal(key.tonic, 5);
  assert_int_equal(key.mode, CT_MODE_MINOR);

  play(&finder, major_triad, 2, CT_PPQN, CT_PPQN);
  assert_true(ct_key_finder_find(&finder, &key));
  assert_int_equal(key.tonic, 2);
  assert_int_equal(key.mode, CT_MODE_MAJOR);
}

static void
cadences_tell_their_key(void** const state)
{
  (void)state;
  for (uint8_t tonic = 0U; tonic < CT_PITCH_CLASS_COUNT; ++tonic) {
    const CtKey major = {tonic, CT_MODE_MAJOR};
    const CtKey minor = {tonic, CT_MODE_MINOR};
    CtKeyFinder finder;
    begin(&finder);
    play_cadence(&finder, major, CT_PPQN);
    check_key(&finder, major);
    begin(&finder);
    play_cadence(&finder, minor, CT_PPQN);
    check_key(&finder, minor);
  }
}

/// A melody: pitch classes of quarters
static void
play_melody(CtKeyFinder* const finder,
            const int* const   pitches,
            const uint32_t     n_pitches)
{
  for (uint32_t i = 0U; i < n_pitches; ++i) {
    play(finder, 1U, pitches[i], CT_PPQN, CT_PPQN);
  }
}

static void
melodies_tell_their_key(void** const state)
{
  (void)state;
  // Beethoven, op. 125, and the subject of Bach's BWV 847, all notes as long
  static const int   joy[] = {6, 6, 7, 9, 9, 7, 6, 4, 2, 2, 4, 6, 6, 4, 4, 4,
                              6, 6, 7, 9, 9, 7, 6, 4, 2, 2, 4, 6, 4, 2, 2, 2};
  static const int   subject[] = {0, 11, 0, 7, 8, 0, 11, 0, 2, 7,
                                  0, 11, 0, 2, 5, 7, 8,  7, 5, 3};
  static const CtKey d_major   = {2U, CT_MODE_MAJOR};
  static const CtKey c_minor   = {0U, CT_MODE_MINOR};
  CtKeyFinder        finder;
  begin(&finder);
  play_melody(&finder, joy, sizeof(joy) / sizeof(*joy));
  check_key(&finder, d_major);
  begin(&finder);
  play_melody(&finder, subject, sizeof(subject) / sizeof(*subject));
  check_key(&finder, c_minor);
}

static void
a_drone_does_not_hide_the_melody(void** const state)
{
  (void)state;
  // The scale of C over its dominant, in octaves
  static const int      scale[] = {0, 2, 4, 5, 7, 9, 11, 0};
  static const uint16_t n_drone = 3U;
  static const CtKey    c_major = {0U, CT_MODE_MAJOR};
  CtKeyFinder           finder;
  begin(&finder);
  for (int i = 0; i < 64; ++i) {
    uint16_t n_sounding[CT_PITCH_CLASS_COUNT] = {0U};
    n_sounding[7]                             = n_drone;
    ++n_sounding[scale[i % 8]];
    ct_key_finder_advance(&finder, n_sounding, finder.tick + (CT_PPQN / 2));
  }
  check_key(&finder, c_major);
}

static void
a_short_excursion_changes_nothing(void** const state)
{
  (void)state;
  static const CtKey c_major = {0U, CT_MODE_MAJOR};
  CtKeyFinder        finder;
  begin(&finder);
  for (int i = 0; i < 8; ++i) {
    play_cadence(&finder, c_major, CT_PPQN);
    check_key(&finder, c_major);
    play(&finder, dominant, 2, CT_PPQN, CT_PPQN); // of the dominant
    check_key(&finder, c_major);
    play(&finder, major_triad, 8, CT_PPQN, CT_PPQN); // from the minor
    check_key(&finder, c_major);
  }
}

static void
many_excursions_change_nothing(void** const state)
{
  (void)state;
  static const CtKey c_major = {0U, CT_MODE_MAJOR};
  static const CtKey e_major = {4U, CT_MODE_MAJOR};
  double             doubts  = 0.0;
  CtKeyFinder        finder;
  begin(&finder);
  for (int i = 0; i < 32; ++i) {
    for (int bar = 0; bar < 4; ++bar) {
      play_cadence(&finder, c_major, CT_PPQN);
    }
    assert_true(finder.choice.doubt == 0.0);
    play_cadence(&finder, e_major, CT_PPQN);
    play_cadence(&finder, e_major, CT_PPQN);
    check_key(&finder, c_major);
    doubts += finder.choice.doubt;
  }
  assert_true(doubts > 0.0);
}

static void
a_modulation_is_followed(void** const state)
{
  (void)state;
  static const CtKey c_major = {0U, CT_MODE_MAJOR};
  for (uint8_t tonic = 1U; tonic < CT_PITCH_CLASS_COUNT; ++tonic) {
    const CtKey target = {tonic, CT_MODE_MAJOR};
    CtKeyFinder finder;
    begin(&finder);
    for (int i = 0; i < 4; ++i) {
      play_cadence(&finder, c_major, CT_PPQN);
    }

    // Never by the first bar, which could be an excursion
    play_cadence(&finder, target, CT_PPQN);
    check_key(&finder, c_major);
    int n_changes = 0;
    for (int i = 0; i < 8; ++i) {
      CtKey before;
      CtKey after;
      assert_true(ct_key_finder_find(&finder, &before));
      play_cadence(&finder, target, CT_PPQN);
      assert_true(ct_key_finder_find(&finder, &after));
      n_changes += before.tonic != after.tonic || before.mode != after.mode;
    }
    check_key(&finder, target);
    assert_in_range(n_changes, 1, 2);
  }
}

static void
silence_keeps_the_key(void** const state)
{
  (void)state;
  static const CtKey e_minor = {4U, CT_MODE_MINOR};
  static const CtKey b_major = {11U, CT_MODE_MAJOR};
  CtKeyFinder        finder;
  begin(&finder);
  play_cadence(&finder, e_minor, CT_PPQN);
  play(&finder, 0U, 0, (CtTick)1000 * BAR, BAR);
  check_key(&finder, e_minor);

  // What is forgotten does not hold the next key up
  play_cadence(&finder, b_major, CT_PPQN);
  play_cadence(&finder, b_major, CT_PPQN);
  check_key(&finder, b_major);
}

static void
eight_quarters_forget_half(void** const state)
{
  (void)state;
  static const float tolerance = 1e-6F;
  CtKeyFinder        finder;
  begin(&finder);
  play(&finder, major_triad, 0, CT_TICKS_PER_SIXTEENTH, CT_PPQN);
  // Its share of the accent, which is three sixteenths, comes to the sixteenth
  const float begin = 0.25F + (0.75F / 3.0F);
  assert_float_equal((float)finder.weights[7], begin, tolerance);
  play(&finder, 0U, 0, (CtTick)2 * BAR, CT_PPQN);
  assert_float_equal((float)finder.weights[7], begin / 2.0F, tolerance);
  assert_float_equal((float)finder.weights[1], 0.0F, tolerance);
}

static void
steps_do_not_matter(void** const state)
{
  (void)state;
  static const CtTick steps[] = {1, 7, 64, 240, 777, CT_PPQN};
  static const CtKey  first   = {1U, CT_MODE_MINOR};
  static const CtKey  second  = {6U, CT_MODE_MAJOR};
  CtKeyFinder         expected;
  memset(&expected, 0, sizeof(expected));
  for (uint32_t i = 0U; i < sizeof(steps) / sizeof(*steps); ++i) {
    CtKeyFinder finder;
    ct_key_finder_reset(&finder);
    ct_key_finder_seek(&finder, -1234); // pre-roll, off the grid
    for (int n = 0; n < 6; ++n) {
      play_cadence(&finder, n < 3 ? first : second, steps[i]);
    }
    play(&finder, major_triad, 3, 1000, steps[i]);
    if (i == 0U) {
      expected = finder;
    }
    assert_memory_equal(
      finder.weights, expected.weights, sizeof(finder.weights));
    assert_memory_equal(finder.cell, expected.cell, sizeof(finder.cell));
    check_key(&finder, expected.choice.key);
    assert_true(finder.choice.doubt == expected.choice.doubt);
    assert_int_equal(finder.rest, expected.rest);
  }
}

static void
what_ends_a_bar_of_silence_counts_more(void** const state)
{
  (void)state;
  static const float tolerance = 2e-3F;
  CtKeyFinder        finder;
  begin(&finder);
  play(&finder, 1U, 0, CT_TICKS_PER_SIXTEENTH, CT_PPQN);
  play(&finder, 0U, 0, BAR - 1, CT_PPQN);
  play(&finder, 1U, 4, CT_TICKS_PER_SIXTEENTH + 1, CT_PPQN);
  assert_float_equal((float)finder.weights[0], 0.69F, 0.03F);
  assert_float_equal((float)finder.weights[4], 0.25F, tolerance);
  play(&finder, 0U, 0, BAR, CT_PPQN);
  play(&finder, 1U, 7, CT_TICKS_PER_SIXTEENTH, CT_PPQN);
  assert_float_equal((float)finder.weights[7], 1.0F, tolerance);
}

static void
a_restart_keeps_only_the_key(void** const state)
{
  (void)state;
  static const CtKey c_major = {0U, CT_MODE_MAJOR};
  static const CtKey a_minor = {9U, CT_MODE_MINOR};
  static const CtKey a_major = {9U, CT_MODE_MAJOR};
  CtKeyFinder        finder;
  CtKeyFinder        fresh;
  CtKey              key;
  begin(&finder);
  play_cadence(&finder, a_minor, CT_PPQN);
  ct_key_finder_restart(&finder, (CtKeyChoice){0});
  begin(&fresh);
  fresh.tick = finder.tick;
  assert_memory_equal(&finder, &fresh, sizeof(finder));

  // A key that is given stays until others have led for long, an open one until
  // enough was heard
  ct_key_finder_restart(&finder,
                        (CtKeyChoice){.key = c_major, .is_known = true});
  play(&finder, major_triad, 9, (CtTick)2 * CT_PPQN, CT_PPQN);
  check_key(&finder, c_major);
  ct_key_finder_restart(
    &finder, (CtKeyChoice){.key = c_major, .is_known = true, .is_open = true});
  play(&finder, major_triad, 9, CT_PPQN, CT_PPQN);
  assert_true(ct_key_finder_find(&finder, &key));
  check_key(&finder, c_major);
  play(&finder, major_triad, 9, CT_PPQN, CT_PPQN);
  check_key(&finder, a_major);
  assert_false(finder.choice.is_open);
}

static void
jumps_are_not_heard(void** const state)
{
  (void)state;
  static const uint16_t all_on[CT_PITCH_CLASS_COUNT] = {
    1U, 1U, 1U, 1U, 1U, 1U, 1U, 1U, 1U, 1U, 1U, 1U};
  static const CtTick jumps[] = {
    INT64_MIN, -BAR, 0, CT_KEY_FINDER_MAX_ADVANCE + BAR + 1, INT64_MAX};
  static const CtKey a_major = {9U, CT_MODE_MAJOR};
  CtKeyFinder        before;
  begin(&before);
  play_cadence(&before, a_major, CT_PPQN);
  for (uint32_t i = 0U; i < sizeof(jumps) / sizeof(*jumps); ++i) {
    CtKeyFinder finder = before;
    ct_key_finder_advance(&finder, all_on, jumps[i]);
    assert_int_equal(finder.tick, jumps[i]);
    assert_memory_equal(finder.weights, before.weights, sizeof(before.weights));
    assert_memory_equal(finder.cell, before.cell, sizeof(before.cell));
    check_key(&finder, a_major);
  }

  // Nor is what sounds before any position is known
  CtKeyFinder finder;
  ct_key_finder_reset(&finder);
  ct_key_finder_advance(&finder, all_on, BAR);
  assert_int_equal(finder.tick, BAR);
  assert_memory_equal(finder.weights,
                      (double[CT_PITCH_CLASS_COUNT]){0.0},
                      sizeof(finder.weights));

  // From one end of time to the other
  ct_key_finder_seek(&finder, INT64_MAX);
  ct_key_finder_advance(&finder, all_on, INT64_MIN);
  assert_true(finder.tick == INT64_MIN);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(too_little_tells_no_key),
    cmocka_unit_test(cadences_tell_their_key),
    cmocka_unit_test(melodies_tell_their_key),
    cmocka_unit_test(a_drone_does_not_hide_the_melody),
    cmocka_unit_test(a_short_excursion_changes_nothing),
    cmocka_unit_test(many_excursions_change_nothing),
    cmocka_unit_test(a_modulation_is_followed),
    cmocka_unit_test(silence_keeps_the_key),
    cmocka_unit_test(eight_quarters_forget_half),
    cmocka_unit_test(steps_do_not_matter),
    cmocka_unit_test(what_ends_a_bar_of_silence_counts_more),
    cmocka_unit_test(a_restart_keeps_only_the_key),
    cmocka_unit_test(jumps_are_not_heard),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

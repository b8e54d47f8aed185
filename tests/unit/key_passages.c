// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file key_passages.c Scales and short passages tell their key, in all 24
/// keys, and a change of key is followed without flicker

#include "music/key_finder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define N_ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

enum {
  MAX_CHORDS   = 32,
  MAX_KEYS     = 4,
  RELATIVE     = 9, ///< From a major key up to its relative minor key
  LOWEST_PITCH = 36,
};

/// What is heard in a passage
typedef enum {
  ITS_KEY,
  ITS_RELATIVE, ///< The other key of the same signature
  ITS_DOMINANT, ///< The key a fifth above
  ITS_FOURTH,   ///< The key a fourth above
} Finding;

/// Chords "duration:pitch+pitch...", in sixteenths and from the tonic up
typedef struct {
  const char* name;
  CtMode      mode;
  Finding     finding;
  const char* chords;
} Passage;

#define UP_MAJOR "2:0 2:2 2:4 2:5 2:7 2:9 2:11 2:12"
#define DOWN_MAJOR "2:12 2:11 2:9 2:7 2:5 2:4 2:2 2:0"
#define UP_MINOR "2:0 2:2 2:3 2:5 2:7 2:8 2:10 2:12"
#define DOWN_MINOR "2:12 2:10 2:8 2:7 2:5 2:3 2:2 2:0"

static const Passage scales[] = {
  {"major up", CT_MODE_MAJOR, ITS_KEY, UP_MAJOR},
  {"major down", CT_MODE_MAJOR, ITS_KEY, DOWN_MAJOR},
  {"major up and down", CT_MODE_MAJOR, ITS_KEY, UP_MAJOR " " DOWN_MAJOR},
  {"major in sixteenths",
   CT_MODE_MAJOR,
   ITS_KEY,
   "1:0 1:2 1:4 1:5 1:7 1:9 1:11 1:12"},
  {"major in quarters",
   CT_MODE_MAJOR,
   ITS_KEY,
   "4:0 4:2 4:4 4:5 4:7 4:9 4:11 4:12"},
  {"natural minor up", CT_MODE_MINOR, ITS_KEY, UP_MINOR},
  {"natural minor down", CT_MODE_MINOR, ITS_RELATIVE, DOWN_MINOR},
  {"natural minor up and down",
   CT_MODE_MINOR,
   ITS_KEY,
   UP_MINOR " " DOWN_MINOR},
  {"natural minor in sixteenths",
   CT_MODE_MINOR,
   ITS_KEY,
   "1:0 1:2 1:3 1:5 1:7 1:8 1:10 1:12"},
  {"natural minor in quarters",
   CT_MODE_MINOR,
   ITS_KEY,
   "4:0 4:2 4:3 4:5 4:7 4:8 4:10 4:12"},
  {"harmonic minor",
   CT_MODE_MINOR,
   ITS_KEY,
   "2:0 2:2 2:3 2:5 2:7 2:8 2:11 2:12 2:12 2:11 2:8 2:7 2:5 2:3 2:2 2:0"},
  {"melodic minor",
   CT_MODE_MINOR,
   ITS_KEY,
   "2:0 2:2 2:3 2:5 2:7 2:9 2:11 2:12 " DOWN_MINOR},
};

static const Passage passages[] = {
  {"I IV V7 I", CT_MODE_MAJOR, ITS_KEY, "4:0+4+7 4:0+5+9 4:2+5+7+11 4:0+4+7"},
  {"i iv V7 i", CT_MODE_MINOR, ITS_KEY, "4:0+3+7 4:0+5+8 4:2+5+7+11 4:0+3+7"},
  {"i iv v i", CT_MODE_MINOR, ITS_KEY, "4:0+3+7 4:0+5+8 4:2+7+10 4:0+3+7"},
  {"I V vi IV",
   CT_MODE_MAJOR,
   ITS_KEY,
   "4:0+4+7 4:2+7+11 4:0+4+9 4:0+5+9 4:0+4+7 4:2+7+11 4:0+4+9 4:0+5+9"},
  {"i VI III VII",
   CT_MODE_MINOR,
   ITS_KEY,
   "4:0+3+7 4:0+3+8 4:3+7+10 4:2+5+10 4:0+3+7 4:0+3+8 4:3+7+10 4:2+5+10"},
  {"ii V I", CT_MODE_MAJOR, ITS_FOURTH, "4:0+2+5+9 4:2+5+7+11 8:0+4+7+11"},
  {"ii V i", CT_MODE_MINOR, ITS_KEY, "4:0+2+5+8 4:2+5+7+11 8:0+3+7"},
  {"broken I IV V7 I",
   CT_MODE_MAJOR,
   ITS_KEY,
   "2:0 2:4 2:7 2:4 2:0 2:5 2:9 2:5 2:-1 2:5 2:7 2:5 2:0 2:4 2:7 2:4"},
  {"broken i iv V7 i",
   CT_MODE_MINOR,
   ITS_KEY,
   "2:0 2:3 2:7 2:3 2:0 2:5 2:8 2:5 2:-1 2:5 2:7 2:5 2:0 2:3 2:7 2:3"},
  {"Beethoven, op. 125",
   CT_MODE_MAJOR,
   ITS_KEY,
   "4:4 4:4 4:5 4:7 4:7 4:5 4:4 4:2 4:0 4:0 4:2 4:4 6:4 2:2 8:2"},
  {"Twinkle, twinkle",
   CT_MODE_MAJOR,
   ITS_KEY,
   "4:0 4:0 4:7 4:7 4:9 4:9 8:7 4:5 4:5 4:4 4:4 4:2 4:2 8:0"},
  {"Frere Jacques",
   CT_MODE_MAJOR,
   ITS_KEY,
   "4:0 4:2 4:4 4:0 4:0 4:2 4:4 4:0 4:4 4:5 8:7 4:4 4:5 8:7"},
  {"the same in Mahler",
   CT_MODE_MINOR,
   ITS_KEY,
   "4:0 4:2 4:3 4:0 4:0 4:2 4:3 4:0 4:3 4:5 8:7 4:3 4:5 8:7"},
  {"Bach, BWV 847",
   CT_MODE_MINOR,
   ITS_KEY,
   "1:12 1:11 2:12 2:7 2:8 1:12 1:11 2:12 2:14 2:7 1:12 1:11 2:12 2:14 1:5 "
   "1:7 4:8 1:7 1:5 4:3"},
  {"Bach, BWV 996",
   CT_MODE_MINOR,
   ITS_KEY,
   "2:0 2:2 4:3 2:2 2:0 4:-1 2:0 2:2 4:-5 2:-3 2:-1 4:0 2:-2 2:-4 4:-5"},
  {"God rest ye merry",
   CT_MODE_MINOR,
   ITS_KEY,
   "4:0 4:0 4:7 4:7 4:5 4:3 4:2 4:0 4:-2 4:0 4:2 4:3 4:5 12:7"},
  {"Greensleeves",
   CT_MODE_MINOR,
   ITS_KEY,
   "4:0 8:3 4:5 6:7 2:8 4:7 8:5 4:2 6:-2 2:0 4:2 8:3 4:0 6:0 2:-1 4:0 8:2 "
   "4:-1 8:-5"},
  {"Happy birthday",
   CT_MODE_MAJOR,
   ITS_DOMINANT,
   "3:7 1:7 4:9 4:7 4:12 8:11 3:7 1:7 4:9 4:7 4:14 8:12"},
  {"Amazing grace",
   CT_MODE_MAJOR,
   ITS_KEY,
   "4:-5 8:0 2:4 2:0 8:4 4:2 8:0 4:-3 8:-5 4:-5 8:0 2:4 2:0 8:4 4:2 12:7"},
  {"major pentatonic",
   CT_MODE_MAJOR,
   ITS_KEY,
   "2:0 2:2 2:4 2:7 2:9 2:7 2:4 2:2 2:0 2:2 2:4 2:2 4:0 4:0"},
  {"minor pentatonic",
   CT_MODE_MINOR,
   ITS_RELATIVE,
   "2:0 2:3 2:5 2:7 2:10 2:7 2:5 2:3 2:0 2:3 2:5 2:3 4:0 4:0"},
};

static bool
is_same(const CtKey a, const CtKey b)
{
  return a.tonic == b.tonic && a.mode == b.mode;
}

/// Play a passage on `tonic`.  @return How often the key changed
static uint32_t
play(CtKeyFinder* const   finder,
     const Passage* const passage,
     const uint8_t        tonic)
{
  CtKey    before    = finder->choice.key;
  uint32_t n_changes = 0U;
  for (const char* at = passage->chords; *at;) {
    uint16_t n_sounding[CT_PITCH_CLASS_COUNT] = {0U};
    char*    end                              = NULL;
    CtTick   n_left                           = strtol(at, &end, 10);
    do {
      const long pitch = LOWEST_PITCH + tonic + strtol(end + 1, &end, 10);
      ++n_sounding[pitch % CT_PITCH_CLASS_COUNT];
    } while (*end == '+');
    at = end + (*end == ' ');
    for (; n_left; --n_left) {
      const bool was_known = finder->choice.is_known;
      ct_key_finder_advance(
        finder, n_sounding, finder->tick + CT_TICKS_PER_SIXTEENTH);
      n_changes += was_known && !is_same(before, finder->choice.key);
      before = finder->choice.key;
    }
  }
  return n_changes;
}

/// The key that is to be found
static CtKey
expected_key(const Passage* const passage, const uint8_t tonic)
{
  static const uint8_t ups[] = {0U, 0U, 7U, 5U};
  const bool           turns = passage->finding == ITS_RELATIVE;
  const bool           major = passage->mode == CT_MODE_MAJOR;
  const unsigned       up =
    turns ? (major ? RELATIVE : 12U - RELATIVE) : ups[passage->finding];
  const CtMode other = major ? CT_MODE_MINOR : CT_MODE_MAJOR;
  return (CtKey){(uint8_t)((tonic + up) % CT_PITCH_CLASS_COUNT),
                 turns ? other : passage->mode};
}

static void
check_passages(const Passage* const of, const size_t n)
{
  for (size_t i = 0U; i < n; ++i) {
    for (uint8_t tonic = 0U; tonic < CT_PITCH_CLASS_COUNT; ++tonic) {
      const CtKey expected = expected_key(&of[i], tonic);
      CtKeyFinder finder;
      CtKey       key = {0U, CT_MODE_MAJOR};
      ct_key_finder_reset(&finder);
      ct_key_finder_seek(&finder, 0);
      assert_in_range(play(&finder, &of[i], tonic), 0, 1);
      if (!ct_key_finder_find(&finder, &key) || !is_same(key, expected)) {
        fail_msg("%s on %u: found %u of mode %d",
                 of[i].name,
                 (unsigned)tonic,
                 (unsigned)key.tonic,
                 (int)key.mode);
      }
    }
  }
}

static void
scales_tell_their_key(void** const state)
{
  (void)state;
  check_passages(scales, N_ELEMENTS(scales));
}

// Three of them sound like another key to it, which the table tells, as one
// scale does
static void
passages_tell_their_key(void** const state)
{
  (void)state;
  check_passages(passages, N_ELEMENTS(passages));
}

/// Play a passage four times on `from`, then eight times another on `to`.
/// @return How many times until the key is the new one
static uint32_t
modulate(const Passage* const one,
         const uint8_t        from,
         const Passage* const other,
         const uint8_t        to)
{
  const uint32_t n_before = 4U;
  const uint32_t n_after  = 8U;
  const CtKey    target   = expected_key(other, to);
  uint32_t       n_until  = 0U;
  uint32_t       changes  = 0U;
  CtKeyFinder    finder;
  ct_key_finder_reset(&finder);
  ct_key_finder_seek(&finder, 0);
  for (uint32_t i = 0U; i < n_before; ++i) {
    changes += play(&finder, one, from);
  }
  assert_int_equal(changes, 0);
  assert_true(is_same(finder.choice.key, expected_key(one, from)));
  for (uint32_t i = 0U; i < n_after; ++i) {
    changes += play(&finder, other, to);
    n_until += !is_same(finder.choice.key, target);
  }
  assert_true(is_same(finder.choice.key, target));

  // Once, or by way of a key between the two, and not to and fro
  assert_in_range(changes, 1, 2);
  return n_until + 1U;
}

static void
a_change_of_key_is_followed_without_flicker(void** const state)
{
  (void)state;
  const uint32_t       longest = 7U; // bars
  const uint32_t       usual   = 4U;
  const Passage* const both[]  = {&passages[0], &passages[1]};
  uint32_t             n_bars  = 0U;
  uint32_t             n       = 0U;
  for (size_t one = 0U; one < N_ELEMENTS(both); ++one) {
    for (size_t other = 0U; other < N_ELEMENTS(both); ++other) {
      for (uint8_t to = 0U; to < CT_PITCH_CLASS_COUNT; ++to) {
        if (one == other && !to) {
          continue;
        }
        const uint32_t bars = modulate(both[one], 0U, both[other], to);
        assert_in_range(bars, 1, longest);
        n_bars += bars;
        ++n;
      }
    }
  }
  assert_true(n_bars <= usual * n);
  print_message("%.1f bars until a change of key is followed\n",
                (double)n_bars / n);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(scales_tell_their_key),
    cmocka_unit_test(passages_tell_their_key),
    cmocka_unit_test(a_change_of_key_is_followed_without_flicker),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

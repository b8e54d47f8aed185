// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file spelling.c Notes are called what musicians call them in their key

#include "music/spelling.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define MAX_NOTES 32U
#define TEXT_SIZE 256U

/// A melody and its names
typedef struct {
  const char* key;
  const char* names; ///< As they should be; the pitches are read from them
} Case;

static const int naturals[] = {0, 2, 4, 5, 7, 9, 11};

/// Read a name such as "F#4" or "Ebb3".  @return Its MIDI key
static uint8_t
pitch_of(const char* name)
{
  int pitch = naturals[strchr("CDEFGAB", *name) - "CDEFGAB"];
  for (++name; *name == '#' || *name == 'b'; ++name) {
    pitch += *name == '#' ? 1 : -1;
  }
  return (uint8_t)(pitch + (12 * (*name - '0' + 1)));
}

static void
write_name(const CtSpelling spelling, char* const text)
{
  static const char* const accidentals[] = {"bb", "b", "", "#", "##"};
  char                     name[16];
  snprintf(name,
           sizeof(name),
           "%s%c%s%d",
           *text ? " " : "",
           "CDEFGAB"[spelling.step],
           accidentals[spelling.alter + 2],
           spelling.octave);
  strncat(text, name, TEXT_SIZE - strlen(text) - 1U);
}

static void
melodies_are_spelled(void** const state)
{
  (void)state;
  static const Case cases[] = {
    {"C major", "C4 D4 E4 F4 G4 A4 B4 C5"},
    {"C major", "C4 D4 D#4 E4 F4 F#4 G4"},    // Passing up
    {"C major", "C5 A4 Ab4 G4 E4 Eb4 D4 C4"}, // Passing down
    {"C major", "G4 F#4 G4 E4 D#4 E4 C4"},    // Neighbours below
    {"C major", "C5 Bb4 A4 G4 F4 E4 C4"},
    {"A minor", "A4 B4 C5 D5 E5 F#5 G#5 A5"},
    {"A minor", "A5 G5 F5 E5 D5 C5 B4 A4"},
    {"D minor", "D4 C#4 D4 A4 Bb4 A4 G4 F4 E4 D4"},
    {"D minor", "D4 Eb4 D4 C#4 D4 A3"}, // The lowered second
    {"F# minor", "F#4 E#4 F#4 A4 G#4 B4 A4 G#4 F#4"},
    {"G# minor", "G#4 F##4 G#4 B4 A#4 C#5 B4 A#4 G#4"},
    {"Db major", "Db4 F4 Ab4 Gb4 Eb4 C4 Db4 Bb3"},
    {"B major", "B4 A#4 G#4 F#4 E4 D#4 C#4 B3"},
    {"F# major", "F#4 E#4 F#4 A#4 C#5 B4 G#4 E#4 F#4"},
    {"Eb minor", "D#4 C##4 D#4 F#4 A#4"}, // Written with six sharps
  };
  for (size_t c = 0U; c < sizeof(cases) / sizeof(cases[0]); ++c) {
    CtSpeltNote notes[MAX_NOTES];
    int16_t     fifths[MAX_NOTES];
    size_t      n               = 0U;
    char        text[TEXT_SIZE] = "";
    CtKey       key             = {0};
    assert_true(ct_key_parse(cases[c].key, &key));
    for (const char* name = cases[c].names; name;
         name             = strchr(name, ' ') ? strchr(name, ' ') + 1 : NULL) {
      notes[n] = (CtSpeltNote){(int64_t)n, pitch_of(name), 0U};
      ++n;
    }
    ct_spell(notes, n, key, fifths);
    for (size_t i = 0U; i < n; ++i) {
      write_name(ct_spelling(fifths[i], notes[i].pitch), text);
    }
    assert_string_equal(text, cases[c].names);
  }
}

/// Every pitch has a name that sounds it, at most doubly altered, in every key
static void
names_sound_their_pitch(void** const state)
{
  (void)state;
  for (uint8_t tonic = 0U; tonic < CT_PITCH_CLASS_COUNT; ++tonic) {
    for (uint8_t pitch = 12U; pitch < 128U; ++pitch) {
      for (int mode = CT_MODE_MAJOR; mode <= CT_MODE_MINOR; ++mode) {
        const CtSpeltNote notes[] = {{0, pitch, 0U},
                                     {1, (uint8_t)(pitch ^ 5U), 0U}};
        int16_t           fifths[2];
        ct_spell(notes, 2U, (CtKey){tonic, (CtMode)mode}, fifths);
        const CtSpelling spelling = ct_spelling(fifths[0], pitch);
        assert_int_equal(pitch,
                         naturals[spelling.step] + spelling.alter +
                           (12 * (spelling.octave + 1)));
        assert_in_range(spelling.alter + 2, 0, 4);
      }
    }
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(melodies_are_spelled),
    cmocka_unit_test(names_sound_their_pitch),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

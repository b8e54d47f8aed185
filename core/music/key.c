// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/key.h"

#include <stdio.h>
#include <string.h>

/// Pitch classes of C major and of C minor with both sixths and sevenths, bit n
/// for class n
#define MAJOR_SCALE 0xAB5U // 0 2 4 5 7 9 11
#define MINOR_SCALE 0xFADU // 0 2 3 5 7 8 9 10 11
#define SCALE_MASK 0xFFFU

/// A fifth up and a sixth up in semitones
#define FIFTH 7
#define MAJOR_SIXTH 9

/// Keys with more than this many sharps are written with flats
#define MAX_SHARPS 6

/// `a` modulo 12, never negative
static int
pitch_class(const int a)
{
  const int remainder = a % CT_PITCH_CLASS_COUNT;
  return remainder < 0 ? remainder + CT_PITCH_CLASS_COUNT : remainder;
}

static char
lower(const char c)
{
  return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/// Whether `text` is `word` without regard to case
static bool
is_word(const char* text, const char* word)
{
  while (*word && lower(*text) == *word) {
    ++text;
    ++word;
  }
  return !*word && !*text;
}

/// Whether `text` begins with `word`; if so, move past it
static bool
take_word(const char** const text, const char* const word)
{
  const char* at = *text;
  const char* w  = word;
  while (*w && lower(*at) == *w) {
    ++at;
    ++w;
  }
  if (*w) {
    return false;
  }
  *text = at;
  return true;
}

static void
skip_space(const char** const text)
{
  while (**text == ' ' || **text == '\t' || **text == '-' || **text == '_') {
    ++*text;
  }
}

/// Read "#", "b", "sharp", "-flat" and so on.  @return Semitones up
static int
take_accidental(const char** const text)
{
  const char* word = *text;
  skip_space(&word);
  if (take_word(&word, "sharp")) {
    *text = word;
    return 1;
  }
  if (take_word(&word, "flat")) {
    *text = word;
    return -1;
  }
  if (**text == '#') {
    ++*text;
    return 1;
  }
  if (**text == 'b') {
    ++*text;
    return -1;
  }
  return 0;
}

/// Read what follows the tonic.  @return False if it is no mode
static bool
parse_mode(const char* text, CtMode* const mode)
{
  if (!strcmp(text, "m")) {
    *mode = CT_MODE_MINOR;
    return true;
  }
  if (!strcmp(text, "M")) {
    *mode = CT_MODE_MAJOR;
    return true;
  }

  skip_space(&text);
  if (is_word(text, "minor") || is_word(text, "min")) {
    *mode = CT_MODE_MINOR;
    return true;
  }
  if (is_word(text, "major") || is_word(text, "maj")) {
    *mode = CT_MODE_MAJOR;
    return true;
  }
  return !*text;
}

bool
ct_key_parse(const char* text, CtKey* const key)
{
  static const int semitones[] = {9, 11, 0, 2, 4, 5, 7}; // A B C D E F G

  skip_space(&text);
  const char letter = lower(*text);
  if (letter < 'a' || letter > 'g') {
    return false;
  }

  CtMode mode = *text == letter ? CT_MODE_MINOR : CT_MODE_MAJOR;
  ++text;
  const int tonic = semitones[letter - 'a'] + take_accidental(&text);
  if (!parse_mode(text, &mode)) {
    return false;
  }

  key->tonic = (uint8_t)pitch_class(tonic);
  key->mode  = mode;
  return true;
}

const char*
ct_key_name(const CtKey key, char name[CT_KEY_NAME_SIZE])
{
  static const char* const sharps[] = {
    "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
  static const char* const flats[] = {
    "C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"};

  const int tonic = pitch_class(key.tonic);
  snprintf(name,
           CT_KEY_NAME_SIZE,
           "%s %s",
           ct_key_sharps(key) < 0 ? flats[tonic] : sharps[tonic],
           key.mode == CT_MODE_MINOR ? "minor" : "major");
  return name;
}

CtKey
ct_key_from_signature(const int sharps, const bool minor)
{
  const CtKey key = {
    (uint8_t)pitch_class((sharps * FIFTH) + (minor ? MAJOR_SIXTH : 0)),
    minor ? CT_MODE_MINOR : CT_MODE_MAJOR};
  return key;
}

int
ct_key_sharps(const CtKey key)
{
  // Seven is its own inverse modulo twelve
  const int major  = key.tonic - (key.mode == CT_MODE_MINOR ? MAJOR_SIXTH : 0);
  const int sharps = pitch_class(major * FIFTH);
  return sharps > MAX_SHARPS ? sharps - CT_PITCH_CLASS_COUNT : sharps;
}

CtScale
ct_scale(const CtKey key)
{
  const unsigned scale = key.mode == CT_MODE_MINOR ? MINOR_SCALE : MAJOR_SCALE;
  const unsigned tonic = (unsigned)pitch_class(key.tonic);
  return (
    CtScale)(((scale << tonic) | (scale >> (CT_PITCH_CLASS_COUNT - tonic))) &
             SCALE_MASK);
}

bool
ct_scale_contains(const CtScale scale, const int pitch)
{
  return (((unsigned)scale >> (unsigned)pitch_class(pitch)) & 1U) != 0U;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/typed.h"

#include "music/event.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Base of the digits of a key
#define DECIMAL 10

/// Words that are no keys
enum {
  WORD_HOLD = -1,
  WORD_REST = -2,
  WORD_PAD  = -3,
  WORD_NONE = -4, ///< None of these either
  WORD_END  = -5, ///< Of the text
};

static const char* const spaces = " \t\r\n";

static const int64_t step = CT_PPQN / 4;

/// How loud: nobody typed it
static const uint8_t usual_velocity = 80U;

/// Read digits.  @return A key, or WORD_NONE
static int
read_key(const char* const word, const size_t length)
{
  int key = 0;
  for (size_t i = 0U; i < length; ++i) {
    if (word[i] < '0' || word[i] > '9' || key >= (int)CT_MIDI_NOTE_COUNT) {
      return WORD_NONE;
    }
    key = (key * DECIMAL) + (word[i] - '0');
  }
  return key < (int)CT_MIDI_NOTE_COUNT ? key : WORD_NONE;
}

/// Read the next word, and move `text` behind it.  @return A key, or a word
static int
read_word(const char** const text)
{
  *text += strspn(*text, spaces);
  const char* const word   = *text;
  const size_t      length = strcspn(word, spaces);
  *text += length;
  if (!length) {
    return WORD_END;
  }
  switch (length == 1U ? *word : '\0') {
  case '_':
    return WORD_HOLD;
  case 'r':
    return WORD_REST;
  case '/':
    return WORD_PAD;
  default:
    return read_key(word, length);
  }
}

bool
ct_is_typed(const char* text)
{
  bool has_key = false;
  for (;;) {
    const int word = read_word(&text);
    if (word == WORD_END || word == WORD_NONE) {
      return has_key && word == WORD_END;
    }
    has_key = has_key || word >= 0;
  }
}

bool
ct_begins_typed(const char* text)
{
  const bool is_first = read_word(&text) > WORD_NONE;
  return is_first && read_word(&text) > WORD_NONE;
}

CtStatus
ct_typed_read(const char* text, CtScore* const score)
{
  CtScoreNote note   = {0, 0, 0U, usual_velocity};
  bool        is_on  = false;
  bool        begins = false;
  CtTick      tick   = 0;
  int         word   = WORD_END;
  CtStatus    st     = ct_score_add_stream(score, 0U, 0U, "");
  while (!st && (word = read_word(&text)) != WORD_END) {
    if (word == WORD_PAD && !begins) {
      continue;
    }
    begins = true;
    if (word != WORD_HOLD && is_on) {
      st    = ct_score_add_note(score, note);
      is_on = false;
    }
    tick += step;
    if (word >= 0) {
      note  = (CtScoreNote){tick - step, tick, (uint8_t)word, usual_velocity};
      is_on = true;
    }
    note.end = tick;
  }
  if (!st && is_on) {
    st = ct_score_add_note(score, note);
  }
  return st ? st : ct_score_finish(score);
}

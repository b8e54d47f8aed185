// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/accidentals.h"

#include <string.h>

void
ct_accidentals_init(CtAccidentals* const self, const int key_sharps)
{
  for (int i = 0; i < CT_STEP_COUNT; ++i) {
    self->key[i] = 0;
  }
  // Sharps come on F C G D A E B, flats the other way round
  const int first_sharp = -1;
  const int first_flat  = 5;
  for (int n = 0; n < key_sharps || n < -key_sharps; ++n) {
    const int fifths = key_sharps > 0 ? first_sharp + n : first_flat - n;
    for (int i = ct_spelling(fifths, 0).step; i < CT_STEP_COUNT;
         i += CT_STEPS_PER_OCTAVE) {
      self->key[i] = key_sharps > 0 ? 1 : -1;
    }
  }
  ct_accidentals_begin(self);
}

void
ct_accidentals_begin(CtAccidentals* const self)
{
  memcpy(self->now, self->key, sizeof(self->now));
  ct_accidentals_next_bar(self);
}

void
ct_accidentals_next_bar(CtAccidentals* const self)
{
  memcpy(self->before, self->now, sizeof(self->before));
  memcpy(self->now, self->key, sizeof(self->now));
  memset(self->is_read, 0, sizeof(self->is_read));
}

CtAccidental
ct_accidentals_read(CtAccidentals* const self,
                    const CtSpelling     spelling,
                    const bool           is_tied_before)
{
  const int place = ct_spelling_place(spelling);
  if (is_tied_before || place < 0 || place >= CT_STEP_COUNT) {
    return CT_ACCIDENTAL_NONE;
  }
  const bool is_new = self->now[place] != spelling.alter;
  const bool is_reminder =
    !is_new && !self->is_read[place] && self->before[place] != spelling.alter;
  self->now[place]     = (int8_t)spelling.alter;
  self->is_read[place] = true;
  if (is_new) {
    return CT_ACCIDENTAL_SHOWN;
  }
  return is_reminder ? CT_ACCIDENTAL_COURTESY : CT_ACCIDENTAL_NONE;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file accidentals.h Which notes of a staff need an accidental

#ifndef CT_MUSIC_ACCIDENTALS_H
#define CT_MUSIC_ACCIDENTALS_H

#include "music/spelling.h"

#include <stdbool.h>
#include <stdint.h>

/// Steps of all octaves that MIDI keys can be written in
#define CT_STEP_COUNT 91

/// What stands before a head
typedef enum {
  CT_ACCIDENTAL_NONE,
  CT_ACCIDENTAL_SHOWN,
  CT_ACCIDENTAL_COURTESY, ///< A reminder: the bar before had another
} CtAccidental;

/// What holds on each step of a staff
typedef struct {
  int8_t key[CT_STEP_COUNT];     ///< By the signature
  int8_t now[CT_STEP_COUNT];     ///< In this bar, as far as it was read
  int8_t before[CT_STEP_COUNT];  ///< At the end of the bar before
  bool   is_read[CT_STEP_COUNT]; ///< The bar has had a note there
} CtAccidentals;

/// Begin with a signature of sharps, or flats if negative.  @thread any
void
ct_accidentals_init(CtAccidentals* self, int key_sharps);

/// Begin another staff.  @thread any
void
ct_accidentals_begin(CtAccidentals* self);

/// Go past a bar line: the signature holds again.  @thread any
void
ct_accidentals_next_bar(CtAccidentals* self);

/// Read the next note of the bar, which holds from there on.  @thread any
CtAccidental
ct_accidentals_read(CtAccidentals* self,
                    CtSpelling     spelling,
                    bool           is_tied_before);

#endif // CT_MUSIC_ACCIDENTALS_H

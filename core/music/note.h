// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file note.h A note of a plan or a file

#ifndef CT_MUSIC_NOTE_H
#define CT_MUSIC_NOTE_H

#include "music/tick.h"

#include <stdint.h>

/// A whole note: when, how long, how high, how loud, and whose
typedef struct {
  CtTick  tick;     ///< Onset
  int32_t duration; ///< Ticks to its end, at least 1
  uint8_t pitch;    ///< 0..127
  uint8_t velocity; ///< 1..127
  uint8_t channel;  ///< 0..15
  uint8_t part;     ///< Who plays it
} CtNote;

#endif // CT_MUSIC_NOTE_H

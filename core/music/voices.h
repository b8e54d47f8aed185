// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file voices.h Voices of a staff: who sings on while others begin

#ifndef CT_MUSIC_VOICES_H
#define CT_MUSIC_VOICES_H

#include "base/attributes.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/// Most voices of a staff
#define CT_MAX_VOICES 4U

/// A note of a staff, in any unit of time
typedef struct {
  int64_t begin;
  int64_t end;
  uint8_t pitch;
  uint8_t voice; ///< Set to 0..CT_MAX_VOICES - 1, 0 the highest
} CtVoicedNote;

/**
   Share the notes of a staff among voices.

   Notes that begin and end together are a chord of one voice.  Where nothing
   overlaps there is one voice.  Where chords overlap, a search over the whole
   passage keeps voices from crossing and leaping, and takes as few as it can;
   only if all are taken do notes of different length share one.
   @thread main|worker
   @param notes [n_notes] By onset, then end, then pitch.
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_voices_share(CtVoicedNote* notes, size_t n_notes);

#endif // CT_MUSIC_VOICES_H

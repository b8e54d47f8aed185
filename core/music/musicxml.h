// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file musicxml.h Scores as MusicXML 3.1, which 4.0 includes

#ifndef CT_MUSIC_MUSICXML_H
#define CT_MUSIC_MUSICXML_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "music/clef.h"
#include "music/engraver.h"
#include "music/key.h"
#include "music/meter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Most staves of a part
#define CT_MAX_STAVES 3U

/// A staff, and what is played from it
typedef struct {
  CtClefKind     clef;       ///< Usual one
  CtClefKind     other_clef; ///< The only one it may change to
  CtWrittenNote* notes; ///< By (onset, end, pitch); voices and names are set
                        ///< by the writer
  size_t n_notes;       ///< How many
} CtXmlStaff;

/// An instrument or a voice
typedef struct {
  const char* name;         ///< Before the first system
  const char* abbreviation; ///< Before the others
  int         program;      ///< General MIDI, 0..127
  bool        is_sung;      ///< Dynamics stand above the staff
  CtXmlStaff  staves[CT_MAX_STAVES];
  uint32_t    n_staves;
} CtXmlPart;

/// What is written
typedef struct {
  const char* title;
  const char* composer;
  const char* software;
  CtMeter     meter; ///< Valid
  CtKey       key;
  bool        has_mode; ///< False if only the signature of `key` is known
  double      tempo;    ///< Quarters a minute, positive
  uint32_t    n_bars;   ///< At least 1; notes end with them
  uint32_t    phrase;   ///< Bars in which dynamics don't change
  CtXmlPart*  parts;
  uint32_t    n_parts;
  bool        is_bracketed; ///< The parts are one ensemble
} CtXmlScore;

/**
   Write a score.

   Voices, spelling, clefs and dynamics are chosen by the writer.  Notes lie
   between C0 (MIDI key 12), where the octaves of MusicXML begin, and G9.
   @thread main|worker
   @param score Voices and names of its notes are set.
   @param out Appended to.
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_musicxml_write(CtXmlScore* score, CtBuffer* out);

#endif // CT_MUSIC_MUSICXML_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file engraver.h One bar of one staff: its voices as symbols with heads and
/// accidentals

#ifndef CT_MUSIC_ENGRAVER_H
#define CT_MUSIC_ENGRAVER_H

#include "base/attributes.h"
#include "base/status.h"
#include "music/accidentals.h"
#include "music/bar_shape.h"
#include "music/rhythm.h"
#include "music/spelling.h"
#include "music/tuplet.h"
#include "music/voices.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A note of a staff
typedef struct {
  CtSpan  span; ///< In the piece, units
  uint8_t pitch;
  uint8_t velocity;
  uint8_t voice;  ///< 0 is the highest
  int16_t fifths; ///< Its name, of ct_spell()
} CtWrittenNote;

/// One head of a chord
typedef struct {
  CtSpelling   spelling;
  CtAccidental accidental;
  bool         is_tied_before; ///< To the same note before it
  bool         is_tied_after;  ///< To the same note after it
} CtNoteHead;

/// Whether a rest is seen
typedef enum {
  CT_REST_SHOWN,
  CT_REST_HIDDEN,  ///< The first voice must have one, but nobody needs it
  CT_REST_SKIPPED, ///< A further voice has nothing to tell here
} CtRestLook;

/// A symbol with its heads
typedef struct {
  CtSymbol   symbol;
  CtRestLook look;      ///< Of a rest
  bool       is_placed; ///< The rest gives way to other voices
  int        step;      ///< Where it then stands, as of ct_spelling_place()
  size_t     first_head;
  size_t     n_heads; ///< 0 for a rest, else from the lowest
} CtEngraved;

/// The voices of a bar that have notes, and the first one
typedef struct {
  CtEngraved* items[CT_MAX_VOICES];
  uint32_t    n_items[CT_MAX_VOICES]; ///< 0 if the voice has none
  CtNoteHead* heads;
} CtEngravedBar;

/// Memory to engrave bars of one shape with
typedef struct CtEngraverImpl CtEngraver;

/// @thread main|worker  @return New, for ct_engraver_free(), or null if out of
/// memory
CT_NODISCARD CtEngraver*
ct_engraver_new(const CtBarShape* shape, int key_sharps);

/// @thread main|worker
void
ct_engraver_free(CtEngraver* self);

/// Begin a staff: nothing was altered before.  @thread main|worker
void
ct_engraver_begin(CtEngraver* self);

/**
   Engrave the next bar of a staff.

   @thread main|worker
   @param begin Bar line, units.
   @param notes [n_notes] Those of the staff that may sound in the bar, by
   (onset, end, pitch).
   @param bar Set to the bar; valid until the next call.
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_engraver_bar(CtEngraver*          self,
                int64_t              begin,
                const CtWrittenNote* notes,
                size_t               n_notes,
                CtEngravedBar*       bar);

#endif // CT_MUSIC_ENGRAVER_H

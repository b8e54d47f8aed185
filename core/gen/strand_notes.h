// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file strand_notes.h A piece as the older designs hear it: its notes on the
/// grid, in the models' own key

#ifndef CT_GEN_STRAND_NOTES_H
#define CT_GEN_STRAND_NOTES_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/strand.h"
#include "music/score.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A note, in ticks that lie on the grid
typedef struct {
  int64_t onset;
  int64_t end;
  int32_t key;  ///< MIDI key in C major or A minor; may lie outside MIDI's
  uint8_t part; ///< CtPart
} CtStrandNote;

/// Notes by onset, then from high to low
struct CtStrandNotesImpl {
  CtStrandNote* notes;
  size_t        n_notes;
};

/// Notes that are struck together
typedef struct {
  const CtStrandNote* notes; ///< [n] from high to low
  size_t              n;
  int64_t             onset;
  int64_t             next; ///< Onset of those that follow, or their own end
  int64_t             end;  ///< Of the longest
} CtStrandChord;

/// Events of a strand as they are told to a network
struct CtStrandRowsImpl {
  CtStrandRow* rows;
  size_t       n_rows;
  size_t       capacity;
  size_t       n_filling; ///< Those at the end that are no part of the piece
  CtStatus     status;    ///< Of the first failure
};

/**
   The notes of a finished score, by the key that it is in last.

   @thread main
   @param notes Set to notes for ct_strand_notes_clear(), also on failure.
   @return CT_SUCCESS, CT_NO_MEMORY, or CT_SMF_NO_NOTES.
*/
CT_NODISCARD CtStatus
ct_strand_notes_read(const CtScore* score, CtStrandNotes* notes);

/// @thread main
void
ct_strand_notes_clear(CtStrandNotes* notes);

/// Parts that are the right hand's, or above
#define CT_STRAND_HIGH \
  ((1U << CT_PART_RIGHT) | (1U << CT_PART_SOPRANO) | (1U << CT_PART_ALTO))

/// The other parts
#define CT_STRAND_LOW \
  ((1U << CT_PART_LEFT) | (1U << CT_PART_TENOR) | (1U << CT_PART_BASS))

/// Keep the notes of some parts.
/// @thread main
/// @param parts A bit for each.
/// @param kept Set to notes for ct_strand_notes_clear(), also on failure.
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_strand_notes_of_parts(const CtStrandNotes* notes,
                         uint32_t             parts,
                         CtStrandNotes*       kept);

/// Keep the tune: the highest notes of the highest part.
/// @thread main
/// @param tune As `kept` of ct_strand_notes_of_parts().
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_strand_notes_tune(const CtStrandNotes* notes, CtStrandNotes* tune);

/// The chord that begins at note `i`, and the index of the note behind it.
/// @thread any
CtStrandChord
ct_strand_chord(const CtStrandNotes* notes, size_t i, size_t* next);

/// Add an event; failure is kept.  @thread main
void
ct_strand_rows_add(CtStrandRows* rows, CtStrandRow row);

/**
   The label of a chord, or of the most of it that has one, with its outer key.

   @thread main
   @param is_high Whether the highest key is the outer one, not the lowest.
   @return Of `labels`, or null if none fits.
*/
const CtLabel*
ct_strand_label_of(const CtStrandLabels* labels,
                   const CtStrandChord*  chord,
                   bool                  is_high);

#endif // CT_GEN_STRAND_NOTES_H

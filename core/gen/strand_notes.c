// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/strand_notes.h"

#include "base/grow.h"
#include "gen/codec.h"
#include "gen/encoder.h"
#include "gen/layout.h"
#include "music/key.h"

#include <stdlib.h>
#include <string.h>

/// Tonic of the minor that the models have learnt
static const int32_t own_minor = 9;

/// Semitones from the piece's key to the models', by the shorter way
static int32_t
shift_of(const CtScore* const score)
{
  static const int32_t half = CT_PITCH_CLASS_COUNT / 2;
  if (!score->n_keys) {
    return 0;
  }
  const CtKey   key = score->keys[score->n_keys - 1U].key;
  const int32_t own = key.mode == CT_MODE_MINOR ? own_minor : 0;
  const int32_t up  = own - (int32_t)key.tonic + CT_PITCH_CLASS_COUNT;
  return ((up + half) % CT_PITCH_CLASS_COUNT) - half;
}

static int
compare(const void* const a, const void* const b)
{
  const CtStrandNote* const x = (const CtStrandNote*)a;
  const CtStrandNote* const y = (const CtStrandNote*)b;
  if (x->onset != y->onset) {
    return x->onset < y->onset ? -1 : 1;
  }
  if (x->key != y->key) {
    return x->key > y->key ? -1 : 1;
  }
  return (int)x->part - (int)y->part;
}

/// On the grid, and a grid tick long at the least
static CtStrandNote
quantise(const CtScoreNote* const note)
{
  const int64_t grid   = CT_TICKS_PER_GRID;
  const int64_t onset  = ct_grid_position(note->onset) * grid;
  const int64_t length = (note->end - note->onset + (grid / 2)) / grid;
  return (CtStrandNote){.onset = onset,
                        .end   = onset + ((length ? length : 1) * grid)};
}

CtStatus
ct_strand_notes_read(const CtScore* const score, CtStrandNotes* const notes)
{
  const int32_t   shift = shift_of(score);
  uint32_t* const parts =
    (uint32_t*)calloc(score->n_streams + 1U, sizeof(uint32_t));
  notes->n_notes = 0U;
  notes->notes =
    (CtStrandNote*)calloc(score->n_notes + 1U, sizeof(CtStrandNote));

  CtStatus st = parts && notes->notes
                  ? ct_layout_assign(score, ct_layout_infer(score), parts)
                  : CT_NO_MEMORY;
  for (size_t s = 0U; !st && s < score->n_streams; ++s) {
    for (size_t i = 0U; i < score->streams[s].n_notes; ++i) {
      const CtScoreNote* const note = &score->streams[s].notes[i];
      if (note->end - note->onset >= CT_MIN_NOTE) {
        const bool   high = note->pitch >= CT_SPLIT_PITCH;
        CtStrandNote kept = quantise(note);
        kept.key          = (int32_t)note->pitch + shift;
        kept.part         = (uint8_t)parts[s];
        if (parts[s] == CT_PART_SPLIT) {
          kept.part = high ? CT_PART_RIGHT : CT_PART_LEFT;
        }
        notes->notes[notes->n_notes++] = kept;
      }
    }
  }
  free(parts);
  if (!st) {
    qsort(notes->notes, notes->n_notes, sizeof(CtStrandNote), compare);
  }
  return st || notes->n_notes ? st : CT_SMF_NO_NOTES;
}

void
ct_strand_notes_clear(CtStrandNotes* const notes)
{
  free(notes->notes);
  *notes = (CtStrandNotes){NULL, 0U};
}

CtStatus
ct_strand_notes_of_parts(const CtStrandNotes* const notes,
                         const uint32_t             parts,
                         CtStrandNotes* const       kept)
{
  kept->n_notes = 0U;
  kept->notes =
    (CtStrandNote*)calloc(notes->n_notes + 1U, sizeof(CtStrandNote));
  if (!kept->notes) {
    return CT_NO_MEMORY;
  }
  for (size_t i = 0U; i < notes->n_notes; ++i) {
    if ((parts >> notes->notes[i].part) & 1U) {
      kept->notes[kept->n_notes++] = notes->notes[i];
    }
  }
  return CT_SUCCESS;
}

CtStatus
ct_strand_notes_tune(const CtStrandNotes* const notes,
                     CtStrandNotes* const       tune)
{
  static const uint32_t lead = (1U << CT_PART_SOPRANO) | (1U << CT_PART_RIGHT);

  // Of a piece for low voices only, all
  CtStatus st = ct_strand_notes_of_parts(notes, lead, tune);
  if (!st && !tune->n_notes) {
    ct_strand_notes_clear(tune);
    st = ct_strand_notes_of_parts(notes, UINT32_MAX, tune);
  }
  return st;
}

CtStrandChord
ct_strand_chord(const CtStrandNotes* const notes,
                const size_t               i,
                size_t* const              next)
{
  const CtStrandNote* const first = &notes->notes[i];
  CtStrandChord             chord = {first, 0U, first->onset, 0, first->end};
  while (i + chord.n < notes->n_notes && first[chord.n].onset == first->onset) {
    const int64_t end = first[chord.n].end;
    chord.end         = end > chord.end ? end : chord.end;
    ++chord.n;
  }
  *next      = i + chord.n;
  chord.next = *next < notes->n_notes ? first[chord.n].onset : chord.end;
  return chord;
}

void
ct_strand_rows_add(CtStrandRows* const rows, const CtStrandRow row)
{
  CtStrandRow* const moved = (CtStrandRow*)ct_grow(
    rows->rows, rows->n_rows, &rows->capacity, sizeof(CtStrandRow));
  if (!moved) {
    rows->status = CT_NO_MEMORY;
    return;
  }
  rows->rows                 = moved;
  rows->rows[rows->n_rows++] = row;
}

/// Whether a label's keys are all in a chord, and the outer one is
static bool
is_part_of(const CtLabel* const       label,
           const CtStrandChord* const chord,
           const int32_t              outer)
{
  bool has_outer = false;
  for (uint32_t k = 0U; k < label->n_keys; ++k) {
    const int32_t key   = label->keys[k];
    bool          is_in = false;
    for (size_t i = 0U; i < chord->n; ++i) {
      is_in = is_in || chord->notes[i].key == key;
    }
    if (!is_in) {
      return false;
    }
    has_outer = has_outer || key == outer;
  }
  return has_outer;
}

const CtLabel*
ct_strand_label_of(const CtStrandLabels* const labels,
                   const CtStrandChord* const  chord,
                   const bool                  is_high)
{
  const int32_t  outer = chord->notes[is_high ? 0U : chord->n - 1U].key;
  const CtLabel* best  = NULL;
  for (uint32_t i = 0U; i < labels->n_labels; ++i) {
    const CtLabel* const label = &labels->labels[i];
    if ((!best || label->n_keys > best->n_keys) &&
        is_part_of(label, chord, outer)) {
      best = label;
    }
  }
  return best;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file note_list.h MIDI messages paired into notes, for all test hosts

#ifndef CONTINUO_TESTS_NOTE_LIST_H
#define CONTINUO_TESTS_NOTE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define NOTE_LIST_N_CHANNELS 16U
#define NOTE_LIST_N_PITCHES 128U

/// A note-on with the note-off that ended it
typedef struct {
  int64_t frame;    ///< Of the note-on
  int64_t n_frames; ///< Until the note-off, or -1 while it sounds
  uint8_t channel;  ///< From 0
  uint8_t pitch;    ///< MIDI key number
  uint8_t velocity; ///< 1 to 127
} ListedNote;

/// Notes in the order of their onsets
typedef struct {
  ListedNote* notes;       ///< Ours
  size_t      n_notes;     ///< Used
  size_t      max_notes;   ///< Allocated
  size_t      n_ended;     ///< The first of them, which have all ended
  size_t      n_sounding;  ///< Note-ons without their note-off so far
  size_t      n_stray_off; ///< Note-offs of notes that did not sound
} NoteList;

/// Free the notes and leave an empty list, as `{0}` is one
void
note_list_clear(NoteList* list);

/**
   Add a message, in time order; what is no note is ignored.

   A second note-on of a sounding pitch needs a second note-off; the offs end
   the notes in the order of their onsets.
   @return False if out of memory.
*/
bool
note_list_add(NoteList* list, int64_t frame, const uint8_t* bytes, size_t size);

/**
   Print a line a note: onset and length in quarters, pitch, velocity, channel
   from 0.

   A note that never ended has the length -1.  Two more lines, `# sounding N`
   and
   `# stray N`, tell what has no partner.
   @param frames_per_quarter At the one tempo of the whole list.
*/
void
note_list_print(const NoteList* list, double frames_per_quarter, FILE* out);

#endif // CONTINUO_TESTS_NOTE_LIST_H

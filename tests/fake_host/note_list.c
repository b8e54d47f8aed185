// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "note_list.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
  NOTE_OFF    = 0x80,
  NOTE_ON     = 0x90,
  KIND_MASK   = 0xF0,
  NOTE_SIZE   = 3,
  FIRST_ALLOC = 256,
};

static bool
append(NoteList* list, const ListedNote note)
{
  if (list->n_notes == list->max_notes) {
    const size_t max_notes =
      list->max_notes ? list->max_notes * 2U : FIRST_ALLOC;
    ListedNote* const notes = realloc(list->notes, max_notes * sizeof(*notes));
    if (!notes) {
      return false;
    }
    list->notes     = notes;
    list->max_notes = max_notes;
  }

  list->notes[list->n_notes++] = note;
  ++list->n_sounding;
  return true;
}

static void
end_note(NoteList*     list,
         const int64_t frame,
         const uint8_t channel,
         const uint8_t pitch)
{
  while (list->n_ended < list->n_notes &&
         list->notes[list->n_ended].n_frames >= 0) {
    ++list->n_ended;
  }
  for (size_t i = list->n_ended; i < list->n_notes; ++i) {
    ListedNote* const note = &list->notes[i];
    if (note->n_frames < 0 && note->channel == channel &&
        note->pitch == pitch) {
      note->n_frames = frame - note->frame;
      --list->n_sounding;
      return;
    }
  }
  ++list->n_stray_off;
}

void
note_list_clear(NoteList* list)
{
  free(list->notes);
  *list = (NoteList){0};
}

bool
note_list_add(NoteList*      list,
              const int64_t  frame,
              const uint8_t* bytes,
              const size_t   size)
{
  if (size != NOTE_SIZE) {
    return true;
  }

  const uint8_t kind     = bytes[0] & KIND_MASK;
  const uint8_t channel  = bytes[0] & (NOTE_LIST_N_CHANNELS - 1U);
  const uint8_t pitch    = bytes[1];
  const uint8_t velocity = bytes[2];
  if (kind == NOTE_ON && velocity > 0) {
    return append(list, (ListedNote){frame, -1, channel, pitch, velocity});
  }
  if (kind == NOTE_OFF || kind == NOTE_ON) {
    end_note(list, frame, channel, pitch);
  }
  return true;
}

void
note_list_print(const NoteList* list,
                const double    frames_per_quarter,
                FILE*           out)
{
  for (size_t i = 0; i < list->n_notes; ++i) {
    const ListedNote* const note  = &list->notes[i];
    const double            onset = (double)note->frame / frames_per_quarter;
    const double length           = (double)note->n_frames / frames_per_quarter;
    fprintf(out,
            "%.6f %.6f %" PRIu8 " %" PRIu8 " %" PRIu8 "\n",
            onset,
            note->n_frames < 0 ? -1.0 : length,
            note->pitch,
            note->velocity,
            note->channel);
  }
  fprintf(
    out, "# sounding %zu\n# stray %zu\n", list->n_sounding, list->n_stray_off);
}

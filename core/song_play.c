// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A song as messages in time, for who makes sound of it

#include "base/status.h"
#include "continuo.h"
#include "gen/codec.h"
#include "music/event.h"
#include "music/note.h"
#include "music/tick.h"
#include "song.h"

#include <stdint.h>
#include <stdlib.h>

static const double seconds_per_minute = 60.0;

/// An end of a note
typedef struct {
  CtTick        tick;
  const CtNote* note;
  bool          is_on;
} End;

/// In time order, note-offs first
static int
compare_ends(const void* const a, const void* const b)
{
  const End* const x = (const End*)a;
  const End* const y = (const End*)b;
  if (x->tick != y->tick) {
    return x->tick < y->tick ? -1 : 1;
  }
  return (int)x->is_on - (int)y->is_on;
}

/// Bytes of one end of a note; each part has a channel of its own, as in a file
static ContinuoMidi
message_of(const End* const end, const double frames_per_tick)
{
  static const double half  = 0.5;
  const CtNote* const note  = end->note;
  const CtEvent       on    = ct_event_note_on(end->tick,
                                      end->tick,
                                      (uint8_t)note->part,
                                      note->pitch,
                                      note->velocity,
                                      (uint8_t)note->part);
  const CtEvent       event = end->is_on ? on : ct_event_note_off(&on);
  return (ContinuoMidi){
    (uint32_t)(((double)end->tick * frames_per_tick) + half),
    event.size,
    {event.bytes[0], event.bytes[1], event.bytes[2]},
    (uint8_t)note->part};
}

ContinuoStatus
continuo_song_play(const ContinuoSong* const song,
                   const double              sample_rate,
                   const ContinuoWriteFunc   write,
                   void* const               handle)
{
  const double frames_per_tick =
    sample_rate * seconds_per_minute / (song->plan.tempo * (double)CT_PPQN);
  if (!(sample_rate > 0.0) ||
      (double)song->end * frames_per_tick >= (double)UINT32_MAX) {
    return CT_BAD_ARG;
  }
  const size_t n_ends = 2U * song->n_notes;
  End* const   ends   = (End*)calloc(n_ends + 1U, sizeof(End));
  if (!ends) {
    return CT_NO_MEMORY;
  }
  for (size_t i = 0U; i < song->n_notes; ++i) {
    const CtNote* const note = &song->notes[i];
    ends[2U * i]             = (End){note->tick, note, true};
    ends[(2U * i) + 1U]      = (End){note->tick + note->duration, note, false};
  }

  qsort(ends, n_ends, sizeof(End), compare_ends);
  bool goes_on = true;
  for (size_t i = 0U; i < n_ends && goes_on; ++i) {
    const ContinuoMidi message = message_of(&ends[i], frames_per_tick);
    goes_on                    = write(handle, &message);
  }
  free(ends);
  return CT_SUCCESS;
}

uint8_t
continuo_song_program(const ContinuoSong* const song, const uint32_t part)
{
  return part < CT_N_PARTS ? song->programs[part] : 0U;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file song.h What stands behind a song of continuo.h

#ifndef CT_SONG_H
#define CT_SONG_H

#include "base/attributes.h"
#include "base/status.h"
#include "continuo.h"
#include "gen/codec.h"
#include "gen/settings.h"
#include "music/event.h"
#include "music/note.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ContinuoSongImpl {
  CtNote*          notes;
  size_t           n_notes;
  size_t           capacity;
  CtTick           now; ///< First tick of the block that plays
  CtTick           end;
  CtStatus         status; ///< Of the first failure
  ContinuoSongPlan plan;
  CtSettings       settings;
  bool             is_humanized; ///< Notes are behind the grid
  CtEnsemble       ensemble;
  char             style[CT_STYLE_NAME_SIZE];
  uint8_t          programs[CT_N_PARTS]; ///< Of MIDI, from 0
  size_t           sounding[CT_MIDI_CHANNEL_COUNT]
                 [CT_MIDI_NOTE_COUNT]; ///< 1 + index of the note
};

/// A song without notes, of an instance's style.
/// @thread main
/// @return For continuo_song_free(), or null if out of memory
CT_NODISCARD ContinuoSong*
ct_song_begin(const Continuo*         self,
              const ContinuoSongPlan* plan,
              const CtSettings*       settings);

/// Add a note; failure is kept in the song.  @thread main  @return False on
/// failure
bool
ct_song_add(ContinuoSong* song, CtNote note);

#endif // CT_SONG_H

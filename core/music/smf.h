// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file smf.h Standard MIDI Files (RP-001), in and out

#ifndef CT_MUSIC_SMF_H
#define CT_MUSIC_SMF_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "music/note.h"
#include "music/score.h"

#include <stddef.h>
#include <stdint.h>

/// No program change for a track
#define CT_SMF_NO_PROGRAM (-1)

/**
   Read a file of format 0 or 1.

   Times are scaled to CT_PPQN with rounding, drums (channel 10) are left out,
   and a note ends at the next note-on or note-off of its pitch in its track and
   channel, or at the track's end.  Data bytes above 127 are taken as 127.
   Chunks that are no tracks are skipped. The Python twin is models/smf.py.

   @thread main|worker
   @param score Set to a new score for ct_score_free(); empty on failure.
   @return CT_SUCCESS, CT_NO_MEMORY or one of CT_SMF_...
*/
CT_NODISCARD CtStatus
ct_smf_read(const uint8_t* bytes, size_t size, CtScore* score);

/// A track to be written
typedef struct {
  const char* name;    ///< For people, "" for none
  uint8_t     channel; ///< 0..15, of its program change; notes carry their own
  int         program; ///< 0..127, or CT_SMF_NO_PROGRAM
  const CtNote* notes; ///< In any order
  size_t        n_notes; ///< How many
} CtSmfTrack;

/// What is written; everything borrowed, lists in any order, times not negative
typedef struct {
  const char*         name;     ///< Of the piece, "" for none
  const CtScoreTempo* tempos;   ///< May be none
  size_t              n_tempos; ///< How many
  const CtScoreMeter* meters;   ///< May be none
  size_t              n_meters; ///< How many
  const CtScoreKey*   keys;     ///< May be none
  size_t              n_keys;   ///< How many
  const CtSmfTrack*   tracks;   ///< May be none
  size_t              n_tracks; ///< How many
  CtTick              end;      ///< Least position of the end of all tracks
} CtSmfSong;

/**
   Write a file of format 1 at CT_PPQN: a track of tempo, meter and key, then
   the others.

   On a tick come offs, then controls, then ons.  A note of no duration lasts
   one tick.
   @thread main|worker
   @param out Appended to.
   @return CT_SUCCESS, CT_NO_MEMORY, or CT_BAD_ARG for values out of their
   range.
*/
CT_NODISCARD CtStatus
ct_smf_write(const CtSmfSong* song, CtBuffer* out);

#endif // CT_MUSIC_SMF_H

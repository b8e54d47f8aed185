// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file smf_track.h One track of a Standard MIDI File

#ifndef CT_MUSIC_SMF_TRACK_H
#define CT_MUSIC_SMF_TRACK_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"
#include "music/score.h"

#include <stdint.h>

/**
   Read the events of a track chunk into `score`: a stream for each channel with
   notes.

   What is accepted is what Python's mido accepts with clip=True, so that
   training and plugin see the same files; less meters of no use (0/4, or
   shorter than a 64th).
   @thread main|worker
   @param chunk The track's bytes.
   @param division Ticks to the quarter, 1..32767.
   @param index Which track of the file.
   @return CT_SUCCESS, CT_NO_MEMORY or one of CT_SMF_...
*/
CT_NODISCARD CtStatus
ct_smf_read_track(CtScore* score,
                  CtCursor chunk,
                  uint16_t division,
                  uint32_t index);

#endif // CT_MUSIC_SMF_TRACK_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file score.h A piece of music in memory

#ifndef CT_MUSIC_SCORE_H
#define CT_MUSIC_SCORE_H

#include "base/attributes.h"
#include "base/status.h"
#include "music/key.h"
#include "music/meter.h"
#include "music/tick.h"

#include <stddef.h>
#include <stdint.h>

/// Most notes of a score: a day of fast playing
#define CT_SCORE_MAX_NOTES 4000000U

/// Last tick of a score, about a million quarters
#define CT_SCORE_MAX_TICK (INT64_C(1) << 30)

/// A note of a score
typedef struct {
  CtTick  onset;    ///< When it begins
  CtTick  end;      ///< When it ends, not before its onset
  uint8_t pitch;    ///< 0..127
  uint8_t velocity; ///< 1..127
} CtScoreNote;

/// Notes of one channel in one track
typedef struct {
  char*
    name; ///< Of the track, in the bytes of the file; never null, may be empty
  uint32_t     track;    ///< Index in the file
  uint8_t      channel;  ///< 0..15
  CtScoreNote* notes;    ///< Sorted by (onset, end, pitch)
  size_t       n_notes;  ///< How many
  size_t       capacity; ///< How many there is room for
} CtStream;

/// A tempo and where it begins
typedef struct {
  CtTick   tick;           ///< When
  uint32_t us_per_quarter; ///< Microseconds to the quarter
} CtScoreTempo;

/// A meter and where it begins
typedef struct {
  CtTick  tick;  ///< When
  CtMeter meter; ///< From there on
} CtScoreMeter;

/// A key and where it begins
typedef struct {
  CtTick tick; ///< When
  CtKey  key;  ///< From there on
} CtScoreKey;

/**
   A piece: streams in file order, with tempo, meter and key by tick.

   After ct_score_finish() everything is sorted and there is a meter at tick
   zero.
*/
typedef struct {
  CtStream*     streams;         ///< By (track, channel), none empty
  size_t        n_streams;       ///< How many
  size_t        stream_capacity; ///< How many there is room for
  CtScoreTempo* tempos;          ///< By tick, may be empty
  size_t        n_tempos;        ///< How many
  size_t        tempo_capacity;  ///< How many there is room for
  CtScoreMeter* meters;          ///< By tick, never empty
  size_t        n_meters;        ///< How many
  size_t        meter_capacity;  ///< How many there is room for
  CtScoreKey*   keys;            ///< By tick, may be empty
  size_t        n_keys;          ///< How many
  size_t        key_capacity;    ///< How many there is room for
  size_t        n_notes;         ///< In all streams
} CtScore;

/// An empty score.  @thread any
CtScore
ct_score_init(void);

/// Free what it holds and make it empty.  @thread main|worker
void
ct_score_free(CtScore* score);

/// Add an empty stream; `name` is copied, null is "".  @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_score_add_stream(CtScore*    score,
                    uint32_t    track,
                    uint8_t     channel,
                    const char* name);

/// Add a note to the last stream of which there must be one.
/// @thread main|worker
/// @return CT_SUCCESS, CT_NO_MEMORY, or CT_SMF_TOO_LARGE past the limits above
CT_NODISCARD CtStatus
ct_score_add_note(CtScore* score, CtScoreNote note);

/// @thread main|worker
CT_NODISCARD CtStatus
ct_score_add_tempo(CtScore* score, CtScoreTempo tempo);

/// @thread main|worker
CT_NODISCARD CtStatus
ct_score_add_meter(CtScore* score, CtScoreMeter meter);

/// @thread main|worker
CT_NODISCARD CtStatus
ct_score_add_key(CtScore* score, CtScoreKey key);

/**
   Sort all, take out empty streams, and let a meter begin at tick zero: the
   first one if it comes later, else 4/4.

   @thread main|worker
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_score_finish(CtScore* score);

#endif // CT_MUSIC_SCORE_H

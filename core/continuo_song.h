// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file continuo_song.h The part of continuo.h that is about songs, which
   includes it.
*/

#ifndef CONTINUO_CONTINUO_SONG_H
#define CONTINUO_CONTINUO_SONG_H

#include "continuo.h"

CONTINUO_BEGIN_DECLS

/**
   @defgroup song Songs: the plugin's music as a file
   @{
*/

/// Longest song, bars
#define CONTINUO_MAX_BARS 100000U

/// Slowest and fastest tempo of songs and presets, quarter notes per minute
#define CONTINUO_MIN_TEMPO 5.0
#define CONTINUO_MAX_TEMPO 1000.0

/// Largest number in a meter that people write
#define CONTINUO_MAX_METER 32U

/**
   Read all of `text` as a meter such as "6/8".

   @thread any
   @return False if it is none from 1/1 to 32/32 whose lower number is a power
   of two; then nothing is set.
*/
bool
continuo_read_meter(const char* text,
                    uint32_t*   numerator,
                    uint32_t*   denominator);

/// What continuo_song_new() is to play
typedef struct {
  uint32_t n_bars;      ///< Length, up to CONTINUO_MAX_BARS
  double   tempo;       ///< Quarter notes per minute
  uint32_t numerator;   ///< Upper number of the meter
  uint32_t denominator; ///< Lower number of the meter
} ContinuoSongPlan;

/// Told how far continuo_song_new() is, from 0 to 1
typedef void (*ContinuoProgressFunc)(void* handle, double done);

/**
   Let a synchronous instance play from bar one through a transport that rolls.

   @thread main
   @param self In synchronous mode; its parameters, seed and model decide the
   notes.
   @param progress May be null.
   @param song Set to a new song for continuo_song_free().
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_song_new(Continuo*               self,
                  const ContinuoSongPlan* plan,
                  ContinuoProgressFunc    progress,
                  void*                   handle,
                  ContinuoSong**          song);

/// @thread main
void
continuo_song_free(ContinuoSong* song);

/// Number of notes.  @thread any
size_t
continuo_song_n_notes(const ContinuoSong* song);

/**
   Give all messages of the song in time order, each part on a channel of its
   own.

   @param sample_rate Frames per second, any positive number.
   @param write Called for each, with the frame since the song's begin; ends it
   by returning false.
   @return Zero, or that the song has more frames than can be counted, or out of
   memory.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_song_play(const ContinuoSong* song,
                   double              sample_rate,
                   ContinuoWriteFunc   write,
                   void*               handle);

/// General MIDI program of a part of the song, counted from 0.  @thread any
uint8_t
continuo_song_program(const ContinuoSong* song, uint32_t part);

/**
   The song as a Standard MIDI File of format 1, a track for each part.

   @param bytes Set to memory for free().
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_song_to_midi(const ContinuoSong* song, uint8_t** bytes, size_t* size);

/**
   The song as a score in MusicXML: its notes on the model's grid, with the
   staves of its ensemble.

   @param bytes Set to memory for free().
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_song_to_musicxml(const ContinuoSong* song,
                          uint8_t**           bytes,
                          size_t*             size);

/// How a piece ended, so that its continuation can go on like it
typedef struct {
  double   tempo;       ///< Quarter notes per minute, 0 if the file tells none
  uint32_t numerator;   ///< Upper number of the meter
  uint32_t denominator; ///< Lower number of the meter
  int32_t  key;         ///< Value for CONTINUO_KEY, -1 if the file tells none
  int32_t  scale;       ///< Value for CONTINUO_SCALE
} ContinuoHeard;

/**
   Let the music continue from the end of a piece: the network hears it before
   bar one.  Loading a model forgets it.

   @thread main, with no process running
   @param self In synchronous mode.
   @param source A melody as one types it, a word for each sixteenth, such as
   "60 _ 62 _ r _ 64 _": MIDI keys, `_` for held, `r` for a rest, `/` for
   nothing yet.  Or the path of a MIDI file.
   @param heard Set to how the piece ended; nothing of it is set in `self`.
   @return Zero, or what is wrong with the piece.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_prime(Continuo* self, const char* source, ContinuoHeard* heard);

/**
   As continuo_prime(), and let the music come to another piece.

   Only a design that sees pieces as points knows a way: what is played begins
   like the last two bars of `source`, and is in between, and ends like the last
   two of `goal`.
   @thread main, with no process running
   @param goal As `source`.
   @param n_quarters Quarter notes until the end.
   @return Zero, or what is wrong with a piece, or that the model knows no way.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_prime_toward(Continuo*      self,
                      const char*    source,
                      const char*    goal,
                      double         n_quarters,
                      ContinuoHeard* heard);

/**
   Read a key as people write it: "D minor", "Bb", "f-sharp minor", "Am".

   @thread any
   @param key Set to a value for CONTINUO_KEY.
   @param scale Set to a value for CONTINUO_SCALE.
   @return False if `text` is no key.
*/
CONTINUO_NODISCARD bool
continuo_key_parse(const char* text, int32_t* key, int32_t* scale);

/**
   @}
*/

CONTINUO_END_DECLS

#endif // CONTINUO_CONTINUO_SONG_H

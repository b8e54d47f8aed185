// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file continuo_view.h The part of continuo.h that shows an instance at work,
   which includes it.

   The audio thread writes down what there is to see, now and then, and waits
   for nobody; a window reads the newest.  As long as nobody watches it writes
   nothing.
*/

#ifndef CONTINUO_CONTINUO_VIEW_H
#define CONTINUO_CONTINUO_VIEW_H

#include "continuo.h"

CONTINUO_BEGIN_DECLS

/**
   @defgroup view View: what it plays and means to play
   @{
*/

/// Ticks of a quarter note
#define CONTINUO_TICKS_PER_QUARTER 960

#define CONTINUO_MAX_PLAYED 1024U  ///< Notes played that a view has at most
#define CONTINUO_MAX_PLANNED 1024U ///< Notes still to come
#define CONTINUO_MAX_HEARD 128U    ///< Notes of the musician
#define CONTINUO_MAX_VIEW_BARS 12U ///< Bars before, at and after the playhead

/// Most choices that a note was drawn from
#define CONTINUO_MAX_CHOICES 16U

/// A note of a view
typedef struct {
  int64_t tick;     ///< Onset
  int32_t duration; ///< Ticks
  uint8_t pitch;    ///< MIDI key
  uint8_t velocity; ///< 1..127
  uint8_t part;     ///< Of continuo_part_name(); 0 for the musician's
} ContinuoViewNote;

/// A bar of a view
typedef struct {
  int64_t  index;       ///< 0 is bar one
  int64_t  tick;        ///< Its bar line
  int64_t  length;      ///< Ticks
  uint32_t numerator;   ///< Of its meter
  uint32_t denominator; ///< Of its meter
} ContinuoViewBar;

/// An instance at the end of a block
typedef struct {
  uint64_t         n_blocks;    ///< So far; 0 before the first
  bool             is_told;     ///< The host tells its transport
  bool             has_tempo;   ///< It has told tempo and meter
  bool             is_rolling;  ///< Time moves
  bool             is_bypassed; ///< Nothing is played
  bool             is_minor;    ///< Of the key that it plays in
  uint8_t          tonic;       ///< Of that key: 0..11 is C..B
  double           tick;        ///< Where playback is
  double           tempo;       ///< Quarters a minute
  int64_t          final_tick;  ///< Notes before it are not taken back any more
  int64_t          horizon;     ///< Notes before it are planned
  uint64_t         n_sent;      ///< Messages sent so far
  uint64_t         n_received;  ///< Messages received so far
  uint32_t         n_late;      ///< Notes that came too late
  uint32_t         n_bars;      ///< Rows of `bars`, by tick
  uint32_t         n_played;    ///< Rows of `played`, in no order
  uint32_t         n_planned;   ///< Rows of `planned`, in no order
  uint32_t         n_heard;     ///< Rows of `heard`, in no order
  ContinuoViewBar  bars[CONTINUO_MAX_VIEW_BARS];
  ContinuoViewNote played[CONTINUO_MAX_PLAYED];
  ContinuoViewNote planned[CONTINUO_MAX_PLANNED];
  ContinuoViewNote heard[CONTINUO_MAX_HEARD];
} ContinuoView;

/// What the pitch of a note was drawn from, the likeliest first
typedef struct {
  uint32_t n;                             ///< Rows
  uint32_t n_kept;                        ///< The rows that could be drawn
  uint8_t  keys[CONTINUO_MAX_CHOICES];    ///< MIDI keys
  float    weights[CONTINUO_MAX_CHOICES]; ///< 1 is that of the likeliest
} ContinuoChoices;

/// Begin to write views, or no longer.  Those who begin are counted.
/// @thread any
void
continuo_view_watch(Continuo* self, bool watches);

/**
   Read the newest view.

   @thread any but audio: readers wait for each other, but nobody for them
   @return False if there is none newer than `view->n_blocks`; it stays as it
   is.
*/
bool
continuo_view_read(Continuo* self, ContinuoView* view);

/// What a note of a view was drawn from.  @thread any  @return False if that is
/// not known (any more)
bool
continuo_view_choices(const Continuo*         self,
                      const ContinuoViewNote* note,
                      ContinuoChoices*        choices);

/// Leave a sentence for whoever watches: what went wrong last, or nothing.
/// @thread any but audio
void
continuo_set_notice(Continuo* self, const char* sentence);

/// The sentence that was left last, maybe empty.  @thread any but audio
void
continuo_notice(Continuo* self, char sentence[CONTINUO_WHY_SIZE]);

/// Leave the name of the preset that was chosen last, for the next window: its
/// values may be others since.  @thread any but audio
void
continuo_set_chosen_preset(Continuo* self, const char* name);

/// The name that was left last, maybe empty.  @thread any but audio
void
continuo_chosen_preset(Continuo* self, char name[CONTINUO_PRESET_NAME_SIZE]);

/// Which bars of the take continuo_take_song() is to take
typedef struct {
  int64_t  begin;       ///< Tick of the first bar line
  int64_t  end;         ///< Tick of the last bar line
  double   tempo;       ///< Quarters a minute
  uint32_t numerator;   ///< Upper number of the meter
  uint32_t denominator; ///< Lower number of the meter
} ContinuoExcerpt;

/**
   Make a song of what the take has between two bar lines.

   @thread any but audio, a process may run
   @param song Set to a new song for continuo_song_free().
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_take_song(Continuo*              self,
                   const ContinuoExcerpt* excerpt,
                   ContinuoSong**         song);

/**
   @}
*/

CONTINUO_END_DECLS

#endif // CONTINUO_CONTINUO_VIEW_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file notes.h Planned notes that come and go, so that a change can be seen

#ifndef ED_NOTES_H
#define ED_NOTES_H

#include "continuo.h"

#include <stdbool.h>
#include <stdint.h>

/// Most notes that fade at once
#define ED_MAX_GHOSTS 256U

/// Seconds that a note fades for, and that a new one shines
#define ED_FADE 0.7

/// A planned note and when it was first seen
typedef struct {
  ContinuoViewNote note;
  double           born;       ///< Seconds, of the window's clock
  bool             is_changed; ///< It came in the place of another plan
} EdNote;

/// A note that was taken back
typedef struct {
  ContinuoViewNote note;
  double           died; ///< Seconds
} EdGhost;

/// What is planned, and what was
typedef struct {
  EdNote   notes[CONTINUO_MAX_PLANNED]; ///< By tick, pitch and part
  uint32_t n_notes;
  EdNote   next[CONTINUO_MAX_PLANNED]; ///< While it follows
  int64_t  horizon;                    ///< How far the plan went
  EdGhost  ghosts[ED_MAX_GHOSTS];
  uint32_t n_ghosts;
} EdNotes;

/**
   Follow a view.

   Notes that were planned and are not any more, though playback has not come
   to them, become ghosts, which fade.
   @param now Seconds.
*/
void
ed_notes_follow(EdNotes* self, const ContinuoView* view, double now);

#endif // ED_NOTES_H

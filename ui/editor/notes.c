// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "notes.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// A jump so long is no change of plan, but another place
static const double longest_step = 4.0 * CONTINUO_TICKS_PER_QUARTER;

static int
compare(const ContinuoViewNote* const a, const ContinuoViewNote* const b)
{
  if (a->tick != b->tick) {
    return a->tick < b->tick ? -1 : 1;
  }
  return a->pitch != b->pitch ? (int)a->pitch - (int)b->pitch
                              : (int)a->part - (int)b->part;
}

static int
compare_items(const void* const a, const void* const b)
{
  const EdNote* const note  = (const EdNote*)a;
  const EdNote* const other = (const EdNote*)b;
  return compare(&note->note, &other->note);
}

static void
drop_old_ghosts(EdNotes* const self, const double now)
{
  uint32_t n = 0U;
  for (uint32_t i = 0U; i < self->n_ghosts; ++i) {
    if (now - self->ghosts[i].died < ED_FADE) {
      self->ghosts[n++] = self->ghosts[i];
    }
  }
  self->n_ghosts = n;
}

static void
add_ghost(EdNotes* const self, const ContinuoViewNote* const note, double now)
{
  if (self->n_ghosts < ED_MAX_GHOSTS) {
    self->ghosts[self->n_ghosts++] = (EdGhost){*note, now};
  }
}

/// Give `next` the births of `self`, and let what is missing there fade
static void
compare_plans(EdNotes* const self,
              EdNote* const  next,
              const uint32_t n_next,
              const double   tick,
              const double   now)
{
  uint32_t i = 0U;
  uint32_t j = 0U;
  while (i < self->n_notes) {
    const EdNote* const old = &self->notes[i];
    const int order = j < n_next ? compare(&old->note, &next[j].note) : -1;
    if (order == 0) {
      next[j].born       = old->born;
      next[j].is_changed = old->is_changed;
    } else if (order < 0 && (double)old->note.tick >= tick) {
      add_ghost(self, &old->note, now);
    }
    i += order <= 0;
    j += order >= 0;
  }
}

void
ed_notes_follow(EdNotes* const            self,
                const ContinuoView* const view,
                const double              now)
{
  EdNote* const next = self->next;
  for (uint32_t i = 0U; i < view->n_planned; ++i) {
    const ContinuoViewNote* const note = &view->planned[i];
    next[i] = (EdNote){*note, now, note->tick < self->horizon};
  }
  qsort(next, view->n_planned, sizeof(EdNote), compare_items);

  // Where playback went elsewhere, all is new and nothing was taken back
  const double begin =
    self->n_notes ? (double)self->notes[0].note.tick : view->tick;
  drop_old_ghosts(self, now);
  if (!self->n_notes || view->tick < begin - longest_step ||
      view->tick > begin + longest_step) {
    self->n_ghosts = 0U;
    for (uint32_t i = 0U; i < view->n_planned; ++i) {
      next[i].is_changed = false;
    }
    self->horizon = view->horizon;
  } else {
    compare_plans(self, next, view->n_planned, view->tick, now);
  }
  if (view->horizon > self->horizon) {
    self->horizon = view->horizon; // While it plans anew it goes back
  }
  memcpy(self->notes, next, view->n_planned * sizeof(EdNote));
  self->n_notes = view->n_planned;
}

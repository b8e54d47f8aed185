// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file scheduler.h Events still to come, in order

#ifndef CT_MUSIC_SCHEDULER_H
#define CT_MUSIC_SCHEDULER_H

#include "base/attributes.h"
#include "music/event.h"

#include <stdbool.h>
#include <stdint.h>

/// Most events that wait
#define CT_SCHEDULER_CAPACITY 4096U

/// A waiting event with its age, which makes the order total
typedef struct {
  CtEvent  event;    ///< What waits
  uint64_t sequence; ///< Which one it was to come
} CtScheduled;

/**
   Events by (tick, order, time of adding): a binary heap of fixed size.

   A planned note waits as its note-on alone; whoever sends it adds the note-off
   of ct_event_note_off().  So all note-offs here belong to notes that sound,
   and a plan can be taken back without touching them.
*/
typedef struct {
  CtScheduled heap[CT_SCHEDULER_CAPACITY]; ///< Least first
  uint32_t    n_events;                    ///< How many wait
  uint64_t    sequence;                    ///< Number of the next to be added
} CtScheduler;

/// Begin empty.  @thread any
CT_REALTIME void
ct_scheduler_reset(CtScheduler* scheduler);

/**
   Let `event` wait.  O(log n).

   The last place for each note that can sound is not reserved: keep a margin
   for the note-offs, or look at the result.
   @thread audio
   @return False if full.
*/
CT_REALTIME bool
ct_scheduler_add(CtScheduler* scheduler, const CtEvent* event);

/// The next event before `end_tick`.  @thread audio  @return Borrowed until a
/// change, or null
CT_REALTIME const CtEvent*
ct_scheduler_peek(const CtScheduler* scheduler, CtTick end_tick);

/// Drop the next event; there must be one.  O(log n).  @thread audio
CT_REALTIME void
ct_scheduler_pop(CtScheduler* scheduler);

/// Let no note that was planned before `tick` end after it, but as it is put
/// off.  O(n).  @thread audio
CT_REALTIME void
ct_scheduler_end_by(CtScheduler* scheduler, CtTick tick);

/// Put the next event off by `delay`; there must be one.  A note-on keeps its
/// note-off behind it.  O(log n).  @thread audio
CT_REALTIME void
ct_scheduler_put_off(CtScheduler* scheduler, CtTick delay);

/// Drop the note-ons that were planned at or after `from_tick`; all else stays.
/// O(n).
/// @thread audio
CT_REALTIME void
ct_scheduler_revoke(CtScheduler* scheduler, CtTick from_tick);

/// Events that wait.  @thread audio
CT_REALTIME uint32_t
ct_scheduler_n_events(const CtScheduler* scheduler);

#endif // CT_MUSIC_SCHEDULER_H

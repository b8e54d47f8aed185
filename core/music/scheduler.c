// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/scheduler.h"

#include <assert.h>
#include <stddef.h>

void
ct_scheduler_reset(CtScheduler* const scheduler)
{
  scheduler->n_events = 0U;
  scheduler->sequence = 0U;
}

static bool
is_before(const CtScheduled* const a, const CtScheduled* const b)
{
  const int order = ct_event_compare(&a->event, &b->event);
  return order < 0 || (order == 0 && a->sequence < b->sequence);
}

/// Move the item at `index` towards the root until its parent comes before it
static void
sift_up(CtScheduled* const heap, uint32_t index)
{
  const CtScheduled item = heap[index];
  while (index > 0U) {
    const uint32_t parent = (index - 1U) / 2U;
    if (!is_before(&item, &heap[parent])) {
      break;
    }
    heap[index] = heap[parent];
    index       = parent;
  }
  heap[index] = item;
}

/// Move the item at `index` towards the leaves until both its children come
/// after it
static void
sift_down(CtScheduled* const heap, const uint32_t n, uint32_t index)
{
  const CtScheduled item = heap[index];
  for (;;) {
    uint32_t child = (2U * index) + 1U;
    if (child >= n) {
      break;
    }
    if (child + 1U < n && is_before(&heap[child + 1U], &heap[child])) {
      ++child;
    }
    if (!is_before(&heap[child], &item)) {
      break;
    }
    heap[index] = heap[child];
    index       = child;
  }
  heap[index] = item;
}

bool
ct_scheduler_add(CtScheduler* const scheduler, const CtEvent* const event)
{
  if (scheduler->n_events == CT_SCHEDULER_CAPACITY) {
    return false;
  }

  const uint32_t index            = scheduler->n_events++;
  scheduler->heap[index].event    = *event;
  scheduler->heap[index].sequence = scheduler->sequence++;
  sift_up(scheduler->heap, index);
  return true;
}

const CtEvent*
ct_scheduler_peek(const CtScheduler* const scheduler, const CtTick end_tick)
{
  if (!scheduler->n_events || scheduler->heap[0].event.tick >= end_tick) {
    return NULL;
  }
  return &scheduler->heap[0].event;
}

void
ct_scheduler_pop(CtScheduler* const scheduler)
{
  assert(scheduler->n_events);
  scheduler->heap[0] = scheduler->heap[--scheduler->n_events];
  if (scheduler->n_events) {
    sift_down(scheduler->heap, scheduler->n_events, 0U);
  }
}

void
ct_scheduler_put_off(CtScheduler* const scheduler, const CtTick delay)
{
  assert(scheduler->n_events);
  CtEvent* const event = &scheduler->heap[0].event;
  event->tick += delay;
  event->delay += delay;
  event->is_placed = true;
  if (event->order == CT_ORDER_NOTE_ON && event->off_tick <= event->tick) {
    event->off_tick = event->tick + 1;
  }
  sift_down(scheduler->heap, scheduler->n_events, 0U);
}

/// Build the heap from below: Floyd, "Algorithm 245: Treesort 3" (1964), O(n)
static void
rebuild(CtScheduler* const scheduler)
{
  for (uint32_t i = scheduler->n_events / 2U; i > 0U; --i) {
    sift_down(scheduler->heap, scheduler->n_events, i - 1U);
  }
}

void
ct_scheduler_end_by(CtScheduler* const scheduler, const CtTick tick)
{
  for (uint32_t i = 0U; i < scheduler->n_events; ++i) {
    CtEvent* const event = &scheduler->heap[i].event;
    if (event->order == CT_ORDER_NOTE_ON) {
      const bool   begins = event->tick - event->delay < tick;
      const CtTick end    = event->tick < tick ? tick : event->tick + 1;
      if (begins && event->off_tick > end) {
        event->off_tick = end;
      }
    } else if (event->order == CT_ORDER_NOTE_OFF && !event->is_placed &&
               event->tick > tick) {
      event->tick = tick;
    }
  }
  rebuild(scheduler);
}

void
ct_scheduler_revoke(CtScheduler* const scheduler, const CtTick from_tick)
{
  uint32_t n_kept = 0U;
  for (uint32_t i = 0U; i < scheduler->n_events; ++i) {
    const CtEvent* const event = &scheduler->heap[i].event;
    if (event->order != CT_ORDER_NOTE_ON ||
        event->tick - event->delay < from_tick) {
      scheduler->heap[n_kept++] = scheduler->heap[i];
    }
  }
  scheduler->n_events = n_kept;
  rebuild(scheduler);
}

uint32_t
ct_scheduler_n_events(const CtScheduler* const scheduler)
{
  return scheduler->n_events;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/writer.h"

#include "base/clock.h"
#include "base/pool.h"
#include "base/ring.h"
#include "base/thread.h"
#include "base/token.h"
#include "gen/drawer.h"
#include "gen/shelf.h"
#include "music/transport.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

// Capacities of the rings: a few bars of notes, and more wishes than blocks in
// a nap
#define N_REQUESTS 256U
#define N_DELIVERIES 2048U
#define N_EXPECTATIONS 128U

/// Nanoseconds that the audio thread waits for the token, however little time
/// it has for writing: long enough for another to enter an event, or to answer
static const double token_wait_ns = 20000.0;

/// Events that a pool's thread draws before it looks for something more urgent
#define EVENTS_AT_ONCE 4U

/// Wishes must have been the same for so long before we write far ahead
static const uint64_t settled_ns = 300000000U;

struct CtWriterImpl {
  CtRing*         requests;     ///< From the audio thread
  CtRing*         deliveries;   ///< To it
  CtRing*         expectations; ///< To it
  _Atomic bool    is_asked;     ///< There are requests
  _Atomic int64_t playhead;     ///< Where the audio thread is
  _Atomic int64_t written;      ///< Horizon from where it is
  _Atomic bool    is_far_ahead; ///< CT_FAR_AHEAD is reached
  _Atomic bool    needs_room;   ///< The audio thread waits for it
  const CtModel*  model;        ///< As the main thread knows
  uint64_t        token_wait;   ///< In ct_cycles()
  bool            pooled;

  CtToken          token; ///< Of all that follows
  CtTake           take;
  CtSpreads*       spreads; ///< Of the take; it stays where it is
  CtDrawer         drawer;  ///< Takes that were put aside
  CtRequest        request; ///< To be answered where memory can be had
  bool             has_request;
  bool             is_answering; ///< Deliveries are wanted
  CtDeliveryCursor cursor;       ///< What is delivered next
  uint64_t         answered_ns;  ///< When

  CtDraft      draft;       ///< Of the pool's thread
  _Atomic bool is_drafting; ///< Its model must stay
};

/// @return False if there is no room
static bool
answer(CtWriter* const self, const CtRequest* const request)
{
  ct_drawer_choose(&self->drawer, &self->take, request);
  if (!ct_request_follow(request, &self->take)) {
    return false;
  }
  ct_delivery_begin(
    &self->cursor, request->epoch, request->missing, &self->take.sheet);
  self->is_answering = true;
  self->answered_ns  = 0U;
  atomic_store_explicit(&self->is_far_ahead, false, memory_order_relaxed);
  return true;
}

/// Answer all requests that need no memory.  @return False if one is left that
/// does
static bool
answer_all(CtWriter* const self)
{
  atomic_store_explicit(&self->is_asked, false, memory_order_relaxed);
  while (self->has_request || ct_ring_read(self->requests, &self->request)) {
    self->has_request = !answer(self, &self->request);
    if (self->has_request) {
      atomic_store_explicit(&self->is_asked, true, memory_order_relaxed);
      return false;
    }
  }
  return true;
}

/// Make room.  @return Whether there is
static bool
reserve(CtWriter* const self)
{
  return !ct_take_reserve(&self->take) && !ct_drawer_reserve(&self->drawer);
}

/// Make room, and answer what needs it
static void
prepare(CtWriter* const self)
{
  while (reserve(self) && !answer_all(self)) {
  }
  atomic_store_explicit(&self->needs_room, false, memory_order_relaxed);
}

/// Where notes must be written to next: from where those before are delivered
static CtTick
horizon(const CtWriter* const self)
{
  return ct_take_horizon(&self->take, self->cursor.tick);
}

/// Deliver what is written before `until`.  @return False if the ring is full
static bool
deliver(CtWriter* const self, const CtTick until)
{
  ct_deliver_wishes(
    &self->cursor, &self->take.sheet, until + CT_LOOKAHEAD, self->expectations);
  return ct_deliver(&self->cursor, &self->take, until, self->deliveries);
}

static void
publish(CtWriter* const self)
{
  atomic_store_explicit(&self->written, horizon(self), memory_order_relaxed);
}

/// How far notes are sent: two bars ahead of playback
static CtTick
delivery_end(const CtWriter* const self, const CtTick until)
{
  const CtTick ahead =
    atomic_load_explicit(&self->playhead, memory_order_relaxed) + CT_LOOKAHEAD;
  return until > ahead ? until : ahead;
}

/// Take the token, if it is to be had within `cycles` after `begin`, or soon
static bool
spin_for_token(CtWriter* const self,
               const uint64_t  begin,
               const uint64_t  cycles)
{
  const uint64_t longest =
    cycles > self->token_wait ? cycles : self->token_wait;
  bool is_taken = ct_token_try(&self->token);
  if (!is_taken) {
    ct_token_want(&self->token, true);
    while (!(is_taken = ct_token_try(&self->token)) &&
           ct_cycles() - begin < longest) {
      ct_cpu_relax();
    }
    ct_token_want(&self->token, false);
  }
  return is_taken;
}

/// Write and deliver until `until`, or for as long as `cycles` after `begin`.
/// @return False if that needs more room
static bool
write_for(CtWriter* const self,
          const CtTick    until,
          const uint64_t  begin,
          const uint64_t  cycles)
{
  const CtTick end      = delivery_end(self, until);
  bool         has_room = answer_all(self);
  if (has_room && self->is_answering) {
    while (has_room && deliver(self, end) && horizon(self) < until &&
           !(self->pooled && ct_generator_is_slow(&self->take.generator)) &&
           ct_cycles() - begin < cycles) {
      has_room = !ct_take_extend(&self->take, self->cursor.tick);
    }
    publish(self);
  }
  return has_room;
}

/// Wait for a thread of the pool to make room, for as long as `cycles` after
/// `begin`: a bounce is fast enough to use it up before one comes.  @return
/// False if none did
static bool
spin_for_room(const CtWriter* const self,
              const uint64_t        begin,
              const uint64_t        cycles)
{
  while (self->pooled && ct_cycles() - begin < cycles) {
    if (!atomic_load_explicit(&self->needs_room, memory_order_relaxed)) {
      return true;
    }
    ct_cpu_relax();
  }
  return false;
}

void
ct_writer_help(CtWriter* const self, const CtTick until, const uint64_t cycles)
{
  const uint64_t begin      = ct_cycles();
  bool           needs_room = true;
  while (needs_room && spin_for_token(self, begin, cycles)) {
    needs_room = !write_for(self, until, begin, cycles);
    atomic_store_explicit(&self->needs_room, needs_room, memory_order_relaxed);
    ct_token_release(&self->token);
    if (needs_room && !spin_for_room(self, begin, cycles)) {
      return;
    }
  }
}

/// Take the token, before the pool's threads take it again.
/// @thread worker|main
static void
wait_for_token(CtWriter* const self)
{
  ct_token_want(&self->token, true);
  while (!ct_token_try(&self->token)) {
    ct_sleep_ms(1U);
  }
  ct_token_want(&self->token, false);
}

void
ct_writer_pump(CtWriter* const self, const CtTick until, const uint64_t cycles)
{
  const uint64_t begin = ct_cycles();
  wait_for_token(self);
  prepare(self);
  while (self->is_answering && deliver(self, until) && horizon(self) < until &&
         ct_cycles() - begin < cycles && reserve(self) &&
         !ct_take_extend(&self->take, self->cursor.tick)) {
  }
  publish(self);
  ct_token_release(&self->token);
}

static double
urgency(void* const handle)
{
  const CtWriter* const self = (const CtWriter*)handle;
  if (atomic_load_explicit(&self->is_asked, memory_order_relaxed) ||
      atomic_load_explicit(&self->needs_room, memory_order_relaxed)) {
    return -CT_POOL_SPARE; // Before all that only runs low
  }
  const CtTick ahead =
    atomic_load_explicit(&self->written, memory_order_relaxed) -
    atomic_load_explicit(&self->playhead, memory_order_relaxed);
  if (ahead < CT_LOOKAHEAD) {
    return (double)ahead;
  }
  return atomic_load_explicit(&self->is_far_ahead, memory_order_relaxed)
           ? CT_POOL_IDLE
           : CT_POOL_SPARE;
}

/// Whether wishes have been the same for a while
static bool
is_settled(CtWriter* const self)
{
  const uint64_t now = ct_clock_ns();
  if (!self->answered_ns) {
    self->answered_ns = now;
  }
  return now - self->answered_ns >= settled_ns;
}

/// Begin to draw an event where it is needed most.  @return False if there is
/// nothing to do just now
static bool
begin_draft(CtWriter* const self)
{
  const CtTick end = delivery_end(self, CT_FROM_BEGINNING);
  if (!self->is_answering || !deliver(self, end)) {
    return false;
  }
  if (horizon(self) < end) {
    return !ct_take_begin_draft(&self->take, self->cursor.tick, &self->draft);
  }
  if (ct_take_horizon(&self->take, 0) >= CT_FAR_AHEAD) {
    atomic_store_explicit(&self->is_far_ahead, true, memory_order_relaxed);
    return false;
  }
  return is_settled(self) && !ct_take_begin_draft(&self->take, 0, &self->draft);
}

/// Draw an event with the take free for others: a thread that loses its
/// processor while it draws would else keep the audio thread waiting.  @return
/// False if there is nothing to do just now
static bool
draw_event(CtWriter* const self)
{
  if (ct_token_is_wanted(&self->token) || !ct_token_try(&self->token)) {
    return false;
  }
  prepare(self);
  const bool is_drafting = begin_draft(self);
  atomic_store(&self->is_drafting, is_drafting);
  publish(self);
  ct_token_release(&self->token);
  if (!is_drafting) {
    return false;
  }

  ct_draft_draw(&self->draft);
  while (!ct_token_try(&self->token)) {
    ct_sleep_ms(1U); // Whoever has it is at the same event
  }
  ct_take_end_draft(&self->take, &self->draft);
  publish(self);
  atomic_store(&self->is_drafting, false);
  ct_token_release(&self->token);
  return true;
}

static bool
work(void* const handle)
{
  CtWriter* const self = (CtWriter*)handle;
  uint32_t        n    = 0U;
  while (n < EVENTS_AT_ONCE && draw_event(self)) {
    ++n;
  }
  return n > 0U;
}

/// Give everything but the model back
static void
clear(CtWriter* const self)
{
  ct_take_clear(&self->take);
  ct_generator_clear(&self->draft.generator);
  ct_drawer_clear(&self->drawer);
  ct_spreads_free(self->spreads);
  ct_ring_free(self->requests);
  ct_ring_free(self->deliveries);
  ct_ring_free(self->expectations);
}

CtWriter*
ct_writer_new(const CtModel* const    model,
              const CtSettings* const settings,
              const bool              pooled)
{
  CtWriter* const self = (CtWriter*)calloc(1U, sizeof(CtWriter));
  if (!self) {
    ct_shelf_put_back(model);
    return NULL;
  }

  CtMeterMap meters;
  ct_meter_map_reset(&meters,
                     (CtMeter){CT_DEFAULT_NUMERATOR, CT_DEFAULT_DENOMINATOR});
  const CtJob job    = {urgency, work, self};
  self->model        = model;
  self->pooled       = pooled;
  self->token_wait   = (uint64_t)(token_wait_ns * ct_cycles_per_ns());
  self->requests     = ct_ring_new(N_REQUESTS, sizeof(CtRequest));
  self->deliveries   = ct_ring_new(N_DELIVERIES, sizeof(CtDelivery));
  self->expectations = ct_ring_new(N_EXPECTATIONS, sizeof(CtExpectation));
  self->spreads      = ct_spreads_new();
  if (!self->requests || !self->deliveries || !self->expectations ||
      !self->spreads || ct_take_init(&self->take, model, settings, &meters) ||
      ct_drawer_init(&self->drawer, settings, &meters) ||
      ct_generator_init(&self->draft.generator, model) ||
      (pooled && ct_pool_add(&job))) {
    clear(self);
    ct_shelf_put_back(model);
    free(self);
    return NULL;
  }
  self->take.spreads = self->spreads;
  return self;
}

void
ct_writer_free(CtWriter* const self)
{
  if (!self) {
    return;
  }
  if (self->pooled) {
    ct_pool_remove(self);
  }
  clear(self);
  ct_shelf_put_back(self->model);
  free(self);
}

bool
ct_writer_ask(CtWriter* const self, const CtRequest* const request)
{
  const bool is_asked = ct_ring_write(self->requests, request);
  atomic_store_explicit(&self->is_asked, true, memory_order_release);
  return is_asked;
}

bool
ct_writer_receive(CtWriter* const self, CtDelivery* const delivery)
{
  return ct_ring_read(self->deliveries, delivery);
}

bool
ct_writer_expect(CtWriter* const self, CtExpectation* const expectation)
{
  return ct_ring_read(self->expectations, expectation);
}

bool
ct_writer_look(const CtWriter* const self,
               const CtTick          tick,
               const uint8_t         part,
               const uint8_t         pitch,
               CtSpread* const       spread)
{
  return ct_spreads_look(self->spreads, tick, part, pitch, spread);
}

void
ct_writer_set_playhead(CtWriter* const self, const CtTick tick)
{
  atomic_store_explicit(&self->playhead, tick, memory_order_relaxed);
}

/// Take the token while no event is drawn aside
static void
wait_for_rest(CtWriter* const self)
{
  wait_for_token(self);
  while (atomic_load(&self->is_drafting)) {
    ct_token_release(&self->token);
    ct_sleep_ms(1U);
    wait_for_token(self);
  }
}

CtStatus
ct_writer_set_model(CtWriter* const self, const CtModel* const model)
{
  CtGenerator generator;
  CtStatus    st = ct_generator_init(&generator, model);
  wait_for_rest(self);
  st = st ? st : ct_take_set_model(&self->take, model);
  if (!st) {
    const CtGenerator old = self->draft.generator;
    self->draft.generator = generator;
    generator             = old;
    self->is_answering    = false;
    ct_drawer_empty(&self->drawer);
  }
  ct_token_release(&self->token);

  const CtModel* const unused = st ? model : self->model;
  self->model                 = st ? self->model : model;
  ct_generator_clear(&generator);
  ct_shelf_put_back(unused);
  return st;
}

const CtModel*
ct_writer_model(const CtWriter* const self)
{
  return self->model;
}

CtStatus
ct_writer_prime(CtWriter* const self, const CtMoment* const moment)
{
  wait_for_token(self);
  const CtStatus st = ct_take_prime(&self->take, moment);
  ct_token_release(&self->token);
  return st;
}

CtStatus
ct_writer_copy_sheet(CtWriter* const self, CtSheet* const sheet)
{
  wait_for_token(self);
  const CtSheet* const here  = &self->take.sheet;
  const CtSheet* const aside = ct_drawer_last(&self->drawer);
  const CtStatus       st =
    ct_sheet_copy(sheet, aside && !ct_sheet_is_heard(here) ? aside : here);
  ct_token_release(&self->token);
  return st;
}

void
ct_writer_restore(CtWriter* const self, CtSheet* const sheet)
{
  sheet->is_restored = true;
  wait_for_token(self);
  ct_take_swap(&self->take, sheet);
  ct_drawer_empty(&self->drawer);
  self->is_answering = false;
  ct_token_release(&self->token);
  ct_sheet_clear(sheet);
}

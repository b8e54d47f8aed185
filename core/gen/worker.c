// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/worker.h"

#include "base/denormal.h"
#include "base/ring.h"
#include "base/thread.h"
#include "music/transport.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

// Capacities of the rings: a few bars of notes, and more wishes than blocks in
// a nap
#define N_REQUESTS 256U
#define N_DELIVERIES 2048U

/// How long the thread naps when it is ahead, milliseconds.  Nobody wakes it:
/// LV2 forbids system calls in run()
static const uint32_t nap_ms = 1U;

struct CtWorkerImpl {
  CtRing*           audio_to_worker; ///< Of CtRequest
  CtRing*           worker_to_audio; ///< Of CtDelivery
  _Atomic int64_t   playhead;        ///< Written by the audio thread
  _Atomic(CtModel*) next_model;      ///< From the main thread, until taken
  CtModel*          model;           ///< Newest, as the main thread knows
  _Atomic bool      stop;
  bool              threaded;
  CtThread          thread;

  // The worker's own
  CtTake   take;
  CtModel* take_model;
  uint32_t epoch;  ///< Of the last request
  CtTick   from;   ///< Notes before it are not delivered
  size_t   cursor; ///< Next note to deliver
  CtTick   told;   ///< Horizon last delivered
};

/// The wishes as `model` can follow them: a longer list's style may not exist
/// in it
static CtSettings
fit(const CtModel* const model, const CtSettings* const settings)
{
  CtSettings fitted = *settings;
  if (fitted.style >= model->codec.n_styles) {
    fitted.style = 0U;
  }
  return fitted;
}

/// Take up a model that the main thread has handed over, if any
static void
change_model(CtWorker* const self, const CtSettings* const settings)
{
  CtModel* const model = atomic_exchange(&self->next_model, NULL);
  if (!model) {
    return;
  }

  CtTake           take;
  const CtSettings fitted = fit(model, settings);
  if (!ct_take_init(&take, model, &fitted, &self->take.meters)) {
    ct_take_clear(&self->take);
    ct_model_free(self->take_model); // the main thread borrows the newest only
    self->take       = take;
    self->take_model = model;
    return;
  }

  // Out of memory: try again at the next request, unless a newer model came
  CtModel* none = NULL;
  if (!atomic_compare_exchange_strong(&self->next_model, &none, model)) {
    ct_model_free(model);
  }
}

static void
answer(CtWorker* const self, const CtRequest* const request)
{
  change_model(self, &request->settings);
  CtStatus st = CT_SUCCESS;
  if (request->has_meter) {
    st = ct_take_meter(&self->take, request->bar_tick, request->meter);
  }

  const CtSettings settings = fit(self->take_model, &request->settings);
  const bool       is_kept =
    request->in_flow ||
    ct_settings_equal(ct_take_settings(&self->take, request->from), &settings);
  if (!st) {
    st =
      ct_take_wish(&self->take, is_kept ? request->from : INT64_MIN, &settings);
  }
  if (!st) {
    self->epoch  = request->epoch;
    self->from   = request->missing;
    self->cursor = ct_take_find(&self->take, request->missing);
    self->told   = INT64_MIN;
  }
}

/// Deliver what is written.  @return False if the ring is full
static bool
deliver(CtWorker* const self)
{
  for (; self->cursor < self->take.n_notes; ++self->cursor) {
    const CtNote* const note     = &self->take.notes[self->cursor];
    const CtDelivery    delivery = {self->epoch, note->tick, true, *note};
    if (note->tick >= self->from &&
        !ct_ring_write(self->worker_to_audio, &delivery)) {
      return false;
    }
  }

  const CtTick     horizon = ct_take_horizon(&self->take);
  const CtDelivery news    = {.epoch = self->epoch, .horizon = horizon};
  if (horizon > self->told) {
    if (!ct_ring_write(self->worker_to_audio, &news)) {
      return false;
    }
    self->told = horizon;
  }
  return true;
}

/// Answer what is asked, then write and deliver one event.  @return False when
/// there is nothing to do
static bool
work(CtWorker* const self, const CtTick until)
{
  CtRequest request;
  while (ct_ring_read(self->audio_to_worker, &request)) {
    answer(self, &request);
  }
  return deliver(self) && ct_take_horizon(&self->take) < until &&
         !ct_take_extend(&self->take);
}

static void
run(void* const handle)
{
  CtWorker* const self = (CtWorker*)handle;
  (void)ct_denormals_off();
  while (!atomic_load_explicit(&self->stop, memory_order_acquire)) {
    const CtTick playhead =
      atomic_load_explicit(&self->playhead, memory_order_acquire);
    if (!work(self, playhead + CT_LOOKAHEAD)) {
      ct_sleep_ms(nap_ms);
    }
  }
}

/// Give everything but the models back
static void
clear(CtWorker* const self)
{
  ct_take_clear(&self->take);
  ct_ring_free(self->audio_to_worker);
  ct_ring_free(self->worker_to_audio);
}

CtWorker*
ct_worker_new(CtModel* const          model,
              const CtSettings* const settings,
              const bool              threaded)
{
  CtWorker* const self = (CtWorker*)calloc(1U, sizeof(CtWorker));
  if (!self) {
    ct_model_free(model);
    return NULL;
  }

  CtMeterMap meters;
  ct_meter_map_reset(&meters,
                     (CtMeter){CT_DEFAULT_NUMERATOR, CT_DEFAULT_DENOMINATOR});
  const CtSettings fitted = fit(model, settings);
  self->model             = model;
  self->take_model        = model;
  self->threaded          = threaded;
  self->audio_to_worker   = ct_ring_new(N_REQUESTS, sizeof(CtRequest));
  self->worker_to_audio   = ct_ring_new(N_DELIVERIES, sizeof(CtDelivery));
  if (!self->audio_to_worker || !self->worker_to_audio ||
      ct_take_init(&self->take, model, &fitted, &meters) ||
      (threaded && ct_thread_start(&self->thread, run, self))) {
    clear(self);
    ct_model_free(model);
    free(self);
    return NULL;
  }
  return self;
}

void
ct_worker_free(CtWorker* const self)
{
  if (!self) {
    return;
  }
  if (self->threaded) {
    atomic_store_explicit(&self->stop, true, memory_order_release);
    ct_thread_join(&self->thread);
  }
  clear(self);
  ct_model_free(self->take_model);
  ct_model_free(atomic_load(&self->next_model));
  free(self);
}

bool
ct_worker_ask(CtWorker* const self, const CtRequest* const request)
{
  return ct_ring_write(self->audio_to_worker, request);
}

bool
ct_worker_receive(CtWorker* const self, CtDelivery* const delivery)
{
  return ct_ring_read(self->worker_to_audio, delivery);
}

void
ct_worker_set_playhead(CtWorker* const self, const CtTick tick)
{
  atomic_store_explicit(&self->playhead, tick, memory_order_release);
}

void
ct_worker_pump(CtWorker* const self, const CtTick until)
{
  while (work(self, until)) {
  }
}

void
ct_worker_set_model(CtWorker* const self, CtModel* const model)
{
  self->model = model;
  ct_model_free(
    atomic_exchange(&self->next_model, model)); // one that was never taken up
}

const CtModel*
ct_worker_model(const CtWorker* const self)
{
  return self->model;
}

CtStatus
ct_worker_prime(CtWorker* const self, const CtMoment* const moment)
{
  return ct_take_prime(&self->take, moment);
}

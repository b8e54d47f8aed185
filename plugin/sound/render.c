// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The render thread: events in, blocks of sound out

#define _GNU_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/clock.h"
#include "base/denormal.h"
#include "base/ring.h"
#include "base/thread.h"
#include "desk.h"
#include "engine.h"
#include "sound_impl.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/// Frames over which an old SoundFont fades out
#define FADE_FRAMES 4096U

/// Naps of a thread that nobody may wake, and those after the ring ran dry
static const uint32_t nap_us       = 1000U;
static const uint32_t short_nap_us = 50U;

/// Blocks after which a thread naps shortly, however much there is to do: where
/// RLIMIT_RTTIME is set, one that never does is killed, with its host
static const uint32_t most_busy = 32U;

/// Time after the ring ran dry
static const uint64_t busy_ns = 200000000U;

/// Above what is no realtime thread, and below all audio threads
static const int priority = 2;

/// Take a FluidSynth that is ready.  One at a time: the old one must have gone
static void
take_engine(Sound* const self)
{
  SoundRenderer* const renderer = &self->renderer;
  if (renderer->old_engine || atomic_load(&self->retired) ||
      !atomic_load(&self->ready)) {
    return;
  }
  atomic_store(&self->has_old, renderer->engine != NULL);
  Engine* const engine = atomic_exchange(&self->ready, NULL);
  if (engine) {
    renderer->old_engine = renderer->engine;
    renderer->n_fading   = FADE_FRAMES;
    renderer->engine     = engine;
    engine_reset(engine);
  } else {
    atomic_store(&self->has_old, false);
  }
}

/// Do what is due before `end`
static void
send_events(Sound* const self, const uint64_t begin, const uint64_t end)
{
  SoundRenderer* const renderer = &self->renderer;
  SoundEvent* const    next     = &renderer->next;
  if (atomic_exchange(&self->has_lost, false) && renderer->engine) {
    const SoundEvent silence = {.kind = EVENT_SILENCE};
    engine_send(renderer->engine, &silence, 0U);
  }
  while (renderer->has_next ||
         (renderer->has_next = ct_ring_read(self->events, next))) {
    if (next->frame >= end) {
      return;
    }
    desk_note(&renderer->desk, next);
    if (renderer->engine) {
      const uint64_t delay = next->frame > begin ? next->frame - begin : 0U;
      engine_send(renderer->engine, next, (uint32_t)delay);
    }
    renderer->has_next = false;
  }
}

/// Add what is left of an old SoundFont
static void
add_old(SoundRenderer* const renderer, float* const left, float* const right)
{
  float other_left[ENGINE_BLOCK];
  float other_right[ENGINE_BLOCK];
  engine_render(renderer->old_engine, other_left, other_right);
  for (uint32_t i = 0U; i < ENGINE_BLOCK; ++i) {
    const float level = (float)(renderer->n_fading - i) / (float)FADE_FRAMES;
    left[i] += level * other_left[i];
    right[i] += level * other_right[i];
  }
  renderer->n_fading -= ENGINE_BLOCK;
}

static void
render_block(Sound* const self, const uint64_t begin)
{
  SoundRenderer* const renderer = &self->renderer;
  float* const         left     = self->frames[0] + (begin & self->mask);
  float* const         right    = self->frames[1] + (begin & self->mask);
  take_engine(self);
  send_events(self, begin, begin + ENGINE_BLOCK);
  if (renderer->engine) {
    engine_render(renderer->engine, left, right);
  } else {
    for (uint32_t i = 0U; i < ENGINE_BLOCK; ++i) {
      left[i] = right[i] = 0.0F;
    }
  }
  if (renderer->old_engine) {
    add_old(renderer, left, right);
    if (!renderer->n_fading) {
      atomic_store(&self->retired, renderer->old_engine);
      renderer->old_engine = NULL;
      atomic_store(&self->has_old, false);
    }
  }
}

bool
sound_render_known(Sound* const self)
{
  bool     has_rendered = false;
  uint64_t begin = atomic_load_explicit(&self->rendered, memory_order_relaxed);
  while (begin + ENGINE_BLOCK <=
         atomic_load_explicit(&self->known, memory_order_acquire)) {
    render_block(self, begin);
    begin += ENGINE_BLOCK;
    atomic_store_explicit(&self->rendered, begin, memory_order_release);
    has_rendered = true;
    if (self->mode == SOUND_LIVE && ++self->renderer.n_busy >= most_busy) {
      ct_sleep_us(short_nap_us);
      self->renderer.n_busy = 0U;
    }
  }
  return has_rendered;
}

/// Wait a little, or less where the host may be ahead of real time
static void
rest(Sound* const self)
{
  SoundRenderer* const renderer = &self->renderer;
  renderer->n_busy              = 0U;
  if (atomic_exchange_explicit(
        &self->is_awaited, false, memory_order_relaxed)) {
    renderer->busy_until = ct_clock_ns() + busy_ns;
  }
  if (renderer->busy_until && ct_clock_ns() < renderer->busy_until) {
    ct_sleep_us(short_nap_us);
  } else {
    renderer->busy_until = 0U;
    ct_sleep_us(nap_us);
  }
}

void
sound_run_renderer(void* const handle)
{
  Sound* const             self  = (Sound*)handle;
  const struct sched_param param = {.sched_priority = priority};
  (void)ct_denormals_off();
  engine_begin_thread();
  // Where the user may not have it, on a busy machine the latency must do
  (void)pthread_setschedparam(pthread_self(), SCHED_RR, &param);
  atomic_store(&self->is_rendering, true);
  while (!atomic_load_explicit(&self->stops, memory_order_relaxed)) {
    if (!sound_render_known(self)) {
      rest(self);
    }
  }
}

void
sound_reset_renderer(Sound* const self)
{
  SoundRenderer* const renderer = &self->renderer;
  while (ct_ring_read(self->events, &renderer->next)) {
  }
  renderer->has_next   = false;
  renderer->busy_until = 0U;
  desk_reset(&renderer->desk);
  engine_free(renderer->old_engine);
  engine_free(atomic_exchange(&self->retired, NULL));
  renderer->old_engine = NULL;
  atomic_store(&self->has_old, false);
  Engine* const ready = atomic_exchange(&self->ready, NULL);
  if (ready) {
    engine_free(renderer->engine);
    renderer->engine = ready;
  }
  if (renderer->engine) {
    engine_reset(renderer->engine);
  }
}

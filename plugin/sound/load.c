// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The loader: the SoundFont that is wanted, and the one that is to be heard

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/status.h"
#include "base/thread.h"
#include "engine.h"
#include "sound_impl.h"
#include "soundfont.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// Most of a name that a sentence quotes
#define QUOTED "%.160s"

/// Naps of a loader that waits for an old FluidSynth
static const uint32_t nap_ms = 10U;

/// A choice as it was read
typedef struct {
  char*    font;
  uint32_t number;
  double   sample_rate;
} Wish;

/// Say why the old SoundFont is still played
static void
report(const Sound* const self, const char* const font, const ContinuoStatus st)
{
  char why[CONTINUO_WHY_SIZE];
  (void)snprintf(why,
                 sizeof(why),
                 "The SoundFont " QUOTED " is not played: %s",
                 font,
                 st == CT_CANNOT_OPEN ? "there is no such file"
                                      : continuo_strerror(st));
  if (self->report) {
    self->report(self->report_handle, why);
  }
}

/// Let the renderer have a FluidSynth instead of one that it has not taken yet
static void
hand_over(Sound* const self, Engine* const engine)
{
  engine_free(atomic_exchange(&self->ready, engine));

  // What it gives back is freed here.  One that comes later is with the next
  engine_free(atomic_exchange(&self->retired, NULL));
  while (atomic_load(&self->has_renderer) &&
         (atomic_load(&self->ready) || atomic_load(&self->has_old)) &&
         !atomic_load(&self->loader.loading.stops)) {
    ct_sleep_ms(nap_ms);
    engine_free(atomic_exchange(&self->retired, NULL));
  }
  engine_free(atomic_exchange(&self->retired, NULL));
}

/// Load what `font` means.
/// @param path Set to memory for free(), or null
/// @param engine Set to it, or to null on failure
static ContinuoStatus
read_font(Sound* const      self,
          const char* const font,
          const double      sample_rate,
          char** const      path,
          Engine** const    engine)
{
  ContinuoStatus st = soundfont_find(font, path);
  *engine           = NULL;
  if (!st) {
    st = engine_new(
      *path, sample_rate, &self->renderer.desk, &self->loader.loading, engine);
  }
  return st;
}

/// Whether a wish is still the last, and if so enter what came of it.
/// @param is_first Set to whether there was no SoundFont before
static bool
settle(SoundLoader* const   loader,
       const Wish* const    wish,
       const ContinuoStatus st,
       bool* const          is_first)
{
  pthread_mutex_lock(&loader->mutex);
  const bool is_wanted =
    loader->n_wanted == wish->number && !loader->is_closing;
  *is_first = !loader->has_font;
  if (is_wanted) {
    loader->status    = st;
    loader->is_played = !st;
    loader->has_font  = true;
  }
  pthread_mutex_unlock(&loader->mutex);
  return is_wanted;
}

static void
load(Sound* const self, const Wish* const wish)
{
  char*                path     = NULL;
  Engine*              engine   = NULL;
  bool                 is_first = false;
  const ContinuoStatus st =
    read_font(self, wish->font, wish->sample_rate, &path, &engine);
  const bool is_wanted = settle(&self->loader, wish, st, &is_first);
  if (st && is_wanted) {
    report(self, path ? path : wish->font, st);
  }
  free(path);
  path = NULL;
  if (st && is_wanted && is_first) { // Rather the system's than silence
    (void)read_font(
      self, SOUND_DEFAULT_FONT, wish->sample_rate, &path, &engine);
  }
  free(path);
  if (is_wanted && engine) {
    atomic_store(&self->loader.loading.progress, 1.0F);
    hand_over(self, engine);
  } else {
    engine_free(engine);
  }
}

/// Read what is wanted, if that is another than `wish` was
static bool
read_wish(SoundLoader* const loader, Wish* const wish)
{
  free(wish->font);
  wish->font = NULL;
  pthread_mutex_lock(&loader->mutex);
  loader->is_running  = !loader->is_closing && wish->number != loader->n_wanted;
  const bool is_other = loader->is_running;
  if (is_other) {
    *wish =
      (Wish){strdup(loader->wanted), loader->n_wanted, loader->sample_rate};
    atomic_store(&loader->loading.stops, false);
    atomic_store(&loader->loading.progress, 0.0F);
  }
  pthread_mutex_unlock(&loader->mutex);
  return is_other && wish->font;
}

static void
run(void* const handle)
{
  Sound* const self = (Sound*)handle;
  Wish         wish = {0};
  engine_begin_thread();
  while (read_wish(&self->loader, &wish)) {
    load(self, &wish);
    atomic_store(&self->loader.loading.progress, 1.0F);
  }
}

/// Let a thread load what is wanted, with the mutex locked
static void
start(Sound* const self)
{
  SoundLoader* const loader = &self->loader;
  ++loader->n_wanted;
  loader->is_played = true;
  atomic_store(&loader->loading.stops, true); // What is being loaded
  if (loader->is_running) {
    return;
  }
  if (loader->has_thread) {
    ct_thread_join(&loader->thread);
  }
  loader->is_running = true;
  loader->has_thread = !ct_thread_start(&loader->thread, run, self);
  if (!loader->has_thread) {
    loader->is_running = false;
    loader->is_played  = false;
    loader->status     = CT_NO_MEMORY;
  }
}

/// What is meant by a choice: LV2 hosts make a path of everything
static const char*
meaning_of(const char* const choice)
{
  const char* const slash = strrchr(choice, '/');
  return slash && !strcmp(slash + 1, SOUND_DEFAULT_FONT) && access(choice, F_OK)
           ? SOUND_DEFAULT_FONT
           : choice;
}

void
sound_choose_font(Sound* const self, const char* const choice)
{
  SoundLoader* const loader = &self->loader;
  const char* const  font   = meaning_of(choice);
  if (!*font) {
    return;
  }
  pthread_mutex_lock(&loader->mutex);
  const bool  is_same = !strcmp(loader->wanted, font);
  char* const wanted  = is_same ? NULL : strdup(font);
  if (wanted) {
    free(loader->wanted);
    loader->wanted = wanted;
  }
  // Before the first activation its sample rate is not known
  const bool is_loaded = is_same && loader->is_played;
  if (loader->sample_rate > 0.0 && !is_loaded && (is_same || wanted)) {
    start(self);
  }
  pthread_mutex_unlock(&loader->mutex);
}

char*
sound_chosen_font(Sound* const self)
{
  pthread_mutex_lock(&self->loader.mutex);
  char* const font = strdup(self->loader.wanted);
  pthread_mutex_unlock(&self->loader.mutex);
  return font;
}

float
sound_progress(const Sound* const self)
{
  return atomic_load_explicit(&self->loader.loading.progress,
                              memory_order_relaxed);
}

/// Wait until the loader has ended
static void
join(SoundLoader* const loader)
{
  pthread_mutex_lock(&loader->mutex);
  const bool has_thread = loader->has_thread;
  loader->has_thread    = false;
  pthread_mutex_unlock(&loader->mutex);
  if (has_thread) {
    ct_thread_join(&loader->thread);
  }
}

ContinuoStatus
sound_wait_for_font(Sound* const self, const double sample_rate)
{
  SoundLoader* const loader = &self->loader;
  join(loader);
  pthread_mutex_lock(&loader->mutex);
  const bool is_new   = sample_rate != loader->sample_rate;
  loader->sample_rate = sample_rate;
  if (is_new) {
    engine_free(atomic_exchange(&self->ready, NULL));
    engine_free(self->renderer.engine);
    self->renderer.engine = NULL;
    loader->has_font      = false;
  }
  if (is_new || !loader->is_played) {
    start(self);
  }
  pthread_mutex_unlock(&loader->mutex);
  join(loader);
  return loader->status;
}

bool
sound_open_loader(Sound* const self)
{
  SoundLoader* const loader = &self->loader;
  loader->wanted            = strdup(SOUND_DEFAULT_FONT);
  atomic_init(&loader->loading.progress, 1.0F);
  if (!loader->wanted || pthread_mutex_init(&loader->mutex, NULL)) {
    free(loader->wanted);
    loader->wanted = NULL;
    return false;
  }
  return true;
}

void
sound_close_loader(Sound* const self)
{
  SoundLoader* const loader = &self->loader;
  if (loader->wanted) {
    pthread_mutex_lock(&loader->mutex);
    loader->is_closing = true;
    atomic_store(&loader->loading.stops, true);
    pthread_mutex_unlock(&loader->mutex);
    join(loader);
    pthread_mutex_destroy(&loader->mutex);
    free(loader->wanted);
  }
}

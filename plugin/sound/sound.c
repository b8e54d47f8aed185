// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The handle, and the audio thread's side of the rings

#include "sound.h"

#include "base/clock.h"
#include "base/pace.h"
#include "base/ring.h"
#include "base/status.h"
#include "base/thread.h"
#include "desk.h"
#include "engine.h"
#include "midi.h"
#include "sound_impl.h"

#include <math.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// Events that may wait to be rendered
#define MAX_EVENTS 8192U

/// Frames over which sound breaks off or comes back where some are missing
#define FADE_FRAMES 32U

/// From one block's events to the next one's sound there must be time for the
/// render thread's nap, its work, and a busy machine
static const double least_answer_seconds = 0.01;

/// Longest part of a block that is handled at once.  In longer blocks the sound
/// of their first parts is waited for: there is time, and the latency is less
static const uint32_t longest_chunk = 2048U;

/// Part of a block that goes into waiting for frames that are not there, as a
/// share of the block and of all instances together
static const double wait_share = 0.5;

/// A host that is so many blocks ahead of real time loses nothing by one
static const double blocks_ahead = 2.0;

Sound*
sound_new(const SoundMode       mode,
          const SoundReportFunc report,
          void* const           handle)
{
  Sound* const self = (Sound*)calloc(1U, sizeof(Sound));
  if (!self) {
    return NULL;
  }
  self->mode          = mode;
  self->report        = report;
  self->report_handle = handle;
  self->events        = ct_ring_new(MAX_EVENTS, sizeof(SoundEvent));
  desk_reset(&self->renderer.desk);
  if (!sound_open_loader(self) || !self->events) {
    sound_free(self);
    return NULL;
  }
  return self;
}

void
sound_free(Sound* const self)
{
  if (self) {
    sound_deactivate(self);
    sound_close_loader(self);
    engine_free(self->renderer.engine);
    engine_free(self->renderer.old_engine);
    engine_free(atomic_load(&self->ready));
    engine_free(atomic_load(&self->retired));
    free(self->frames[0]);
    free(self->frames[1]);
    ct_ring_free(self->events);
    free(self);
  }
}

/// Room for the frames that are rendered ahead, and those of a block.  @return
/// False if out of memory
static bool
make_room(Sound* const self, const uint64_t n_frames)
{
  uint64_t size = ENGINE_BLOCK;
  while (size < n_frames) {
    size *= 2U;
  }
  self->mask = size - 1U;
  for (uint32_t side = 0U; side < SOUND_N_SIDES; ++side) {
    free(self->frames[side]);
    self->frames[side] = (float*)malloc(size * sizeof(float));
    if (!self->frames[side]) {
      return false;
    }
    memset(self->frames[side], 0, size * sizeof(float)); // Its pages are there
  }
  return true;
}

static void
reset_audio(SoundAudio* const audio)
{
  memset(audio, 0, sizeof(*audio));
  audio->pace = ct_pace_init();
  for (uint32_t i = 0U; i < SOUND_N_LEVELS; ++i) {
    audio->levels[i] = NAN;
  }
}

/// Frames that are handled at once in blocks of up to `max_frames`
static uint32_t
chunk_of(const uint32_t max_frames)
{
  const uint32_t least = max_frames < ENGINE_BLOCK ? ENGINE_BLOCK : max_frames;
  return least < longest_chunk ? least : longest_chunk;
}

uint32_t
sound_latency_for(const double sample_rate, const uint32_t max_frames)
{
  const uint32_t answer = (uint32_t)ceil(least_answer_seconds * sample_rate);
  const uint32_t chunk  = chunk_of(max_frames);
  const uint32_t waits  = chunk > answer ? chunk : answer;
  return (1U + (waits + ENGINE_BLOCK - 1U) / ENGINE_BLOCK) * ENGINE_BLOCK;
}

ContinuoStatus
sound_activate(Sound* const   self,
               const double   sample_rate,
               const uint32_t max_frames)
{
  sound_deactivate(self);
  self->sample_rate = sample_rate;
  self->latency     = self->mode == SOUND_LIVE
                        ? sound_latency_for(sample_rate, max_frames)
                        : ENGINE_BLOCK;
  self->chunk       = max_frames ? max_frames : ENGINE_BLOCK;
  if (!make_room(self, self->latency + (2U * (uint64_t)self->chunk))) {
    return CT_NO_MEMORY;
  }

  const ContinuoStatus st = sound_wait_for_font(self, sample_rate);
  sound_reset_renderer(self);
  reset_audio(&self->audio);
  atomic_store(&self->known, 0U);
  atomic_store(&self->rendered, 0U);
  atomic_store(&self->is_awaited, true); // It may be a bounce
  atomic_store(&self->has_lost, false);
  atomic_store(&self->n_underruns, 0U);
  self->is_active = true;
  if (self->mode == SOUND_SYNCHRONOUS) {
    engine_begin_thread();
    return st;
  }
  atomic_store(&self->stops, false);
  atomic_store(&self->is_rendering, false);
  atomic_store(&self->has_renderer, true);
  if (ct_thread_start(&self->thread, sound_run_renderer, self)) {
    atomic_store(&self->has_renderer, false);
    return CT_NO_MEMORY;
  }
  while (!atomic_load(&self->is_rendering)) {
    ct_sleep_ms(1U);
  }
  return st;
}

void
sound_deactivate(Sound* const self)
{
  if (atomic_load(&self->has_renderer)) {
    atomic_store(&self->stops, true);
    ct_thread_join(&self->thread);
    atomic_store(&self->has_renderer, false);
  }
  self->is_active = false;
}

uint32_t
sound_latency(const Sound* const self)
{
  return self->latency;
}

uint32_t
sound_n_underruns(const Sound* const self)
{
  return atomic_load_explicit(&self->n_underruns, memory_order_relaxed);
}

void
sound_set_level(Sound* const self, const SoundLevel level, const float value)
{
  float* const sent = &self->audio.levels[level];
  if (*sent != value) {
    const SoundEvent event = {.frame = self->audio.frame,
                              .kind  = EVENT_LEVEL,
                              .value = value,
                              .bytes = {(uint8_t)level}};
    if (ct_ring_write(self->events, &event)) {
      *sent = value;
    }
  }
}

void
sound_set_program(Sound* const   self,
                  const uint32_t part,
                  const uint32_t bank,
                  const uint32_t program)
{
  const SoundSent  wanted = {true, (uint8_t)bank, (uint8_t)program};
  SoundSent* const sent   = &self->audio.programs[part];
  if (!sent->is_sent || sent->bank != wanted.bank ||
      sent->program != wanted.program) {
    const SoundEvent event = {.frame  = self->audio.frame,
                              .kind   = EVENT_PROGRAM,
                              .player = (uint8_t)part,
                              .bytes  = {wanted.bank, wanted.program}};
    if (ct_ring_write(self->events, &event)) {
      *sent = wanted;
    }
  }
}

void
sound_send(Sound* const self, const ContinuoMidi* const message)
{
  const uint8_t channel = message->data[0] & MIDI_CHANNEL_MASK;
  const bool    is_part = message->part < SOUND_N_PARTS;
  SoundEvent    event   = {.frame  = self->audio.frame + message->frame,
                           .kind   = EVENT_MESSAGE,
                           .player = is_part ? message->part
                                             : (uint8_t)(SOUND_N_PARTS + channel)};
  for (uint32_t i = 0U; i < message->size && i < sizeof(event.bytes); ++i) {
    event.bytes[i] = message->data[i] & (i ? MIDI_DATA_MASK : UINT8_MAX);
  }
  if (!ct_ring_write(self->events, &event)) {
    atomic_store_explicit(&self->has_lost, true, memory_order_relaxed);
  }
}

/// Wait for as long as this thread may.  @param end The frame that it waits
/// for
static void
wait_for(Sound* const self, const uint64_t end)
{
  const CtPace* const pace = &self->audio.pace;
  CtPaceTime          time = ct_pace_take(pace, wait_share);
  if (pace->lead_ns >= blocks_ahead * pace->block_ns) {
    const double block = pace->block_ns * pace->cycles_per_ns;
    time.most      = time.most > (uint64_t)block ? time.most : (uint64_t)block;
    time.is_shared = false;
  }
  atomic_store_explicit(&self->is_awaited, true, memory_order_relaxed);
  while (atomic_load_explicit(&self->rendered, memory_order_acquire) < end &&
         ct_cycles() - time.begin < time.most) {
    ct_cpu_relax();
  }
  ct_pace_end(&time);
}

/// Frames from `begin` on that are there, up to `n_frames`
static uint32_t
get_ready(Sound* const self, const uint64_t begin, const uint32_t n_frames)
{
  const uint64_t end = begin + n_frames;
  if (self->mode == SOUND_SYNCHRONOUS) {
    (void)sound_render_known(self);
  } else if (atomic_load_explicit(&self->rendered, memory_order_acquire) <
             end) {
    wait_for(self, end);
  }
  const uint64_t rendered =
    atomic_load_explicit(&self->rendered, memory_order_acquire);
  if (rendered <= begin) {
    return 0U;
  }
  return rendered < end ? (uint32_t)(rendered - begin) : n_frames;
}

/// One frame that is there: it fades in after one that was missing
static void
hear(SoundAudio* const audio, float frame[SOUND_N_SIDES])
{
  const float level = 1.0F - ((float)audio->n_returning / (float)FADE_FRAMES);
  for (uint32_t side = 0U; side < SOUND_N_SIDES; ++side) {
    frame[side] *= level;
    audio->last[side] = frame[side];
  }
  audio->n_returning -= audio->n_returning > 0U;
  audio->n_fading = FADE_FRAMES;
}

/// One frame that is missing: what was heard last fades out
static void
miss(SoundAudio* const audio, float frame[SOUND_N_SIDES])
{
  audio->n_fading -= audio->n_fading > 0U;
  const float level = (float)audio->n_fading / (float)FADE_FRAMES;
  for (uint32_t side = 0U; side < SOUND_N_SIDES; ++side) {
    frame[side] = level * audio->last[side];
  }
  audio->n_returning = FADE_FRAMES;
}

/// Give the sound of `n_frames`, which are no more than fit into the ring
static void
render_chunk(Sound* const   self,
             float* const   left,
             float* const   right,
             const uint32_t n_frames)
{
  SoundAudio* const audio   = &self->audio;
  const uint64_t    end     = audio->frame + n_frames;
  const uint64_t    latency = self->latency;
  atomic_store_explicit(&self->known, end, memory_order_release);

  // Before the first frame there is silence
  const uint64_t before  = audio->frame < latency ? latency - audio->frame : 0U;
  const uint32_t n_early = before < n_frames ? (uint32_t)before : n_frames;
  const uint64_t begin   = audio->frame + n_early - latency;
  const uint32_t n_due   = n_frames - n_early;
  const uint32_t n_ready = n_due ? get_ready(self, begin, n_due) : 0U;
  for (uint32_t i = 0U; i < n_frames; ++i) {
    float frame[SOUND_N_SIDES] = {0.0F, 0.0F};
    if (i >= n_early && i < n_early + n_ready) {
      const uint64_t at = (begin + i - n_early) & self->mask;
      frame[0]          = self->frames[0][at];
      frame[1]          = self->frames[1][at];
      hear(audio, frame);
    } else if (i >= n_early) {
      miss(audio, frame);
    }
    left[i]  = frame[0];
    right[i] = frame[1];
  }
  if (n_ready < n_due) {
    atomic_fetch_add_explicit(&self->n_underruns, 1U, memory_order_relaxed);
  }
  audio->frame = end;
}

void
sound_render(Sound* const   self,
             float* const   left,
             float* const   right,
             const uint32_t n_frames)
{
  const bool is_rolling = false; // Nobody tells it
  ct_pace_begin(&self->audio.pace, n_frames, self->sample_rate, is_rolling);
  if (!self->is_active) {
    memset(left, 0, n_frames * sizeof(float));
    memset(right, 0, n_frames * sizeof(float));
    return;
  }
  for (uint32_t done = 0U; done < n_frames;) {
    const uint32_t left_over = n_frames - done;
    const uint32_t n = left_over < self->chunk ? left_over : self->chunk;
    render_chunk(self, left + done, right + done, n);
    done += n;
  }
}

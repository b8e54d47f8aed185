// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file sound_impl.h What stands behind the handle of sound.h, by threads

#ifndef CONTINUO_SOUND_SOUND_IMPL_H
#define CONTINUO_SOUND_SOUND_IMPL_H

#include "sound.h"

#include "base/pace.h"
#include "base/ring.h"
#include "base/thread.h"
#include "desk.h"
#include "engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define SOUND_N_SIDES 2U

/// Programs that were sent, and that none was
typedef struct {
  bool    is_sent;
  uint8_t bank;
  uint8_t program;
} SoundSent;

/// Of the audio thread
typedef struct {
  CtPace    pace;
  uint64_t  frame; ///< First one of the next block, since the activation
  float     levels[SOUND_N_LEVELS]; ///< As they were sent, or no number
  SoundSent programs[SOUND_N_PARTS];
  float     last[SOUND_N_SIDES]; ///< The last frames that were heard
  uint32_t  n_fading;    ///< Frames that are left to fade the last ones out
  uint32_t  n_returning; ///< Frames that are left to fade in
} SoundAudio;

/// Of who renders
typedef struct {
  SoundDesk  desk;
  Engine*    engine;     ///< Or null
  Engine*    old_engine; ///< That fades out, or null
  uint32_t   n_fading;   ///< Frames that it is still heard
  SoundEvent next;       ///< The first that is not due
  bool       has_next;
  uint32_t   n_busy;     ///< Blocks since the last nap
  uint64_t   busy_until; ///< ct_clock_ns() until which naps are no good
} SoundRenderer;

/// Of who loads; all but `loading` under the mutex
typedef struct {
  pthread_mutex_t mutex;
  CtThread        thread;
  bool            has_thread; ///< It is to be joined
  bool            is_running; ///< It will look at `wanted` again
  bool            is_closing;
  char*           wanted;    ///< A choice
  uint32_t        n_wanted;  ///< Times that it was made
  bool            is_played; ///< The last one was loaded, or is about to be
  bool            has_font;  ///< Some was, for this sample rate
  double          sample_rate;
  ContinuoStatus  status; ///< Of the last one that was loaded
  EngineLoading   loading;
} SoundLoader;

struct SoundImpl {
  SoundMode       mode;
  SoundReportFunc report;
  void*           report_handle;
  double          sample_rate;
  uint32_t        latency;
  uint32_t        chunk; ///< Most frames that are handled at once

  // The rings
  CtRing*          events;
  float*           frames[SOUND_N_SIDES];
  uint64_t         mask;       ///< Of places in `frames`
  _Atomic uint64_t known;      ///< Frames of which all events are in the ring
  _Atomic uint64_t rendered;   ///< Frames that are in the ring
  _Atomic bool     is_awaited; ///< The ring ran dry: no time for a nap
  _Atomic bool     has_lost;   ///< A message found no room
  _Atomic uint32_t n_underruns;

  // The way of a FluidSynth: from its loader to the renderer, and back
  Engine* _Atomic ready;
  Engine* _Atomic retired;
  _Atomic bool    has_old; ///< One is on its way to `retired`

  SoundAudio    audio;
  SoundRenderer renderer;
  CtThread      thread;
  bool          is_active;
  _Atomic bool  has_renderer; ///< A thread takes what is ready
  _Atomic bool  is_rendering; ///< The thread has begun
  _Atomic bool  stops;
  SoundLoader   loader;
};

/// Render until all is there that is known.  @thread render  @return Whether
/// there was anything to do
bool
sound_render_known(Sound* self);

/// What the render thread runs: `handle` is a Sound
void
sound_run_renderer(void* handle);

/// Begin at frame zero.  @thread main, with no renderer running
void
sound_reset_renderer(Sound* self);

/// @thread main  @return False if out of memory
bool
sound_open_loader(Sound* self);

/// Give up what is being loaded, and end.  @thread main
void
sound_close_loader(Sound* self);

/// Load what is wanted for a sample rate, unless that is done, and wait for it.
/// @thread main, with no renderer running
ContinuoStatus
sound_wait_for_font(Sound* self, double sample_rate);

#endif // CONTINUO_SOUND_SOUND_IMPL_H

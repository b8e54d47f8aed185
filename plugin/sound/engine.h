// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file engine.h One FluidSynth with one SoundFont, whose notes begin on any
   frame.

   FluidSynth begins notes only on every 64th frame.  So a note is begun on the
   last of these before its time, and what comes of it is moved by the rest:
   there is a group of FluidSynth's outputs for each of the 64 ways to be moved,
   with a few of its channels.  A player has as many channels as he needs.
*/

#ifndef CONTINUO_SOUND_ENGINE_H
#define CONTINUO_SOUND_ENGINE_H

#include "continuo.h"
#include "desk.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// Frames of a block: FluidSynth's own
#define ENGINE_BLOCK 64U

/// A FluidSynth; one thread at a time may use it
typedef struct EngineImpl Engine;

/// Loading, as others see it
typedef struct {
  _Atomic float progress; ///< From 0 to 1
  _Atomic bool  stops;    ///< Set by who does not want it any more
} EngineLoading;

/// Keep this thread's FluidSynth from using others beside it
void
engine_begin_thread(void);

/**
   Load a SoundFont.

   @thread Any but audio; it may take seconds
   @param desk What is set; must stay.
   @param engine Set to a new one for engine_free(), or to null on failure; it
   needs engine_reset() first.
*/
CONTINUO_NODISCARD ContinuoStatus
engine_new(const char*      path,
           double           sample_rate,
           const SoundDesk* desk,
           EngineLoading*   loading,
           Engine**         engine);

/// Null is fine
void
engine_free(Engine* self);

/// Begin in silence, with what the desk says
void
engine_reset(Engine* self);

/// Do what was just entered in the desk, `delay` frames into the next block
void
engine_send(Engine* self, const SoundEvent* event, uint32_t delay);

/// Set a block of sound
void
engine_render(Engine* self,
              float   left[ENGINE_BLOCK],
              float   right[ENGINE_BLOCK]);

#endif // CONTINUO_SOUND_ENGINE_H

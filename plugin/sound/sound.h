// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file sound.h MIDI made audible through FluidSynth.

   FluidSynth locks, allocates and asks the time while it renders, so that none
   of it is for an audio thread.  It runs in a thread of its own, behind two
   rings: messages go in with their time, and sound comes out a constant latency
   later.  Notes begin on their frame, corrected for the latency.
*/

#ifndef CONTINUO_SOUND_H
#define CONTINUO_SOUND_H

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

CONTINUO_BEGIN_DECLS

/// A sound generator
typedef struct SoundImpl Sound;

/// Who renders
typedef enum {
  SOUND_LIVE,        ///< A thread of its own: for hosts
  SOUND_SYNCHRONOUS, ///< sound_render() itself: for files and tests
} SoundMode;

/// Level of the reverb at first
#define SOUND_FIRST_REVERB 0.25F

/// What is set by a number
typedef enum {
  SOUND_GAIN,   ///< Factor; 1 leaves room for a full piano
  SOUND_REVERB, ///< Level from 0 to 1
  SOUND_CHORUS, ///< Level from 0, as at first, to 1
  SOUND_N_LEVELS
} SoundLevel;

/// Parts that have an instrument each, of continuo_part_name()
#define SOUND_N_PARTS 6U

/// What the SoundFont is called that the system has
#define SOUND_DEFAULT_FONT "default"

/// Told a sentence when a SoundFont is not played.  @thread any but audio
typedef void (*SoundReportFunc)(void* handle, const char* why);

/**
   Make a sound generator, which is silent until it is activated.

   @thread main
   @param report May be null.
   @param handle Passed to `report` as it is.
   @return For sound_free(), or null if out of memory.
*/
CONTINUO_NODISCARD Sound*
sound_new(SoundMode mode, SoundReportFunc report, void* handle);

/// Let FluidSynth print nothing in all of this process: not for a plugin, as
/// others of the host may use it too.  @thread main
void
sound_be_quiet(void);

/// Null is fine.  @thread main, with nothing else running
void
sound_free(Sound* self);

/**
   Choose a SoundFont; the one in use sounds on until the new one is there, and
   goes on if there is none to be had.

   Live, it is loaded by a thread of its own from the first activation on.
   @thread any but audio
   @param choice A path, or SOUND_DEFAULT_FONT; an empty one changes nothing.
*/
void
sound_choose_font(Sound* self, const char* choice);

/// What was chosen last, whether or not it could be loaded.  @thread any but
/// audio  @return Memory for free(), or null if there is none left
CONTINUO_NODISCARD char*
sound_chosen_font(Sound* self);

/// How far loading is, from 0 to 1, where it is done.  @thread any
CONTINUO_REALTIME float
sound_progress(const Sound* self);

/**
   Begin in silence, at frame zero, with all settings as they are at first.

   Waits for a SoundFont that is being loaded, so that nothing is missed.
   @thread main, with no sound_render() running
   @param sample_rate From 8000 to 96000 frames per second.
   @param max_frames Of a block: longer ones may run dry.
   @return Zero, or why there is no sound; it may still be used.
*/
ContinuoStatus
sound_activate(Sound* self, double sample_rate, uint32_t max_frames);

/// Render no more.  @thread main, with no sound_render() running
void
sound_deactivate(Sound* self);

/// Frames by which sound comes later than its messages; constant from one
/// activation to the next.  @thread any
CONTINUO_REALTIME uint32_t
sound_latency(const Sound* self);

/// The latency that a live one will have, once it is activated so.  @thread any
CONTINUO_REALTIME uint32_t
sound_latency_for(double sample_rate, uint32_t max_frames);

/// Blocks that had frames missing, and were silent there, since the activation.
/// @thread any
CONTINUO_REALTIME uint32_t
sound_n_underruns(const Sound* self);

/// Set a level from the next block on.  @thread audio
CONTINUO_REALTIME void
sound_set_level(Sound* self, SoundLevel level, float value);

/**
   Give a part an instrument for the notes from the next block on.

   @thread audio
   @param bank 0 to 128, where 128 is percussion.
   @param program 0 to 127; one that the SoundFont has not is another of it.
*/
CONTINUO_REALTIME void
sound_set_program(Sound* self, uint32_t part, uint32_t bank, uint32_t program);

/**
   Let a message of the next block be heard.

   @thread audio
   @param message Of a part, or, where that is none, of what is passed on: its
   channel then has an instrument of its own, set by program changes.
*/
CONTINUO_REALTIME void
sound_send(Sound* self, const ContinuoMidi* message);

/**
   Run for one block.

   @thread audio
   @param left [n_frames] Set, as is `right`.
*/
CONTINUO_REALTIME void
sound_render(Sound* self, float* left, float* right, uint32_t n_frames);

CONTINUO_END_DECLS

#endif // CONTINUO_SOUND_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file soundfont.h Find, check and load SoundFonts

#ifndef CONTINUO_SOUND_SOUNDFONT_H
#define CONTINUO_SOUND_SOUNDFONT_H

#include "engine.h"

#include "continuo.h"

#include <fluidsynth.h>

/**
   The file that a choice means.

   @param font A path, or SOUND_DEFAULT_FONT: what SOUNDFONT in the environment
   names, or else the first of the system's.
   @param path Set to memory for free(), or to null on failure.
*/
CONTINUO_NODISCARD ContinuoStatus
soundfont_find(const char* font, char** path);

/// Zero if a file is there, begins like a SoundFont and is not too large
CONTINUO_NODISCARD ContinuoStatus
soundfont_check(const char* path);

/// Load a file that was checked
CONTINUO_NODISCARD ContinuoStatus
soundfont_load(fluid_synth_t*    synth,
               fluid_settings_t* settings,
               const char*       path,
               EngineLoading*    loading);

#endif // CONTINUO_SOUND_SOUNDFONT_H

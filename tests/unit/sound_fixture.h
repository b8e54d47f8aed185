// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file sound_fixture.h A sound generator that is played in blocks

#ifndef CONTINUO_TESTS_SOUND_FIXTURE_H
#define CONTINUO_TESTS_SOUND_FIXTURE_H

#include "sound.h"

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static const double   sample_rate = 48000.0;
static const uint32_t block       = 64U;

/// The last sentence that was reported, once one was
extern char         said[CONTINUO_WHY_SIZE];
extern _Atomic bool has_said;

/// Take a sentence
void
listen(void* handle, const char* why);

/// One that is activated, for sound_free()
Sound*
open_sound(SoundMode mode, uint32_t max_frames);

/// Of channel 1
ContinuoMidi
note_on(uint32_t frame, uint8_t part, uint8_t key);

/// The loudest of some samples
float
peak_of(const float* samples, size_t n);

/// Render `n` blocks.  @return The loudest frame
float
render_blocks(Sound* sound, uint32_t n);

/// The same at the pace of a device
float
render_in_time(Sound* sound, uint32_t n);

#endif // CONTINUO_TESTS_SOUND_FIXTURE_H

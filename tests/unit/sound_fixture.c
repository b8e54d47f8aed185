// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "sound_fixture.h"

#include "base/thread.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#include <cmocka.h>

char         said[CONTINUO_WHY_SIZE];
_Atomic bool has_said;

void
listen(void* handle, const char* why)
{
  (void)handle;
  (void)snprintf(said, sizeof(said), "%s", why);
  atomic_store(&has_said, true);
}

Sound*
open_sound(SoundMode mode, uint32_t max_frames)
{
  Sound* const sound = sound_new(mode, listen, NULL);
  said[0]            = '\0';
  assert_non_null(sound);
  assert_int_equal(sound_activate(sound, sample_rate, max_frames), 0);
  return sound;
}

ContinuoMidi
note_on(uint32_t frame, uint8_t part, uint8_t key)
{
  return (ContinuoMidi){frame, 3U, {0x90U, key, 100U}, part};
}

float
peak_of(const float* samples, size_t n)
{
  float peak = 0.0F;
  for (size_t i = 0U; i < n; ++i) {
    peak = fmaxf(peak, fabsf(samples[i]));
  }
  return peak;
}

float
render_blocks(Sound* sound, uint32_t n)
{
  float left[64];
  float right[64];
  float peak = 0.0F;
  for (uint32_t i = 0U; i < n; ++i) {
    sound_render(sound, left, right, block);
    peak = fmaxf(peak, fmaxf(peak_of(left, block), peak_of(right, block)));
  }
  return peak;
}

float
render_in_time(Sound* sound, uint32_t n)
{
  float peak = 0.0F;
  for (uint32_t i = 0U; i < n; ++i) {
    peak = fmaxf(peak, render_blocks(sound, 1U));
    ct_sleep_us(1333U);
  }
  return peak;
}

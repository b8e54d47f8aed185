// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "sound.h"
#include "sound_impl.h"

#include "base/thread.h"
#include "continuo.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define N_FRAMES 48000U
#define INPUT UINT8_MAX ///< Part of what is passed on

static const double   sample_rate = 48000.0;
static const uint32_t block       = 64U;

/// The last sentence that was reported
static char said[CONTINUO_WHY_SIZE];

/// Sound of a second, and where the messages are that make it
typedef struct {
  float left[N_FRAMES];
  float right[N_FRAMES];
} Take;

static void
listen(const char* why)
{
  (void)snprintf(said, sizeof(said), "%s", why);
}

static Sound*
open_sound(SoundMode mode, uint32_t max_frames)
{
  Sound* const sound = sound_new(mode, listen);
  said[0]            = '\0';
  assert_non_null(sound);
  assert_int_equal(sound_activate(sound, sample_rate, max_frames), 0);
  return sound;
}

static ContinuoMidi
note_on(uint32_t frame, uint8_t part, uint8_t key)
{
  return (ContinuoMidi){frame, 3U, {0x90U, key, 100U}, part};
}

/// Give those of `messages` that are in the next `n` frames from `begin`
static void
send_due(Sound*              sound,
         const ContinuoMidi* messages,
         size_t              n_messages,
         uint32_t            begin,
         uint32_t            n)
{
  for (size_t i = 0U; i < n_messages; ++i) {
    if (messages[i].frame >= begin && messages[i].frame < begin + n) {
      ContinuoMidi message = messages[i];
      message.frame -= begin;
      sound_send(sound, &message);
    }
  }
}

/// Let `messages` be heard, and take what comes after the latency
static void
play(Sound*              sound,
     const ContinuoMidi* messages,
     size_t              n_messages,
     uint32_t            size,
     Take*               take)
{
  const uint32_t latency = sound_latency(sound);
  const uint32_t total   = N_FRAMES + latency;
  float* const   left    = malloc((total + size) * sizeof(float));
  float* const   right   = malloc((total + size) * sizeof(float));
  assert_non_null(left);
  assert_non_null(right);
  for (uint32_t begin = 0U; begin < total; begin += size) {
    send_due(sound, messages, n_messages, begin, size);
    sound_render(sound, left + begin, right + begin, size);
  }
  for (uint32_t i = 0U; i < latency; ++i) {
    assert_true(left[i] == 0.0F && right[i] == 0.0F);
  }
  memcpy(take->left, left + latency, sizeof(take->left));
  memcpy(take->right, right + latency, sizeof(take->right));
  free(left);
  free(right);
}

static float
peak_of(const float* samples, size_t n)
{
  float peak = 0.0F;
  for (size_t i = 0U; i < n; ++i) {
    peak = fmaxf(peak, fabsf(samples[i]));
  }
  return peak;
}

/// First frame that is not silent
static uint32_t
onset_of(const Take* take)
{
  uint32_t at = 0U;
  while (at < N_FRAMES && fabsf(take->left[at]) < 1e-6F) {
    ++at;
  }
  return at;
}

static Take first;
static Take other;

static void
test_notes_begin_on_their_frame(void** state)
{
  static const uint32_t frames[] = {0U, 1U, 31U, 63U, 64U, 65U, 1000U, 4711U};

  (void)state;
  Sound*       sound = open_sound(SOUND_SYNCHRONOUS, block);
  ContinuoMidi note  = note_on(0U, 0U, 60U);
  // A voice of FluidSynth begins a little otherwise where it was used before
  play(sound, &note, 1U, block, &first);
  assert_int_equal(sound_activate(sound, sample_rate, block), 0);
  sound_set_level(sound, SOUND_REVERB, 0.0F);
  play(sound, &note, 1U, block, &first);
  assert_true(peak_of(first.left, N_FRAMES) > 0.02F);
  for (size_t i = 0U; i < sizeof(frames) / sizeof(frames[0]); ++i) {
    note.frame = frames[i];
    assert_int_equal(sound_activate(sound, sample_rate, block), 0);
    sound_set_level(sound, SOUND_REVERB, 0.0F);
    play(sound, &note, 1U, block, &other);
    assert_int_equal(onset_of(&other), onset_of(&first) + frames[i]);
    assert_memory_equal(other.left + frames[i],
                        first.left,
                        (N_FRAMES - frames[i]) * sizeof(float));
  }
  sound_free(sound);
}

static int
compare_messages(const void* a, const void* b)
{
  const ContinuoMidi* const x = a;
  const ContinuoMidi* const y = b;
  return (x->frame > y->frame) - (x->frame < y->frame);
}

/// A run of notes that overlap, each with its end, on odd frames
static size_t
make_run(ContinuoMidi* messages, uint32_t n_notes)
{
  for (uint32_t i = 0U; i < n_notes; ++i) {
    const uint8_t key = (uint8_t)(40U + (i * 7U % 48U));
    messages[2U * i]  = note_on(577U * i, (uint8_t)(i % SOUND_N_PARTS), key);
    messages[2U * i + 1U] = messages[2U * i];
    messages[2U * i + 1U].frame += 5003U;
    messages[2U * i + 1U].data[0] = 0x80U;
  }
  qsort(messages, 2U * (size_t)n_notes, sizeof(*messages), compare_messages);
  return 2U * (size_t)n_notes;
}

static void
test_live_is_as_synchronous(void** state)
{
  // Faster than real time, as a bounce: nothing may be missed
  static const uint32_t sizes[] = {64U, 100U, 256U, 1024U, 4096U};

  (void)state;
  ContinuoMidi messages[160];
  const size_t n_messages = make_run(messages, 70U);
  Sound*       sound      = open_sound(SOUND_SYNCHRONOUS, block);
  play(sound, messages, n_messages, block, &first);
  sound_free(sound);
  for (size_t i = 0U; i < sizeof(sizes) / sizeof(sizes[0]); ++i) {
    sound = open_sound(SOUND_LIVE, sizes[i]);
    play(sound, messages, n_messages, sizes[i], &other);
    print_message("blocks of %u: latency %u, %u underruns\n",
                  sizes[i],
                  sound_latency(sound),
                  sound_n_underruns(sound));
    assert_int_equal(sound_n_underruns(sound), 0U);
    assert_memory_equal(&other, &first, sizeof(Take));
    sound_free(sound);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_notes_begin_on_their_frame),
    cmocka_unit_test(test_live_is_as_synchronous),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "sound.h"
#include "sound_fixture.h"
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
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define N_FRAMES 48000U
#define INPUT UINT8_MAX ///< Part of what is passed on

/// Sound of a second, and where the messages are that make it
typedef struct {
  float left[N_FRAMES];
  float right[N_FRAMES];
} Take;

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
    const size_t  n   = (size_t)i * 2U;
    const uint8_t key = (uint8_t)(40U + (i * 7U % 48U));
    messages[n]       = note_on(577U * i, (uint8_t)(i % SOUND_N_PARTS), key);
    messages[n + 1U]  = messages[n];
    messages[n + 1U].frame += 5003U;
    messages[n + 1U].data[0] = 0x80U;
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
    // Thrice if need be: a machine may take the processor away for a while
    uint32_t n_underruns = 1U;
    uint32_t latency     = 0U;
    for (uint32_t n_tries = 0U; n_underruns && n_tries < 3U; ++n_tries) {
      sound = open_sound(SOUND_LIVE, sizes[i]);
      play(sound, messages, n_messages, sizes[i], &other);
      n_underruns = sound_n_underruns(sound);
      latency     = sound_latency(sound);
      sound_free(sound);
    }
    print_message("blocks of %u: latency %u\n", sizes[i], latency);
    assert_int_equal(n_underruns, 0U);
    assert_memory_equal(&other, &first, sizeof(Take));
  }
}

static void
test_what_runs_dry_is_silent_and_counted(void** state)
{
  (void)state;
  Sound*             sound = open_sound(SOUND_LIVE, block);
  const ContinuoMidi note  = note_on(0U, 0U, 60U);
  sound_send(sound, &note);
  assert_true(render_in_time(sound, 60U) > 0.02F);
  assert_int_equal(sound_n_underruns(sound), 0U);

  // Its thread ends, as if it got no processor any more
  atomic_store(&sound->stops, true);
  ct_thread_join(&sound->thread);
  (void)render_blocks(sound, 20U);
  assert_in_range(sound_n_underruns(sound), 5U, 20U);
  assert_true(render_blocks(sound, 5U) == 0.0F);

  // And it begins again, where it should be by now
  atomic_store(&sound->stops, false);
  assert_int_equal(ct_thread_start(&sound->thread, sound_run_renderer, sound),
                   0);
  (void)render_in_time(sound, 20U);
  assert_true(render_in_time(sound, 20U) > 0.01F);
  const uint32_t n_underruns = sound_n_underruns(sound);
  (void)render_in_time(sound, 20U);
  assert_int_equal(sound_n_underruns(sound), n_underruns);
  sound_free(sound);
}

static void
test_a_break_is_no_click(void** state)
{
  (void)state;
  Sound*             sound = open_sound(SOUND_LIVE, block);
  const ContinuoMidi note  = note_on(0U, 0U, 60U);
  sound_send(sound, &note);
  (void)render_in_time(sound, 60U);
  atomic_store(&sound->stops, true);
  ct_thread_join(&sound->thread);

  float before = 0.0F;
  float step   = 0.0F;
  for (uint32_t i = 0U; i < 20U; ++i) {
    float left[64];
    float right[64];
    sound_render(sound, left, right, block);
    for (uint32_t k = 0U; k < block; ++k) {
      step   = i || k ? fmaxf(step, fabsf(left[k] - before)) : 0.0F;
      before = left[k];
    }
  }
  assert_true(step < 0.02F);
  atomic_store(&sound->has_renderer, false); // It was joined
  sound_free(sound);
}

static float
difference_of(const Take* a, const Take* b)
{
  float difference = 0.0F;
  for (size_t i = 0U; i < N_FRAMES; ++i) {
    difference = fmaxf(difference, fabsf(a->left[i] - b->left[i]));
  }
  return difference;
}

static void
test_parts_have_instruments(void** state)
{
  static const uint32_t programs[] = {0U, 6U, 40U, 41U, 42U, 52U, 19U};
  enum { N = sizeof(programs) / sizeof(programs[0]) };
  static Take takes[N];

  (void)state;
  Sound*             sound = open_sound(SOUND_SYNCHRONOUS, block);
  const ContinuoMidi note  = note_on(0U, 2U, 60U);
  for (uint32_t i = 0U; i < N; ++i) {
    assert_int_equal(sound_activate(sound, sample_rate, block), 0);
    sound_set_program(sound, 2U, 0U, programs[i]);
    sound_set_program(sound, 1U, 0U, 9U); // Another part's
    play(sound, &note, 1U, block, &takes[i]);
    assert_true(peak_of(takes[i].left, N_FRAMES) > 0.005F);
    for (uint32_t k = 0U; k < i; ++k) {
      assert_memory_not_equal(&takes[i], &takes[k], sizeof(Take));
    }
  }

  // What is passed on has the instrument of its program change, and percussion
  for (uint8_t channel = 0U; channel < 16U; ++channel) {
    const ContinuoMidi messages[] = {
      {0U, 2U, {(uint8_t)(0xC0U | channel), 40U, 0U}, INPUT},
      {0U, 3U, {(uint8_t)(0x90U | channel), 60U, 100U}, INPUT}};
    assert_int_equal(sound_activate(sound, sample_rate, block), 0);
    play(sound, messages, 2U, block, &other);
    // But for how a voice of FluidSynth begins that was used before
    const float difference = difference_of(&other, &takes[2]);
    assert_true(channel == 9U ? difference > 0.01F : difference < 0.003F);
    assert_true(peak_of(other.left, N_FRAMES) > 0.005F);
  }
  sound_free(sound);
}

static void
test_levels_and_lost_messages(void** state)
{
  (void)state;
  Sound*       sound = open_sound(SOUND_SYNCHRONOUS, block);
  ContinuoMidi note  = note_on(0U, 0U, 60U);
  play(sound, &note, 1U, block, &first);
  assert_int_equal(sound_activate(sound, sample_rate, block), 0);
  sound_set_level(sound, SOUND_GAIN, 0.5F);
  play(sound, &note, 1U, block, &other);
  const float ratio =
    peak_of(other.left, N_FRAMES) / peak_of(first.left, N_FRAMES);
  assert_true(fabsf(ratio - 0.5F) < 0.01F);

  // More in a block than there is room for: then all notes end
  assert_int_equal(sound_activate(sound, sample_rate, block), 0);
  sound_send(sound, &note);
  (void)render_blocks(sound, 10U);
  const ContinuoMidi bend = {0U, 3U, {0xE0U, 0U, 64U}, INPUT};
  for (uint32_t i = 0U; i < 10000U; ++i) {
    sound_send(sound, &bend);
  }
  (void)render_blocks(sound, 1500U);
  assert_true(render_blocks(sound, 10U) < 1e-3F);
  sound_free(sound);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_notes_begin_on_their_frame),
    cmocka_unit_test(test_live_is_as_synchronous),
    cmocka_unit_test(test_what_runs_dry_is_silent_and_counted),
    cmocka_unit_test(test_a_break_is_no_click),
    cmocka_unit_test(test_parts_have_instruments),
    cmocka_unit_test(test_levels_and_lost_messages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

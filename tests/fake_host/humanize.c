// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file humanize.c Notes off the grid: the same ones, a little later, and the
/// same wherever and however they are played

#include "property.h"

#include <math.h>
#include <stdlib.h>

#define N_ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

/// Longest delay in frames, with one for rounding
static const double longest = (0.02 * FAKE_HOST_SAMPLE_RATE) + 1.0;

/// A host in a lively style, as far from the grid as it goes
static FakeHost*
new_host(const ContinuoMode mode, const float amount)
{
  FakeHost* const host = fake_host_new(mode);
  fake_host_set(host, CONTINUO_DENSITY, 6.0F);
  fake_host_set(host, CONTINUO_HUMANIZE, amount);
  return host;
}

static void
play(FakeHost* host, const double quarters)
{
  fake_host_roll(host);
  fake_host_run_quarters(host, quarters);
  fake_host_stop(host);
  fake_host_run(host, 512);
  assert_whole_notes(host);
}

/// The `n`th note of a key, or null
static const ListedNote*
nth_note(const FakeHost* host, const uint8_t pitch, size_t n)
{
  for (size_t i = 0U; i < host->notes.n_notes; ++i) {
    const ListedNote* const note = &host->notes.notes[i];
    if (note->pitch == pitch && !n--) {
      return note;
    }
  }
  return NULL;
}

/// Assert that `loose` has the notes of `strict` a little later, but for those
/// that begin at its end.  @return How many came later
static size_t
count_later(const FakeHost* strict, const FakeHost* loose)
{
  size_t n_later       = 0U;
  size_t n_of_key[128] = {0U};
  for (size_t i = 0U; i < strict->notes.n_notes; ++i) {
    const ListedNote* const note = &strict->notes.notes[i];
    const ListedNote* const other =
      nth_note(loose, note->pitch, n_of_key[note->pitch]++);
    assert_non_null(other);
    assert_int_equal(other->velocity, note->velocity);
    assert_true(other->frame >= note->frame);
    assert_true((double)(other->frame - note->frame) <= longest);
    n_later += other->frame > note->frame;
  }
  return n_later;
}

static void
test_later(void** state)
{
  (void)state;
  FakeHost* const strict = new_host(CONTINUO_SYNCHRONOUS, 0.0F);
  FakeHost* const loose  = new_host(CONTINUO_SYNCHRONOUS, 1.0F);
  play(strict, 32.0);
  play(loose, 32.0);
  assert_music(strict, 60U);
  assert_on_grid(strict);
  assert_int_equal(loose->notes.n_notes, strict->notes.n_notes);
  assert_true(count_later(strict, loose) > strict->notes.n_notes * 3U / 4U);
  fake_host_free(strict);
  fake_host_free(loose);
}

static void
test_blocks(void** state)
{
  static const uint32_t sizes[] = {1U, 63U, 4096U};

  (void)state;
  FakeHost* const reference = new_host(CONTINUO_SYNCHRONOUS, 1.0F);
  fake_host_set_loop(reference, 1.0, 6.5);
  play(reference, 24.0);
  assert_music(reference, 40U);
  for (size_t i = 0U; i < N_ELEMENTS(sizes); ++i) {
    FakeHost* const host = new_host(CONTINUO_SYNCHRONOUS, 1.0F);
    fake_host_set_blocks(host, &sizes[i], 1U);
    fake_host_set_loop(host, 1.0, 6.5);
    play(host, 24.0);
    assert_same_messages(reference, host);
    fake_host_free(host);
  }
  fake_host_free(reference);
}

static void
test_place(void** state)
{
  (void)state;
  FakeHost* const through = new_host(CONTINUO_SYNCHRONOUS, 1.0F);
  FakeHost* const from    = new_host(CONTINUO_SYNCHRONOUS, 1.0F);
  fake_host_locate(from, 18.0);
  play(through, 40.0);
  play(from, 22.0);
  const size_t n = count_onsets(from, 18.0, 40.0);
  assert_true(n > 40U);
  assert_int_equal(count_onsets(through, 18.0, 40.0), n);
  for (size_t i = 0U; i < from->n_messages; ++i) {
    const FakeMessage* const message = &from->messages[i];
    bool                     has     = !fake_message_is_on(message);
    for (size_t j = 0U; j < through->n_messages && !has; ++j) {
      const FakeMessage* const other = &through->messages[j];
      has = other->data[1] == message->data[1] && fake_message_is_on(other) &&
            fabs(other->quarter - message->quarter) < 1e-4;
    }
    assert_true(has);
  }
  fake_host_free(through);
  fake_host_free(from);
}

static void
test_turned(void** state)
{
  (void)state;
  FakeHost* const strict = new_host(CONTINUO_SYNCHRONOUS, 0.0F);
  FakeHost* const turned = new_host(CONTINUO_SYNCHRONOUS, 0.0F);
  play(strict, 32.0);
  fake_host_roll(turned);
  fake_host_run_quarters(turned, 15.9);
  fake_host_set(turned, CONTINUO_HUMANIZE, 1.0F);
  play(turned, 32.0 - 15.9);

  // The same notes, and those before are where they were
  assert_int_equal(turned->notes.n_notes, strict->notes.n_notes);
  assert_true(count_later(strict, turned) > strict->notes.n_notes / 4U);
  const size_t n_before = count_onsets(strict, 0.0, 16.0);
  assert_true(n_before > 20U);
  assert_int_equal(count_same_onsets(strict, turned, 0.0, 16.0), n_before);
  assert_true(count_same_onsets(strict, turned, 16.0, 32.0) <
              count_onsets(strict, 16.0, 32.0) / 2U);
  fake_host_free(strict);
  fake_host_free(turned);
}

/// Notes of a song that the host heard as well
typedef struct {
  const FakeHost* host;
  size_t          n_notes;
  size_t          n_heard;
} Heard;

static bool
look_for(void* const handle, const ContinuoMidi* const message)
{
  Heard* const heard = (Heard*)handle;
  if ((message->data[0] & 0xF0U) == 0x90U) {
    ++heard->n_notes;
    for (size_t i = 0U; i < heard->host->notes.n_notes; ++i) {
      const ListedNote* const note = &heard->host->notes.notes[i];
      if (note->pitch == message->data[1] &&
          llabs(note->frame - (int64_t)message->frame) <= 1) {
        ++heard->n_heard;
        break;
      }
    }
  }
  return true;
}

static void
test_saved(void** state)
{
  static const ContinuoExcerpt bars = {0, INT64_C(24) * 960, 120.0, 4U, 4U};

  (void)state;
  FakeHost* const host  = new_host(CONTINUO_SYNCHRONOUS, 1.0F);
  ContinuoSong*   song  = NULL;
  Heard           heard = {host, 0U, 0U};
  play(host, 24.0);
  assert_int_equal(continuo_take_song(host->continuo, &bars, &song), 0);
  assert_int_equal(
    continuo_song_play(song, FAKE_HOST_SAMPLE_RATE, look_for, &heard), 0);
  assert_true(heard.n_notes > 40U);
  assert_int_equal(heard.n_heard, heard.n_notes);
  continuo_song_free(song);
  fake_host_free(host);
}

static void
test_live(void** state)
{
  (void)state;
  FakeHost* const bounce = new_host(CONTINUO_SYNCHRONOUS, 1.0F);
  FakeHost* const live   = new_host(CONTINUO_LIVE, 1.0F);
  live->pace             = 4.0;
  fake_host_run(live, 48000);
  fake_host_run(bounce, 48000);
  play(bounce, 24.0);
  play(live, 24.0);
  assert_music(bounce, 40U);
  assert_true(continuo_get_param(live->continuo, CONTINUO_LATE_NOTES) < 0.5F);
  assert_same_messages(bounce, live);
  fake_host_free(bounce);
  fake_host_free(live);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_later),
    cmocka_unit_test(test_blocks),
    cmocka_unit_test(test_place),
    cmocka_unit_test(test_turned),
    cmocka_unit_test(test_saved),
    cmocka_unit_test(test_live),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file view.c What a window sees is what was sent and what will be

#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const double sample_rate = 48000.0;
static const double tempo       = 120.0;

enum { N_FRAMES = 480, MAX_NOTES = 1024 };

/// A host, and the note-ons that it got
typedef struct {
  Continuo*        continuo;
  ContinuoPosition position;
  uint8_t          keys[MAX_NOTES];
  size_t           n_notes;
} Host;

static bool
take(void* const handle, const ContinuoMidi* const message)
{
  Host* const host = (Host*)handle;
  if ((message->data[0] & 0xF0U) == 0x90U && message->data[2] > 0U &&
      host->n_notes < MAX_NOTES) {
    host->keys[host->n_notes++] = message->data[1];
  }
  return true;
}

static void
run(Host* const host, const double seconds)
{
  const int n_blocks = (int)(seconds * sample_rate / N_FRAMES);
  for (int i = 0; i < n_blocks; ++i) {
    continuo_process(
      host->continuo, &host->position, NULL, 0U, N_FRAMES, take, host);
    if (host->position.rolling) {
      const double beats = N_FRAMES / sample_rate * tempo / 60.0;
      host->position.frame += N_FRAMES;
      host->position.beat += beats;
      host->position.beat -= host->position.beat >= 4.0 ? 4.0 : 0.0;
    }
  }
}

static int
begin(void** const state)
{
  Host* const host = (Host*)calloc(1U, sizeof(Host));
  assert_non_null(host);
  host->continuo = continuo_new(sample_rate, CONTINUO_SYNCHRONOUS);
  host->position = (ContinuoPosition){true, 0, true, tempo, 4U, 4U, 0.0};
  assert_non_null(host->continuo);
  *state = host;
  return 0;
}

static int
end(void** const state)
{
  Host* const host = (Host*)*state;
  continuo_free(host->continuo);
  free(host);
  return 0;
}

static void
test_unwatched(void** const state)
{
  Host* const         host = (Host*)*state;
  static ContinuoView view;
  memset(&view, 0, sizeof(view));
  run(host, 0.5);
  assert_false(continuo_view_read(host->continuo, &view));
  assert_int_equal(view.n_blocks, 0);
}

static void
test_played(void** const state)
{
  Host* const         host = (Host*)*state;
  static ContinuoView view;
  memset(&view, 0, sizeof(view));
  continuo_view_watch(host->continuo, true);
  run(host, 6.0);
  assert_true(continuo_view_read(host->continuo, &view));
  assert_false(continuo_view_read(host->continuo, &view)); // It is not newer
  assert_true(view.is_told && view.has_tempo && view.is_rolling);
  assert_true(view.tick > 11000.0 && view.tick < 11600.0); // 12 quarters
  assert_int_equal(view.n_late, 0);
  assert_true(host->n_notes > 10U);

  // What was sent, but for the last block or two
  assert_in_range(view.n_played, host->n_notes - 4U, host->n_notes);
  for (size_t i = 0U; i < view.n_played; ++i) {
    assert_int_equal(view.played[i].pitch, host->keys[i]);
    assert_true((double)view.played[i].tick <= view.tick);
  }
  assert_int_equal(view.n_bars, CONTINUO_MAX_VIEW_BARS);
  for (uint32_t i = 0U; i < view.n_bars; ++i) {
    assert_int_equal(view.bars[i].tick,
                     view.bars[i].index * INT64_C(4) *
                       CONTINUO_TICKS_PER_QUARTER);
  }
}

static void
test_choices(void** const state)
{
  Host* const         host = (Host*)*state;
  static ContinuoView view;
  memset(&view, 0, sizeof(view));
  continuo_set_param(host->continuo, CONTINUO_TOP_K, 2.0F);
  continuo_view_watch(host->continuo, true);
  run(host, 4.0);
  assert_true(continuo_view_read(host->continuo, &view));
  assert_true(view.n_played > 4U);
  for (uint32_t i = 0U; i < view.n_played; ++i) {
    ContinuoChoices choices;
    bool            is_there = false;
    assert_true(
      continuo_view_choices(host->continuo, &view.played[i], &choices));
    assert_in_range(choices.n_kept, 1, 2);
    for (uint32_t c = 0U; c < choices.n_kept; ++c) {
      is_there = is_there || choices.keys[c] == view.played[i].pitch;
    }
    assert_true(is_there); // It was drawn from what was kept
  }
}

/// Notes of a pass that was left are not shown where the next one begins
static void
test_seek(void** const state)
{
  Host* const         host = (Host*)*state;
  static ContinuoView view;
  memset(&view, 0, sizeof(view));
  continuo_view_watch(host->continuo, true);
  run(host, 6.0);
  host->position.frame = 0;
  host->position.beat  = 0.0;
  run(host, 1.0);
  assert_true(continuo_view_read(host->continuo, &view));
  for (uint32_t i = 0U; i < view.n_played; ++i) {
    assert_true((double)view.played[i].tick <= view.tick);
  }
}

/// What two windows see at once
typedef struct {
  Continuo*   continuo;
  atomic_bool is_over;
  atomic_uint n_read;
} Watcher;

static void*
watch(void* const handle)
{
  Watcher* const      watcher = (Watcher*)handle;
  ContinuoView* const view    = (ContinuoView*)calloc(1U, sizeof(*view));
  ContinuoChoices     choices;
  while (view && !atomic_load(&watcher->is_over)) {
    const double before = view->tick;
    if (continuo_view_read(watcher->continuo, view)) {
      atomic_fetch_add(&watcher->n_read, 1U);
      // A view is of one moment
      assert_true(view->tick >= before);
      assert_int_equal(view->bars[1].tick,
                       view->bars[0].tick + view->bars[0].length);
      for (uint32_t i = 0U; i < view->n_played; ++i) {
        assert_true((double)view->played[i].tick <= view->tick);
        (void)continuo_view_choices(
          watcher->continuo, &view->played[i], &choices);
      }
    }
  }
  free(view);
  return NULL;
}

static void
test_threads(void** const state)
{
  Host* const host    = (Host*)*state;
  Watcher     watcher = {host->continuo, false, 0U};
  pthread_t   threads[2];
  continuo_view_watch(host->continuo, true);
  for (int i = 0; i < 2; ++i) {
    assert_int_equal(pthread_create(&threads[i], NULL, watch, &watcher), 0);
  }
  for (int i = 0; i < 100 && atomic_load(&watcher.n_read) < 100U; ++i) {
    run(host, 1.0);
  }
  atomic_store(&watcher.is_over, true);
  for (int i = 0; i < 2; ++i) {
    assert_int_equal(pthread_join(threads[i], NULL), 0);
  }
  assert_true(atomic_load(&watcher.n_read) > 10U);
}

static void
test_notice(void** const state)
{
  Host* const host = (Host*)*state;
  char        sentence[CONTINUO_WHY_SIZE];
  continuo_notice(host->continuo, sentence);
  assert_string_equal(sentence, "");
  continuo_set_notice(host->continuo, "No such file");
  continuo_notice(host->continuo, sentence);
  assert_string_equal(sentence, "No such file");
}

static void
test_song(void** const state)
{
  Host* const     host    = (Host*)*state;
  ContinuoSong*   song    = NULL;
  uint8_t*        bytes   = NULL;
  size_t          size    = 0U;
  ContinuoExcerpt excerpt = {
    0, INT64_C(12) * CONTINUO_TICKS_PER_QUARTER, tempo, 4U, 4U};
  run(host, 6.0);
  assert_int_equal(continuo_take_song(host->continuo, &excerpt, &song), 0);
  assert_int_equal(continuo_song_n_notes(song), host->n_notes);
  assert_int_equal(continuo_song_to_midi(song, &bytes, &size), 0);
  assert_memory_equal(bytes, "MThd", 4U);
  free(bytes);
  assert_int_equal(continuo_song_to_musicxml(song, &bytes, &size), 0);
  assert_true(size > 1000U);
  free(bytes);
  continuo_song_free(song);

  excerpt.end = excerpt.begin;
  assert_int_not_equal(continuo_take_song(host->continuo, &excerpt, &song), 0);
  assert_null(song);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_unwatched, begin, end),
    cmocka_unit_test_setup_teardown(test_played, begin, end),
    cmocka_unit_test_setup_teardown(test_choices, begin, end),
    cmocka_unit_test_setup_teardown(test_seek, begin, end),
    cmocka_unit_test_setup_teardown(test_threads, begin, end),
    cmocka_unit_test_setup_teardown(test_notice, begin, end),
    cmocka_unit_test_setup_teardown(test_song, begin, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

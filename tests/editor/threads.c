// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file threads.c Windows come, are used and go while an audio thread plays:
/// for the thread sanitizer, and for who waits for whom

#include "act.h"
#include "editor.h"
#include "files.h"
#include "input.h"
#include "theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { N_FRAMES = 256, N_WINDOWS = 6, N_PICTURES = 40 };

/// An audio thread and what it plays
typedef struct {
  Continuo*   continuo;
  atomic_bool is_over;
  atomic_uint n_sent;
} Player;

static bool
count(void* const handle, const ContinuoMidi* const message)
{
  (void)message;
  atomic_fetch_add(&((Player*)handle)->n_sent, 1U);
  return true;
}

static void
nap(void)
{
  static const struct timespec time = {0, 2000000};
  (void)nanosleep(&time, NULL);
}

static void*
play(void* const handle)
{
  Player* const    player   = (Player*)handle;
  ContinuoPosition position = {true, 0, true, 140.0, 4U, 4U, 0.0};
  while (!atomic_load(&player->is_over)) {
    continuo_process(
      player->continuo, &position, NULL, 0U, N_FRAMES, count, player);
    position.frame += N_FRAMES;
    position.beat += N_FRAMES / 48000.0 * 140.0 / 60.0;
    position.beat -= position.beat >= 4.0 ? 4.0 : 0.0;
    nap();
  }
  return NULL;
}

static void
edit(void* const handle, const uint32_t id, const bool begins)
{
  (void)handle;
  (void)id;
  (void)begins;
}

static void
set_param(void* const handle, const uint32_t id, const float value)
{
  continuo_set_param(((Player*)handle)->continuo, id, value);
}

static void
set_state(void* const handle, const char* const key, const char* const value)
{
  (void)handle;
  (void)key;
  (void)value;
}

/// All that somebody may do, a little of it for each picture
static void
use(Editor* const editor, const int i)
{
  switch (i % 8) {
  case 1:
    ed_act_step(editor, ED_DENSITY, i % 16 == 1 ? 3.0F : -3.0F, false);
    break;
  case 2:
    ed_act(editor, ED_PRESET_ON, 0.0F, 0.0F);
    break;
  case 3:
    ed_act(editor, ED_NEW_TAKE, 0.0F, 0.0F);
    break;
  case 4:
    ed_act_menu(editor, ED_SAVE, i % 4);
    break;
  case 5:
    ed_files_close(editor);
    break;
  case 6:
    ed_act_step(editor, ED_HUMANIZE, 5.0F, false);
    break;
  default:
    break;
  }
}

static void
test_windows_while_it_plays(void** const state)
{
  (void)state;
  Player       player = {.continuo = continuo_new(48000.0, CONTINUO_LIVE)};
  const EdHost host   = {&player, edit, set_param, set_state, NULL};
  pthread_t    thread;
  double       now      = 0.0;
  uint32_t     n_played = 0U;
  assert_non_null(player.continuo);
  assert_int_equal(pthread_create(&thread, NULL, play, &player), 0);
  for (int w = 0; w < N_WINDOWS; ++w) {
    Editor* const editor = editor_new(player.continuo, &host);
    assert_non_null(editor);
    for (int i = 0; i < N_PICTURES; ++i) {
      editor_follow(editor, now);
      use(editor, i);
      n_played =
        editor->view.n_played > n_played ? editor->view.n_played : n_played;
      now += 0.016;
      nap();
    }
    editor_free(editor);
  }
  atomic_store(&player.is_over, true);
  assert_int_equal(pthread_join(thread, NULL), 0);
  assert_true(atomic_load(&player.n_sent) > 0U);
  assert_true(n_played > 0U);
  continuo_free(player.continuo);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_windows_while_it_plays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

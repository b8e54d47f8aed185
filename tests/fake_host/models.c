// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file models.c Sessions of a model of the user's own, however hosts restore
/// them

#define _XOPEN_SOURCE 700 // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "other_model.h"
#include "property.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// Quarters of a session: 16 bars
static const double n_quarters = 64.0;

static const char own_name[]  = "My songs";
static const char file_name[] = "My songs.safetensors";

/// Parameters as the session has them
static const struct {
  uint32_t id;
  float    value;
} settings[] = {
  {CONTINUO_STYLE, (float)OTHER_MODEL_STYLE_INDEX},
  {CONTINUO_DENSITY, 4.0F},
  {CONTINUO_KEY, 2.0F},
  {CONTINUO_SEED, 5.0F},
};

static const size_t n_settings = sizeof(settings) / sizeof(settings[0]);

/// A session that was played with the model of the user's own
typedef struct {
  char      folder[64]; ///< Of the user's own models
  char      path[PATH_MAX];
  FakeHost* host;
  FakeHost* builtin; ///< The same with the built-in model
  char*     take;
} Session;

static void
set_all(FakeHost* host)
{
  for (size_t i = 0U; i < n_settings; ++i) {
    fake_host_set(host, settings[i].id, settings[i].value);
  }
}

/// As hosts do that reset a plugin before they restore it
static void
set_defaults(FakeHost* host)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    fake_host_set(host, id, continuo_param(id)->initial);
  }
  assert_int_equal(continuo_restore_take(host->continuo, ""), 0);
}

static void
restore(FakeHost* host, const Session* session)
{
  assert_int_equal(continuo_restore_take(host->continuo, session->take), 0);
}

/// Choose a model.  @return Whether it plays
static bool
choose(FakeHost* host, const Session* session, const char* model)
{
  char                 why[CONTINUO_WHY_SIZE];
  const ContinuoStatus st =
    continuo_choose_model(host->continuo, session->folder, model, why);
  assert_int_equal(*why != '\0', st != 0);
  assert_true(!st || strstr(why, model));
  return !st;
}

static void
assert_chosen(FakeHost* host, const char* model)
{
  char* const chosen = continuo_chosen_model(host->continuo);
  assert_non_null(chosen);
  assert_string_equal(chosen, model);
  free(chosen);
}

static void
play(FakeHost* host)
{
  fake_host_stop(host);
  fake_host_locate(host, 0.0);
  fake_host_run(host, 1024);
  host->time = 0;
  fake_host_roll(host);
  fake_host_run_quarters(host, n_quarters);
}

/// Play `host`, and assert that it is as `like` was, or is not
static void
assert_plays(FakeHost* host, const FakeHost* like, const bool is_same)
{
  FakeHost* const other = (FakeHost*)like;
  play(host);
  const size_t n    = count_onsets(other, 0.0, n_quarters);
  const size_t same = count_same_onsets(other, host, 0.0, n_quarters);
  assert_true(n > 16U);
  assert_true(is_same ? same == n && count_onsets(host, 0.0, n_quarters) == n
                      : same < n / 2U);
  stop_and_free(host);
}

/// Move the model away, or back
static void
move_model(const Session* session, const bool away)
{
  char elsewhere[PATH_MAX + 8];
  (void)snprintf(elsewhere, sizeof(elsewhere), "%s.gone", session->path);
  assert_int_equal(
    rename(away ? session->path : elsewhere, away ? elsewhere : session->path),
    0);
}

static int
set_up(void** state)
{
  static Session session = {.folder = "/tmp/continuo-models-XXXXXX"};
  if (!mkdtemp(session.folder)) {
    return -1;
  }
  (void)snprintf(
    session.path, sizeof(session.path), "%s/%s", session.folder, file_name);
  other_model_write(session.path, OTHER_MODEL_CHOPIN);

  // A take that no parameter tells of: a new one was asked for
  session.host = fake_host_new(CONTINUO_SYNCHRONOUS);
  assert_true(choose(session.host, &session, own_name));
  set_all(session.host);
  fake_host_run(session.host, 512);
  fake_host_set(session.host, CONTINUO_NEW_TAKE, 1.0F);
  fake_host_run(session.host, 512);
  fake_host_set(session.host, CONTINUO_NEW_TAKE, 0.0F);
  play(session.host);
  assert_int_equal(continuo_save_take(session.host->continuo, &session.take),
                   0);

  session.builtin = fake_host_new(CONTINUO_SYNCHRONOUS);
  set_all(session.builtin);
  play(session.builtin);
  *state = &session;
  return 0;
}

static int
tear_down(void** state)
{
  Session* const session = *state;
  fake_host_free(session->host);
  fake_host_free(session->builtin);
  free(session->take);
  (void)unlink(session->path);
  return rmdir(session->folder);
}

static void
test_any_order(void** state)
{
  // Of take, model and parameters, with defaults between them
  static const int orders[][3] = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  const Session* const session = *state;
  for (size_t i = 0U; i < sizeof(orders) / sizeof(orders[0]); ++i) {
    FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
    for (int step = 0; step < 6; ++step) {
      const int what = orders[i][step % 3];
      if (what == 0) {
        restore(host, session);
      } else if (what == 1) {
        assert_true(choose(host, session, own_name));
      } else {
        set_all(host);
      }
      if (step < 3) {
        set_defaults(host);
        assert_true(choose(host, session, ""));
        fake_host_run(host, 512);
      }
    }
    assert_chosen(host, own_name);
    assert_plays(host, session->host, true);
  }
}

static void
test_other_session_between(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = fake_host_new(CONTINUO_SYNCHRONOUS);
  restore(host, session);
  set_all(host);
  assert_true(choose(host, session, CONTINUO_BUILTIN_MODEL));
  fake_host_run(host, 512);
  assert_true(choose(host, session, own_name));
  assert_plays(host, session->host, true);
}

static void
test_another_version(void** state)
{
  // A model of this name writes otherwise now: what was saved is played, in any
  // order
  const Session* const session = *state;
  for (int i = 0; i < 2; ++i) {
    FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
    other_model_write(session->path, OTHER_MODEL_SCHUBERT);
    if (i == 0) {
      assert_true(choose(host, session, own_name));
    }
    restore(host, session);
    fake_host_run(host, 512);
    if (i == 1) {
      assert_true(choose(host, session, own_name));
    }
    set_all(host);
    other_model_write(session->path, OTHER_MODEL_CHOPIN);
    assert_plays(host, session->host, true);
  }
}

static void
test_missing(void** state)
{
  // The one in use plays on, and plays what was saved
  const Session* const session = *state;
  FakeHost* const      host    = fake_host_new(CONTINUO_SYNCHRONOUS);
  move_model(session, true);
  assert_false(choose(host, session, own_name));
  restore(host, session);
  set_all(host);
  assert_chosen(host, own_name);
  char* text = NULL;
  assert_int_equal(continuo_save_take(host->continuo, &text), 0);
  assert_string_equal(text, session->take);
  free(text);
  assert_plays(host, session->host, true);
  move_model(session, false);
}

static void
test_missing_until_later(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = fake_host_new(CONTINUO_SYNCHRONOUS);
  move_model(session, true);
  restore(host, session);
  assert_false(choose(host, session, own_name));
  set_all(host);
  fake_host_run(host, 512);
  move_model(session, false);
  assert_true(choose(host, session, own_name));
  assert_plays(host, session->host, true);
}

static void
test_another_is_heard(void** state)
{
  // Whoever chooses another model wants its music, not what was saved
  const Session* const session = *state;
  FakeHost* const      host    = fake_host_new(CONTINUO_SYNCHRONOUS);
  assert_true(choose(host, session, own_name));
  set_all(host);
  restore(host, session);
  fake_host_run(host, 512);
  assert_true(choose(host, session, CONTINUO_BUILTIN_MODEL));
  assert_chosen(host, CONTINUO_BUILTIN_MODEL);
  assert_plays(host, session->host, false);
}

static void
test_refused(void** state)
{
  const Session* const session = *state;
  char                 path[PATH_MAX + 8];
  char                 why[CONTINUO_WHY_SIZE];
  FakeHost* const      host = fake_host_new(CONTINUO_SYNCHRONOUS);
  (void)snprintf(path, sizeof(path), "%s/bad.safetensors", session->folder);
  FILE* const file = fopen(path, "wb");
  assert_non_null(file);
  assert_true(fputs("no model", file) >= 0);
  assert_int_equal(fclose(file), 0);
  assert_false(choose(host, session, "bad"));
  assert_chosen(host, "bad");
  assert_int_not_equal(
    continuo_choose_model(host->continuo, NULL, own_name, why), 0);
  assert_int_equal(unlink(path), 0);
  set_all(host);
  assert_plays(host, session->builtin, true);
}

static void
test_places(void** state)
{
  // A path in the folder is the name; one that has gone is looked for there
  const Session* const session = *state;
  FakeHost* const      host    = fake_host_new(CONTINUO_SYNCHRONOUS);
  char                 path[PATH_MAX];
  assert_true(choose(host, session, session->path));
  assert_chosen(host, own_name);
  assert_true(choose(host, session, CONTINUO_BUILTIN_MODEL));
  assert_true(choose(host, session, "/gone/session/My songs.safetensors"));
  assert_chosen(host, own_name);
  assert_true(choose(host, session, "/gone/session/built-in"));
  assert_chosen(host, CONTINUO_BUILTIN_MODEL);
  assert_false(choose(host, session, "/gone/else.safetensors"));
  assert_chosen(host, "/gone/else.safetensors");

  (void)snprintf(path, sizeof(path), "%s-elsewhere", session->folder);
  other_model_write(path, OTHER_MODEL_CHOPIN);
  assert_true(choose(host, session, path));
  assert_chosen(host, path);
  assert_int_equal(unlink(path), 0);
  set_all(host);
  assert_plays(host, session->builtin, false);
}

/// Choose the built-in preset `id`, and see which parameter value it leaves
static float
choose_preset(FakeHost* host, const char* id, const uint32_t param)
{
  uint32_t i = 0U;
  while (strcmp(continuo_preset_id(i), id) != 0) {
    ++i;
  }
  fake_host_run(host, 512); // What was set just before the choice would stand
  fake_host_set(host, CONTINUO_PRESET, (float)(i + 1U));
  fake_host_run(host, 512);
  return continuo_get_param(host->continuo, param);
}

static void
test_presets(void** state)
{
  if (getenv("CONTINUO_OTHER_MODEL")) {
    skip(); // Presets are of the house's styles
  }
  // A preset of a style that the model has not changes nothing, whatever else
  // has its number
  const Session* const session   = *state;
  const float          chopin    = 4.0F;
  const float          beethoven = OTHER_MODEL_STYLE_INDEX;
  FakeHost* const      host      = fake_host_new(CONTINUO_LIVE);
  assert_true(choose(host, session, own_name));
  assert_true(choose_preset(host, "chopin-mazurka", CONTINUO_PRESET) > 0.0F);
  assert_true(choose_preset(host, "chopin-mazurka", CONTINUO_STYLE) == chopin);
  assert_true(choose_preset(host, "beethoven-sonata", CONTINUO_STYLE) ==
              chopin);
  assert_true(choose_preset(host, "beethoven-sonata", CONTINUO_PRESET) == 0.0F);

  assert_true(choose(host, session, CONTINUO_BUILTIN_MODEL));
  assert_true(choose_preset(host, "chopin-mazurka", CONTINUO_STYLE) == chopin);
  assert_true(choose_preset(host, "beethoven-sonata", CONTINUO_STYLE) ==
              beethoven);
  stop_and_free(host);
}

/// A thread that plays
static void*
run_audio(void* handle)
{
  FakeHost* const host = handle;
  fake_host_locate(host, 0.0);
  fake_host_roll(host);
  fake_host_run_quarters(host, n_quarters);
  fake_host_stop(host);
  fake_host_run(host, 512);
  return NULL;
}

static void
test_while_another_thread_plays(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = fake_host_new(CONTINUO_LIVE);
  pthread_t            thread;
  host->pace = 16.0;
  set_all(host);
  assert_int_equal(pthread_create(&thread, NULL, run_audio, host), 0);
  for (int i = 0; i < 12; ++i) {
    char* text = NULL;
    assert_true(
      choose(host, session, i % 2 ? CONTINUO_BUILTIN_MODEL : own_name));
    assert_int_equal(continuo_save_take(host->continuo, &text), 0);
    if (i % 3 == 0) {
      restore(host, session);
    }
    free(text);
  }
  assert_int_equal(pthread_join(thread, NULL), 0);
  assert_music(host, 16U);
  stop_and_free(host);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_any_order),
    cmocka_unit_test(test_other_session_between),
    cmocka_unit_test(test_another_version),
    cmocka_unit_test(test_missing),
    cmocka_unit_test(test_missing_until_later),
    cmocka_unit_test(test_another_is_heard),
    cmocka_unit_test(test_refused),
    cmocka_unit_test(test_places),
    cmocka_unit_test(test_presets),
    cmocka_unit_test(test_while_another_thread_plays),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

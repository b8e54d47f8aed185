// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file state.c A take that was saved in a session is played again

#include "other_model.h"
#include "property.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Quarters of the saved take: 24 bars
static const double n_quarters = 96.0;

/// Where automation turns the key, and where it asks for a new take
static const double knob_at = 30.2;
static const double take_at = 50.2;

/// Parameters as the session has them
static const struct {
  uint32_t id;
  float    value;
} settings[] = {
  {CONTINUO_STYLE, 3.0F},
  {CONTINUO_DENSITY, 4.0F},
  {CONTINUO_TEMPERATURE, 1.1F},
  {CONTINUO_TOP_P, 0.95F},
  {CONTINUO_KEY, 2.0F},
  {CONTINUO_NEW_TAKE, 0.0F},
};

static const size_t n_settings = sizeof(settings) / sizeof(settings[0]);

static const float other_key = 9.0F;

/// A take that was played from 0 on and saved
typedef struct {
  FakeHost* host;
  char*     text;
} Saved;

/// What the tests begin with
typedef struct {
  Saved plain;     ///< Under the same parameters all along
  Saved automated; ///< With what automate() does
} Session;

/// Set the parameters; of what a host saves and restores it loses a little
static void
set_all(FakeHost* host, const float loss)
{
  for (size_t i = 0U; i < n_settings; ++i) {
    fake_host_set(host, settings[i].id, settings[i].value * (1.0F + loss));
  }
}

/// Let it stand at 0 for a moment, as hosts do when they load a session
static void
stand(FakeHost* host)
{
  fake_host_stop(host);
  fake_host_locate(host, 0.0);
  fake_host_run(host, 1024);
}

/// Play from 0 up to `end`; times are then counted from there
static void
play(FakeHost* host, const double end)
{
  fake_host_locate(host, 0.0);
  host->time = 0;
  fake_host_roll(host);
  fake_host_run_quarters(host, end);
}

/// Play the whole from 0 on, and do on the way what was recorded
static void
automate(FakeHost* host)
{
  play(host, knob_at);
  fake_host_set(host, CONTINUO_KEY, other_key);
  fake_host_run_quarters(host, take_at - knob_at);
  fake_host_set(host, CONTINUO_NEW_TAKE, 1.0F);
  fake_host_run_quarters(host, n_quarters - take_at);
}

static void
play_all(FakeHost* host)
{
  play(host, n_quarters);
}

static char*
save(FakeHost* host)
{
  char* text = NULL;
  assert_int_equal(continuo_save_take(host->continuo, &text), 0);
  assert_non_null(text);
  assert_null(strpbrk(text, "\"\\\n "));
  return text;
}

static void
restore(FakeHost* host, const char* text)
{
  assert_int_equal(continuo_restore_take(host->continuo, text), 0);
}

/// Play a take that no parameter tells of: new ones were asked for before
static Saved
play_and_save(void (*script)(FakeHost*))
{
  Saved saved = {fake_host_new(CONTINUO_SYNCHRONOUS), NULL};
  set_all(saved.host, 0.0F);
  stand(saved.host);
  for (int i = 0; i < 3; ++i) {
    fake_host_set(saved.host, CONTINUO_NEW_TAKE, 1.0F);
    stand(saved.host);
    fake_host_set(saved.host, CONTINUO_NEW_TAKE, 0.0F);
  }
  script(saved.host);
  saved.text = save(saved.host);
  return saved;
}

static int
set_up(void** state)
{
  static Session session;
  session.plain     = play_and_save(play_all);
  session.automated = play_and_save(automate);
  *state            = &session;
  return 0;
}

static int
tear_down(void** state)
{
  Session* const session = *state;
  fake_host_free(session->plain.host);
  fake_host_free(session->automated.host);
  free(session->plain.text);
  free(session->automated.text);
  return 0;
}

/// Assert that both have the same note-ons from `start` quarters up to `end`
static void
assert_same_onsets(const FakeHost* a,
                   const FakeHost* b,
                   const double    start,
                   const double    end)
{
  const size_t n = count_onsets(a, start, end);
  assert_true(n > 4U);
  assert_int_equal(count_onsets(b, start, end), n);
  assert_int_equal(count_same_onsets(a, b, start, end), n);
}

/// A new instance, in a program that was started again
static FakeHost*
reopen(void)
{
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_set(host, CONTINUO_STYLE, continuo_param(CONTINUO_STYLE)->initial);
  fake_host_set(
    host, CONTINUO_DENSITY, continuo_param(CONTINUO_DENSITY)->initial);
  return host;
}

static void
test_parameters_first(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  set_all(host, 1e-6F);
  restore(host, session->automated.text);
  stand(host);
  automate(host);
  assert_same_onsets(session->automated.host, host, 0.0, n_quarters);
  stop_and_free(host);
}

static void
test_take_first(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  restore(host, session->automated.text);
  set_all(host, -1e-6F);
  automate(host);
  assert_same_onsets(session->automated.host, host, 0.0, n_quarters);
  stop_and_free(host);
}

static void
test_blocks_between(void** state)
{
  // The host tells parameters, meter and place one by one, and runs
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  stand(host);
  restore(host, session->plain.text);
  fake_host_set_meter(host, 3U, 4U);
  stand(host);
  fake_host_locate(host, 17.0);
  fake_host_run(host, 4096);
  for (size_t i = 0U; i < n_settings; ++i) {
    fake_host_set(host, settings[i].id, settings[i].value);
    fake_host_run(host, 4096);
  }
  fake_host_locate(host, 0.0);
  fake_host_set_meter(host, 4U, 4U);
  stand(host);
  play_all(host);
  assert_same_onsets(session->plain.host, host, 0.0, n_quarters);
  stop_and_free(host);
}

/// Load a model that plays other notes
static void
load_other_model(FakeHost* host)
{
  static const char path[] = "state-other.safetensors";
  other_model_write(path, OTHER_MODEL_CHOPIN);
  assert_int_equal(continuo_load_model(host->continuo, path), 0);
  assert_int_equal(remove(path), 0);
}

static void
test_other_model(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  FakeHost* const      other   = reopen();
  load_other_model(host);
  load_other_model(other);
  restore(host, session->plain.text);
  set_all(host, 0.0F);
  set_all(other, 0.0F);
  stand(host);
  stand(other);
  play_all(host);
  play_all(other);
  assert_same_onsets(session->plain.host, host, 0.0, n_quarters);
  const size_t n_saved = count_onsets(session->plain.host, 0.0, n_quarters);
  assert_true(count_onsets(other, 0.0, n_quarters) > n_saved / 2U);
  assert_true(count_same_onsets(session->plain.host, other, 0.0, n_quarters) <
              n_saved / 2U);
  stop_and_free(other);
  stop_and_free(host);
}

static void
test_other_model_automated(void** state)
{
  // Automation tells again what was heard, whoever wrote it
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  load_other_model(host);
  restore(host, session->automated.text);
  set_all(host, 0.0F);
  stand(host);
  automate(host);
  assert_same_onsets(session->automated.host, host, 0.0, n_quarters);
  stop_and_free(host);
}

static void
test_goes_on(void** state)
{
  // Past what was saved it is the music that would have come
  const Session* const session = *state;
  const double         more    = 36.0;
  FakeHost* const      host    = reopen();
  set_all(host, 0.0F);
  restore(host, session->plain.text);
  play(host, n_quarters + more);
  fake_host_run_quarters(session->plain.host, more);
  assert_same_onsets(session->plain.host, host, 0.0, n_quarters + more);
  stop_and_free(host);
}

static void
test_same_text(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  restore(host, session->automated.text);
  char* const at_once = save(host);
  assert_string_equal(at_once, session->automated.text);

  // Played as it was, or never looked at, it is the same take
  stand(host);
  set_all(host, 0.0F);
  stand(host);
  automate(host);
  char* const later = save(host);
  assert_string_equal(later, session->automated.text);
  free(at_once);
  free(later);
  stop_and_free(host);
}

static void
test_knob(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  set_all(host, 0.0F);
  restore(host, session->plain.text);
  stand(host);
  play(host, knob_at);
  fake_host_set(host, CONTINUO_KEY, other_key);
  fake_host_run_quarters(host, take_at - knob_at);
  const double next = ceil(knob_at * SIXTEENTHS) / SIXTEENTHS;
  assert_same_onsets(session->plain.host, host, 0.0, next);
  assert_same_onsets(session->automated.host, host, next, take_at);
  assert_true(count_same_onsets(session->plain.host, host, next, take_at) <
              count_onsets(session->plain.host, next, take_at));
  stop_and_free(host);
}

static void
test_while_rolling(void** state)
{
  const Session* const session = *state;
  const double         at      = 10.0;
  FakeHost* const      host    = reopen();
  set_all(host, 0.0F);
  play(host, at);
  assert_true(count_same_onsets(session->plain.host, host, 0.0, at) <
              count_onsets(session->plain.host, 0.0, at));
  restore(host, session->plain.text);
  fake_host_run_quarters(host, n_quarters - at);
  assert_same_onsets(session->plain.host, host, at, n_quarters);
  stop_and_free(host);
}

static void
test_pressed_button(void** state)
{
  // A host that does not release the button saves it, and presses it again
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  restore(host, session->plain.text);
  set_all(host, 0.0F);
  fake_host_set(host, CONTINUO_NEW_TAKE, 1.0F);
  stand(host);
  play_all(host);
  assert_same_onsets(session->plain.host, host, 0.0, n_quarters);
  stop_and_free(host);
}

static void
test_pressed_again(void** state)
{
  // The same in a host that runs, and sends a default between
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  restore(host, session->plain.text);
  fake_host_set(host, CONTINUO_NEW_TAKE, 0.0F);
  stand(host);
  restore(host, session->plain.text);
  set_all(host, 0.0F);
  fake_host_set(host, CONTINUO_NEW_TAKE, 1.0F);
  stand(host);
  play_all(host);
  assert_same_onsets(session->plain.host, host, 0.0, n_quarters);
  stop_and_free(host);
}

static void
test_live(void** state)
{
  // Bars are sent ahead for each of the wishes that the host comes by
  const Session* const session = *state;
  FakeHost* const      host    = fake_host_new(CONTINUO_LIVE);
  host->pace                   = 1.0;
  load_other_model(host);
  restore(host, session->plain.text);
  for (size_t i = 0U; i < n_settings; ++i) {
    fake_host_run(host, 4096);
    fake_host_set(host, settings[i].id, settings[i].value);
  }
  stand(host);
  host->pace = 4.0;
  play(host, 24.0);
  assert_same_onsets(session->plain.host, host, 0.0, 24.0);
  stop_and_free(host);
}

/// A thread that plays
static void*
run_audio(void* handle)
{
  FakeHost* const host = handle;
  play(host, n_quarters);
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
  host->pace = 32.0;
  set_all(host, 0.0F);
  assert_int_equal(pthread_create(&thread, NULL, run_audio, host), 0);
  for (int i = 0; i < 100; ++i) {
    char* const text = save(host);
    restore(host, i % 2 ? text : session->plain.text);
    free(text);
  }
  assert_int_equal(pthread_join(thread, NULL), 0);

  // Whatever was heard of it, the take that was restored last is there
  restore(host, session->plain.text);
  host->pace = 4.0;
  stand(host);
  fake_host_run(host, 512);
  char* const     text  = save(host);
  FakeHost* const again = reopen();
  set_all(again, 0.0F);
  restore(again, text);
  play(again, n_quarters);
  assert_same_onsets(session->plain.host, again, 0.0, n_quarters);
  free(text);
  stop_and_free(again);
  stop_and_free(host);
}

static void
test_garbage(void** state)
{
  const Session* const session = *state;
  FakeHost* const      host    = reopen();
  FakeHost* const      same    = reopen();
  char* const          broken  = strdup(session->plain.text);
  assert_non_null(broken);
  broken[strlen(broken) / 2U] ^= 1;
  const char* const texts[] = {
    "model=/gone", "Continuo", "Continuo!", "continuo", "\xff\x01", broken};

  play(same, n_quarters / 2.0);
  play(host, n_quarters / 4.0);
  for (size_t i = 0U; i < sizeof(texts) / sizeof(texts[0]); ++i) {
    const ContinuoStatus st = continuo_restore_take(host->continuo, texts[i]);
    assert_int_not_equal(st, 0);
    assert_string_not_equal(continuo_strerror(st), "Unknown error");
  }
  restore(host, ""); // A new instance in a host that saves states
  fake_host_run_quarters(host, n_quarters / 4.0);
  assert_same_messages(same, host);
  char* const text  = save(same);
  char* const again = save(host);
  assert_string_equal(text, again);
  free(text);
  free(again);
  free(broken);
  stop_and_free(same);
  stop_and_free(host);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_parameters_first),
    cmocka_unit_test(test_take_first),
    cmocka_unit_test(test_blocks_between),
    cmocka_unit_test(test_other_model),
    cmocka_unit_test(test_other_model_automated),
    cmocka_unit_test(test_goes_on),
    cmocka_unit_test(test_same_text),
    cmocka_unit_test(test_knob),
    cmocka_unit_test(test_while_rolling),
    cmocka_unit_test(test_pressed_button),
    cmocka_unit_test(test_pressed_again),
    cmocka_unit_test(test_live),
    cmocka_unit_test(test_while_another_thread_plays),
    cmocka_unit_test(test_garbage),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file writer_thread.c The pool writes ahead, an audio thread helps, the main
/// thread brings models: the take is the same

#include "gen/writer.h"

#include "base/thread.h"
#include "fixture.h"
#include "writer_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>

/// Cycles that an audio thread gives: a tenth of a millisecond or so
#define SHARE 300000U

static void
a_thread_delivers_what_a_pump_does(void** const state)
{
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.temperature         = 1.5F;
  CtWriter* const writer    = make_writer(true);
  CtTake          take      = reference(state, &settings);
  fixture_extend(&take, END);

  // Two bars from the playhead are written, so the playhead goes on
  CtRequest wish = request(1U, 0, &settings);
  ask(writer, &wish);
  ct_writer_set_playhead(writer, END - CT_LOOKAHEAD);
  wait_for(writer, 1U, END, &received);
  assert_received(&received, &take, 0, END);

  assert_int_equal(ct_take_wish(&take, BAR, &other), CT_SUCCESS);
  fixture_extend(&take, END);
  wish = request(2U, BAR, &other);
  ask(writer, &wish);
  wait_for(writer, 2U, END, &received);
  assert_received(&received, &take, BAR, END);

  assert_int_equal(ct_writer_set_model(writer, shelf_model()), CT_SUCCESS);
  wish.epoch = 3U;
  ask(writer, &wish);
  wait_for(writer, 3U, END, &received);
  assert_received(&received, &take, BAR, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

static void
a_thread_delivers_two_bars_ahead_and_writes_farther(void** const state)
{
  (void)state;
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(true);
  const CtRequest  wish     = request(1U, 0, &settings);
  ask(writer, &wish);
  wait_for(writer, 1U, CT_LOOKAHEAD, &received);

  // When wishes have been the same for a while
  size_t n_sections = 0U;
  for (uint32_t ms = 0U; n_sections < 2U; ms += 20U) {
    CtSheet sheet;
    assert_true(ms < TIME_LIMIT_MS);
    ct_sleep_ms(20U);
    assert_int_equal(ct_writer_copy_sheet(writer, &sheet), CT_SUCCESS);
    n_sections = sheet.sections.n_sections;
    ct_sheet_clear(&sheet);
  }
  receive(writer, 1U, &received);
  assert_int_equal(received.horizon, CT_LOOKAHEAD);
  ct_writer_free(writer);
}

static void
many_writers_are_served(void** const state)
{
  static Received  received;
  const CtSettings settings  = fixture_settings();
  CtWriter*        idle      = make_writer(true); // Never asked
  CtWriter*        writers[] = {
           make_writer(true), make_writer(true), make_writer(true), make_writer(true)};
  CtTake          take = reference(state, &settings);
  const CtRequest wish = request(1U, 0, &settings);
  fixture_extend(&take, CT_LOOKAHEAD);
  for (size_t i = 0U; i < 4U; ++i) {
    ask(writers[i], &wish);
  }
  for (size_t i = 0U; i < 4U; ++i) {
    wait_for(writers[i], 1U, CT_LOOKAHEAD, &received);
    assert_received(&received, &take, 0, CT_LOOKAHEAD);
    ct_writer_free(writers[i]);
  }
  ct_writer_free(idle);
  ct_take_clear(&take);
}

/// A host's audio thread: it plays END ticks again and again, with wishes that
/// change on the way
typedef struct {
  CtWriter*        writer;
  const CtTake*    take; ///< What is to be received
  _Atomic bool     ends;
  _Atomic uint32_t n_passes;
  Received         received;
  CtRequest        wishes[2]; ///< From 0, and from the tick it tells
} Player;

/// Play a block up to `until`; where notes are late, wait for them
static void
play_block(Player* const player, const uint32_t epoch, const CtTick until)
{
  ct_writer_set_playhead(player->writer, until);
  receive(player->writer, epoch, &player->received);
  while (player->received.horizon < until && !player->ends) {
    ct_writer_help(player->writer, until, SHARE);
    receive(player->writer, epoch, &player->received);
    ct_sleep_ms(1U);
  }
}

static void
play(void* const handle)
{
  Player* const player = (Player*)handle;
  for (uint32_t epoch = 1U; !player->ends; epoch += 2U) {
    CtRequest first        = player->wishes[0];
    CtRequest second       = player->wishes[1];
    first.epoch            = epoch;
    second.epoch           = epoch + 1U;
    player->received       = (Received){.horizon = INT64_MIN};
    const bool   has_asked = ct_writer_ask(player->writer, &first);
    const CtTick change    = second.from;
    for (CtTick tick = 0; has_asked && tick < change; tick += 60) {
      play_block(player, epoch, tick);
    }
    second.missing          = 0;
    player->received        = (Received){.horizon = INT64_MIN};
    const bool asked_second = ct_writer_ask(player->writer, &second);
    for (CtTick tick = 0; asked_second && tick <= END; tick += 60) {
      play_block(player, epoch + 1U, tick);
    }
    player->n_passes += !player->ends;
  }
}

/// While an audio thread plays, let the main thread do `func` until three
/// passes are over, then see that the last was right
static void
check_player(void** const state, void (*const func)(CtWriter* writer))
{
  static Player    player;
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  CtTake           take     = reference(state, &settings);
  CtThread         thread;
  other.key = 5U;
  assert_int_equal(ct_take_wish(&take, BAR + 480, &other), CT_SUCCESS);
  fixture_extend(&take, END);
  player           = (Player){.writer = make_writer(true), .take = &take};
  player.wishes[0] = request(0U, 0, &settings);
  player.wishes[1] = request(0U, BAR + 480, &other);
  assert_int_equal(ct_thread_start(&thread, play, &player), CT_SUCCESS);
  const uint32_t n_passes = func ? 0U : 3U;
  for (uint32_t ms = 0U; player.n_passes < n_passes; ++ms) {
    assert_true(ms < TIME_LIMIT_MS);
    ct_sleep_ms(1U);
  }
  for (uint32_t i = 0U; func && i < 20U; ++i) {
    func(player.writer);
    ct_sleep_ms(2U);
  }
  player.ends = true;
  ct_thread_join(&thread);

  // Left alone, it plays what it should
  static Received received;
  const uint32_t  epoch    = UINT32_MAX;
  player.wishes[0].epoch   = epoch - 1U;
  player.wishes[1].epoch   = epoch;
  player.wishes[1].missing = 0;
  ct_writer_set_playhead(player.writer, END - CT_LOOKAHEAD);
  ask(player.writer, &player.wishes[0]);
  ask(player.writer, &player.wishes[1]);
  wait_for(player.writer, epoch, END, &received);
  assert_received(&received, &take, 0, END);
  ct_writer_free(player.writer);
  ct_take_clear(&take);
}

static void
help_and_the_pool_write_the_same_take(void** const state)
{
  check_player(state, NULL);
}

static void
bring_model(CtWriter* const writer)
{
  assert_int_equal(ct_writer_set_model(writer, shelf_model()), CT_SUCCESS);
}

static void
models_come_while_it_plays(void** const state)
{
  check_player(state, bring_model);
}

static void
save(CtWriter* const writer)
{
  CtSheet sheet;
  assert_int_equal(ct_writer_copy_sheet(writer, &sheet), CT_SUCCESS);
  ct_sheet_clear(&sheet);
}

static void
takes_are_saved_while_it_plays(void** const state)
{
  check_player(state, save);
}

static void
restore(CtWriter* const writer)
{
  CtSheet sheet;
  assert_int_equal(ct_writer_copy_sheet(writer, &sheet), CT_SUCCESS);
  ct_writer_restore(writer, &sheet);
}

static void
takes_are_restored_while_it_plays(void** const state)
{
  check_player(state, restore);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_thread_delivers_what_a_pump_does),
    cmocka_unit_test(a_thread_delivers_two_bars_ahead_and_writes_farther),
    cmocka_unit_test(many_writers_are_served),
    cmocka_unit_test(help_and_the_pool_write_the_same_take),
    cmocka_unit_test(models_come_while_it_plays),
    cmocka_unit_test(takes_are_saved_while_it_plays),
    cmocka_unit_test(takes_are_restored_while_it_plays),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

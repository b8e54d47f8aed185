// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file writer.c What is delivered is the take, from where it was asked for

#include "gen/writer.h"

#include "fixture.h"
#include "gen/shelf.h"
#include "writer_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const CtMeter waltz = {3U, 4U};

static void
a_pump_delivers_the_take(void** const state)
{
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(false);
  const CtRequest  wish     = request(1U, 0, &settings);
  CtTake           take     = reference(state, &settings);
  fixture_extend(&take, END);
  ask(writer, &wish);
  pump(writer, 1U, END, &received);
  assert_received(&received, &take, 0, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
  ct_writer_free(NULL);
}

static void
a_pump_in_small_steps_delivers_the_same(void** const state)
{
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(false);
  const CtRequest  wish     = request(1U, 0, &settings);
  CtTake           take     = reference(state, &settings);
  received                  = (Received){.horizon = INT64_MIN};
  fixture_extend(&take, END);
  ask(writer, &wish);
  for (CtTick until = 37; received.horizon < END; until += 37) {
    ct_writer_pump(writer, until, CT_NO_LIMIT);
    receive(writer, 1U, &received);
    assert_true(received.horizon >= until);
  }
  assert_received(&received, &take, 0, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

static void
a_request_delivers_from_its_tick(void** const state)
{
  static Received  received;
  const CtTick     from     = BAR + 720;
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.key                 = 8U;
  other.velocity            = 110U;
  CtWriter* const writer    = make_writer(false);
  CtRequest       wish      = request(1U, 0, &settings);
  CtTake          take      = reference(state, &settings);
  assert_int_equal(ct_take_wish(&take, from, &other), CT_SUCCESS);
  fixture_extend(&take, END);

  ask(writer, &wish);
  pump(writer, 1U, END, &received);
  wish = request(2U, from, &other);
  ask(writer, &wish);
  pump(writer, 2U, END, &received);
  assert_true(received.notes[0].tick >= from);
  assert_received(&received, &take, from, END);

  // What was missing before it comes too
  wish         = request(3U, from, &other);
  wish.missing = from - 960;
  ask(writer, &wish);
  pump(writer, 3U, END, &received);
  assert_received(&received, &take, from - 960, END);

  // Asked again, as after a seek: the same, from elsewhere
  wish = request(4U, 2 * BAR, &other);
  ask(writer, &wish);
  pump(writer, 4U, END, &received);
  assert_received(&received, &take, 2 * BAR, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

static void
a_start_with_other_wishes_is_another_take(void** const state)
{
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.seed                = 77U;
  CtWriter* const writer    = make_writer(false);
  CtRequest       wish      = request(1U, 0, &settings);
  CtTake          take      = reference(state, &other);
  fixture_extend(&take, END);
  ask(writer, &wish);
  pump(writer, 1U, END, &received);

  wish       = request(2U, BAR, &other);
  wish.entry = CT_BEGIN;
  ask(writer, &wish);
  pump(writer, 2U, END, &received);
  assert_received(&received, &take, BAR, END);
  wish       = request(3U, 0, &other);
  wish.entry = CT_BEGIN;
  ask(writer, &wish);
  pump(writer, 3U, END, &received);
  assert_received(&received, &take, 0, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

// A pass of automation that is begun anew tells its later wishes again
static void
a_start_with_the_same_wishes_expects_later_ones(void** const state)
{
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.key                 = 3U;
  CtExpectation   expected;
  CtWriter* const writer = make_writer(false);
  CtRequest       wish   = request(1U, 2 * BAR, &other);
  CtTake          take   = reference(state, &settings);
  ask(writer, &wish);
  pump(writer, 1U, END, &received);
  while (ct_writer_expect(writer, &expected)) {
  }

  // The later wish stays, and the audio thread is told of it
  wish       = request(2U, BAR, &settings);
  wish.entry = CT_BEGIN;
  ask(writer, &wish);
  pump(writer, 2U, END, &received);
  assert_int_equal(ct_take_wish(&take, 2 * BAR, &other), CT_SUCCESS);
  fixture_extend(&take, END);
  assert_received(&received, &take, BAR, END);
  assert_true(ct_writer_expect(writer, &expected));
  assert_int_equal(expected.epoch, 2);
  assert_int_equal(expected.wish.tick, 2 * BAR);
  assert_true(ct_settings_alike(&expected.wish.settings, &other));
  assert_false(ct_writer_expect(writer, &expected));

  // Told again it changes nothing; if another is told instead, it is forgotten
  wish = request(3U, 2 * BAR, &other);
  ask(writer, &wish);
  pump(writer, 3U, END, &received);
  assert_received(&received, &take, 2 * BAR, END);
  wish = request(4U, 2 * BAR, &settings);
  ask(writer, &wish);
  pump(writer, 4U, END, &received);
  assert_int_equal(ct_take_wish(&take, 2 * BAR, &settings), CT_SUCCESS);
  fixture_extend(&take, END);
  assert_received(&received, &take, 2 * BAR, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

static void
a_meter_is_followed(void** const state)
{
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(false);
  CtRequest        wish     = request(1U, 0, &settings);
  CtTake           take     = reference(state, &settings);
  wish.has_meter            = true;
  wish.bar_tick             = BAR;
  wish.since                = BAR;
  wish.meter                = waltz;
  ct_take_meter(&take, BAR, waltz);
  fixture_extend(&take, END);
  ask(writer, &wish);
  pump(writer, 1U, END, &received);
  assert_received(&received, &take, 0, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

static void
the_same_model_again_plays_the_same(void** const state)
{
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(false);
  CtTake           take     = reference(state, &settings);
  fixture_extend(&take, END);
  for (uint32_t epoch = 1U; epoch <= 3U; ++epoch) {
    const CtModel* const model = shelf_model();
    const CtRequest      wish  = request(epoch, 0, &settings);
    assert_int_equal(ct_writer_set_model(writer, model), CT_SUCCESS);
    assert_ptr_equal(ct_writer_model(writer), model);

    // Nothing of the old take comes under the epoch of the old request
    received = (Received){.horizon = INT64_MIN};
    receive(writer, epoch - 1U, &received);
    ct_writer_pump(writer, END, CT_NO_LIMIT);
    received = (Received){.horizon = INT64_MIN};
    receive(writer, epoch - 1U, &received);
    assert_int_equal(received.n_notes + received.n_news, 0);
    ask(writer, &wish);
    pump(writer, epoch, END, &received);
    assert_received(&received, &take, 0, END);
  }
  ct_take_clear(&take);
  ct_writer_free(writer);
}

static void
a_style_that_the_model_lacks_is_its_first(void** const state)
{
  static Received received;
  CtSettings      settings = fixture_settings();
  settings.style           = 0U;
  CtTake          take     = reference(state, &settings);
  CtWriter* const writer   = make_writer(false);
  fixture_extend(&take, END);
  settings.style       = CT_MAX_STYLES + 5U;
  const CtRequest wish = request(1U, 0, &settings);
  ask(writer, &wish);
  pump(writer, 1U, END, &received);
  assert_received(&received, &take, 0, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

// A ring holds less than this; each pump goes on where the last had to stop
static void
a_full_ring_loses_and_doubles_nothing(void** const state)
{
  static Received  received;
  const CtTick     end      = 100 * BAR;
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(false);
  const CtRequest  wish     = request(1U, 0, &settings);
  CtTake           take     = reference(state, &settings);
  uint32_t         n_pumps  = 0U;
  received                  = (Received){.horizon = INT64_MIN};
  fixture_extend(&take, end);
  ask(writer, &wish);
  for (; received.horizon < end; ++n_pumps) {
    const CtTick before = received.horizon;
    ct_writer_pump(writer, end, CT_NO_LIMIT);
    receive(writer, 1U, &received);
    assert_true(received.horizon > before);
  }
  assert_true(n_pumps > 1U);
  assert_received(&received, &take, 0, end);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

static void
help_delivers_without_a_pump(void** const state)
{
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.key                 = 2U;
  CtWriter* const writer    = make_writer(false);
  CtTake          take      = reference(state, &settings);
  CtRequest       wish      = request(1U, 0, &settings);
  assert_int_equal(ct_take_wish(&take, BAR, &other), CT_SUCCESS);
  fixture_extend(&take, END);
  ask(writer, &wish);
  wish         = request(2U, BAR, &other);
  wish.missing = 0;
  ask(writer, &wish);
  received = (Received){.horizon = INT64_MIN};
  ct_writer_help(writer, 480, 0U); // No time: no more than what is there
  receive(writer, 2U, &received);
  assert_int_equal(received.n_notes, 0);
  for (CtTick until = 480; until <= END; until += 480) {
    ct_writer_help(writer, until, CT_NO_LIMIT);
    receive(writer, 2U, &received);
    assert_true(received.horizon >= until);
  }
  assert_received(&received, &take, 0, END);
  ct_take_clear(&take);
  ct_writer_free(writer);
}

static void
too_many_requests_are_refused(void** const state)
{
  (void)state;
  static Received received;
  CtSettings      settings = fixture_settings();
  CtWriter* const writer   = make_writer(false);
  uint32_t        n        = 0U;
  CtRequest       wish     = request(0U, 0, &settings);
  while (ct_writer_ask(writer, &wish)) {
    settings.velocity = 40U + (n % 60U);
    ++n;
    wish = request(n, (CtTick)n * 60, &settings);
    assert_true(n < 100000U);
  }
  // All that were taken are followed, though they need memory
  pump(writer, n - 1U, (CtTick)n * 60, &received);
  assert_true(received.horizon >= (CtTick)n * 60);
  ask(writer, &wish);
  ct_writer_free(writer);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_pump_delivers_the_take),
    cmocka_unit_test(a_pump_in_small_steps_delivers_the_same),
    cmocka_unit_test(a_request_delivers_from_its_tick),
    cmocka_unit_test(a_start_with_other_wishes_is_another_take),
    cmocka_unit_test(a_start_with_the_same_wishes_expects_later_ones),
    cmocka_unit_test(a_meter_is_followed),
    cmocka_unit_test(the_same_model_again_plays_the_same),
    cmocka_unit_test(a_style_that_the_model_lacks_is_its_first),
    cmocka_unit_test(a_full_ring_loses_and_doubles_nothing),
    cmocka_unit_test(help_delivers_without_a_pump),
    cmocka_unit_test(too_many_requests_are_refused),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

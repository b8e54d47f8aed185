// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file worker.c What is delivered is the take, from where it was asked for

#include "gen/worker.h"

#include "base/thread.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR CT_TICKS_PER_WHOLE
#define END (4 * BAR)
#define MAX_NOTES 1024U
#define TIME_LIMIT_MS 20000U

static const CtMeter common = {4U, 4U};
static const CtMeter waltz  = {3U, 4U};

/// What has been received of one epoch
typedef struct {
  CtNote notes[MAX_NOTES];
  size_t n_notes;
  CtTick horizon;
} Received;

static CtRequest
request(const uint32_t epoch, const CtTick from, const CtSettings* const wishes)
{
  return (CtRequest){.epoch    = epoch,
                     .from     = from,
                     .missing  = from,
                     .in_flow  = true,
                     .settings = *wishes};
}

static void
ask(CtWorker* const worker, const CtRequest* const wish)
{
  assert_true(ct_worker_ask(worker, wish));
}

/// Take all deliveries there are.  Of `epoch`, horizons may not go back, and no
/// note may come that was said to have been delivered
static void
receive(CtWorker* const worker, const uint32_t epoch, Received* const received)
{
  CtDelivery delivery;
  while (ct_worker_receive(worker, &delivery)) {
    if (delivery.epoch != epoch) {
      continue;
    }
    assert_true(delivery.horizon >= received->horizon);
    received->horizon = delivery.horizon;
    if (delivery.has_note) {
      assert_int_equal(delivery.horizon, delivery.note.tick);
      assert_true(received->n_notes < MAX_NOTES);
      received->notes[received->n_notes++] = delivery.note;
    }
  }
}

/// Let the worker write up to `until`, and receive it
static void
pump(CtWorker* const worker,
     const uint32_t  epoch,
     const CtTick    until,
     Received* const received)
{
  *received = (Received){.horizon = INT64_MIN};
  ct_worker_pump(worker, until);
  receive(worker, epoch, received);
  assert_true(received->horizon >= until);
}

/// Fail unless the notes received are those of the take in [from, END)
static void
assert_received(const Received* const received,
                const CtTake* const   take,
                const CtTick          from)
{
  const size_t begin = ct_take_find(take, from);
  const size_t n     = ct_take_find(take, END) - begin;
  assert_true(n > 0U);
  assert_true(received->n_notes >= n);
  assert_memory_equal(received->notes, take->notes + begin, n * sizeof(CtNote));
  assert_true(received->n_notes == n || received->notes[n].tick >= END);
}

static CtWorker*
make_worker(const bool threaded)
{
  const CtSettings settings = fixture_settings();
  CtWorker* const  worker = ct_worker_new(fixture_model(), &settings, threaded);
  assert_non_null(worker);
  return worker;
}

static CtTake
reference(void** const state, const CtSettings* const settings)
{
  CtTake take;
  fixture_take(&take, (const CtModel*)*state, settings, common);
  return take;
}

static void
a_pump_delivers_the_take(void** const state)
{
  const CtSettings settings = fixture_settings();
  CtWorker* const  worker   = make_worker(false);
  const CtRequest  wish     = request(1U, 0, &settings);
  CtTake           take     = reference(state, &settings);
  Received         received;
  fixture_extend(&take, END);
  ask(worker, &wish);
  pump(worker, 1U, END, &received);
  assert_received(&received, &take, 0);
  ct_take_clear(&take);
  ct_worker_free(worker);
  ct_worker_free(NULL);
}

static void
a_pump_in_small_steps_delivers_the_same(void** const state)
{
  const CtSettings settings = fixture_settings();
  CtWorker* const  worker   = make_worker(false);
  const CtRequest  wish     = request(1U, 0, &settings);
  CtTake           take     = reference(state, &settings);
  Received         received = {.horizon = INT64_MIN};
  fixture_extend(&take, END);
  ask(worker, &wish);
  for (CtTick until = 37; received.horizon < END; until += 37) {
    ct_worker_pump(worker, until);
    receive(worker, 1U, &received);
    assert_true(received.horizon >= until);
  }
  assert_received(&received, &take, 0);
  ct_take_clear(&take);
  ct_worker_free(worker);
}

static void
a_request_delivers_from_its_tick(void** const state)
{
  const CtTick     from     = BAR + 720;
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.key                 = 8U;
  other.velocity            = 110U;
  CtWorker* const worker    = make_worker(false);
  CtRequest       wish      = request(1U, 0, &settings);
  CtTake          take      = reference(state, &settings);
  Received        received;
  assert_int_equal(ct_take_wish(&take, from, &other), CT_SUCCESS);
  fixture_extend(&take, END);

  ask(worker, &wish);
  pump(worker, 1U, END, &received);
  wish = request(2U, from, &other);
  ask(worker, &wish);
  pump(worker, 2U, END, &received);
  assert_true(received.notes[0].tick >= from);
  assert_received(&received, &take, from);

  // Asked again, as after a seek: the same, from elsewhere
  wish = request(3U, 2 * BAR, &other);
  ask(worker, &wish);
  pump(worker, 3U, END, &received);
  assert_received(&received, &take, 2 * BAR);
  ct_take_clear(&take);
  ct_worker_free(worker);
}

static void
a_start_with_other_wishes_is_another_take(void** const state)
{
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.seed                = 77U;
  CtWorker* const worker    = make_worker(false);
  CtRequest       wish      = request(1U, 0, &settings);
  CtTake          take      = reference(state, &other);
  Received        received;
  fixture_extend(&take, END);
  ask(worker, &wish);
  pump(worker, 1U, END, &received);

  wish         = request(2U, BAR, &other);
  wish.in_flow = false;
  ask(worker, &wish);
  pump(worker, 2U, END, &received);
  assert_received(&received, &take, BAR);
  ct_take_clear(&take);
  ct_worker_free(worker);
}

static void
a_meter_is_followed(void** const state)
{
  const CtSettings settings = fixture_settings();
  CtWorker* const  worker   = make_worker(false);
  CtRequest        wish     = request(1U, 0, &settings);
  CtTake           take     = reference(state, &settings);
  Received         received;
  wish.has_meter = true;
  wish.bar_tick  = BAR;
  wish.meter     = waltz;
  assert_int_equal(ct_take_meter(&take, BAR, waltz), CT_SUCCESS);
  fixture_extend(&take, END);
  ask(worker, &wish);
  pump(worker, 1U, END, &received);
  assert_received(&received, &take, 0);
  ct_take_clear(&take);
  ct_worker_free(worker);
}

static void
the_same_model_again_plays_the_same(void** const state)
{
  const CtSettings settings = fixture_settings();
  CtWorker* const  worker   = make_worker(false);
  CtTake           take     = reference(state, &settings);
  Received         received;
  fixture_extend(&take, END);
  for (uint32_t epoch = 1U; epoch <= 3U; ++epoch) {
    CtModel* const  model = fixture_model();
    const CtRequest wish  = request(epoch, 0, &settings);
    ct_worker_set_model(worker, model);
    assert_ptr_equal(ct_worker_model(worker), model);
    ask(worker, &wish);
    pump(worker, epoch, END, &received);
    assert_received(&received, &take, 0);
  }

  // Two in a row: the first is never taken up, and not leaked
  const CtRequest wish = request(4U, 0, &settings);
  ct_worker_set_model(worker, fixture_model());
  ct_worker_set_model(worker, fixture_model());
  ask(worker, &wish);
  pump(worker, 4U, END, &received);
  assert_received(&received, &take, 0);

  ct_worker_set_model(worker, fixture_model()); // Nor is one that came too late
  ct_take_clear(&take);
  ct_worker_free(worker);
}

static void
a_style_that_the_model_lacks_is_its_first(void** const state)
{
  CtSettings settings    = fixture_settings();
  settings.style         = 0U;
  CtTake          take   = reference(state, &settings);
  CtWorker* const worker = make_worker(false);
  Received        received;
  fixture_extend(&take, END);
  settings.style       = CT_MAX_STYLES + 5U;
  const CtRequest wish = request(1U, 0, &settings);
  ask(worker, &wish);
  pump(worker, 1U, END, &received);
  assert_received(&received, &take, 0);
  ct_take_clear(&take);
  ct_worker_free(worker);
}

/// Receive what a thread writes, up to END or the time limit
static void
wait_for(CtWorker* const worker, const uint32_t epoch, Received* const received)
{
  *received = (Received){.horizon = INT64_MIN};
  for (uint32_t ms = 0U; received->horizon < END; ++ms) {
    assert_true(ms < TIME_LIMIT_MS);
    receive(worker, epoch, received);
    ct_sleep_ms(1U);
  }
}

static void
a_thread_delivers_what_a_pump_does(void** const state)
{
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.temperature         = 1.5F;
  CtWorker* const worker    = make_worker(true);
  CtTake          take      = reference(state, &settings);
  Received        received;
  fixture_extend(&take, END);

  // Two bars from the playhead are written, so the playhead goes on
  CtRequest wish = request(1U, 0, &settings);
  ask(worker, &wish);
  ct_worker_set_playhead(worker, END - CT_LOOKAHEAD);
  wait_for(worker, 1U, &received);
  assert_received(&received, &take, 0);

  assert_int_equal(ct_take_wish(&take, BAR, &other), CT_SUCCESS);
  fixture_extend(&take, END);
  wish = request(2U, BAR, &other);
  ask(worker, &wish);
  wait_for(worker, 2U, &received);
  assert_received(&received, &take, BAR);

  ct_worker_set_model(worker, fixture_model());
  wish.epoch = 3U;
  ask(worker, &wish);
  wait_for(worker, 3U, &received);
  assert_true(received.notes[0].tick >= BAR);
  ct_take_clear(&take);
  ct_worker_free(worker);
}

static void
a_thread_stays_two_bars_ahead(void** const state)
{
  (void)state;
  CtWorker* const worker   = make_worker(true);
  Received        received = {.horizon = INT64_MIN};
  for (uint32_t ms = 0U; received.horizon < CT_LOOKAHEAD; ++ms) {
    assert_true(ms < TIME_LIMIT_MS);
    receive(worker, 0U, &received);
    ct_sleep_ms(1U);
  }
  ct_sleep_ms(20U);
  receive(worker, 0U, &received);
  assert_true(received.horizon <= CT_LOOKAHEAD + BAR);
  ct_worker_free(worker);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_pump_delivers_the_take),
    cmocka_unit_test(a_pump_in_small_steps_delivers_the_same),
    cmocka_unit_test(a_request_delivers_from_its_tick),
    cmocka_unit_test(a_start_with_other_wishes_is_another_take),
    cmocka_unit_test(a_meter_is_followed),
    cmocka_unit_test(the_same_model_again_plays_the_same),
    cmocka_unit_test(a_style_that_the_model_lacks_is_its_first),
    cmocka_unit_test(a_thread_delivers_what_a_pump_does),
    cmocka_unit_test(a_thread_stays_two_bars_ahead),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "writer_fixture.h"

#include "base/thread.h"
#include "fixture.h"
#include "gen/shelf.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const CtMeter common = {4U, 4U};

const CtModel*
shelf_model(void)
{
  const CtModel* model = NULL;
  assert_int_equal(ct_shelf_take_file(CONTINUO_MODEL, &model), CT_SUCCESS);
  return model;
}

CtWriter*
make_writer(const bool pooled)
{
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = ct_writer_new(shelf_model(), &settings, pooled);
  assert_non_null(writer);
  return writer;
}

CtRequest
request(const uint32_t epoch, const CtTick from, const CtSettings* const wishes)
{
  return (CtRequest){.epoch    = epoch,
                     .entry    = CT_GO_ON,
                     .stir     = CT_STIR_NOT,
                     .from     = from,
                     .missing  = from,
                     .settings = *wishes};
}

void
ask(CtWriter* const writer, const CtRequest* const wish)
{
  assert_true(ct_writer_ask(writer, wish));
}

void
receive(CtWriter* const writer, const uint32_t epoch, Received* const received)
{
  CtDelivery delivery;
  while (ct_writer_receive(writer, &delivery)) {
    if (delivery.epoch != epoch) {
      continue;
    }
    assert_true(delivery.horizon >= received->horizon);
    received->horizon = delivery.horizon;
    if (delivery.has_note) {
      assert_int_equal(delivery.horizon, delivery.note.tick);
      assert_true(received->n_notes < MAX_NOTES);
      received->notes[received->n_notes++] = delivery.note;
    } else {
      ++received->n_news;
    }
  }
}

void
pump(CtWriter* const writer,
     const uint32_t  epoch,
     const CtTick    until,
     Received* const received)
{
  *received = (Received){.horizon = INT64_MIN};
  ct_writer_pump(writer, until, CT_NO_LIMIT);
  receive(writer, epoch, received);
  assert_true(received->horizon >= until);
}

void
wait_for(CtWriter* const writer,
         const uint32_t  epoch,
         const CtTick    until,
         Received* const received)
{
  *received = (Received){.horizon = INT64_MIN};
  for (uint32_t ms = 0U; received->horizon < until; ++ms) {
    assert_true(ms < TIME_LIMIT_MS);
    receive(writer, epoch, received);
    ct_sleep_ms(1U);
  }
}

void
assert_received(const Received* const received,
                const CtTake* const   take,
                const CtTick          from,
                const CtTick          until)
{
  static CtNote notes[FIXTURE_MAX_NOTES];
  const size_t  n = fixture_notes(&take->sheet, from, until, notes);
  assert_true(n > 0U);
  assert_true(received->n_notes >= n);
  assert_memory_equal(received->notes, notes, n * sizeof(CtNote));
  assert_true(received->n_notes == n || received->notes[n].tick >= until);
}

CtTake
reference(void** const state, const CtSettings* const settings)
{
  CtTake take;
  fixture_take(&take, (const CtModel*)*state, settings, common);
  return take;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file writer_fixture.h What the tests of the writer share: requests, and
/// what was received for them

#ifndef CT_UNIT_WRITER_FIXTURE_H
#define CT_UNIT_WRITER_FIXTURE_H

#include "gen/model.h"
#include "gen/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BAR CT_TICKS_PER_WHOLE

/// Up to where these tests write
#define END (4 * BAR)

#define MAX_NOTES 8192U
#define TIME_LIMIT_MS 20000U

/// What has been received of one epoch
typedef struct {
  CtNote   notes[MAX_NOTES];
  size_t   n_notes;
  uint32_t n_news; ///< Deliveries without a note
  CtTick   horizon;
} Received;

/// The model, from the shelf
const CtModel*
shelf_model(void);

/// A writer of fixture_settings() in 4/4
CtWriter*
make_writer(bool pooled);

/// A request that goes on with other wishes from `from` on
CtRequest
request(uint32_t epoch, CtTick from, const CtSettings* wishes);

void
ask(CtWriter* writer, const CtRequest* wish);

/// Take all deliveries there are.  Of `epoch`, horizons may not go back, and no
/// note may come that was said to have been delivered
void
receive(CtWriter* writer, uint32_t epoch, Received* received);

/// Let the writer write up to `until`, and receive it
void
pump(CtWriter* writer, uint32_t epoch, CtTick until, Received* received);

/// Receive what a thread writes, up to `until` or the time limit
void
wait_for(CtWriter* writer, uint32_t epoch, CtTick until, Received* received);

/// Fail unless the notes received are those of the take in [from, until)
void
assert_received(const Received* received,
                const CtTake*   take,
                CtTick          from,
                CtTick          until);

/// A take for comparison, in 4/4
CtTake
reference(void** state, const CtSettings* settings);

#endif // CT_UNIT_WRITER_FIXTURE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file writer.h A take, who writes it, and the way of its notes to the audio
   thread.

   The audio thread asks and receives through two rings.  The take itself is
   written by whoever has its token: a thread of the pool ahead of playback, the
   main thread when it brings a model, or the audio thread where notes are due
   and not there yet.
*/

#ifndef CT_GEN_WRITER_H
#define CT_GEN_WRITER_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/delivery.h"
#include "gen/model.h"
#include "gen/request.h"
#include "gen/settings.h"
#include "gen/sheet.h"
#include "gen/spread.h"
#include "gen/take.h"
#include "music/meter.h"
#include "music/note.h"

#include <stdbool.h>
#include <stdint.h>

/// Ticks written ahead of playback: two bars of 4/4
#define CT_LOOKAHEAD (2 * CT_TICKS_PER_WHOLE)

/// Ticks written when there is nothing else to do: 256 bars of 4/4
#define CT_FAR_AHEAD (256 * CT_TICKS_PER_WHOLE)

/// Writes a take and delivers it
typedef struct CtWriterImpl CtWriter;

/**
   Make a writer.

   @thread main
   @param model Of the shelf; owned from here on, also on failure.
   @param pooled Whether the pool's threads write; else only ct_writer_pump()
   and ct_writer_help() do.
   @return For ct_writer_free(), or null if out of memory.
*/
CT_NODISCARD CtWriter*
ct_writer_new(const CtModel* model, const CtSettings* settings, bool pooled);

/// Free all; null is fine.  @thread main, with the audio thread gone
void
ct_writer_free(CtWriter* self);

/// Ask for something else.  @thread audio  @return False if too much is asked
/// already
CT_REALTIME bool
ct_writer_ask(CtWriter* self, const CtRequest* request);

/// Take the next delivery.  @thread audio  @return False if there is none
CT_REALTIME bool
ct_writer_receive(CtWriter* self, CtDelivery* delivery);

/// Take the next wish that the take goes on by.  @thread audio  @return False
/// if there is none
CT_REALTIME bool
ct_writer_expect(CtWriter* self, CtExpectation* expectation);

/// Say where playback is, so that the take is written ahead of it.
/// @thread audio
CT_REALTIME void
ct_writer_set_playhead(CtWriter* self, CtTick tick);

/**
   Write and deliver in this thread until `until`, if nobody else is at it and
   no memory is needed.

   @thread audio
   @param cycles Longest time to write, of ct_cycles(); an event that is begun
   is ended.  With 0 it delivers only what is written.
*/
CT_REALTIME void
ct_writer_help(CtWriter* self, CtTick until, uint64_t cycles);

/// Longest time for ct_writer_pump(): as long as it takes
#define CT_NO_LIMIT UINT64_MAX

/**
   Write and deliver until `until`, or until the ring is full.

   @thread main
   @param cycles Longest time to take, of ct_cycles(), or CT_NO_LIMIT.
*/
void
ct_writer_pump(CtWriter* self, CtTick until, uint64_t cycles);

/**
   Replace the model; wishes and meters stay, notes and what was primed don't.

   Nothing is delivered until the next request.
   @thread main
   @param model Of the shelf; owned from here on, also on failure.
   @return CT_SUCCESS, or CT_NO_MEMORY: the old one plays on.
*/
CT_NODISCARD CtStatus
ct_writer_set_model(CtWriter* self, const CtModel* model);

/// The loaded model, borrowed until the next ct_writer_set_model().
/// @thread main
const CtModel*
ct_writer_model(const CtWriter* self);

/// What the note at `tick` was drawn from, as ct_spreads_look().  @thread any
bool
ct_writer_look(const CtWriter* self,
               CtTick          tick,
               uint8_t         part,
               uint8_t         pitch,
               CtSpread*       spread);

/// Let bar one continue from `moment`.
/// @thread main
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_writer_prime(CtWriter* self, const CtMoment* moment);

/**
   A copy of the take, as far as it was heard, to be kept.

   @thread main
   @param sheet Set to a sheet for ct_sheet_clear(), also on failure.
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_writer_copy_sheet(CtWriter* self, CtSheet* sheet);

/**
   Go on with a take that was kept, wherever the host's wishes are those that it
   was made by.

   Nothing is delivered until the next request.
   @thread main
   @param sheet Owned from here on.
*/
void
ct_writer_restore(CtWriter* self, CtSheet* sheet);

#endif // CT_GEN_WRITER_H

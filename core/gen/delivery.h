// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file delivery.h Notes of a take on their way to the audio thread

#ifndef CT_GEN_DELIVERY_H
#define CT_GEN_DELIVERY_H

#include "base/attributes.h"
#include "base/ring.h"
#include "gen/take.h"
#include "music/note.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// To the audio thread: a note, or only news of how far the take is written
typedef struct {
  uint32_t epoch;   ///< Of the request it answers
  CtTick   horizon; ///< Notes before this tick have all been delivered
  bool     has_note;
  CtNote   note;
} CtDelivery;

/// To the audio thread: a wish that the take goes on by, if the host's are the
/// same then
typedef struct {
  uint32_t epoch; ///< Of the request it answers
  CtWish   wish;
} CtExpectation;

/// Where in a take deliveries are
typedef struct {
  uint32_t epoch; ///< Of the request that is answered
  CtTick   from;  ///< Notes before it are not delivered
  CtTick   tick;  ///< Within the section to deliver from
  size_t   index; ///< Next note of it
  CtTick   told;  ///< Horizon last delivered
  size_t   wish;  ///< Next wish to tell
} CtDeliveryCursor;

/// Begin to deliver at `from`.  @thread any
CT_REALTIME void
ct_delivery_begin(CtDeliveryCursor* cursor,
                  uint32_t          epoch,
                  CtTick            from,
                  const CtSheet*    sheet);

/**
   Deliver what is written before `until`, and how far that is.

   @thread any
   @param deliveries Of CtDelivery.
   @return False if the ring is full: go on later.
*/
CT_REALTIME bool
ct_deliver(CtDeliveryCursor* cursor,
           const CtTake*     take,
           CtTick            until,
           CtRing*           deliveries);

/**
   Tell the wishes before `until` that differ in more than salt.

   @thread any
   @param expectations Of CtExpectation; when it is full, the rest waits.
*/
CT_REALTIME void
ct_deliver_wishes(CtDeliveryCursor* cursor,
                  const CtSheet*    sheet,
                  CtTick            until,
                  CtRing*           expectations);

#endif // CT_GEN_DELIVERY_H

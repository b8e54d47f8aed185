// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file request.h What the audio thread asks for, and what it means to a take

#ifndef CT_GEN_REQUEST_H
#define CT_GEN_REQUEST_H

#include "base/attributes.h"
#include "gen/settings.h"
#include "gen/sheet.h"
#include "gen/take.h"
#include "music/meter.h"

#include <stdbool.h>
#include <stdint.h>

/// What other wishes than those in force mean
typedef enum {
  CT_BEGIN, ///< The host starts or went elsewhere: they hold from the beginning
  CT_GO_ON, ///< The host goes on: what came before stays as it was
} CtEntry;

/// How the salt changes
typedef enum {
  CT_STIR_NOT,
  CT_STIR_ONCE,  ///< To a new one, the same each time at this place
  CT_STIR_AGAIN, ///< To a new one each time
} CtStir;

/// From the audio thread: from tick `from` on, play by these wishes
typedef struct {
  uint32_t   epoch; ///< Stamped on what answers it
  CtEntry    entry;
  CtStir     stir;
  CtTick     from;
  CtTick     missing;   ///< Deliver from here on, at or before `from`
  CtSettings settings;  ///< Their salt is the take's own business
  bool       has_meter; ///< A bar of `meter` begins at `bar_tick`
  CtTick     bar_tick;
  CtTick     since; ///< As do bars from here on, as far as the host showed
  CtMeter    meter;
} CtRequest;

/// Whether a sheet was made by the wishes and the meter of a request.
/// @thread any
CT_REALTIME bool
ct_request_fits(const CtRequest* request, const CtSheet* sheet);

/**
   Let a take follow the wishes and the meter of a request.

   @thread any
   @return False if the take has no room in reserve: to be tried again.
*/
CT_REALTIME CT_NODISCARD bool
ct_request_follow(const CtRequest* request, CtTake* take);

#endif // CT_GEN_REQUEST_H

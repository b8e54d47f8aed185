// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file recall.h What a bar of a sheet brings back, by the form that is wished

#ifndef CT_GEN_RECALL_H
#define CT_GEN_RECALL_H

#include "base/attributes.h"
#include "gen/codec.h"
#include "gen/context.h"
#include "gen/form.h"
#include "gen/settings.h"
#include "gen/sheet.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

/**
   The section that must be written before that at `tick` can be, as its theme
   is brought back there.

   @thread any
   @param home Set to a tick of that section, if there is one.
   @return Whether there is.
*/
CT_REALTIME bool
ct_recall_home(const CtSheet*    sheet,
               const CtSettings* settings,
               CtTick            tick,
               CtTick*           home);

/// Which bar of the form lies at bar line `tick`.  @thread any
CT_REALTIME CtFormBar
ct_recall_place(const CtSheet* sheet, CtTick tick);

/// How much the `n_bars` of a CtFormRecall that begin at bar line `tick` are to
/// be like those that they bring back: row of the network's table, 0 for not at
/// all.
/// @thread any
CT_REALTIME uint32_t
ct_recall_grade(const CtSettings* settings, CtTick tick, uint32_t n_bars);

/**
   The bar that the one at bar line `tick` is to be like, in the key and the
   octave of now.

   @thread any
   @param bar Set to its notes, if there are any.
   @return How much, as ct_recall_grade(); 0 if there is none.
*/
CT_REALTIME uint32_t
ct_recall_bar(const CtSheet*    sheet,
              const CtCodec*    codec,
              const CtSettings* settings,
              CtTick            tick,
              CtBarNotes*       bar);

#endif // CT_GEN_RECALL_H

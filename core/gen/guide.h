// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file guide.h What the network is guided by.

   Guidance reads the network twice, told of something and not, and goes further
   in the direction between them (classifier-free guidance, Ho & Salimans,
   arXiv:2207.12598).  Here it goes towards the composer and the ending, and
   home to the key where the music has left that.
*/

#ifndef CT_GEN_GUIDE_H
#define CT_GEN_GUIDE_H

#include "base/attributes.h"
#include "gen/codec.h"
#include "gen/context.h"
#include "gen/settings.h"
#include "model/note_lstm.h"

/**
   What the other reading is given: `told` without what is guided to.

   Guiding to the key everywhere would leave no modulations and few accidentals,
   so it waits until the bar before had more of them than pieces that stay in
   their key have.  A single melody has no harmony to hold the key by, and is
   always guided.  Where the wished strength is 1 or less there is nothing to go
   further in, and no guiding home.
   @thread any
   @param context Where `told` was asked.
*/
CT_REALTIME CtNoteContext
ct_guide_untold(const CtCodec*       codec,
                const CtSettings*    settings,
                CtEnsemble           ensemble,
                const CtContext*     context,
                const CtNoteContext* told);

#endif // CT_GEN_GUIDE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file critic.h What a bar is worth beside others that could stand in its
/// place

#ifndef CT_GEN_CRITIC_H
#define CT_GEN_CRITIC_H

#include "base/attributes.h"
#include "gen/codec.h"
#include "gen/context.h"
#include "music/key.h"

#include <stdint.h>

/// A bar that is complete
typedef struct {
  const CtCodec*   codec;
  const CtContext* context; ///< Before the line that ends the bar
  CtEnsemble       ensemble;
  uint32_t         tonic;     ///< Pitch class
  CtScale          scale;     ///< Pitch classes that are wished
  uint32_t         n_repeats; ///< Bars in a row that were the same before it
  float            evidence;  ///< Nats by which its events are likelier in the
                              ///< style than in any
} CtCandidate;

/**
   What a candidate is worth.

   Networks that draw note by note drift: pieces lie too low, take few pitches,
   forget what they repeat, and pass the ends of phrases.  More is better if the
   bar tells of its style, moves like the bar before, is like the one that it
   recalls, goes about its scale, in the register of who plays, and cadences;
   less if it goes round in a circle.
   @thread any
   @return In nats a note, of any sign; to be compared with others of the same
   bar.
*/
CT_REALTIME float
ct_critic_worth(const CtCandidate* candidate);

#endif // CT_GEN_CRITIC_H

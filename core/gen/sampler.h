// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file sampler.h Draw a class from logits.

   The order of things is fixed: the caller has masked and biased; then
   temperature, min-p, top-k, top-p, and the draw.
*/

#ifndef CT_GEN_SAMPLER_H
#define CT_GEN_SAMPLER_H

#include "base/attributes.h"
#include "gen/spread.h"

#include <stdint.h>

/// Most classes that are drawn from
#define CT_MAX_CHOICES 512U

/// How freely to draw
typedef struct {
  float temperature; ///< Above 0; 1 leaves the probabilities as they are
  float min_p;    ///< Drop classes below this share of the likeliest; 0 is off
                  ///< (Nguyen et al., arXiv:2407.01082)
  uint32_t top_k; ///< Keep this many; 0 is off
  float    top_p; ///< Keep the likeliest that together reach this; 1 is off
                  ///< (Holtzman et al., arXiv:1904.09751)
} CtFreedom;

/**
   Draw one of `n` classes.

   @thread any
   @param logits [n] At most CT_MAX_CHOICES; -INFINITY is forbidden.
   Overwritten.
   @param coin In [0, 1).
   @return A class that is not forbidden; 0 if all are.
*/
CT_REALTIME uint32_t
ct_sample(float* logits, uint32_t n, const CtFreedom* freedom, float coin);

/// As ct_sample(), and set `spread` to what there was to choose from, with the
/// numbers of classes, below 256, in the place of keys: also what was cut, but
/// for the least likely.
/// @thread any
CT_REALTIME uint32_t
ct_sample_spread(float*           logits,
                 uint32_t         n,
                 const CtFreedom* freedom,
                 float            coin,
                 CtSpread*        spread);

#endif // CT_GEN_SAMPLER_H

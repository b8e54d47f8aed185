// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/loudness.h"

#include <stdlib.h>

/// Velocities of neighbouring dynamics lie so far apart
#define DYNAMIC_STEP 16

/// A mean may be so far off the dynamic that holds
#define SLACK 11

/// Velocity of the softest dynamic
#define SOFTEST 33

const char*
ct_dynamic_name(const CtDynamic dynamic)
{
  static const char* const names[CT_N_DYNAMICS] = {
    "pp", "p", "mp", "mf", "f", "ff"};
  return names[dynamic];
}

uint32_t
ct_dynamic_velocity(const CtDynamic dynamic)
{
  return SOFTEST + (DYNAMIC_STEP * (uint32_t)dynamic);
}

CtDynamic
ct_dynamic_change(const CtDynamic current, const CtLoudness phrase)
{
  if (!phrase.n_notes) {
    return CT_N_DYNAMICS;
  }
  const int mean = (int)(phrase.sum / phrase.n_notes);
  if (current != CT_N_DYNAMICS &&
      abs(mean - (int)ct_dynamic_velocity(current)) <= SLACK) {
    return CT_N_DYNAMICS;
  }

  CtDynamic nearest = CT_DYNAMIC_PP;
  for (unsigned d = CT_DYNAMIC_P; d < CT_N_DYNAMICS; ++d) {
    if (abs(mean - (int)ct_dynamic_velocity((CtDynamic)d)) <
        abs(mean - (int)ct_dynamic_velocity(nearest))) {
      nearest = (CtDynamic)d;
    }
  }
  return nearest == current ? CT_N_DYNAMICS : nearest;
}

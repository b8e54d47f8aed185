// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file loudness.h Dynamics as a score tells them

#ifndef CT_MUSIC_LOUDNESS_H
#define CT_MUSIC_LOUDNESS_H

#include <stdint.h>

/// From the softest to the loudest
typedef enum {
  CT_DYNAMIC_PP,
  CT_DYNAMIC_P,
  CT_DYNAMIC_MP,
  CT_DYNAMIC_MF,
  CT_DYNAMIC_F,
  CT_DYNAMIC_FF,
  CT_N_DYNAMICS ///< Also "nothing is written"
} CtDynamic;

/// Velocities of a phrase
typedef struct {
  uint64_t sum;
  uint64_t n_notes;
} CtLoudness;

/// Such as "mf".  @thread any
const char*
ct_dynamic_name(CtDynamic dynamic);

/// MIDI velocity that a dynamic stands for.  @thread any
uint32_t
ct_dynamic_velocity(CtDynamic dynamic);

/**
   What to write where a phrase begins, if `current` holds.

   A change is written only where the mean velocity is well within another
   dynamic: accents and the swell of phrases are the player's.
   @thread any
   @return The dynamic, or CT_N_DYNAMICS for nothing.
*/
CtDynamic
ct_dynamic_change(CtDynamic current, CtLoudness phrase);

#endif // CT_MUSIC_LOUDNESS_H

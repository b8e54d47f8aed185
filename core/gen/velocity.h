// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file velocity.h How loud a note is, by rule: accent, phrase and balance

#ifndef CT_GEN_VELOCITY_H
#define CT_GEN_VELOCITY_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stdint.h>

/// Where a note stands, and in whose hands
typedef struct {
  uint32_t bar;        ///< Bars from the beginning
  uint32_t position;   ///< Grid ticks after the bar line
  uint32_t bar_length; ///< Grid ticks
  uint32_t part;       ///< CtPart
  bool     is_top;     ///< Highest of its onset
  float    loudness;   ///< Written dynamics, velocities above the mean
  float    coin;       ///< In [0, 1), for what no rule says
} CtNotePlace;

/**
   MIDI velocity of a note.

   Bar lines and beats are accented, a phrase of four bars swells and falls, the
   melody stands above what accompanies it, all on the level of what is written.
   @thread any
   @param mean Velocity to vary around, 1..127.
   @param dynamics 0 is flat, 1 natural, 2 exaggerated.
   @return 1..127
*/
CT_REALTIME uint8_t
ct_velocity(const CtNotePlace* place, uint32_t mean, float dynamics);

/// Velocities above the mean that a level of written dynamics stands for, from
/// ppp to fff; 0 for one that is none of `n_levels`, as nothing is written.
/// @thread any
CT_REALTIME float
ct_velocity_of_level(uint32_t level, uint32_t n_levels);

#endif // CT_GEN_VELOCITY_H

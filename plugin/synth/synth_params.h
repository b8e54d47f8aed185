// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file synth_params.h Parameters that only the instrument has.

   They stand behind those of continuo_param(), whose numbers are the same in
   both plugins.
*/

#ifndef CONTINUO_SYNTH_PARAMS_H
#define CONTINUO_SYNTH_PARAMS_H

#include "continuo.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Parts that have an instrument each, of continuo_part_name()
#define SYNTH_N_PARTS 6U

/// In the order of their table
typedef enum {
  SYNTH_GAIN, ///< Decibels
  SYNTH_REVERB,
  SYNTH_CHORUS,
  SYNTH_PROGRAM,                                   ///< One for each part
  SYNTH_BANK      = SYNTH_PROGRAM + SYNTH_N_PARTS, ///< One for each part
  SYNTH_UNDERRUNS = SYNTH_BANK + SYNTH_N_PARTS,
  SYNTH_LOADING, ///< Percent
  SYNTH_N_PARAMS
} SynthParamId;

/// Value of a program parameter that leaves the choice to style and ensemble
#define SYNTH_PROGRAM_OF_STYLE 0.0F

/// Row `id` of the table.  @thread any  @return Static, or null past the end.
const ContinuoParam*
synth_param(uint32_t id);

/// Row number of the parameter called `symbol`, or SYNTH_N_PARAMS.
/// @thread any
uint32_t
synth_param_find(const char* symbol);

#ifdef __cplusplus
}
#endif

#endif // CONTINUO_SYNTH_PARAMS_H

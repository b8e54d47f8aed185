// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file preset_find.h The user's own presets

#ifndef CONTINUO_CLI_PRESET_FIND_H
#define CONTINUO_CLI_PRESET_FIND_H

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>

/// Presets of the user's folder
typedef struct {
  char*               folder; ///< Null if there is none
  ContinuoPresetFile* files;
  size_t              n_files;
} CliOwnPresets;

/// The folder of the user's own presets, for free(), or null
char*
cli_preset_folder(void);

/// Read them.  @return False if that can't be done, and then it is said why
bool
cli_own_presets(const Continuo* self, CliOwnPresets* own);

void
cli_own_presets_clear(CliOwnPresets* own);

#endif // CONTINUO_CLI_PRESET_FIND_H

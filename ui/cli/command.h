// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file command.h The commands of `continuo`, and how each ends

#ifndef CONTINUO_CLI_COMMAND_H
#define CONTINUO_CLI_COMMAND_H

#include "continuo.h"
#include "options.h"

#include <stdbool.h>

/// Exit status of the program
typedef enum {
  CLI_DONE,
  CLI_BAD_ARGUMENTS,
  CLI_BAD_INPUT, ///< Or a file that can't be written
} CliExit;

/// Print one sentence on standard error, in the manner of printf
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void
cli_report(const char* format, ...);

/// Compose a piece and write it as MIDI or sound
CliExit
cli_generate(const CliOptions* options);

/// Tell how well the model expects pieces
CliExit
cli_score(const CliOptions* options);

/// Print the names of styles, parameters or models
CliExit
cli_list(const CliOptions* options);

/// Show, save, rename or delete a preset
CliExit
cli_preset(const CliOptions* options);

/// Print what a model file says of itself
CliExit
cli_info(const CliOptions* options);

/// Measure the program at work
CliExit
cli_bench(const CliOptions* options);

/// Print the presets, one a line; with `any_model` those of styles of the
/// user's own models too.  @return CLI_BAD_INPUT if some of the user's own
/// can't be read
CliExit
cli_print_presets(const Continuo* self, bool any_model);

/// Load the model of the user's own that a preset has its style from, if that
/// is what is missing; nothing is said
void
cli_load_preset_model(Continuo* self, const char* name);

/**
   Find the preset that the options name: a file, one of the user's own, or a
   built-in one.

   @param preset Set to it, or to the initial values if none is named.
*/
CliExit
cli_find_preset(const Continuo*   self,
                const CliOptions* options,
                ContinuoPreset*   preset);

/// Make an instance as `options` ask.  @return CLI_DONE, or else
/// `instance` is null
CliExit
cli_instance_new(const CliOptions* options,
                 ContinuoMode      mode,
                 Continuo**        instance);

#endif // CONTINUO_CLI_COMMAND_H

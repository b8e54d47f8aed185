// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file options.h The command line as a table of options, and what they ask
/// for

#ifndef CONTINUO_CLI_OPTIONS_H
#define CONTINUO_CLI_OPTIONS_H

#include "continuo.h"

#include <stdbool.h>
#include <stdio.h>

/// Commands, as a set
typedef enum {
  CLI_GENERATE = 1U << 0U,
  CLI_SCORE    = 1U << 1U,
  CLI_LIST     = 1U << 2U,
  CLI_INFO     = 1U << 3U,
  CLI_BENCH    = 1U << 4U,
  CLI_PRESET   = 1U << 5U,
} CliCommandFlag;

/// What a command line asks for; texts are those of argv
typedef struct {
  const char*      style;     ///< Name, or null
  const char*      model;     ///< File, or null for the built-in one
  const char*      preset;    ///< Name or file, or null
  const char*      about;     ///< What a preset is about, or null
  const char*      prime;     ///< File or melody to continue, or null
  const char*      toward;    ///< What that is to come to, or null
  const char*      output;    ///< File to write, or null
  bool             json;      ///< For programs, not for people
  bool             overwrite; ///< Replace a preset
  bool             help;      ///< Only say what the options are
  ContinuoSongPlan plan; ///< Length, tempo and meter; those not given are 0
  float            params[CONTINUO_N_PARAMS]; ///< Values of those that are set
  bool             has_param[CONTINUO_N_PARAMS];
  char**           operands; ///< Arguments that are no options
  int              n_operands;
} CliOptions;

/**
   Read the arguments of a command; on failure one sentence is printed.

   @param command Of CliCommandFlag.
   @param argv [argc] Arguments after the command's name, put in another order.
   @return False if an argument is wrong.
*/
bool
cli_options_parse(CliOptions* options, uint32_t command, int argc, char** argv);

/// Print the options of a command, one a line
void
cli_options_print(uint32_t command, FILE* stream);

#endif // CONTINUO_CLI_OPTIONS_H

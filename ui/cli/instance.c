// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "command.h"
#include "model_find.h"
#include "options.h"

#include "continuo.h"

#include <stddef.h>
#include <stdint.h>

/// Frames per second of an instance that only writes files, where it says
/// nothing
#define SAMPLE_RATE 48000.0

/// Set the style that is named, if any; a model of the user's own may be loaded
/// for it
static CliExit
set_style(Continuo* const self, const CliOptions* const options)
{
  if (options->style && !cli_set_style(self, options->style, !options->model)) {
    cli_report("No style is called %s, see continuo list styles",
               options->style);
    return CLI_BAD_ARGUMENTS;
  }
  return CLI_DONE;
}

static CliExit
set_up(Continuo* const self, const CliOptions* const options)
{
  CliExit status =
    options->model ? cli_set_model(self, options->model) : CLI_DONE;
  if (!status) {
    // It may bring the model that the preset is read by
    status = set_style(self, options);
  }
  if (!status && options->preset) {
    ContinuoPreset preset;
    if (!options->model) {
      cli_load_preset_model(self, options->preset);
    }
    status = cli_find_preset(self, options, &preset);
    if (!status) {
      continuo_preset_apply(self, &preset);
    }
  }
  if (status) {
    return status;
  }

  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (options->has_param[id]) {
      continuo_set_param(self, id, options->params[id]);
    }
  }
  return set_style(self, options);
}

CliExit
cli_instance_new(const CliOptions* const options,
                 const ContinuoMode      mode,
                 Continuo** const        instance)
{
  *instance = continuo_new(SAMPLE_RATE, mode);
  if (!*instance) {
    cli_report("Out of memory");
    return CLI_BAD_INPUT;
  }

  const CliExit status = set_up(*instance, options);
  if (status) {
    continuo_free(*instance);
    *instance = NULL;
  }
  return status;
}

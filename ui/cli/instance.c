// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "command.h"
#include "options.h"

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/// Frames per second of an instance that only writes files, where it says
/// nothing
#define SAMPLE_RATE 48000.0

/// Set the style by its name, in lower or upper case
static bool
set_style(Continuo* const self, const char* const name)
{
  const char* style = NULL;
  for (uint32_t i = 0U; (style = continuo_style_name(self, i)); ++i) {
    if (!strcasecmp(style, name)) {
      continuo_set_param(self, CONTINUO_STYLE, (float)i);
      return true;
    }
  }
  return false;
}

static CliExit
set_up(Continuo* const self, const CliOptions* const options)
{
  if (options->model) {
    const ContinuoStatus st = continuo_load_model(self, options->model);
    if (st) {
      cli_report("%s: %s", options->model, continuo_strerror(st));
      return CLI_BAD_INPUT;
    }
  }

  if (options->preset) {
    ContinuoPreset preset;
    const CliExit  status = cli_find_preset(self, options, &preset);
    if (status) {
      return status;
    }
    continuo_preset_apply(self, &preset);
  }
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (options->has_param[id]) {
      continuo_set_param(self, id, options->params[id]);
    }
  }
  if (options->style && !set_style(self, options->style)) {
    cli_report("No style is called %s, see continuo list styles",
               options->style);
    return CLI_BAD_ARGUMENTS;
  }
  return CLI_DONE;
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

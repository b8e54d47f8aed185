// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "command.h"
#include "model_find.h"
#include "options.h"

#include "continuo.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/// Longest "min..max (initial) unit"
#define MAX_RANGE 64

/// Something to list
typedef struct {
  const char* name;
  CliExit (*print)(const Continuo* self, const CliOptions* options);
} ListRow;

static void
print_parameter(const ContinuoParam* const param)
{
  // Digits enough for every whole number a float holds
  char range[MAX_RANGE];
  (void)snprintf(range,
                 sizeof(range),
                 "%.7g..%.7g (%.7g) %s",
                 (double)param->min,
                 (double)param->max,
                 (double)param->initial,
                 param->unit);
  printf("%-20s %-22s %s", param->symbol, range, param->doc);
  for (uint32_t i = 0U; i < param->n_labels; ++i) {
    printf("%s%s", i ? ", " : ": ", param->labels[i]);
  }
  putchar('\n');
}

static CliExit
print_parameters(const Continuo* const self, const CliOptions* const options)
{
  (void)self;
  (void)options;
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    print_parameter(continuo_param(id));
  }
  return CLI_DONE;
}

static CliExit
print_presets(const Continuo* const self, const CliOptions* const options)
{
  return cli_print_presets(self, !options->model);
}

static const ListRow lists[] = {
  {"styles", cli_print_styles},
  {"presets", print_presets},
  {"parameters", print_parameters},
  {"models", cli_print_models},
};

CliExit
cli_list(const CliOptions* const options)
{
  const char* const name = options->n_operands == 1 ? options->operands[0] : "";
  const ListRow*    list = NULL;
  for (size_t i = 0U; i < sizeof(lists) / sizeof(lists[0]); ++i) {
    if (!strcmp(name, lists[i].name)) {
      list = &lists[i];
    }
  }
  if (!list) {
    cli_report(
      "What is listed is one of styles, presets, parameters or models");
    return CLI_BAD_ARGUMENTS;
  }

  Continuo* self   = NULL;
  CliExit   status = cli_instance_new(options, CONTINUO_SYNCHRONOUS, &self);
  if (!status) {
    status = list->print(self, options);
  }
  continuo_free(self);
  return status;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "command.h"
#include "model_find.h"
#include "options.h"
#include "values.h"

#include "continuo.h"

#include <cjson/cJSON.h>

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
  CliExit (*print_json)(const Continuo* self); ///< Null if it can't be JSON
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

/// The number that is written for `value`: 0.9, not 0.899999976
static double
as_written(const float value)
{
  char   text[MAX_RANGE];
  double number = 0.0;
  (void)snprintf(text, sizeof(text), "%.7g", (double)value);
  return cli_read_number(text, &number) ? number : (double)value;
}

static cJSON*
parameter_to_json(const ContinuoParam* const param)
{
  cJSON* const object = cJSON_CreateObject();
  cJSON_AddStringToObject(object, "symbol", param->symbol);
  cJSON_AddStringToObject(object, "name", param->name);
  cJSON_AddStringToObject(object, "unit", param->unit);
  cJSON_AddStringToObject(object, "doc", param->doc);
  cJSON_AddNumberToObject(object, "min", as_written(param->min));
  cJSON_AddNumberToObject(object, "initial", as_written(param->initial));
  cJSON_AddNumberToObject(object, "max", as_written(param->max));
  cJSON_AddBoolToObject(
    object, "integer", (param->flags & CONTINUO_PARAM_INTEGER) != 0U);
  cJSON_AddBoolToObject(
    object, "output", (param->flags & CONTINUO_PARAM_OUTPUT) != 0U);
  cJSON_AddBoolToObject(
    object, "trigger", (param->flags & CONTINUO_PARAM_TRIGGER) != 0U);
  cJSON* const labels = cJSON_AddArrayToObject(object, "labels");
  for (uint32_t i = 0U; i < param->n_labels; ++i) {
    cJSON_AddItemToArray(labels, cJSON_CreateString(param->labels[i]));
  }
  return object;
}

static CliExit
print_parameters_json(const Continuo* const self)
{
  (void)self;
  cJSON* const root = cJSON_CreateArray();
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    cJSON_AddItemToArray(root, parameter_to_json(continuo_param(id)));
  }

  char* const text = cJSON_Print(root);
  if (text) {
    puts(text);
  } else {
    cli_report("Out of memory");
  }
  const CliExit status = text ? CLI_DONE : CLI_BAD_INPUT;
  cJSON_free(text);
  cJSON_Delete(root);
  return status;
}

static CliExit
print_presets(const Continuo* const self, const CliOptions* const options)
{
  return cli_print_presets(self, !options->model);
}

static const ListRow lists[] = {
  {"styles", cli_print_styles, NULL},
  {"presets", print_presets, NULL},
  {"parameters", print_parameters, print_parameters_json},
  {"models", cli_print_models, NULL},
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

  if (options->json && !list->print_json) {
    cli_report("Only parameters are listed as JSON, not %s", list->name);
    return CLI_BAD_ARGUMENTS;
  }

  Continuo* self   = NULL;
  CliExit   status = cli_instance_new(options, CONTINUO_SYNCHRONOUS, &self);
  if (!status) {
    status =
      options->json ? list->print_json(self) : list->print(self, options);
  }
  continuo_free(self);
  return status;
}

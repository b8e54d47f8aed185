// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "options.h"

#include "command.h"
#include "values.h"

#include "continuo.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/// Take an option's argument, empty if it takes none.  @return False if it is
/// wrong
typedef bool (*ApplyFunc)(CliOptions* options, const char* text);

/// One option
typedef struct {
  const char* name;     ///< Without the dashes in front
  const char* argument; ///< What its argument is, or null if it takes none
  uint32_t    commands; ///< Of CliCommandFlag
  uint32_t    param;    ///< Of ContinuoParamId if `apply` is null
  ApplyFunc   apply;    ///< Null for a parameter
  const char* help;     ///< Null for a parameter, which has its own sentence
} OptionRow;

static bool
apply_style(CliOptions* const options, const char* const text)
{
  options->style = text;
  return true;
}

static bool
apply_model(CliOptions* const options, const char* const text)
{
  options->model = text;
  return true;
}

static bool
apply_preset(CliOptions* const options, const char* const text)
{
  options->preset = text;
  return true;
}

static bool
apply_about(CliOptions* const options, const char* const text)
{
  options->about = text;
  return true;
}

static bool
apply_overwrite(CliOptions* const options, const char* const text)
{
  (void)text;
  options->overwrite = true;
  return true;
}

static bool
apply_prime(CliOptions* const options, const char* const text)
{
  options->prime = text;
  return true;
}

static bool
apply_toward(CliOptions* const options, const char* const text)
{
  options->toward = text;
  return true;
}

static bool
apply_output(CliOptions* const options, const char* const text)
{
  options->output = text;
  return true;
}

static bool
apply_json(CliOptions* const options, const char* const text)
{
  (void)text;
  options->json = true;
  return true;
}

static bool
apply_help(CliOptions* const options, const char* const text)
{
  (void)text;
  options->help = true;
  return true;
}

static bool
apply_bars(CliOptions* const options, const char* const text)
{
  double bars = 0.0;
  if (!cli_read_number(text, &bars) || bars < 1.0 || bars > CONTINUO_MAX_BARS ||
      bars > floor(bars)) {
    cli_report("The number of bars is a whole number from 1 to %u, not %s",
               CONTINUO_MAX_BARS,
               text);
    return false;
  }

  options->plan.n_bars = (uint32_t)bars;
  return true;
}

static bool
apply_tempo(CliOptions* const options, const char* const text)
{
  double* const tempo = &options->plan.tempo;
  if (!cli_read_number(text, tempo) || *tempo < CONTINUO_MIN_TEMPO ||
      *tempo > CONTINUO_MAX_TEMPO) {
    cli_report(
      "The tempo is a number of quarters a minute from %g to %g, not %s",
      CONTINUO_MIN_TEMPO,
      CONTINUO_MAX_TEMPO,
      text);
    return false;
  }
  return true;
}

static bool
apply_meter(CliOptions* const options, const char* const text)
{
  ContinuoSongPlan* const plan = &options->plan;
  if (!continuo_read_meter(text, &plan->numerator, &plan->denominator)) {
    cli_report("A meter is from 1/1 to 32/32, its lower number a power of two, "
               "not \"%s\"",
               text);
    return false;
  }
  return true;
}

static void
set_param(CliOptions* const options, const uint32_t id, const float value)
{
  options->params[id]    = value;
  options->has_param[id] = true;
}

static bool
apply_key(CliOptions* const options, const char* const text)
{
  int32_t tonic = 0;
  int32_t scale = 0;
  if (!continuo_key_parse(text, &tonic, &scale)) {
    cli_report("A key is written as \"D minor\" or \"Bb major\", not \"%s\"",
               text);
    return false;
  }

  set_param(options, CONTINUO_KEY, (float)tonic);
  set_param(options, CONTINUO_SCALE, (float)scale);
  return true;
}

/// Find one of a parameter's labels, in lower or upper case.  @return False if
/// it isn't one
static bool
read_label(const ContinuoParam* const param,
           const char* const          text,
           double* const              value)
{
  for (uint32_t i = 0U; i < param->n_labels; ++i) {
    if (!strcasecmp(param->labels[i], text)) {
      *value = (double)param->min + i;
      return true;
    }
  }
  return false;
}

static bool
apply_param(CliOptions* const options,
            const uint32_t    id,
            const char* const text)
{
  const ContinuoParam* const param = continuo_param(id);
  if (param->flags & CONTINUO_PARAM_OUTPUT) {
    cli_report("The parameter %s can't be set: it is an output", param->symbol);
    return false;
  }

  const bool is_whole =
    param->flags & (CONTINUO_PARAM_INTEGER | CONTINUO_PARAM_TOGGLE);
  double value = 0.0;
  if (!read_label(param, text, &value) &&
      (!cli_read_number(text, &value) || (float)value < param->min ||
       (float)value > param->max || (is_whole && value > floor(value)))) {
    cli_report("The parameter %s is a %snumber from %g to %g, not %s",
               param->symbol,
               is_whole ? "whole " : "",
               (double)param->min,
               (double)param->max,
               text);
    return false;
  }

  set_param(options, id, (float)value);
  return true;
}

static bool
apply_set(CliOptions* const options, const char* const text)
{
  char              symbol[32] = "";
  const char* const equals     = strchr(text, '=');
  const size_t      length     = equals ? (size_t)(equals - text) : 0U;
  if (!length || length >= sizeof(symbol)) {
    cli_report("A parameter is set by SYMBOL=VALUE, not by %s", text);
    return false;
  }

  memcpy(symbol, text, length);
  const uint32_t id = continuo_param_find(symbol);
  if (id >= CONTINUO_N_PARAMS) {
    cli_report("No parameter is called %s, see continuo list parameters",
               symbol);
    return false;
  }
  return apply_param(options, id, equals + 1);
}

#define CLI_ALL \
  (CLI_GENERATE | CLI_SCORE | CLI_LIST | CLI_INFO | CLI_BENCH | CLI_PRESET)
#define CLI_MODEL (CLI_GENERATE | CLI_SCORE | CLI_LIST | CLI_BENCH | CLI_PRESET)

/// Those that take settings
#define CLI_SET (CLI_GENERATE | CLI_PRESET)

static const OptionRow rows[] = {
  {"style",
   "NAME",
   CLI_GENERATE | CLI_SCORE | CLI_BENCH | CLI_PRESET,
   0U,
   apply_style,
   "Composer, of continuo list styles"},
  {"preset",
   "NAME",
   CLI_SET,
   0U,
   apply_preset,
   "Settings, meter and tempo of continuo list presets, or of a file"},
  {"model",
   "FILE",
   CLI_MODEL,
   0U,
   apply_model,
   "Model file instead of the built-in model"},
  {"bars", "N", CLI_GENERATE, 0U, apply_bars, "Length in bars (16)"},
  {"tempo", "QPM", CLI_SET, 0U, apply_tempo, "Quarters a minute (120)"},
  {"meter", "N/D", CLI_SET, 0U, apply_meter, "Such as 3/4 or 6/8 (4/4)"},
  {"key", "KEY", CLI_SET, 0U, apply_key, "Such as \"D minor\" or \"Bb major\""},
  {"seed", "N", CLI_SET, CONTINUO_SEED, NULL, NULL},
  {"temperature", "X", CLI_SET, CONTINUO_TEMPERATURE, NULL, NULL},
  {"top-k", "N", CLI_SET, CONTINUO_TOP_K, NULL, NULL},
  {"top-p", "X", CLI_SET, CONTINUO_TOP_P, NULL, NULL},
  {"min-p", "X", CLI_SET, CONTINUO_MIN_P, NULL, NULL},
  {"prime",
   "FILE.mid",
   CLI_GENERATE,
   0U,
   apply_prime,
   "Continue the music of a MIDI file, or a melody such as \"60 _ 62 _ r _\""},
  {"toward",
   "FILE.mid",
   CLI_GENERATE,
   0U,
   apply_toward,
   "Come to this from what --prime says, by a model that knows a way"},
  {"set",
   "SYMBOL=VALUE",
   CLI_SET,
   0U,
   apply_set,
   "Set any of continuo list parameters"},
  {"output",
   "FILE",
   CLI_GENERATE,
   0U,
   apply_output,
   "Write FILE.mid, FILE.wav or FILE.musicxml (also -o)"},
  {"json",
   NULL,
   CLI_SCORE | CLI_LIST | CLI_BENCH,
   0U,
   apply_json,
   "Print JSON instead of a table"},
  {"about",
   "TEXT",
   CLI_PRESET,
   0U,
   apply_about,
   "What the preset is about, in a line"},
  {"overwrite",
   NULL,
   CLI_PRESET,
   0U,
   apply_overwrite,
   "Save in place of a preset of that name"},
  {"help", NULL, CLI_ALL, 0U, apply_help, "Print this (also -h)"},
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

/// The long form of an option of one letter, or else the word itself
static const char*
long_form(const char* const word)
{
  if (!strcmp(word, "-o")) {
    return "--output";
  }
  return !strcmp(word, "-h") ? "--help" : word;
}

/// Find the option an argument names, up to its equals sign
static const OptionRow*
find_row(const uint32_t command, const char* const word)
{
  const char* const argument = long_form(word);
  const size_t      length   = strcspn(argument, "=");
  for (size_t i = 0U; i < N_ROWS; ++i) {
    if ((rows[i].commands & command) && length == strlen(rows[i].name) + 2U &&
        !strncmp(argument, "--", 2U) &&
        !strncmp(argument + 2, rows[i].name, length - 2U)) {
      return &rows[i];
    }
  }
  return NULL;
}

/// Take the option at argv[*at], moving `at` to its argument if that comes
/// after it
static bool
take_option(CliOptions* const options,
            const uint32_t    command,
            const int         argc,
            char** const      argv,
            int* const        at)
{
  const char* const      argument = argv[*at];
  const OptionRow* const row      = find_row(command, argument);
  if (!row) {
    cli_report("There is no option %s here", argument);
    return false;
  }

  const char* const equals = strchr(argument, '=');
  if (equals && !row->argument) {
    cli_report("The option --%s takes no argument", row->name);
    return false;
  }

  const char* text = equals ? equals + 1 : "";
  if (row->argument && !equals) {
    if (*at + 1 == argc) {
      cli_report(
        "The option --%s takes an argument, %s", row->name, row->argument);
      return false;
    }
    text = argv[++*at];
  }
  return row->apply ? row->apply(options, text)
                    : apply_param(options, row->param, text);
}

/// A piece that is written to a file ends with it, unless told otherwise
static void
close_with_last_bar(CliOptions* const options)
{
  const float n_bars = (float)options->plan.n_bars;
  if (!options->has_param[CONTINUO_LENGTH] &&
      n_bars <= continuo_param(CONTINUO_LENGTH)->max) {
    set_param(options, CONTINUO_LENGTH, n_bars);
  }
}

bool
cli_options_parse(CliOptions* const options,
                  const uint32_t    command,
                  const int         argc,
                  char** const      argv)
{
  const CliOptions initial = {
    .plan     = {.n_bars = 16U},
    .operands = argv,
  };
  *options = initial;

  bool only_operands = false;
  for (int i = 0; i < argc; ++i) {
    if (only_operands || argv[i][0] != '-' || !argv[i][1]) {
      options->operands[options->n_operands++] = argv[i];
    } else if (!strcmp(argv[i], "--")) {
      only_operands = true;
    } else if (!take_option(options, command, argc, argv, &i)) {
      return false;
    }
  }
  if (command == CLI_GENERATE) { // A preset that is saved has no length of it
    close_with_last_bar(options);
  }
  return true;
}

void
cli_options_print(const uint32_t command, FILE* const stream)
{
  for (size_t i = 0U; i < N_ROWS; ++i) {
    const OptionRow* const row = &rows[i];
    if (row->commands & command) {
      char left[32] = "";
      (void)snprintf(left,
                     sizeof(left),
                     "--%s %s",
                     row->name,
                     row->argument ? row->argument : "");
      fprintf(stream,
              "  %-20s %s\n",
              left,
              row->help ? row->help : continuo_param(row->param)->doc);
    }
  }
}

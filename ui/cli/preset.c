// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The command for presets of one's own

#include "command.h"
#include "options.h"
#include "preset_find.h"

#include "continuo.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// What is to be done
typedef struct {
  const CliOptions* options;
  const char*       folder;
  char**            names; ///< Arguments after the verb
} Job;

/// A verb, with so many names after it
typedef struct {
  const char* verb;
  int         n_names;
  CliExit (*run)(const Job* job);
} VerbRow;

/// Say what came of a change of a preset
static CliExit
conclude(const ContinuoStatus st)
{
  if (st) {
    cli_report("%s", continuo_strerror(st));
  }
  return st ? CLI_BAD_INPUT : CLI_DONE;
}

/// The options as a preset: those of one that is named, changed as is said
static CliExit
make_preset(const Continuo* const   self,
            const CliOptions* const options,
            ContinuoPreset* const   preset)
{
  const CliExit status = cli_find_preset(self, options, preset);
  if (status) {
    return status;
  }
  continuo_preset_copy(self, preset);
  if (options->plan.tempo > 0.0) {
    preset->tempo = (float)options->plan.tempo;
  }
  if (options->plan.denominator) {
    preset->numerator   = options->plan.numerator;
    preset->denominator = options->plan.denominator;
  }
  const char* const about = options->about ? options->about : preset->about;
  if (strlen(about) >= sizeof(preset->about)) {
    cli_report("What a preset is about is too long");
    return CLI_BAD_ARGUMENTS;
  }
  memmove(preset->about, about, strlen(about) + 1U);
  return CLI_DONE;
}

/// Give `preset` a name
static CliExit
name_preset(ContinuoPreset* const preset, const char* const name)
{
  const size_t size = strlen(name) + 1U;
  if (size > sizeof(preset->name)) {
    cli_report("The name of a preset has at most %u bytes",
               CONTINUO_PRESET_NAME_SIZE - 1U);
    return CLI_BAD_ARGUMENTS;
  }
  memcpy(preset->name, name, size);
  return CLI_DONE;
}

static CliExit
save(const Job* const job)
{
  Continuo*      self = NULL;
  ContinuoPreset preset;
  CliExit status = cli_instance_new(job->options, CONTINUO_SYNCHRONOUS, &self);
  if (!status && !(status = make_preset(self, job->options, &preset)) &&
      !(status = name_preset(&preset, job->names[0]))) {
    status = conclude(continuo_preset_save(
      self, job->folder, &preset, job->options->overwrite));
  }
  continuo_free(self);
  return status;
}

static CliExit
show(const Job* const job)
{
  CliOptions options = *job->options;
  Continuo*  self    = NULL;
  char*      text    = NULL;
  options.preset     = job->names[0];
  ContinuoPreset preset;
  CliExit status = cli_instance_new(&options, CONTINUO_SYNCHRONOUS, &self);
  if (!status && !(status = cli_find_preset(self, &options, &preset))) {
    status = conclude(continuo_preset_write(self, &preset, &text));
  }
  if (text) {
    (void)fputs(text, stdout);
  }
  free(text);
  continuo_free(self);
  return status;
}

static CliExit
rename_preset(const Job* const job)
{
  return conclude(
    continuo_preset_rename(job->folder, job->names[0], job->names[1]));
}

static CliExit
delete_preset(const Job* const job)
{
  return conclude(continuo_preset_delete(job->folder, job->names[0]));
}

static const VerbRow verbs[] = {
  {"show", 1, show},
  {"save", 1, save},
  {"rename", 2, rename_preset},
  {"delete", 1, delete_preset},
};

CliExit
cli_preset(const CliOptions* const options)
{
  const char* const verb = options->n_operands ? options->operands[0] : "";
  const VerbRow*    row  = NULL;
  for (size_t i = 0U; i < sizeof(verbs) / sizeof(verbs[0]); ++i) {
    if (!strcmp(verb, verbs[i].verb)) {
      row = &verbs[i];
    }
  }
  if (!row || options->n_operands != row->n_names + 1) {
    cli_report("What is done with a preset is one of show NAME, save NAME, "
               "rename NAME NEW or delete NAME");
    return CLI_BAD_ARGUMENTS;
  }

  char* const folder = cli_preset_folder();
  if (!folder) {
    cli_report("There is no folder for presets: HOME is not set");
    return CLI_BAD_INPUT;
  }
  const Job     job    = {options, folder, options->operands + 1};
  const CliExit status = row->run(&job);
  free(folder);
  return status;
}

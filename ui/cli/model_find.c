// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "model_find.h"
#include "command.h"
#include "options.h"

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/// Models of the user's folder
typedef struct {
  char*              folder; ///< Null if there is none
  ContinuoModelFile* files;
  size_t             n_files;
} OwnModels;

static char*
model_folder(void)
{
  return continuo_user_model_folder();
}

/// Read them.  @return CLI_DONE, or it is said why that can't be done
static CliExit
read_own(OwnModels* const own)
{
  *own              = (OwnModels){.folder = model_folder()};
  ContinuoStatus st = 0;
  if (own->folder) {
    st = continuo_model_files_new(own->folder, &own->files, &own->n_files);
  }
  if (st) {
    cli_report("%s: %s", own->folder, continuo_strerror(st));
  }
  return st ? CLI_BAD_INPUT : CLI_DONE;
}

static void
clear_own(OwnModels* const own)
{
  continuo_model_files_free(own->files, own->n_files);
  free(own->folder);
}

/// Name the files that can't be used.  @return CLI_BAD_INPUT if there are any
static CliExit
report_broken(const OwnModels* const own)
{
  CliExit status = CLI_DONE;
  for (size_t i = 0U; i < own->n_files; ++i) {
    const ContinuoModelFile* const file = &own->files[i];
    if (file->status) {
      cli_report("%s: %s", file->path, continuo_strerror(file->status));
      status = CLI_BAD_INPUT;
    }
  }
  return status;
}

CliExit
cli_set_model(Continuo* const self, const char* const name)
{
  char           why[CONTINUO_WHY_SIZE];
  ContinuoStatus st = 0;
  if (!access(name, F_OK)) {
    st = continuo_load_model(self, name);
  } else {
    char* const folder = model_folder();
    st                 = continuo_choose_model(self, folder, name, why);
    free(folder);
  }
  if (st) {
    cli_report("%s: %s", name, continuo_strerror(st));
  }
  return st ? CLI_BAD_INPUT : CLI_DONE;
}

bool
cli_has_own_style(const Continuo* const self, const char* const name)
{
  OwnModels                own;
  const ContinuoModelFile* file  = NULL;
  uint32_t                 style = 0U;
  const bool               is_found =
    !read_own(&own) &&
    continuo_style_find(self, own.files, own.n_files, name, &file, &style);
  clear_own(&own);
  return is_found;
}

bool
cli_set_style(Continuo* const self, const char* const name, const bool loads)
{
  OwnModels                own   = {NULL, NULL, 0U};
  const ContinuoModelFile* file  = NULL;
  uint32_t                 style = 0U;
  bool is_found = continuo_style_find(self, NULL, 0U, name, &file, &style);
  if (!is_found && loads && !read_own(&own)) {
    is_found =
      continuo_style_find(self, own.files, own.n_files, name, &file, &style) &&
      (!file || !continuo_load_model(self, file->path));
  }
  if (is_found) {
    continuo_set_param(self, CONTINUO_STYLE, (float)style);
  }
  clear_own(&own);
  return is_found;
}

/// Print the styles that `--style` finds in no model before this one
static void
print_own_styles(const Continuo* const          self,
                 const OwnModels* const         own,
                 const ContinuoModelFile* const file)
{
  for (uint32_t i = 0U; i < file->n_styles; ++i) {
    const char* const        name  = file->styles[i];
    const ContinuoModelFile* first = NULL;
    uint32_t                 style = 0U;
    if (continuo_style_find(
          self, own->files, own->n_files, name, &first, &style) &&
        first == file && style == i) {
      printf("%-20s your own, in %s\n", name, file->path);
    }
  }
}

CliExit
cli_print_styles(const Continuo* const self, const CliOptions* const options)
{
  const char* name = NULL;
  for (uint32_t i = 0U; (name = continuo_style_name(self, i)); ++i) {
    puts(name);
  }
  if (options->model) {
    return CLI_DONE; // What it has was asked
  }

  OwnModels own;
  CliExit   status = read_own(&own);
  for (size_t i = 0U; i < own.n_files; ++i) {
    print_own_styles(self, &own, &own.files[i]);
  }
  status = status ? status : report_broken(&own);
  clear_own(&own);
  return status;
}

CliExit
cli_print_models(const Continuo* const self, const CliOptions* const options)
{
  const ContinuoModelInfo info = continuo_model_info(self);
  printf(
    "%-20s %s, %s, %s\n", info.name, info.kind, info.description, info.licence);
  if (options->model) {
    return CLI_DONE;
  }

  OwnModels own;
  CliExit   status = read_own(&own);
  for (size_t i = 0U; i < own.n_files; ++i) {
    const ContinuoModelFile* const file = &own.files[i];
    if (!file->status) {
      printf("%-20s your own: %s, style %s%s, %s\n",
             file->name,
             file->title,
             file->styles[0],
             file->n_styles > 1U ? " and others" : "",
             file->licence);
    }
  }
  status = status ? status : report_broken(&own);
  clear_own(&own);
  return status;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The preset that is meant by a name, and all that there are

#include "preset_find.h"
#include "command.h"
#include "model_find.h"
#include "options.h"

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/// Most names that are said to be near
#define MAX_NEAR 3U

/// Longest word that is compared
#define MAX_WORD CONTINUO_PRESET_NAME_SIZE

char*
cli_preset_folder(void)
{
  return continuo_preset_folder(getenv("XDG_CONFIG_HOME"), getenv("HOME"));
}

bool
cli_own_presets(const Continuo* const self, CliOwnPresets* const own)
{
  *own              = (CliOwnPresets){.folder = cli_preset_folder()};
  ContinuoStatus st = 0;
  if (own->folder) {
    st =
      continuo_preset_files_new(self, own->folder, &own->files, &own->n_files);
  }
  if (st) {
    cli_report("%s: %s", own->folder, continuo_strerror(st));
  }
  return !st;
}

void
cli_own_presets_clear(CliOwnPresets* const own)
{
  continuo_preset_files_free(own->files, own->n_files);
  free(own->folder);
}

/// Read the built-in preset at `index`, which the model may not know
static ContinuoStatus
read_builtin(const Continuo* const self,
             const uint32_t        index,
             ContinuoPreset* const preset,
             char                  why[CONTINUO_WHY_SIZE])
{
  const char* const text = continuo_preset_text(index);
  return continuo_preset_read(self, text, strlen(text), preset, why);
}

static char
lower(const char c)
{
  return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t
least(const size_t a, const size_t b)
{
  return a < b ? a : b;
}

/// How many letters are to be put in, left out or changed to make one of the
/// other: the distance of Levenshtein
static size_t
distance(const char* const a, const char* const b)
{
  size_t       row[MAX_WORD + 1U];
  const size_t n = least(strlen(b), MAX_WORD);
  for (size_t k = 0U; k <= n; ++k) {
    row[k] = k;
  }
  for (size_t i = 0U; a[i]; ++i) {
    size_t diagonal = row[0]++;
    for (size_t k = 1U; k <= n; ++k) {
      const size_t above  = row[k];
      const size_t change = diagonal + (lower(a[i]) != lower(b[k - 1U]));
      row[k]              = least(change, 1U + least(above, row[k - 1U]));
      diagonal            = above;
    }
  }
  return row[n];
}

/// Whether `part` is in `text`, in lower or upper case
static bool
holds(const char* const text, const char* const part)
{
  const size_t n = strlen(part);
  for (const char* at = text; strlen(at) >= n; ++at) {
    if (!strncasecmp(at, part, n)) {
      return true;
    }
  }
  return false;
}

/// The names nearest to one that is none
typedef struct {
  const char* wanted;
  char        names[MAX_NEAR][CONTINUO_PRESET_NAME_SIZE];
  size_t      distances[MAX_NEAR];
  size_t      n;
} Near;

static void
offer(Near* const near, const char* const name)
{
  const size_t far   = 1U + strlen(near->wanted) / 4U;
  size_t       apart = distance(near->wanted, name);
  if (strlen(near->wanted) > 2U && holds(name, near->wanted)) {
    apart = 0U;
  }
  if (apart > far) {
    return;
  }

  size_t at = near->n;
  while (at && near->distances[at - 1U] > apart) {
    --at;
  }
  if (at < MAX_NEAR) {
    const size_t n_after = least(near->n, MAX_NEAR - 1U) - at;
    memmove(
      near->names[at + 1U], near->names[at], n_after * sizeof(near->names[0]));
    memmove(&near->distances[at + 1U],
            &near->distances[at],
            n_after * sizeof(near->distances[0]));
    (void)snprintf(near->names[at], CONTINUO_PRESET_NAME_SIZE, "%s", name);
    near->distances[at] = apart;
    near->n             = least(near->n + 1U, MAX_NEAR);
  }
}

static void
report_unknown(const char* const name, const CliOwnPresets* const own)
{
  Near near = {.wanted = name};
  for (size_t i = 0U; i < own->n_files; ++i) {
    if (!own->files[i].status) {
      offer(&near, own->files[i].preset.name);
    }
  }
  const ContinuoParam* const param = continuo_param(CONTINUO_PRESET);
  for (uint32_t i = 1U; i < param->n_labels; ++i) {
    offer(&near, param->labels[i]);
  }

  char   text[MAX_NEAR * (CONTINUO_PRESET_NAME_SIZE + 8U)] = "";
  size_t n                                                 = 0U;
  for (size_t i = 0U; i < near.n; ++i) {
    const char* const between = i + 1U == near.n ? " or " : ", ";
    n += (size_t)snprintf(text + n,
                          sizeof(text) - n,
                          "%s\"%s\"",
                          i ? between : ", perhaps ",
                          near.names[i]);
  }
  cli_report(
    "No preset is called \"%s\"%s; see continuo list presets", name, text);
}

/// Find one of the user's own.  @return CLI_DONE, with an empty name if there
/// is none
static CliExit
find_own(const CliOwnPresets* const own,
         const char* const          name,
         ContinuoPreset* const      preset)
{
  for (size_t i = 0U; i < own->n_files; ++i) {
    const ContinuoPresetFile* const file = &own->files[i];
    if (!strcasecmp(file->preset.name, name)) {
      if (file->status) {
        cli_report("%s: %s", file->path, file->why);
        return CLI_BAD_INPUT;
      }
      *preset = file->preset;
      return CLI_DONE;
    }
  }
  return CLI_DONE;
}

static CliExit
find_builtin(const Continuo* const self,
             const char* const     name,
             ContinuoPreset* const preset)
{
  const ContinuoParam* const param = continuo_param(CONTINUO_PRESET);
  char                       why[CONTINUO_WHY_SIZE];
  for (uint32_t i = 0U; i < continuo_n_presets(); ++i) {
    if (!strcasecmp(param->labels[i + 1U], name) ||
        !strcasecmp(continuo_preset_id(i), name)) {
      if (read_builtin(self, i, preset, why)) {
        cli_report("%s: %s", param->labels[i + 1U], why);
        return CLI_BAD_INPUT;
      }
      return CLI_DONE;
    }
  }
  return CLI_DONE;
}

static CliExit
find_by_name(const Continuo* const self,
             const char* const     name,
             ContinuoPreset* const preset)
{
  CliOwnPresets own;
  CliExit       status = CLI_BAD_INPUT;
  if (cli_own_presets(self, &own)) {
    status = find_own(&own, name, preset);
    if (!status && !*preset->name) {
      status = find_builtin(self, name, preset);
    }
    if (!status && !*preset->name) {
      report_unknown(name, &own);
      status = CLI_BAD_ARGUMENTS;
    }
  }
  cli_own_presets_clear(&own);
  return status;
}

/// Whether a preset is named by its file
static bool
is_path(const char* const name)
{
  return strchr(name, '/') || strstr(name, ".preset");
}

void
cli_load_preset_model(Continuo* const self, const char* const name)
{
  CliOwnPresets  own    = {NULL, NULL, 0U};
  ContinuoPreset preset = continuo_preset_initial();
  char           why[CONTINUO_WHY_SIZE];
  ContinuoStatus st = 0;
  if (is_path(name)) {
    st = continuo_preset_load(self, name, &preset, why);
  } else if (cli_own_presets(self, &own)) {
    for (size_t i = 0U; i < own.n_files && !st; ++i) {
      if (!strcasecmp(own.files[i].preset.name, name)) {
        preset = own.files[i].preset;
        st     = own.files[i].status;
      }
    }
  }
  if (st && *preset.style) {
    (void)cli_set_style(self, preset.style, true);
  }
  cli_own_presets_clear(&own);
}

CliExit
cli_find_preset(const Continuo* const   self,
                const CliOptions* const options,
                ContinuoPreset* const   preset)
{
  const char* const name = options->preset;
  char              why[CONTINUO_WHY_SIZE];
  *preset = continuo_preset_initial();
  if (!name) {
    return CLI_DONE;
  }
  if (!is_path(name)) {
    return find_by_name(self, name, preset);
  }
  if (continuo_preset_load(self, name, preset, why)) {
    cli_report("%s: %s", name, why);
    return CLI_BAD_INPUT;
  }
  return CLI_DONE;
}

static void
print_preset(const ContinuoPreset* const preset, const char* const whose)
{
  printf("%-32s %s%s%s\n",
         preset->name,
         whose,
         *whose && *preset->about ? ": " : "",
         preset->about);
}

/// Whether one of the user's own has the name, and so stands before it
static bool
is_hidden(const char* const name, const CliOwnPresets* const own)
{
  for (size_t i = 0U; i < own->n_files; ++i) {
    if (!own->files[i].status && !strcasecmp(own->files[i].preset.name, name)) {
      return true;
    }
  }
  return false;
}

CliExit
cli_print_presets(const Continuo* const self, const bool any_model)
{
  ContinuoPreset preset;
  char           why[CONTINUO_WHY_SIZE];
  CliOwnPresets  own;
  CliExit status = cli_own_presets(self, &own) ? CLI_DONE : CLI_BAD_INPUT;
  for (uint32_t i = 0U; i < continuo_n_presets(); ++i) {
    // One of a style that the model does not know cannot be chosen
    if (!read_builtin(self, i, &preset, why) && !is_hidden(preset.name, &own)) {
      print_preset(&preset, "");
    }
  }
  for (size_t i = 0U; i < own.n_files; ++i) {
    const ContinuoPresetFile* const file  = &own.files[i];
    const char* const               style = file->preset.style;
    if (file->status &&
        !(any_model && *style && cli_has_own_style(self, style))) {
      cli_report("%s: %s", file->path, file->why);
      status = CLI_BAD_INPUT;
    } else {
      print_preset(&file->preset, "your own");
    }
  }
  cli_own_presets_clear(&own);
  return status;
}

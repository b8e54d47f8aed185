// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A folder of presets

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "continuo.h"

#include "base/file.h"
#include "base/folder.h"
#include "base/grow.h"
#include "base/text.h"
#include "preset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

char*
continuo_preset_folder(const char* const config_home, const char* const home)
{
  static const char ours[] = "/continuo/presets";

  // A relative path is to be passed over, by the XDG specification
  if (config_home && ct_path_is_absolute(config_home)) {
    return ct_text_join(config_home, ours, "");
  }
  return home && *home ? ct_text_join(home, "/.config", ours) : NULL;
}

static bool
is_preset_file(const char* const name)
{
  return *name != '.' && ct_text_has_end(name, CT_PRESET_SUFFIX);
}

void
ct_preset_file_called(const ContinuoPresetFile* const file,
                      char name[CONTINUO_PRESET_NAME_SIZE])
{
  const char* const base = ct_path_last_separator(file->path) + 1;
  const size_t      n    = strlen(base) - (sizeof(CT_PRESET_SUFFIX) - 1U);
  if (*file->preset.name) {
    memcpy(name, file->preset.name, CONTINUO_PRESET_NAME_SIZE);
  } else {
    (void)snprintf(name, CONTINUO_PRESET_NAME_SIZE, "%.*s", (int)n, base);
  }
}

static int
compare_files(const void* const a, const void* const b)
{
  char one[CONTINUO_PRESET_NAME_SIZE];
  char two[CONTINUO_PRESET_NAME_SIZE];
  ct_preset_file_called((const ContinuoPresetFile*)a, one);
  ct_preset_file_called((const ContinuoPresetFile*)b, two);
  const int order = strcasecmp(one, two);
  return order ? order
               : strcmp(((const ContinuoPresetFile*)a)->path,
                        ((const ContinuoPresetFile*)b)->path);
}

/// Of files with the same name only the first that can be read is to be used
static void
refuse_second_names(ContinuoPresetFile* const files, const size_t n_files)
{
  const ContinuoPresetFile* last = NULL;
  for (size_t i = 0U; i < n_files; ++i) {
    ContinuoPresetFile* const file = &files[i];
    if (!file->status && last &&
        !strcasecmp(last->preset.name, file->preset.name)) {
      file->status = CT_PRESET_EXISTS;
      (void)snprintf(file->why,
                     CONTINUO_WHY_SIZE,
                     "Another file has the name %s as well",
                     file->preset.name);
    }
    last = file->status ? last : file;
  }
}

/// Read the files of an open folder
static CtStatus
read_folder(const Continuo* const      self,
            const char* const          folder,
            CtFolder* const            open,
            ContinuoPresetFile** const files,
            size_t* const              n_files)
{
  size_t      capacity = 0U;
  const char* entry    = NULL;
  while ((entry = ct_folder_next(open))) {
    if (!is_preset_file(entry)) {
      continue;
    }
    ContinuoPresetFile* const grown = (ContinuoPresetFile*)ct_grow(
      *files, *n_files, &capacity, sizeof(**files));
    if (!grown) {
      return CT_NO_MEMORY;
    }
    *files                         = grown;
    ContinuoPresetFile* const file = &(*files)[*n_files];
    file->path                     = ct_text_join(folder, "/", entry);
    if (!file->path) {
      return CT_NO_MEMORY;
    }
    ++*n_files;
    file->status =
      continuo_preset_load(self, file->path, &file->preset, file->why);
  }
  return CT_SUCCESS;
}

ContinuoStatus
continuo_preset_files_new(const Continuo* const      self,
                          const char* const          folder,
                          ContinuoPresetFile** const files,
                          size_t* const              n_files)
{
  CtFolder* open = NULL;
  CtStatus  st   = ct_folder_open(folder, &open);
  *files         = NULL;
  *n_files       = 0U;
  if (!open) {
    return (ContinuoStatus)st;
  }

  st = read_folder(self, folder, open, files, n_files);
  ct_folder_close(open);
  if (st) {
    continuo_preset_files_free(*files, *n_files);
    *files   = NULL;
    *n_files = 0U;
    return (ContinuoStatus)st;
  }
  if (*n_files) {
    qsort(*files, *n_files, sizeof(**files), compare_files);
  }
  refuse_second_names(*files, *n_files);
  return CT_SUCCESS;
}

void
continuo_preset_files_free(ContinuoPresetFile* const files,
                           const size_t              n_files)
{
  for (size_t i = 0U; i < n_files; ++i) {
    free(files[i].path);
  }
  free(files);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A folder of models

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "continuo.h"

#include "base/file.h"
#include "base/folder.h"
#include "base/grow.h"
#include "base/text.h"
#include "gen/shelf.h"
#include "model_choice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/// Largest file that is looked into, bytes: a model of more would not be done
/// with a note in its time on any processor of today
static const size_t max_size = (size_t)1U << 28U;

CtStatus
ct_model_file_take(const char* const path, const CtModel** const model)
{
  CtMappedFile file = {NULL, 0U};
  CtStatus     st   = ct_file_map(path, &file);
  *model            = NULL;
  if (!st) {
    st = file.size > max_size ? CT_MODEL_TOO_LARGE
                              : ct_shelf_take(file.bytes, file.size, model);
  }
  ct_file_unmap(&file);
  return st;
}

char*
continuo_model_folder(const char* const data_home, const char* const home)
{
  static const char ours[] = "/continuo/models";

  // A relative path is to be passed over, by the XDG specification
  if (data_home && ct_path_is_absolute(data_home)) {
    return ct_text_join(data_home, ours, "");
  }
  return home && *home ? ct_text_join(home, "/.local/share", ours) : NULL;
}

char*
continuo_user_model_folder(void)
{
  char* const data   = ct_user_data();
  char* const home   = ct_user_home();
  char* const folder = continuo_model_folder(data, home);
  free(home);
  free(data);
  return folder;
}

static bool
is_model_file(const char* const name)
{
  return *name != '.' && ct_text_has_end(name, CT_MODEL_SUFFIX);
}

static int
compare_files(const void* const a, const void* const b)
{
  const ContinuoModelFile* const one   = (const ContinuoModelFile*)a;
  const ContinuoModelFile* const two   = (const ContinuoModelFile*)b;
  const int                      order = strcasecmp(one->name, two->name);
  return order ? order : strcmp(one->name, two->name);
}

static void
clear_file(ContinuoModelFile* const file)
{
  for (uint32_t i = 0U; i < file->n_styles; ++i) {
    free(file->styles[i]);
  }
  free((void*)file->styles);
  free(file->title);
  free(file->licence);
  free(file->name);
  free(file->path);
}

/// Keep what a model says of itself
static CtStatus
describe(const CtModel* const model, ContinuoModelFile* const file)
{
  const CtCodec* const codec = &model->codec;
  file->title                = strdup(model->name);
  file->licence              = strdup(model->licence);
  file->styles               = (char**)calloc(codec->n_styles, sizeof(char*));
  if (!file->title || !file->licence || !file->styles) {
    return CT_NO_MEMORY;
  }
  while (file->n_styles < codec->n_styles) {
    char* const name = strdup(codec->styles[file->n_styles].name);
    if (!name) {
      return CT_NO_MEMORY;
    }
    file->styles[file->n_styles++] = name;
  }
  return CT_SUCCESS;
}

/// Read a file of an open folder.  @return CT_SUCCESS also if it is broken, or
/// CT_NO_MEMORY
static CtStatus
read_file(const char* const        folder,
          const char* const        entry,
          ContinuoModelFile* const file)
{
  const CtModel* model = NULL;
  *file = (ContinuoModelFile){.path = ct_text_join(folder, "/", entry),
                              .name = strdup(entry)};
  if (!file->path || !file->name) {
    return CT_NO_MEMORY;
  }

  file->name[strlen(entry) + 1U - sizeof(CT_MODEL_SUFFIX)] = '\0';

  const CtStatus taken = ct_model_file_take(file->path, &model);
  file->status         = (ContinuoStatus)taken;
  const CtStatus st    = taken ? CT_SUCCESS : describe(model, file);
  ct_shelf_put_back(model);
  return st;
}

static CtStatus
read_folder(const char* const         folder,
            CtFolder* const           open,
            ContinuoModelFile** const files,
            size_t* const             n_files)
{
  size_t      capacity = 0U;
  const char* entry    = NULL;
  while ((entry = ct_folder_next(open))) {
    if (!is_model_file(entry)) {
      continue;
    }
    ContinuoModelFile* const grown =
      (ContinuoModelFile*)ct_grow(*files, *n_files, &capacity, sizeof(**files));
    if (!grown) {
      return CT_NO_MEMORY;
    }
    *files            = grown;
    const CtStatus st = read_file(folder, entry, &grown[*n_files]);
    ++*n_files;
    if (st) {
      return st;
    }
  }
  return CT_SUCCESS;
}

ContinuoStatus
continuo_model_files_new(const char* const         folder,
                         ContinuoModelFile** const files,
                         size_t* const             n_files)
{
  CtFolder* open = NULL;
  CtStatus  st   = ct_folder_open(folder, &open);
  *files         = NULL;
  *n_files       = 0U;
  if (!open) {
    return (ContinuoStatus)st;
  }

  st = read_folder(folder, open, files, n_files);
  ct_folder_close(open);
  if (st) {
    continuo_model_files_free(*files, *n_files);
    *files   = NULL;
    *n_files = 0U;
  } else if (*n_files) {
    qsort(*files, *n_files, sizeof(**files), compare_files);
  }
  return (ContinuoStatus)st;
}

void
continuo_model_files_free(ContinuoModelFile* const files, const size_t n_files)
{
  for (size_t i = 0U; i < n_files; ++i) {
    clear_file(&files[i]);
  }
  free(files);
}

bool
continuo_style_find(const Continuo* const           self,
                    const ContinuoModelFile* const  files,
                    const size_t                    n_files,
                    const char* const               name,
                    const ContinuoModelFile** const file,
                    uint32_t* const                 style)
{
  const char* known = NULL;
  *file             = NULL;
  for (*style = 0U; (known = continuo_style_name(self, *style)); ++*style) {
    if (!strcasecmp(known, name)) {
      return true;
    }
  }
  for (size_t i = 0U; i < n_files; ++i) {
    *file = &files[i];
    for (*style = 0U; *style < (*file)->n_styles; ++*style) {
      if (!strcasecmp((*file)->styles[*style], name)) {
        return true;
      }
    }
  }
  *file = NULL;
  return false;
}

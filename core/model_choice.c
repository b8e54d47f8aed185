// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The model that an instance plays, as a session names it

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "model_choice.h"

#include "base/file.h"
#include "base/folder.h"
#include "base/status.h"
#include "base/text.h"
#include "builtin_model.h"
#include "continuo.h"
#include "gen/shelf.h"
#include "instance.h"
#include "preset.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Most of a name that a sentence quotes
#define QUOTED "%.160s"

CtStatus
ct_model_choice_init(CtModelChoice* const choice)
{
  if (pthread_mutex_init(&choice->mutex, NULL)) {
    return CT_NO_MEMORY;
  }
  choice->wanted = strdup(CONTINUO_BUILTIN_MODEL);
  if (!choice->wanted) {
    pthread_mutex_destroy(&choice->mutex);
    return CT_NO_MEMORY;
  }
  return CT_SUCCESS;
}

void
ct_model_choice_free(CtModelChoice* const choice)
{
  if (choice->wanted) {
    pthread_mutex_destroy(&choice->mutex);
  }
  free(choice->wanted);
  free(choice->take);
  free(choice->take_model);
}

/// The name in a path: the file's, less its suffix
static const char*
name_in(const char* const path, size_t* const length)
{
  const char* const slash = ct_path_last_separator(path);
  const char* const name  = slash ? slash + 1 : path;
  const size_t      n     = strlen(name);
  const size_t      n_end = sizeof(CT_MODEL_SUFFIX) - 1U;
  const bool        has_suffix =
    n > n_end && !strcmp(name + n - n_end, CT_MODEL_SUFFIX);
  *length = has_suffix ? n - n_end : n;
  return name;
}

/// Whether two choices mean a model of the same name, wherever it is
static bool
has_same_name(const char* const a, const char* const b)
{
  size_t            a_length = 0U;
  size_t            b_length = 0U;
  const char* const a_name   = name_in(a, &a_length);
  const char* const b_name   = name_in(b, &b_length);
  return a_length == b_length && !memcmp(a_name, b_name, a_length);
}

/// A file that a choice may mean
typedef struct {
  char* path;   ///< Null if it is the built-in model
  char* wanted; ///< How the session is to name it
} Place;

static void
clear_place(Place* const place)
{
  free(place->path);
  free(place->wanted);
}

/// Find what `model` means; `place` is to be cleared, also on failure
static CtStatus
find(const char* const folder, const char* const model, Place* const place)
{
  size_t            length = 0U;
  const char* const name   = name_in(model, &length);
  char* const       plain  = ct_text_copy(name, length);
  const bool is_path = ct_path_last_separator(model) && ct_file_exists(model);
  const bool is_builtin =
    !is_path && plain && !strcmp(plain, CONTINUO_BUILTIN_MODEL);
  char* const parent = folder ? ct_text_join(folder, "/", "") : NULL;
  char* const own    = parent && plain && *plain
                         ? ct_text_join(parent, plain, CT_MODEL_SUFFIX)
                         : NULL;
  const bool  is_own =
    own && !is_builtin && (is_path ? !strcmp(model, own) : ct_file_exists(own));
  *place =
    (Place){.path   = is_builtin ? NULL : strdup(is_own ? own : model),
            .wanted = is_own || is_builtin ? strdup(plain) : strdup(model)};
  const bool is_found  = is_path || is_builtin || is_own;
  const bool has_place = place->wanted && (is_builtin || place->path);
  const bool is_made   = plain && has_place && (!folder || parent);
  free(own);
  free(parent);
  free(plain);
  return !is_made ? CT_NO_MEMORY : (is_found ? CT_SUCCESS : CT_CANNOT_OPEN);
}

/// Load the model of a place and let it play, unless it does
static CtStatus
play(Continuo* const self, const Place* const place)
{
  CtModelChoice* const choice = &self->model_choice;
  const CtModel*       model  = NULL;
  CtStatus             st =
    place->path
                  ? ct_model_file_take(place->path, &model)
                  : ct_shelf_take(ct_builtin_model, ct_builtin_model_size(), &model);
  if (st || model == ct_writer_model(self->writer)) {
    ct_shelf_put_back(model);
    return st;
  }
  st = ct_writer_set_model(self->writer, model);
  if (st) {
    return st;
  }

  ct_preset_choice_fit(self);

  // The audio thread then asks for notes of it
  ct_program_table_set(&self->programs, &model->codec);
  atomic_fetch_add(&self->edition, 1U);
  const bool is_of_take = choice->take && choice->take_model &&
                          has_same_name(choice->take_model, choice->wanted);
  return is_of_take ? ct_instance_restore(self, choice->take) : CT_SUCCESS;
}

ContinuoStatus
continuo_choose_model(Continuo* const   self,
                      const char* const folder,
                      const char* const model,
                      char              why[CONTINUO_WHY_SIZE])
{
  CtModelChoice* const choice = &self->model_choice;
  Place                place  = {NULL, NULL};
  *why                        = '\0';
  if (!*model) {
    return CT_SUCCESS;
  }

  pthread_mutex_lock(&choice->mutex);
  CtStatus st = find(folder, model, &place);
  if (place.wanted) {
    free(choice->wanted);
    choice->wanted = place.wanted;
    place.wanted   = NULL;
  }
  if (!st) {
    st = play(self, &place);
  }
  if (st) {
    (void)snprintf(why,
                   CONTINUO_WHY_SIZE,
                   "The model " QUOTED " is not played: %s",
                   model,
                   st == CT_CANNOT_OPEN ? "there is no such file"
                                        : ct_strerror(st));
  }
  pthread_mutex_unlock(&choice->mutex);
  clear_place(&place);
  return (ContinuoStatus)st;
}

char*
continuo_chosen_model(Continuo* const self)
{
  CtModelChoice* const choice = &self->model_choice;
  pthread_mutex_lock(&choice->mutex);
  char* const model = strdup(choice->wanted);
  pthread_mutex_unlock(&choice->mutex);
  return model;
}

ContinuoStatus
continuo_load_model(Continuo* const self, const char* const path)
{
  CtModelChoice* const choice = &self->model_choice;
  const CtModel*       model  = NULL;
  char* const          wanted = strdup(path);
  CtStatus st = wanted ? ct_model_file_take(path, &model) : CT_NO_MEMORY;
  pthread_mutex_lock(&choice->mutex);
  if (!st) {
    st = ct_writer_set_model(self->writer, model);
  }
  if (st) {
    free(wanted);
  } else {
    free(choice->wanted);
    choice->wanted = wanted;
    ct_preset_choice_fit(self);
    ct_program_table_set(&self->programs, &model->codec);
    atomic_fetch_add(&self->edition, 1U);
  }
  pthread_mutex_unlock(&choice->mutex);
  return (ContinuoStatus)st;
}

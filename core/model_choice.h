// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file model_choice.h Which model an instance is to play, and which the take
/// of its session was made by

#ifndef CT_MODEL_CHOICE_H
#define CT_MODEL_CHOICE_H

#include "base/attributes.h"
#include "base/status.h"
#include "continuo.h"
#include "gen/model.h"

#include <pthread.h>
#include <stdbool.h>

/// How names of model files end
#define CT_MODEL_SUFFIX ".safetensors"

/// What hosts may ask from several threads, none of which is the audio thread
typedef struct {
  pthread_mutex_t mutex;      ///< Of all that follows, and of loading
  char*           wanted;     ///< Last choice, as the session keeps it
  char*           take;       ///< Text of the take restored last, or null
  char*           take_model; ///< What was wanted where that was saved, or null
} CtModelChoice;

/// Want the built-in model.  @thread main
CT_NODISCARD CtStatus
ct_model_choice_init(CtModelChoice* choice);

/// One that was only set to zeros is fine.  @thread main
void
ct_model_choice_free(CtModelChoice* choice);

/**
   Load the model file at `path`.

   @thread main|worker
   @param model Set to a model for ct_shelf_put_back(); null on failure.
   @return As ct_shelf_take_file(), or CT_MODEL_TOO_LARGE.
*/
CT_NODISCARD CtStatus
ct_model_file_take(const char* path, const CtModel** model);

/// Play on with a take as continuo_save_take() writes it, less its model.
/// @thread main|worker
CT_NODISCARD CtStatus
ct_instance_restore(Continuo* self, const char* take);

#endif // CT_MODEL_CHOICE_H

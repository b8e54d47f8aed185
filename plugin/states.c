// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "states.h"

#include "continuo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Say what went wrong, on standard error and in the window
static void
report(Continuo* const continuo, const char* const why)
{
  (void)fprintf(stderr, "Continuo: %s\n", why);
  continuo_set_notice(continuo, why);
}

char*
states_get(Continuo* const continuo, const char* const key)
{
  char* text = NULL;
  if (!strcmp(key, STATE_TAKE)) {
    const ContinuoStatus st = continuo_save_take(continuo, &text);
    if (st) {
      report(continuo, continuo_strerror(st));
    }
  } else if (!strcmp(key, STATE_MODEL)) {
    text = continuo_chosen_model(continuo);
  }
  return text;
}

static void
set_model(Continuo* const continuo, const char* const model)
{
  char        why[CONTINUO_WHY_SIZE];
  char* const folder = continuo_user_model_folder();
  if (continuo_choose_model(continuo, folder, model, why)) {
    report(continuo, why);
  } else if (model[0] != '\0') {
    continuo_set_notice(continuo, "");
  }
  free(folder);
}

void
states_set(Continuo* const   continuo,
           const char* const key,
           const char* const value)
{
  if (!strcmp(key, STATE_TAKE)) {
    const ContinuoStatus st = continuo_restore_take(continuo, value);
    if (st) {
      report(continuo, continuo_strerror(st));
    }
  } else if (!strcmp(key, STATE_MODEL)) {
    set_model(continuo, value);
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "first_settings.h"

#include "states.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SYMBOL = 64 };

static float values[CONTINUO_N_PARAMS];
static bool  is_set[CONTINUO_N_PARAMS];

/// One of the user's own, or empty
static const char* model = "";

bool
first_settings_add(const char* const setting)
{
  char              symbol[MAX_SYMBOL];
  const char* const equals = strchr(setting, '=');
  if (!equals || equals[1] == '\0' || equals - setting >= MAX_SYMBOL) {
    return false;
  }
  memcpy(symbol, setting, (size_t)(equals - setting));
  symbol[equals - setting] = '\0';
  if (!strcmp(symbol, STATE_MODEL)) {
    model = equals + 1;
    return true;
  }

  char*                      end   = NULL;
  const uint32_t             id    = continuo_param_find(symbol);
  const ContinuoParam* const param = continuo_param(id);
  const float                value = strtof(equals + 1, &end);
  if (!param || (param->flags & CONTINUO_PARAM_OUTPUT) || *end != '\0' ||
      !(value >= param->min && value <= param->max)) {
    return false;
  }
  values[id] = value;
  is_set[id] = true;
  return true;
}

void
first_settings_apply(Continuo* const continuo)
{
  states_set(continuo, STATE_MODEL, model);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (is_set[id]) {
      continuo_set_param(continuo, id, values[id]);
    }
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "first_settings.h"

#include "states.h"
#include "variant.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SETTINGS = 256 };

/// As they were given
static const char* settings[MAX_SETTINGS];
static size_t      n_settings;

/// What stands behind the equals sign if `setting` is of `symbol`, or null
static const char*
value_of(const char* const setting, const char* const symbol)
{
  const size_t length = strlen(symbol);
  return !strncmp(setting, symbol, length) && setting[length] == '='
           ? setting + length + 1U
           : NULL;
}

/// The parameter that `setting` is of, or null
static const ContinuoParam*
find_param(const char* const setting)
{
  const ContinuoParam* row = NULL;
  for (uint32_t id = 0U; (row = continuo_param(id)); ++id) {
    if (value_of(setting, row->symbol)) {
      return row;
    }
  }
  for (uint32_t id = 0U; (row = variant.own_param(id)); ++id) {
    if (value_of(setting, row->symbol)) {
      return row;
    }
  }
  return NULL;
}

/// Whether it is one of a parameter, and a number in its range
static bool
is_of_param(const char* const setting)
{
  const ContinuoParam* const row = find_param(setting);
  if (!row || (row->flags & CONTINUO_PARAM_OUTPUT)) {
    return false;
  }
  const char* const text  = value_of(setting, row->symbol);
  char*             end   = NULL;
  const float       value = strtof(text, &end);
  return *text != '\0' && *end == '\0' && value >= row->min &&
         value <= row->max;
}

/// Whether it is one of a state, and not empty
static bool
is_of_state(const char* const setting)
{
  const char* text = value_of(setting, STATE_MODEL);
  if (!text && variant.own_state) {
    text = value_of(setting, variant.own_state);
  }
  return text && *text != '\0';
}

bool
first_settings_add(const char* const setting)
{
  if (n_settings == MAX_SETTINGS ||
      (!is_of_state(setting) && !is_of_param(setting))) {
    return false;
  }
  settings[n_settings++] = setting;
  return true;
}

const char*
first_settings_find(const char* const symbol)
{
  const char* found = NULL;
  for (size_t i = 0U; i < n_settings; ++i) {
    const char* const value = value_of(settings[i], symbol);
    found                   = value ? value : found;
  }
  return found;
}

void
first_settings_apply(Continuo* const continuo)
{
  const char* const model = first_settings_find(STATE_MODEL);
  states_set(continuo, STATE_MODEL, model ? model : "");
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const char* const value = first_settings_find(continuo_param(id)->symbol);
    if (value) {
      continuo_set_param(continuo, id, strtof(value, NULL));
    }
  }
}

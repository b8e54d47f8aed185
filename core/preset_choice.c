// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The parameter that chooses a built-in preset

#include "continuo.h"

#include "instance.h"
#include "preset.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static_assert(CONTINUO_N_PARAMS <= 64, "parameters are bits of 64");

/// A host that goes on setting the same choice, as automation does, makes it
/// once; later than this, or after another value, it is made again
static const double again_seconds = 0.5;

/// Values are alike within this: they are used in thousandths, and hosts give
/// them back a little off
static const float tolerance = 0.0005F;

static uint64_t
bit_of(const uint32_t id)
{
  return (uint64_t)1U << id;
}

CtStatus
ct_preset_choice_init(CtPresetChoice* const choice)
{
  const uint32_t n_presets = continuo_n_presets();
  ContinuoPreset preset;
  char           why[CONTINUO_WHY_SIZE];
  choice->values    = calloc(n_presets, sizeof(*choice->values));
  choice->styles    = calloc(n_presets, sizeof(*choice->styles));
  choice->n_presets = n_presets;
  choice->age       = again_seconds;
  for (uint32_t i = 0U; choice->values && i < n_presets; ++i) {
    const char* const    text = continuo_preset_text(i);
    const ContinuoStatus st =
      continuo_preset_read(NULL, text, strlen(text), &preset, why);
    if (st) {
      return (CtStatus)st;
    }
    memcpy(choice->values[i], preset.values, sizeof(*choice->values));
    if (choice->styles) {
      atomic_init(&choice->styles[i], (int32_t)preset.values[CONTINUO_STYLE]);
    }
  }
  return choice->values && choice->styles ? CT_SUCCESS : CT_NO_MEMORY;
}

void
ct_preset_choice_free(CtPresetChoice* const choice)
{
  free(choice->values);
  free(choice->styles);
}

/// What the model that plays counts the style as that the built-in one calls
/// `name`, or CT_PRESET_NO_STYLE_HERE
static int32_t
find_style(const Continuo* const self, const char* const name)
{
  const char* known = NULL;
  for (uint32_t i = 0U; (known = ct_preset_label(self, CONTINUO_STYLE, i));
       ++i) {
    if (!strcasecmp(known, name)) {
      return (int32_t)i;
    }
  }
  return CT_PRESET_NO_STYLE_HERE;
}

void
ct_preset_choice_fit(Continuo* const self)
{
  CtPresetChoice* const choice = &self->choice;
  for (uint32_t i = 0U; i < choice->n_presets; ++i) {
    const uint32_t    style = (uint32_t)choice->values[i][CONTINUO_STYLE];
    const char* const name  = ct_preset_label(NULL, CONTINUO_STYLE, style);
    atomic_store_explicit(
      &choice->styles[i], find_style(self, name), memory_order_relaxed);
  }
}

/// What preset `number`, from 1, sets a parameter to with the model that plays
static float
value_of(const CtPresetChoice* const choice,
         const uint32_t              number,
         const uint32_t              id)
{
  return id == CONTINUO_STYLE
           ? (float)atomic_load_explicit(&choice->styles[number - 1U],
                                         memory_order_relaxed)
           : choice->values[number - 1U][id];
}

void
ct_preset_choice_note(CtPresetChoice* const choice,
                      const uint32_t        id,
                      const float           value)
{
  static const float half = 0.5F;
  if (id == CONTINUO_PRESET) {
    atomic_store_explicit(
      &choice->wish, 1U + (uint32_t)(value + half), memory_order_release);
  } else {
    atomic_fetch_or_explicit(&choice->set, bit_of(id), memory_order_release);
  }
}

/// Set a parameter.  @return Its bit if it was another, so that the host is to
/// be told.
static uint64_t
change(Continuo* const self, const uint32_t id, const float value)
{
  const float before =
    atomic_exchange_explicit(&self->params[id], value, memory_order_relaxed);
  return before < value || before > value ? bit_of(id) : 0U;
}

/// Whether the parameters stand as preset `number`, from 1, has them
static bool
is_at(const Continuo* const self, const uint32_t number)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id) &&
        fabsf(continuo_get_param(self, id) -
              value_of(&self->choice, number, id)) > tolerance) {
      return false;
    }
  }
  return true;
}

/// Set what preset `number`, from 1, sets, but not what has just been set; and
/// nothing if the model has not its style: another would be no such preset
static void
set_all(Continuo* const self, const uint32_t number, const uint64_t just_set)
{
  if (value_of(&self->choice, number, CONTINUO_STYLE) < 0.0F) {
    return;
  }
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id) && !(just_set & bit_of(id))) {
      self->choice.untold |=
        change(self, id, value_of(&self->choice, number, id));
    }
  }
  self->choice.untold |= change(self, CONTINUO_PRESET, (float)number);
}

void
ct_preset_choice_follow(Continuo* const self, const double seconds)
{
  static const float half = 0.5F;

  CtPresetChoice* const choice = &self->choice;
  const uint32_t        wish =
    atomic_exchange_explicit(&choice->wish, 0U, memory_order_acquire);
  const uint64_t just_set =
    atomic_exchange_explicit(&choice->set, 0U, memory_order_acquire);
  bool is_new = false;
  choice->age += seconds;
  if (wish) {
    const uint32_t number = wish - 1U;
    is_new       = number != choice->last || choice->age >= again_seconds;
    choice->last = number;
    choice->age  = 0.0;
    if (is_new && number) {
      set_all(self, number, just_set);
    }
  }

  // What shows is true; a host that goes on setting it is not told each time
  const uint32_t shown =
    (uint32_t)(continuo_get_param(self, CONTINUO_PRESET) + half);
  if (shown && !is_at(self, shown)) {
    const uint64_t changed = change(self, CONTINUO_PRESET, 0.0F);
    choice->untold |= wish && !is_new ? 0U : changed;
  }
}

uint32_t
continuo_next_change(Continuo* const self)
{
  uint64_t* const untold = &self->choice.untold;
  uint32_t        id     = 0U;
  while (id < CONTINUO_N_PARAMS && !(*untold & bit_of(id))) {
    ++id;
  }
  *untold &= ~(id < CONTINUO_N_PARAMS ? bit_of(id) : 0U);
  return id;
}

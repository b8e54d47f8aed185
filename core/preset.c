// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A preset as values, and those inside the binary

#include "continuo.h"

#include "preset.h"

bool
continuo_preset_sets(const uint32_t id)
{
  static const uint32_t no_settings =
    CONTINUO_PARAM_OUTPUT | CONTINUO_PARAM_TRIGGER;

  const ContinuoParam* const param = continuo_param(id);
  return param && !(param->flags & no_settings) && id != CONTINUO_BYPASS &&
         id != CONTINUO_PRESET;
}

ContinuoPreset
continuo_preset_initial(void)
{
  ContinuoPreset preset = {.name = "", .about = ""};
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    preset.values[id] = continuo_param(id)->initial;
  }
  return preset;
}

void
continuo_preset_copy(const Continuo* const self, ContinuoPreset* const preset)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id)) {
      preset->values[id] = continuo_get_param(self, id);
    }
  }
}

void
continuo_preset_apply(Continuo* const self, const ContinuoPreset* const preset)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id)) {
      continuo_set_param(self, id, preset->values[id]);
    }
  }
}

uint32_t
continuo_n_presets(void)
{
  return CT_N_BUILTIN_PRESETS; // From CMake
}

const char*
continuo_preset_id(const uint32_t index)
{
  return index < CT_N_BUILTIN_PRESETS ? ct_builtin_presets[index].id : NULL;
}

const char*
continuo_preset_text(const uint32_t index)
{
  return index < CT_N_BUILTIN_PRESETS ? ct_builtin_presets[index].text : NULL;
}

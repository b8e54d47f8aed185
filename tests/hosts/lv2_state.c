// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "lv2_state.h"

#include <lv2/atom/atom.h>
#include <lv2/core/lv2.h>
#include <lv2/state/state.h>

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char file_name[] = "state.ttl";

/// The control of port `symbol`, or null if it is none that is set
static float*
find_control(const Stateful* self, const char* symbol)
{
  LilvNode* const       name  = lilv_new_string(self->world, symbol);
  LilvNode* const       input = lilv_new_uri(self->world, LV2_CORE__InputPort);
  const LilvPort* const port =
    lilv_plugin_get_port_by_symbol(self->plugin, name);
  float* control = NULL;
  if (port && lilv_port_is_a(self->plugin, port, input)) {
    control = &self->controls[lilv_port_get_index(self->plugin, port)];
  }
  lilv_node_free(input);
  lilv_node_free(name);
  return control;
}

/// A LilvGetPortValueFunc
static const void*
get_value(const char* symbol, void* handle, uint32_t* size, uint32_t* type)
{
  const Stateful* const self    = handle;
  const float* const    control = find_control(self, symbol);
  *size                         = control ? sizeof(*control) : 0U;
  *type = control ? features_map(self->features, LV2_ATOM__Float) : 0U;
  return control;
}

/// A LilvSetPortValueFunc
static void
set_value(const char*    symbol,
          void*          handle,
          const void*    value,
          const uint32_t size,
          const uint32_t type)
{
  const Stateful* const self    = handle;
  float* const          control = find_control(self, symbol);
  if (control && size == sizeof(*control) &&
      type == features_map(self->features, LV2_ATOM__Float)) {
    memcpy(control, value, size);
  }
}

bool
lv2_state_save(const Stateful* self, const char* folder)
{
  Features* const  features = self->features;
  LilvState* const state =
    lilv_state_new_from_instance(self->plugin,
                                 self->instance,
                                 &features->map,
                                 NULL,
                                 NULL,
                                 NULL,
                                 folder,
                                 get_value,
                                 (void*)self,
                                 LV2_STATE_IS_POD | LV2_STATE_IS_PORTABLE,
                                 features->list);
  const bool is_saved = state && !lilv_state_save(self->world,
                                                  &features->map,
                                                  &features->unmap,
                                                  state,
                                                  NULL,
                                                  folder,
                                                  file_name);
  lilv_state_free(state);
  return is_saved;
}

bool
lv2_state_restore(const Stateful* self, const char* folder)
{
  char path[PATH_MAX];
  (void)snprintf(path, sizeof(path), "%s/%s", folder, file_name);
  LilvState* const state =
    lilv_state_new_from_file(self->world, &self->features->map, NULL, path);
  if (state) {
    lilv_state_restore(
      state, self->instance, set_value, (void*)self, 0U, self->features->list);
  }
  lilv_state_free(state);
  return state;
}

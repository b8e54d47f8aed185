// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file lv2_presets.c A host that loads every preset of the plugin as hosts do,
   through lilv, and finds in its ports what the preset's file says.

   Usage: lv2_presets URI, with LV2_PATH
*/

#include "continuo.h"

#include <lilv/lilv.h>
#include <lv2/atom/atom.h>
#include <lv2/core/lv2.h>
#include <lv2/presets/presets.h>
#include <lv2/urid/urid.h>

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  MAX_PORTS = 256,
  MAX_URIDS = 256,
};

/// Ports are given back within this
static const float tolerance = 1e-5F;

/// A plugin without an instance: its ports as a host keeps them
typedef struct {
  LilvWorld*        world;
  const LilvPlugin* plugin;
  char*             uris[MAX_URIDS];
  uint32_t          n_uris;
  LV2_URID_Map      map;
  float             ports[MAX_PORTS];
  bool              is_set[MAX_PORTS];
  int               n_wrong;
} Host;

static LV2_URID
map_uri(LV2_URID_Map_Handle handle, const char* uri)
{
  Host* const host = handle;
  for (uint32_t i = 0U; i < host->n_uris; ++i) {
    if (!strcmp(host->uris[i], uri)) {
      return i + 1U;
    }
  }
  if (host->n_uris == MAX_URIDS) {
    abort();
  }
  host->uris[host->n_uris] = strdup(uri);
  return ++host->n_uris;
}

static const LilvPort*
find_port(const Host* host, const char* symbol)
{
  LilvNode* const       node = lilv_new_string(host->world, symbol);
  const LilvPort* const port =
    lilv_plugin_get_port_by_symbol(host->plugin, node);
  lilv_node_free(node);
  return port;
}

/// A LilvSetPortValueFunc
static void
set_port(const char*    symbol,
         void*          handle,
         const void*    value,
         const uint32_t size,
         const uint32_t type)
{
  Host* const           host = handle;
  const LilvPort* const port = find_port(host, symbol);
  if (!port || size != sizeof(float) ||
      type != map_uri(host, LV2_ATOM__Float)) {
    printf("no float for a port: %s\n", symbol);
    ++host->n_wrong;
    return;
  }
  const uint32_t index = lilv_port_get_index(host->plugin, port);
  memcpy(&host->ports[index], value, size);
  host->is_set[index] = true;
}

/// Hold the ports against the preset
static void
check_ports(Host* host, const ContinuoPreset* preset)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const char* const     symbol = continuo_param(id)->symbol;
    const LilvPort* const port   = find_port(host, symbol);
    const uint32_t index = port ? lilv_port_get_index(host->plugin, port) : 0U;
    if (!continuo_preset_sets(id)) {
      if (port && host->is_set[index]) {
        printf("%s sets %s\n", preset->name, symbol);
        ++host->n_wrong;
      }
    } else if (!port || !host->is_set[index] ||
               fabsf(host->ports[index] - preset->values[id]) > tolerance) {
      printf(
        "%s: %s is not %g\n", preset->name, symbol, (double)preset->values[id]);
      ++host->n_wrong;
    }
  }
}

/// Load a preset, move every port, and load it again: the second time counts
static void
load_twice(Host* host, const LilvNode* uri, const ContinuoPreset* preset)
{
  (void)lilv_world_load_resource(host->world, uri);
  LilvState* const state =
    lilv_state_new_from_world(host->world, &host->map, uri);
  if (!state || !lilv_state_get_label(state) ||
      strcmp(lilv_state_get_label(state), preset->name) != 0) {
    printf("%s is not %s\n", lilv_node_as_uri(uri), preset->name);
    ++host->n_wrong;
  } else {
    lilv_state_emit_port_values(state, set_port, host);
    for (uint32_t i = 0U; i < MAX_PORTS; ++i) {
      host->ports[i]  = -1000.0F;
      host->is_set[i] = false;
    }
    lilv_state_emit_port_values(state, set_port, host);
    check_ports(host, preset);
  }
  lilv_state_free(state);
}

static void
check_preset(Host* host, const LilvNodes* found, const uint32_t index)
{
  char              uri[256];
  char              why[CONTINUO_WHY_SIZE];
  ContinuoPreset    preset;
  const char* const text = continuo_preset_text(index);
  (void)snprintf(uri,
                 sizeof(uri),
                 "%s#%s",
                 lilv_node_as_uri(lilv_plugin_get_uri(host->plugin)),
                 continuo_preset_id(index));
  LilvNode* const node = lilv_new_uri(host->world, uri);
  if (!lilv_nodes_contains(found, node) ||
      continuo_preset_read(NULL, text, strlen(text), &preset, why)) {
    printf("no preset %s\n", uri);
    ++host->n_wrong;
  } else {
    load_twice(host, node, &preset);
  }
  lilv_node_free(node);
}

static void
check_all(Host* host)
{
  LilvNode* const  type  = lilv_new_uri(host->world, LV2_PRESETS__Preset);
  LilvNodes* const found = lilv_plugin_get_related(host->plugin, type);
  printf("%u presets\n", lilv_nodes_size(found));
  if (lilv_nodes_size(found) != continuo_n_presets()) {
    ++host->n_wrong;
  }
  for (uint32_t i = 0U; i < continuo_n_presets(); ++i) {
    check_preset(host, found, i);
  }
  lilv_nodes_free(found);
  lilv_node_free(type);
}

int
main(int argc, char** argv)
{
  static Host host;
  if (argc != 2) {
    fprintf(stderr, "Usage: lv2_presets URI\n");
    return 1;
  }

  host.map   = (LV2_URID_Map){&host, map_uri};
  host.world = lilv_world_new();
  lilv_world_load_all(host.world);
  LilvNode* const uri = lilv_new_uri(host.world, argv[1]);
  host.plugin =
    lilv_plugins_get_by_uri(lilv_world_get_all_plugins(host.world), uri);
  lilv_node_free(uri);
  if (host.plugin && lilv_plugin_get_num_ports(host.plugin) <= MAX_PORTS) {
    check_all(&host);
  } else {
    printf("no plugin %s\n", argv[1]);
    ++host.n_wrong;
  }
  lilv_world_free(host.world);
  for (uint32_t i = 0U; i < host.n_uris; ++i) {
    free(host.uris[i]);
  }
  return host.n_wrong ? 2 : 0;
}

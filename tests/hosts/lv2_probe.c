// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file lv2_probe.c The probe for LV2; PLUGIN is a URI, FILE a folder

#include "lv2_features.h"
#include "lv2_state.h"
#include "probe.h"

#include <lv2/atom/atom.h>
#include <lv2/atom/forge.h>
#include <lv2/atom/util.h>
#include <lv2/midi/midi.h>
#include <lv2/patch/patch.h>
#include <lv2/resize-port/resize-port.h>
#include <lv2/time/time.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  MAX_PORTS  = 256,
  MIN_EVENTS = 8192,
};

/// A plugin with its ports
typedef struct {
  Features          features;
  LilvWorld*        world;
  const LilvPlugin* plugin;
  LilvInstance*     instance;
  float             controls[MAX_PORTS];
  uint32_t          n_ports;
  uint32_t          n_sides; ///< Audio outputs
  uint32_t          events_size;
  uint8_t*          events_in;
  uint8_t*          events_out;
  LV2_URID          midi_event;
  const char*       model; ///< To be told in the next block, or null
  bool              never_tells;
} Lv2;

/// Connect port `index` to its control value or to one of the event buffers
static void
connect_port(Lv2* self, const LilvPlugin* plugin, const uint32_t index)
{
  const LilvPort* const port = lilv_plugin_get_port_by_index(plugin, index);
  LilvNode* const control    = lilv_new_uri(self->world, LV2_CORE__ControlPort);
  LilvNode* const input      = lilv_new_uri(self->world, LV2_CORE__InputPort);
  LilvNode* const audio      = lilv_new_uri(self->world, LV2_CORE__AudioPort);
  void*           location   = NULL;
  if (lilv_port_is_a(plugin, port, audio)) {
    location = probe_sound[self->n_sides++ % PROBE_N_SIDES];
  } else if (lilv_port_is_a(plugin, port, control)) {
    location = &self->controls[index];
  } else {
    const bool is_input = lilv_port_is_a(plugin, port, input);
    location            = is_input ? self->events_in : self->events_out;
  }
  lilv_instance_connect_port(self->instance, index, location);
  lilv_node_free(audio);
  lilv_node_free(input);
  lilv_node_free(control);
}

/// The event size that the plugin asks for in the largest rsz:minimumSize of
/// its ports
static uint32_t
events_size(Lv2* self, const LilvPlugin* plugin)
{
  LilvNode* const minimum =
    lilv_new_uri(self->world, LV2_RESIZE_PORT__minimumSize);
  int size = MIN_EVENTS;
  for (uint32_t i = 0U; i < self->n_ports; ++i) {
    const LilvPort* const port = lilv_plugin_get_port_by_index(plugin, i);
    LilvNode* const       node = lilv_port_get(plugin, port, minimum);
    if (node && lilv_node_as_int(node) > size) {
      size = lilv_node_as_int(node);
    }
    lilv_node_free(node);
  }
  lilv_node_free(minimum);
  return (uint32_t)size;
}

static void
lv2_close(void* plugin)
{
  Lv2* const self = plugin;
  lilv_instance_free(self->instance);
  lilv_world_free(self->world);
  features_clear(&self->features);
  free(self->events_in);
  free(self->events_out);
  free(self);
}

/// Make the instance and connect its ports.  @return False if that cannot be
/// done
static bool
instantiate(Lv2* self)
{
  self->n_ports     = lilv_plugin_get_num_ports(self->plugin);
  self->events_size = events_size(self, self->plugin);
  self->events_in   = calloc(1U, self->events_size);
  self->events_out  = calloc(1U, self->events_size);
  self->instance    = lilv_plugin_instantiate(
    self->plugin, PROBE_SAMPLE_RATE, self->features.list);
  self->features.instance = self->instance;
  if (!self->events_in || !self->events_out || !self->instance) {
    return false;
  }

  lilv_plugin_get_port_ranges_float(self->plugin, NULL, NULL, self->controls);
  for (uint32_t i = 0U; i < self->n_ports; ++i) {
    connect_port(self, self->plugin, i);
  }
  return true;
}

static void*
lv2_open(const ProbePlan* plan)
{
  Lv2* const self = calloc(1U, sizeof(Lv2));
  if (!self) {
    return NULL;
  }
  features_init(&self->features,
                (float)PROBE_SAMPLE_RATE,
                plan->sound ? (int32_t)plan->n_frames : PROBE_MAX_BLOCK);
  self->midi_event  = features_map(&self->features, LV2_MIDI__MidiEvent);
  self->model       = plan->model;
  self->never_tells = plan->never_tells;
  self->world       = lilv_world_new();
  lilv_world_load_all(self->world);

  LilvNode* const    uri     = lilv_new_uri(self->world, plan->plugin);
  const LilvPlugins* plugins = lilv_world_get_all_plugins(self->world);
  self->plugin               = lilv_plugins_get_by_uri(plugins, uri);
  lilv_node_free(uri);
  if (!self->plugin || lilv_plugin_get_num_ports(self->plugin) > MAX_PORTS ||
      !instantiate(self)) {
    lv2_close(self);
    return NULL;
  }
  return self;
}

/// Set a port.  The bypass is the port `lv2_enabled` here, the other way round
static bool
lv2_set(void* plugin, const char* symbol, const float value)
{
  Lv2* const      self      = plugin;
  const bool      is_bypass = !strcmp(symbol, "bypass");
  LilvNode* const name =
    lilv_new_string(self->world, is_bypass ? "lv2_enabled" : symbol);
  const LilvPort* const port =
    lilv_plugin_get_port_by_symbol(self->plugin, name);
  if (port) {
    self->controls[lilv_port_get_index(self->plugin, port)] =
      is_bypass ? 1.0F - value : value;
  }
  lilv_node_free(name);
  return port;
}

static void
lv2_activate(void* plugin)
{
  lilv_instance_activate(((Lv2*)plugin)->instance);
}

static void
lv2_deactivate(void* plugin)
{
  lilv_instance_deactivate(((Lv2*)plugin)->instance);
}

static Stateful
stateful(Lv2* self)
{
  const Stateful stateful = {
    self->world, self->plugin, self->instance, &self->features, self->controls};
  return stateful;
}

static bool
lv2_save(void* plugin, const char* path)
{
  const Stateful state = stateful(plugin);
  return lv2_state_save(&state, path);
}

static bool
lv2_restore(void* plugin, const char* path)
{
  const Stateful state = stateful(plugin);
  return lv2_state_restore(&state, path);
}

/// Write a time:Position at frame zero of the block into the input
static void
forge_position(Lv2* self, const ProbeBlock* block, LV2_Atom_Forge* forge)
{
  static const double  whole    = 4.0;
  Features* const      features = &self->features;
  const double         in_bar   = block->quarter - block->bar_quarter;
  LV2_Atom_Forge_Frame object;
  lv2_atom_forge_frame_time(forge, 0);
  lv2_atom_forge_object(
    forge, &object, 0, features_map(features, LV2_TIME__Position));
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__frame));
  lv2_atom_forge_long(forge, block->frame);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__speed));
  lv2_atom_forge_float(forge, block->rolls ? 1.0F : 0.0F);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__bar));
  lv2_atom_forge_long(forge, block->bar);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__barBeat));
  lv2_atom_forge_float(forge, (float)(in_bar * block->denominator / whole));
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__beatUnit));
  lv2_atom_forge_int(forge, (int32_t)block->denominator);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__beatsPerBar));
  lv2_atom_forge_float(forge, (float)block->numerator);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__beatsPerMinute));
  lv2_atom_forge_float(forge, (float)block->tempo);
  lv2_atom_forge_pop(forge, &object);
}

/// Write a patch:Set of the path that the user chose, as hosts do that read
/// patch:writable
static void
forge_model(Lv2* self, LV2_Atom_Forge* forge)
{
  Features* const      features = &self->features;
  LV2_Atom_Forge_Frame object;
  lv2_atom_forge_frame_time(forge, 0);
  lv2_atom_forge_object(
    forge, &object, 0, features_map(features, LV2_PATCH__Set));
  lv2_atom_forge_key(forge, features_map(features, LV2_PATCH__property));
  lv2_atom_forge_urid(forge, features_map(features, "urn:continuo:midi#model"));
  lv2_atom_forge_key(forge, features_map(features, LV2_PATCH__value));
  lv2_atom_forge_path(forge, self->model, (uint32_t)strlen(self->model) + 1U);
  lv2_atom_forge_pop(forge, &object);
  self->model = NULL;
}

static void
forge_input(Lv2* self, const ProbeBlock* block)
{
  LV2_Atom_Forge       forge;
  LV2_Atom_Forge_Frame sequence;
  lv2_atom_forge_init(&forge, &self->features.map);
  lv2_atom_forge_set_buffer(&forge, self->events_in, self->events_size);
  lv2_atom_forge_sequence_head(&forge, &sequence, 0U);
  if (block->tells && !self->never_tells) {
    forge_position(self, block, &forge);
  }
  if (self->model) {
    forge_model(self, &forge);
  }
  for (uint32_t i = 0U; i < block->n_in; ++i) {
    const ProbeMessage* const message = &block->in[i];
    lv2_atom_forge_frame_time(&forge, message->frame);
    lv2_atom_forge_atom(&forge, PROBE_MESSAGE_SIZE, self->midi_event);
    lv2_atom_forge_write(&forge, message->bytes, PROBE_MESSAGE_SIZE);
  }
  lv2_atom_forge_pop(&forge, &sequence);
}

/// Add the block's messages to the list; DPF leaves the chunk untouched if
/// there are none
static void
collect(Lv2* self, Probe* probe)
{
  const LV2_Atom_Sequence* const sequence =
    (const LV2_Atom_Sequence*)self->events_out;
  if (sequence->atom.type !=
      features_map(&self->features, LV2_ATOM__Sequence)) {
    return;
  }

  LV2_ATOM_SEQUENCE_FOREACH(sequence, event)
  {
    if (event->body.type == self->midi_event) {
      probe_hear(probe,
                 (uint32_t)event->time.frames,
                 (const uint8_t*)(event + 1),
                 event->body.size);
    }
  }
}

static void
lv2_run(void* plugin, const ProbeBlock* block, Probe* probe)
{
  Lv2* const self = plugin;
  forge_input(self, block);
  LV2_Atom* const out = (LV2_Atom*)self->events_out;
  out->type           = features_map(&self->features, LV2_ATOM__Chunk);
  out->size           = self->events_size - (uint32_t)sizeof(LV2_Atom);
  lilv_instance_run(self->instance, block->n_frames);
  collect(self, probe);
}

/// What a port of counts says, or zero if there is none of this symbol
static uint32_t
read_count(Lv2* self, const char* symbol)
{
  LilvNode* const       name = lilv_new_string(self->world, symbol);
  const LilvPort* const port =
    lilv_plugin_get_port_by_symbol(self->plugin, name);
  lilv_node_free(name);
  return port
           ? (uint32_t)self->controls[lilv_port_get_index(self->plugin, port)]
           : 0U;
}

/// The port that tells it, which only a plugin with a latency has
static uint32_t
lv2_latency(void* plugin)
{
  return read_count(plugin, "lv2_latency");
}

/// What came too late is a matter of the machine, and not counted as a fault
static void
lv2_print_faults(void* plugin)
{
  printf("@ late %u\n", read_count(plugin, "late_notes"));
  printf("@ underruns %u\n", read_count(plugin, "underruns"));
}

int
main(int argc, char** argv)
{
  static const ProbeFormat format = {lv2_open,
                                     lv2_close,
                                     lv2_set,
                                     lv2_activate,
                                     lv2_deactivate,
                                     lv2_run,
                                     lv2_save,
                                     lv2_restore,
                                     lv2_latency,
                                     lv2_print_faults,
                                     true};
  return probe_main(argc, argv, &format);
}

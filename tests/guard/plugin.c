// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file plugin.c The LV2 plugin under guard: run() of its binary, with what DPF
   does around continuo_process().

   LV2_PATH says where the bundle is, CONTINUO_PLUGIN which of them it is.
   CONTINUO_SEED gives another script.
*/

#define _GNU_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "guard.h"
#include "lv2_features.h"
#include "scenes.h"

#include "continuo.h"

#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <lilv/lilv.h>
#include <lv2/atom/atom.h>
#include <lv2/atom/forge.h>
#include <lv2/atom/util.h>
#include <lv2/core/lv2.h>
#include <lv2/midi/midi.h>
#include <lv2/time/time.h>

#define MAX_PORTS 64U
#define N_SIDES 2U
#define MAX_BLOCK 4096
#define EVENTS_SIZE 32768U
#define NO_PORT UINT32_MAX

static const double sample_rate = 48000.0;

/// Seconds of music, unless CONTINUO_SECONDS tells others
static const double usual_seconds = 600.0;

/// Bytes of a message in the output, to leave room for so many
static const uint32_t message_size = 24U;

/// URIDs that blocks are made of
typedef struct {
  LV2_URID midi_event;
  LV2_URID position;
  LV2_URID frame;
  LV2_URID speed;
  LV2_URID bar;
  LV2_URID bar_beat;
  LV2_URID beat_unit;
  LV2_URID beats_per_bar;
  LV2_URID beats_per_minute;
  LV2_URID sequence;
  LV2_URID chunk;
} Urids;

/// The plugin in a host
typedef struct {
  Features      features;
  Urids         urids;
  LilvWorld*    world;
  LilvInstance* instance;
  uint32_t      port_of[CONTINUO_N_PARAMS]; ///< Of each parameter, or NO_PORT
  uint32_t      enabled;                    ///< Port of the bypass, inverse
  float         controls[MAX_PORTS];
  float         sound[N_SIDES][MAX_BLOCK];
  uint32_t      n_sides; ///< Outputs of audio
  uint8_t       events_in[EVENTS_SIZE];
  uint8_t       events_out[EVENTS_SIZE];
  Scenes        scenes;
  size_t        n_blocks;
  size_t        n_written;
  size_t        n_heard; ///< Frames that were not silent
  GuardFaults   faults;
} Host;

static void
map_urids(Host* host)
{
  Features* const features = &host->features;
  host->urids              = (Urids){
                 .midi_event       = features_map(features, LV2_MIDI__MidiEvent),
                 .position         = features_map(features, LV2_TIME__Position),
                 .frame            = features_map(features, LV2_TIME__frame),
                 .speed            = features_map(features, LV2_TIME__speed),
                 .bar              = features_map(features, LV2_TIME__bar),
                 .bar_beat         = features_map(features, LV2_TIME__barBeat),
                 .beat_unit        = features_map(features, LV2_TIME__beatUnit),
                 .beats_per_bar    = features_map(features, LV2_TIME__beatsPerBar),
                 .beats_per_minute = features_map(features, LV2_TIME__beatsPerMinute),
                 .sequence         = features_map(features, LV2_ATOM__Sequence),
                 .chunk            = features_map(features, LV2_ATOM__Chunk),
  };
}

/// Index of the port called `symbol`, or NO_PORT
static uint32_t
find_port(Host* host, const LilvPlugin* plugin, const char* symbol)
{
  LilvNode* const       node = lilv_new_string(host->world, symbol);
  const LilvPort* const port = lilv_plugin_get_port_by_symbol(plugin, node);
  lilv_node_free(node);
  return port ? lilv_port_get_index(plugin, port) : NO_PORT;
}

static void
connect_ports(Host* host, const LilvPlugin* plugin)
{
  LilvNode* const control = lilv_new_uri(host->world, LV2_CORE__ControlPort);
  LilvNode* const input   = lilv_new_uri(host->world, LV2_CORE__InputPort);
  LilvNode* const audio   = lilv_new_uri(host->world, LV2_CORE__AudioPort);
  const uint32_t  n_ports = lilv_plugin_get_num_ports(plugin);
  assert_in_range(n_ports, 1U, MAX_PORTS);
  lilv_plugin_get_port_ranges_float(plugin, NULL, NULL, host->controls);
  for (uint32_t i = 0U; i < n_ports; ++i) {
    const LilvPort* const port   = lilv_plugin_get_port_by_index(plugin, i);
    void*                 target = host->events_out;
    if (lilv_port_is_a(plugin, port, audio)) {
      target = host->sound[host->n_sides++ % N_SIDES];
    } else if (lilv_port_is_a(plugin, port, control)) {
      target = &host->controls[i];
    } else if (lilv_port_is_a(plugin, port, input)) {
      target = host->events_in;
    }
    lilv_instance_connect_port(host->instance, i, target);
  }
  lilv_node_free(audio);
  lilv_node_free(input);
  lilv_node_free(control);

  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    host->port_of[id] = find_port(host, plugin, continuo_param(id)->symbol);
  }
  host->enabled = find_port(host, plugin, "lv2_enabled");
  assert_int_not_equal(host->enabled, NO_PORT);
}

static const char*
plugin_uri(void)
{
  const char* const uri = getenv("CONTINUO_PLUGIN");
  return uri ? uri : "urn:continuo:midi";
}

static void
open_host(Host* host)
{
  memset(host, 0, sizeof(*host));
  features_init(&host->features, (float)sample_rate, MAX_BLOCK);
  map_urids(host);
  host->world = lilv_world_new();
  lilv_world_load_all(host->world);

  LilvNode* const         uri     = lilv_new_uri(host->world, plugin_uri());
  const LilvPlugins*      plugins = lilv_world_get_all_plugins(host->world);
  const LilvPlugin* const plugin  = lilv_plugins_get_by_uri(plugins, uri);
  lilv_node_free(uri);
  assert_non_null(plugin);

  host->instance =
    lilv_plugin_instantiate(plugin, sample_rate, host->features.list);
  assert_non_null(host->instance);
  host->features.instance = host->instance;
  connect_ports(host, plugin);
  lilv_instance_activate(host->instance);
  scenes_init(&host->scenes, scenes_seed());
}

static void
close_host(Host* host)
{
  lilv_instance_deactivate(host->instance);
  lilv_instance_free(host->instance);
  lilv_world_free(host->world);
  features_clear(&host->features);
}

static void
forge_position(const Host*             host,
               LV2_Atom_Forge*         forge,
               const ContinuoPosition* position)
{
  const double         whole = 4.0;
  const Urids* const   urids = &host->urids;
  LV2_Atom_Forge_Frame object;
  lv2_atom_forge_frame_time(forge, 0);
  lv2_atom_forge_object(forge, &object, 0, urids->position);
  lv2_atom_forge_key(forge, urids->frame);
  lv2_atom_forge_long(forge, position->frame);
  lv2_atom_forge_key(forge, urids->speed);
  lv2_atom_forge_float(forge, position->rolling ? 1.0F : 0.0F);
  if (position->has_meter) {
    const double beat = position->beat * position->denominator / whole;
    lv2_atom_forge_key(forge, urids->bar);
    lv2_atom_forge_long(forge, 0);
    lv2_atom_forge_key(forge, urids->bar_beat);
    lv2_atom_forge_float(forge, (float)beat);
    lv2_atom_forge_key(forge, urids->beat_unit);
    lv2_atom_forge_int(forge, (int32_t)position->denominator);
    lv2_atom_forge_key(forge, urids->beats_per_bar);
    lv2_atom_forge_float(forge, (float)position->numerator);
    lv2_atom_forge_key(forge, urids->beats_per_minute);
    lv2_atom_forge_float(forge, (float)position->tempo);
  }
  lv2_atom_forge_pop(forge, &object);
}

static void
forge_input(Host* host, const SceneBlock* block)
{
  LV2_Atom_Forge       forge;
  LV2_Atom_Forge_Frame sequence;
  lv2_atom_forge_init(&forge, &host->features.map);
  lv2_atom_forge_set_buffer(&forge, host->events_in, EVENTS_SIZE);
  lv2_atom_forge_sequence_head(&forge, &sequence, 0U);
  if (block->tells) {
    forge_position(host, &forge, &block->position);
  }
  for (uint32_t i = 0U; i < block->n_in; ++i) {
    const ContinuoMidi* const message = &block->in[i];
    lv2_atom_forge_frame_time(&forge, message->frame);
    lv2_atom_forge_atom(&forge, message->size, host->urids.midi_event);
    lv2_atom_forge_write(&forge, message->data, message->size);
  }
  lv2_atom_forge_pop(&forge, &sequence);
}

/// Give the plugin an empty output with room for the messages of the script
static void
clear_output(Host* host, const SceneBlock* block)
{
  const uint32_t  room  = EVENTS_SIZE - (uint32_t)sizeof(LV2_Atom);
  const uint32_t  asked = block->max_writes < room / message_size
                            ? (uint32_t)sizeof(LV2_Atom_Sequence_Body) +
                               block->max_writes * message_size
                            : room;
  LV2_Atom* const out   = (LV2_Atom*)host->events_out;
  out->type             = host->urids.chunk;
  out->size             = asked;
}

static void
count_output(Host* host)
{
  const LV2_Atom_Sequence* const sequence =
    (const LV2_Atom_Sequence*)host->events_out;
  if (sequence->atom.type == host->urids.sequence) {
    LV2_ATOM_SEQUENCE_FOREACH(sequence, event)
    {
      ++host->n_written;
    }
  }
}

static void
set_control(Host* host, const SceneBlock* block)
{
  if (block->knob == CONTINUO_BYPASS) {
    host->controls[host->enabled] = 1.0F - block->value;
  } else if (block->knob < CONTINUO_N_PARAMS &&
             host->port_of[block->knob] != NO_PORT) {
    host->controls[host->port_of[block->knob]] = block->value;
  }
}

static void
run_block(Host* host, const SceneBlock* block)
{
  if (block->activates) {
    lilv_instance_deactivate(host->instance);
    lilv_instance_activate(host->instance);
  }
  if (block->turns) {
    set_control(host, block);
  }
  forge_input(host, block);
  clear_output(host, block);
  guard_begin();
  lilv_instance_run(host->instance, block->n_frames);
  const GuardFaults faults = guard_end();
  host->faults.n_minor += faults.n_minor;
  host->faults.n_major += faults.n_major;
  ++host->n_blocks;
  count_output(host);
  for (uint32_t i = 0U; host->n_sides && i < block->n_frames; ++i) {
    host->n_heard += host->sound[0][i] != 0.0F;
  }
}

static void*
play(void* handle)
{
  Host* const       host    = handle;
  const char* const text    = getenv("CONTINUO_SECONDS");
  const double      seconds = text ? strtod(text, NULL) : usual_seconds;
  for (double played = 0.0; played < seconds;) {
    const SceneBlock* const block = scenes_next(&host->scenes);
    run_block(host, block);
    played += block->n_frames / sample_rate;
  }
  return NULL;
}

static void
test_run(void** state)
{
  static Host host;

  (void)state;
  pthread_t thread;
  open_host(&host);
  guard_clear();
  assert_int_equal(pthread_create(&thread, NULL, play, &host), 0);
  assert_int_equal(pthread_join(thread, NULL), 0);
  print_message(
    "%zu blocks, %zu messages, %ld new pages, %zu frames of sound\n",
    host.n_blocks,
    host.n_written,
    host.faults.n_minor,
    host.n_heard);
  if (guard_n_caught() > 0U) {
    guard_print();
    print_error("CONTINUO_SEED=%" PRIu64 "\n", scenes_seed());
  }
  assert_int_equal(guard_n_caught(), 0U);
  assert_int_equal(host.faults.n_major, 0);
  assert_in_range(host.n_written, 500U, SIZE_MAX);
  assert_true(!host.n_sides || host.n_heard > (size_t)sample_rate);
  close_host(&host);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

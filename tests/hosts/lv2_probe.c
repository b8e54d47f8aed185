// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file lv2_probe.c A host without sound: plays an LV2 MIDI plugin and prints
   its notes.

   It rolls from zero in 4/4 at one tempo, stops, and prints the list of
   note_list.h.
*/

#include "lv2_features.h"
#include "lv2_state.h"
#include "note_list.h"

#include <lv2/atom/atom.h>
#include <lv2/atom/forge.h>
#include <lv2/atom/util.h>
#include <lv2/midi/midi.h>
#include <lv2/resize-port/resize-port.h>
#include <lv2/time/time.h>

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
  MAX_PORTS      = 256,
  MAX_SETTINGS   = 64,
  MIN_EVENTS     = 8192,
  BEATS_PER_BAR  = 4,
  BEAT_UNIT      = 4,
  MAX_BLOCK      = 65536,
  EXIT_BAD_ARGS  = 1,
  EXIT_NO_PLUGIN = 2,
};

/// What to do, from the command line
typedef struct {
  const char* uri;
  const char* settings[MAX_SETTINGS]; ///< SYMBOL=VALUE
  size_t      n_settings;
  uint32_t    n_frames; ///< Of a block
  double      quarters; ///< To play
  double      tempo;    ///< Quarters a minute
  double      stand; ///< Seconds to stand at zero before it rolls, in real time
  double      lead_in;     ///< Quarters before zero to begin at
  bool        never_tells; ///< Tell no position at all
  bool each_block;      ///< Tell the position in each block, or on changes only
  bool in_time;         ///< Wait after each block as sound would
  bool is_new_take;     ///< Ask for a new take before it rolls
  const char* restored; ///< Folder of a state to begin with, or null
  const char* saved;    ///< Folder for the state at the end, or null
} Plan;

/// A plugin with its ports
typedef struct {
  Features          features;
  LilvWorld*        world;
  const LilvPlugin* plugin;
  LilvInstance*     instance;
  float             controls[MAX_PORTS];
  uint32_t          n_ports;
  uint32_t          events_size;
  uint8_t*          events_in;
  uint8_t*          events_out;
  LV2_URID          midi_event;
  NoteList          notes;
  bool              in_order; ///< No message came before an earlier one
} Probe;

static const double sample_rate = 48000.0;

static double
frames_per_quarter(const Plan* plan)
{
  const double seconds_per_minute = 60.0;
  return sample_rate * seconds_per_minute / plan->tempo;
}

static int
parse(const int argc, char** argv, Plan* plan)
{
  int option = 0;
  *plan      = (Plan){.n_frames = 256U, .quarters = 16.0, .tempo = 120.0};
  while ((option = getopt(argc, argv, "b:q:t:w:s:p:R:S:ernN")) != -1) {
    switch (option) {
    case 'b':
      plan->n_frames = (uint32_t)strtoul(optarg, NULL, 10);
      break;
    case 'q':
      plan->quarters = strtod(optarg, NULL);
      break;
    case 't':
      plan->tempo = strtod(optarg, NULL);
      break;
    case 'w':
      plan->stand = strtod(optarg, NULL);
      break;
    case 'p':
      plan->lead_in = strtod(optarg, NULL);
      break;
    case 'n':
      plan->never_tells = true;
      break;
    case 'R':
      plan->restored = optarg;
      break;
    case 'S':
      plan->saved = optarg;
      break;
    case 'N':
      plan->is_new_take = true;
      break;
    case 'e':
      plan->each_block = true;
      break;
    case 'r':
      plan->in_time = true;
      break;
    case 's':
      if (plan->n_settings == MAX_SETTINGS) {
        return EXIT_BAD_ARGS;
      }
      plan->settings[plan->n_settings++] = optarg;
      break;
    default:
      return EXIT_BAD_ARGS;
    }
  }
  if (optind + 1 != argc || !plan->n_frames || plan->n_frames > MAX_BLOCK ||
      plan->tempo <= 0.0) {
    return EXIT_BAD_ARGS;
  }
  plan->uri = argv[optind];
  return 0;
}

/// Connect port `index` to its control value or to one of the event buffers
static void
connect_port(Probe* probe, const LilvPlugin* plugin, const uint32_t index)
{
  const LilvPort* const port = lilv_plugin_get_port_by_index(plugin, index);
  LilvNode* const control  = lilv_new_uri(probe->world, LV2_CORE__ControlPort);
  LilvNode* const input    = lilv_new_uri(probe->world, LV2_CORE__InputPort);
  void*           location = NULL;
  if (lilv_port_is_a(plugin, port, control)) {
    location = &probe->controls[index];
  } else {
    const bool is_input = lilv_port_is_a(plugin, port, input);
    location            = is_input ? probe->events_in : probe->events_out;
  }
  lilv_instance_connect_port(probe->instance, index, location);
  lilv_node_free(input);
  lilv_node_free(control);
}

/// The event size that the plugin asks for in the largest rsz:minimumSize of
/// its ports
static uint32_t
events_size(Probe* probe, const LilvPlugin* plugin)
{
  LilvNode* const minimum =
    lilv_new_uri(probe->world, LV2_RESIZE_PORT__minimumSize);
  int size = MIN_EVENTS;
  for (uint32_t i = 0U; i < probe->n_ports; ++i) {
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

/// Apply SYMBOL=VALUE.  @return False if there is no such port.
static bool
set_control(Probe* probe, const LilvPlugin* plugin, const char* setting)
{
  const char* const equals = strchr(setting, '=');
  if (!equals) {
    return false;
  }
  char* const           name   = strndup(setting, (size_t)(equals - setting));
  LilvNode* const       symbol = lilv_new_string(probe->world, name);
  const LilvPort* const port   = lilv_plugin_get_port_by_symbol(plugin, symbol);
  if (port) {
    probe->controls[lilv_port_get_index(plugin, port)] =
      strtof(equals + 1, NULL);
  }
  lilv_node_free(symbol);
  free(name);
  return port;
}

static void
close_probe(Probe* probe)
{
  lilv_instance_free(probe->instance);
  lilv_world_free(probe->world);
  note_list_clear(&probe->notes);
  features_clear(&probe->features);
  free(probe->events_in);
  free(probe->events_out);
}

/// Load and connect the plugin of `plan`.  @return False if that cannot be
/// done.
static bool
open_probe(Probe* probe, const Plan* plan)
{
  features_init(&probe->features, (float)sample_rate, MAX_BLOCK);
  probe->midi_event = features_map(&probe->features, LV2_MIDI__MidiEvent);
  probe->in_order   = true;
  probe->world      = lilv_world_new();
  lilv_world_load_all(probe->world);

  LilvNode* const         uri     = lilv_new_uri(probe->world, plan->uri);
  const LilvPlugins*      plugins = lilv_world_get_all_plugins(probe->world);
  const LilvPlugin* const plugin  = lilv_plugins_get_by_uri(plugins, uri);
  lilv_node_free(uri);
  if (!plugin || lilv_plugin_get_num_ports(plugin) > MAX_PORTS) {
    return false;
  }

  probe->plugin      = plugin;
  probe->n_ports     = lilv_plugin_get_num_ports(plugin);
  probe->events_size = events_size(probe, plugin);
  probe->events_in   = calloc(1U, probe->events_size);
  probe->events_out  = calloc(1U, probe->events_size);
  probe->instance =
    lilv_plugin_instantiate(plugin, sample_rate, probe->features.list);
  probe->features.instance = probe->instance;
  if (!probe->events_in || !probe->events_out || !probe->instance) {
    return false;
  }

  lilv_plugin_get_port_ranges_float(plugin, NULL, NULL, probe->controls);
  for (uint32_t i = 0U; i < probe->n_ports; ++i) {
    connect_port(probe, plugin, i);
  }
  for (size_t i = 0U; i < plan->n_settings; ++i) {
    if (!set_control(probe, plugin, plan->settings[i])) {
      fprintf(stderr, "lv2_probe: no port for %s\n", plan->settings[i]);
      return false;
    }
  }
  return true;
}

/// Save the state or restore one, by the function given, if there is a folder.
/// @return False if that cannot be done.
static bool
keep_state(Probe*            probe,
           const char* const folder,
           bool (*function)(const Stateful*, const char*))
{
  const Stateful plugin = {probe->world,
                           probe->plugin,
                           probe->instance,
                           &probe->features,
                           probe->controls};
  if (!folder || function(&plugin, folder)) {
    return true;
  }
  fprintf(stderr, "lv2_probe: no state in %s\n", folder);
  return false;
}

/// Write a time:Position at frame zero of the block into the input
static void
forge_position(Probe*          probe,
               const Plan*     plan,
               LV2_Atom_Forge* forge,
               const int64_t   frame,
               bool            rolls)
{
  Features* const      features = &probe->features;
  const double         beat     = (double)frame / frames_per_quarter(plan);
  const double         bar      = floor(beat / BEATS_PER_BAR);
  LV2_Atom_Forge_Frame object;
  lv2_atom_forge_frame_time(forge, 0);
  lv2_atom_forge_object(
    forge, &object, 0, features_map(features, LV2_TIME__Position));
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__frame));
  lv2_atom_forge_long(forge, frame);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__speed));
  lv2_atom_forge_float(forge, rolls ? 1.0F : 0.0F);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__bar));
  lv2_atom_forge_long(forge, (int64_t)bar);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__barBeat));
  lv2_atom_forge_float(forge, (float)(beat - bar * BEATS_PER_BAR));
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__beatUnit));
  lv2_atom_forge_int(forge, BEAT_UNIT);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__beatsPerBar));
  lv2_atom_forge_float(forge, (float)BEATS_PER_BAR);
  lv2_atom_forge_key(forge, features_map(features, LV2_TIME__beatsPerMinute));
  lv2_atom_forge_float(forge, (float)plan->tempo);
  lv2_atom_forge_pop(forge, &object);
}

/// Add the block's messages to the list; DPF leaves the chunk untouched if
/// there are none
static void
collect(Probe* probe, const int64_t frame)
{
  const LV2_Atom_Sequence* const sequence =
    (const LV2_Atom_Sequence*)probe->events_out;
  int64_t last = 0;
  if (sequence->atom.type !=
      features_map(&probe->features, LV2_ATOM__Sequence)) {
    return;
  }

  LV2_ATOM_SEQUENCE_FOREACH(sequence, event)
  {
    if (event->body.type == probe->midi_event) {
      const uint8_t* const bytes = (const uint8_t*)(event + 1);
      probe->in_order = probe->in_order && event->time.frames >= last;
      last            = event->time.frames;
      if (!note_list_add(
            &probe->notes, frame + last, bytes, event->body.size)) {
        abort();
      }
    }
  }
}

/// Run a block at song position `frame`; `tell` says whether the position goes
/// with it
static void
run_block(Probe*        probe,
          const Plan*   plan,
          const int64_t frame,
          const bool    rolls,
          const bool    tell)
{
  LV2_Atom_Forge       forge;
  LV2_Atom_Forge_Frame sequence;
  lv2_atom_forge_init(&forge, &probe->features.map);
  lv2_atom_forge_set_buffer(&forge, probe->events_in, probe->events_size);
  lv2_atom_forge_sequence_head(&forge, &sequence, 0U);
  if (tell && !plan->never_tells) {
    forge_position(probe, plan, &forge, frame, rolls);
  }
  lv2_atom_forge_pop(&forge, &sequence);

  LV2_Atom* const out = (LV2_Atom*)probe->events_out;
  out->type           = features_map(&probe->features, LV2_ATOM__Chunk);
  out->size           = probe->events_size - (uint32_t)sizeof(LV2_Atom);
  lilv_instance_run(probe->instance, plan->n_frames);
  collect(probe, frame);
}

static void
wait_for_block(const Plan* plan)
{
  const double          nanoseconds = 1e9;
  const struct timespec time        = {
           0, (long)(plan->n_frames / sample_rate * nanoseconds)};
  (void)nanosleep(&time, NULL);
}

static void
stand(Probe* probe, const Plan* plan)
{
  const int64_t n_frames = llround(plan->stand * sample_rate);
  for (int64_t i = 0; i < n_frames; i += plan->n_frames) {
    run_block(probe, plan, 0, false, true);
    wait_for_block(plan);
  }
}

static void
play(Probe* probe, const Plan* plan)
{
  lilv_instance_activate(probe->instance);
  stand(probe, plan);
  if (plan->is_new_take) {
    // Left pressed, as by hosts that do not know of triggers
    (void)set_control(probe, probe->plugin, "new_take=1");
    stand(probe, plan);
  }

  const int64_t end   = llround(plan->quarters * frames_per_quarter(plan));
  const int64_t begin = -llround(plan->lead_in * frames_per_quarter(plan));
  int64_t       frame = begin;
  for (; frame < end; frame += plan->n_frames) {
    run_block(probe, plan, frame, true, plan->each_block || frame == begin);
    if (plan->in_time) {
      wait_for_block(plan);
    }
  }
  run_block(probe, plan, frame, false, true);
  lilv_instance_deactivate(probe->instance);
}

int
main(int argc, char** argv)
{
  Plan plan;
  if (parse(argc, argv, &plan)) {
    fprintf(
      stderr,
      "Usage: lv2_probe [-b FRAMES] [-q QUARTERS] [-t TEMPO] [-w SECONDS]\n"
      "                 [-p QUARTERS] [-n] [-R FOLDER] [-S FOLDER] [-N] [-e] "
      "[-r]\n"
      "                 [-s SYMBOL=VALUE]... URI\n"
      "  -R  restore a state before it begins, whatever -s says\n"
      "  -S  save the state at the end\n"
      "  -N  press new_take after standing, and stand again\n"
      "  -e  tell the position in each block, not on changes only\n"
      "  -r  run in real time\n"
      "  -p  begin so long before zero\n"
      "  -n  tell no position at all\n"
      "  -w  stand before rolling\n");
    return EXIT_BAD_ARGS;
  }

  static Probe probe;
  int          status = 0;
  if (open_probe(&probe, &plan) &&
      keep_state(&probe, plan.restored, lv2_state_restore)) {
    play(&probe, &plan);
    note_list_print(&probe.notes, frames_per_quarter(&plan), stdout);
    printf("# disorder %d\n", probe.in_order ? 0 : 1);
    if (!keep_state(&probe, plan.saved, lv2_state_save)) {
      status = EXIT_NO_PLUGIN;
    }
  } else {
    fprintf(stderr, "lv2_probe: cannot host <%s>\n", plan.uri);
    status = EXIT_NO_PLUGIN;
  }
  close_probe(&probe);
  return status;
}

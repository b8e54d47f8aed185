// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file clap_probe.c The probe for CLAP; PLUGIN is the path of a .clap

#include "pieces.h"
#include "probe.h"

#include "continuo.h"

#include <clap/entry.h>
#include <clap/events.h>
#include <clap/ext/audio-ports.h>
#include <clap/ext/latency.h>
#include <clap/ext/note-ports.h>
#include <clap/ext/params.h>
#include <clap/ext/state.h>
#include <clap/fixedpoint.h>
#include <clap/host.h>
#include <clap/id.h>
#include <clap/plugin-factory.h>
#include <clap/plugin.h>
#include <clap/process.h>
#include <clap/stream.h>

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_EVENTS = 64 };

/// An event of any kind that we send
typedef union {
  clap_event_header_t      header;
  clap_event_midi_t        midi;
  clap_event_note_t        note;
  clap_event_param_value_t value;
  clap_event_param_mod_t   mod;
  clap_event_transport_t   transport;
} Event;

/// A plugin, and what goes to it
typedef struct {
  void*                       library;
  const clap_plugin_entry_t*  entry;
  const clap_plugin_t*        plugin;
  const clap_plugin_params_t* params;
  const clap_plugin_state_t*  state;
  clap_host_t                 host;
  Event                       events[MAX_EVENTS]; ///< For the next block
  uint32_t                    n_events;
  clap_input_events_t         in;
  clap_output_events_t        out;
  Probe*                      probe; ///< Where messages go
  clap_id                     new_take;
  double                      known[CONTINUO_N_PARAMS]; ///< Set, or told
  int64_t                     steady;         ///< Frames of the device
  size_t                      n_left_pressed; ///< Triggers not released
  size_t                      n_bad_values;   ///< Parameters unlike the table
  uint32_t                    n_outputs;      ///< Of audio
  bool                        never_tells;
  bool                        is_active;
} Clap;

static const void*
host_get_extension(const clap_host_t* host, const char* name)
{
  (void)host;
  (void)name;
  return NULL;
}

static void
host_request(const clap_host_t* host)
{
  (void)host;
}

static uint32_t
events_count(const clap_input_events_t* list)
{
  return ((const Clap*)list->ctx)->n_events;
}

static const clap_event_header_t*
events_get(const clap_input_events_t* list, const uint32_t index)
{
  return &((const Clap*)list->ctx)->events[index].header;
}

/// Take an event that the plugin sends
static bool
events_push(const clap_output_events_t* list, const clap_event_header_t* event)
{
  Clap* const self = list->ctx;
  if (event->type == CLAP_EVENT_MIDI && self->probe) {
    const clap_event_midi_t* const midi = (const clap_event_midi_t*)event;
    probe_hear(self->probe, event->time, midi->data, PROBE_MESSAGE_SIZE);
  } else if (event->type == CLAP_EVENT_PARAM_VALUE) {
    const clap_event_param_value_t* const value =
      (const clap_event_param_value_t*)event;
    if (value->param_id == self->new_take) {
      self->n_left_pressed = value->value != 0.0;
    }
    if (value->param_id < CONTINUO_N_PARAMS) {
      self->known[value->param_id] = value->value;
    }
  }
  return true;
}

/// The next event to send, in which all is zero but its header
static Event*
add_event(Clap*          self,
          const uint32_t frame,
          const size_t   size,
          const uint16_t type)
{
  if (self->n_events == MAX_EVENTS) {
    abort();
  }
  Event* const event = &self->events[self->n_events++];
  memset(event, 0, sizeof(*event));
  event->header.size = (uint32_t)size;
  event->header.time = frame;
  event->header.type = type;
  return event;
}

/// Send what a plugin must pass over: things of others, and nonsense
static void
add_noise(Clap* self)
{
  static const uint16_t foreign = 7U;
  add_event(self, 0U, sizeof(clap_event_param_mod_t), CLAP_EVENT_PARAM_MOD);
  add_event(self, 0U, sizeof(clap_event_transport_t), CLAP_EVENT_TRANSPORT);
  add_event(self, 0U, sizeof(clap_event_midi_t), CLAP_EVENT_MIDI)
    ->header.space_id = foreign;
  add_event(self, 0U, sizeof(clap_event_param_value_t), CLAP_EVENT_PARAM_VALUE)
    ->value.param_id = CLAP_INVALID_ID;
}

/// Find a parameter; DPF gives the symbol as the name of a module.  @return Its
/// number, or CLAP_INVALID_ID
static clap_id
find_param(const Clap* self, const char* symbol)
{
  clap_param_info_t info;
  const char* const name = strcmp(symbol, "bypass") ? symbol : "dpf_bypass";
  const uint32_t    n    = self->params->count(self->plugin);
  for (uint32_t i = 0U; i < n; ++i) {
    if (self->params->get_info(self->plugin, i, &info) &&
        !strcmp(info.module, name)) {
      return info.id;
    }
  }
  return CLAP_INVALID_ID;
}

/// Count parameters whose ranges are not those of the table
static void
check_params(Clap* self)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const ContinuoParam* const row = continuo_param(id);
    clap_param_info_t          info;
    if (!self->params->get_info(self->plugin, id, &info) ||
        info.min_value != row->min || info.max_value != row->max ||
        info.default_value != row->initial ||
        strncmp(info.name, row->name, CLAP_NAME_SIZE) != 0) {
      ++self->n_bad_values;
    }
    self->known[id] = row->initial;
  }
}

/// Make the plugin of an entry point.  @return False if that cannot be done
static bool
create(Clap* self, const char* path)
{
  static const char id[] = "continuo."; // All of ours
  self->entry            = dlsym(self->library, "clap_entry");
  if (!self->entry || !self->entry->init(path)) {
    return false;
  }
  const clap_plugin_factory_t* const factory =
    self->entry->get_factory(CLAP_PLUGIN_FACTORY_ID);
  const clap_plugin_descriptor_t* const descriptor =
    factory ? factory->get_plugin_descriptor(factory, 0U) : NULL;
  if (!descriptor || strncmp(descriptor->id, id, strlen(id)) != 0 ||
      strcmp(descriptor->version, CONTINUO_VERSION) != 0) {
    return false;
  }

  self->plugin = factory->create_plugin(factory, &self->host, descriptor->id);
  if (!self->plugin || !self->plugin->init(self->plugin)) {
    return false;
  }
  self->params = self->plugin->get_extension(self->plugin, CLAP_EXT_PARAMS);
  self->state  = self->plugin->get_extension(self->plugin, CLAP_EXT_STATE);
  const clap_plugin_audio_ports_t* const ports =
    self->plugin->get_extension(self->plugin, CLAP_EXT_AUDIO_PORTS);
  self->n_outputs = ports ? ports->count(self->plugin, false) : 0U;
  return self->params && self->state;
}

static void
clap_close(void* plugin)
{
  Clap* const self = plugin;
  if (self->plugin) {
    self->plugin->destroy(self->plugin);
  }
  if (self->entry) {
    self->entry->deinit();
  }
  if (self->library) {
    (void)dlclose(self->library);
  }
  free(self);
}

static void*
clap_open(const ProbePlan* plan)
{
  Clap* const self = calloc(1U, sizeof(Clap));
  if (!self) {
    return NULL;
  }
  const clap_host_t host = {CLAP_VERSION,
                            self,
                            "probe",
                            "",
                            "",
                            "1",
                            host_get_extension,
                            host_request,
                            host_request,
                            host_request};
  self->host             = host;
  self->in          = (clap_input_events_t){self, events_count, events_get};
  self->out         = (clap_output_events_t){self, events_push};
  self->never_tells = plan->never_tells;
  self->library     = dlopen(plan->plugin, RTLD_NOW | RTLD_LOCAL);
  if (!self->library || !create(self, plan->plugin)) {
    clap_close(self);
    return NULL;
  }
  self->new_take = find_param(self, "new_take");
  check_params(self);
  return self;
}

/// Set a parameter: at once where it stands idle, else with the next block
static bool
clap_set(void* plugin, const char* symbol, const float value)
{
  static const int16_t any  = -1;
  Clap* const          self = plugin;
  const clap_id        id   = find_param(self, symbol);
  if (id == CLAP_INVALID_ID) {
    return false;
  }
  clap_event_param_value_t* const event =
    &add_event(
       self, 0U, sizeof(clap_event_param_value_t), CLAP_EVENT_PARAM_VALUE)
       ->value;
  event->param_id   = id;
  event->note_id    = any;
  event->port_index = any;
  event->channel    = any;
  event->key        = any;
  event->value      = value;
  if (id < CONTINUO_N_PARAMS) {
    self->known[id] = value;
  }
  if (!self->is_active) {
    self->params->flush(self->plugin, &self->in, &self->out);
    self->n_events = 0U;
  }
  return true;
}

static void
clap_activate(void* plugin)
{
  Clap* const self = plugin;
  self->is_active  = self->plugin->activate(
                      self->plugin, PROBE_SAMPLE_RATE, 1U, PROBE_MAX_BLOCK) &&
                    self->plugin->start_processing(self->plugin);
}

static void
clap_deactivate(void* plugin)
{
  Clap* const self = plugin;
  self->plugin->stop_processing(self->plugin);
  self->plugin->deactivate(self->plugin);
  self->is_active = false;
}

static clap_event_transport_t
transport_of(const ProbeBlock* block)
{
  const clap_event_transport_t transport = {
    .header =
      {sizeof(clap_event_transport_t), 0U, 0U, CLAP_EVENT_TRANSPORT, 0U},
    .flags = CLAP_TRANSPORT_HAS_TEMPO | CLAP_TRANSPORT_HAS_BEATS_TIMELINE |
             CLAP_TRANSPORT_HAS_SECONDS_TIMELINE |
             CLAP_TRANSPORT_HAS_TIME_SIGNATURE |
             (block->rolls ? (uint32_t)CLAP_TRANSPORT_IS_PLAYING : 0U),
    .song_pos_beats   = llround(block->quarter * (double)CLAP_BEATTIME_FACTOR),
    .song_pos_seconds = llround((double)block->frame / PROBE_SAMPLE_RATE *
                                (double)CLAP_SECTIME_FACTOR),
    .tempo            = block->tempo,
    .bar_start  = llround(block->bar_quarter * (double)CLAP_BEATTIME_FACTOR),
    .bar_number = (int32_t)block->bar,
    .tsig_num   = (uint16_t)block->numerator,
    .tsig_denom = (uint16_t)block->denominator};
  return transport;
}

static void
clap_run(void* plugin, const ProbeBlock* block, Probe* probe)
{
  Clap* const self = plugin;
  if (block->rolls) {
    add_noise(self);
  }
  for (uint32_t i = 0U; i < block->n_in; ++i) {
    const ProbeMessage* const message = &block->in[i];
    Event* const              event   = add_event(
      self, message->frame, sizeof(clap_event_midi_t), CLAP_EVENT_MIDI);
    memcpy(event->midi.data, message->bytes, PROBE_MESSAGE_SIZE);
  }

  const clap_event_transport_t transport = transport_of(block);
  float*                       sides[]   = {probe_sound[0], probe_sound[1]};
  clap_audio_buffer_t          output    = {.data32        = sides,
                                            .channel_count = PROBE_N_SIDES};
  const clap_process_t         process   = {.audio_outputs       = &output,
                                            .audio_outputs_count = self->n_outputs,
                                            .steady_time         = self->steady,
                                            .frames_count = block->n_frames,
                                            .transport =
                                    self->never_tells ? NULL : &transport,
                                            .in_events  = &self->in,
                                            .out_events = &self->out};
  self->probe                            = probe;
  (void)self->plugin->process(self->plugin, &process);
  self->probe    = NULL;
  self->n_events = 0U;
  self->steady += block->n_frames;
}

static int64_t
stream_read(const clap_istream_t* stream, void* buffer, const uint64_t size)
{
  return (int64_t)pieces_read(stream->ctx, buffer, size);
}

static int64_t
stream_write(const clap_ostream_t* stream,
             const void*           buffer,
             const uint64_t        size)
{
  return (int64_t)pieces_write(stream->ctx, buffer, size);
}

static bool
clap_save(void* plugin, const char* path)
{
  Clap* const          self   = plugin;
  Pieces               pieces = {0};
  const clap_ostream_t stream = {&pieces, stream_write};
  const bool           is_saved =
    self->state->save(self->plugin, &stream) && pieces_save(&pieces, path);
  pieces_clear(&pieces);
  return is_saved;
}

/// A host asks for all values when it has given a state
static void
read_values(Clap* self)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    (void)self->params->get_value(self->plugin, id, &self->known[id]);
  }
}

static bool
clap_restore(void* plugin, const char* path)
{
  Clap* const          self   = plugin;
  Pieces               pieces = {0};
  const clap_istream_t stream = {&pieces, stream_read};
  const bool           is_restored =
    pieces_load(&pieces, path) && self->state->load(self->plugin, &stream);
  pieces_clear(&pieces);
  read_values(self);
  return is_restored;
}

/// Count parameters that the plugin has changed and not told of
static size_t
count_untold(const Clap* self)
{
  size_t n_untold = 0U;
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    double value = 0.0;
    n_untold += !self->params->get_value(self->plugin, id, &value) ||
                fabs(value - self->known[id]) > PROBE_ROUNDING;
  }
  return n_untold;
}

static uint32_t
clap_latency(void* plugin)
{
  const Clap* const                  self = plugin;
  const clap_plugin_latency_t* const latency =
    self->plugin->get_extension(self->plugin, CLAP_EXT_LATENCY);
  return latency ? latency->get(self->plugin) : 0U;
}

static void
clap_print_faults(void* plugin)
{
  const Clap* const self = plugin;
  printf("# pressed %zu\n", self->n_left_pressed);
  printf("# parameters %zu\n", self->n_bad_values);
  printf("# untold %zu\n", count_untold(self));
}

int
main(int argc, char** argv)
{
  static const ProbeFormat format = {clap_open,
                                     clap_close,
                                     clap_set,
                                     clap_activate,
                                     clap_deactivate,
                                     clap_run,
                                     clap_save,
                                     clap_restore,
                                     clap_latency,
                                     clap_print_faults,
                                     false};
  return probe_main(argc, argv, &format);
}

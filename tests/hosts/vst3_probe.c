// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file vst3_probe.c The probe for VST3; PLUGIN is the path of the library in
/// the bundle

#include "continuo.h"

#include "vst3_host.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A plugin in its host
typedef struct {
  void*                        library;
  struct v3_plugin_factory_2** factory;
  struct v3_component**        component;
  struct v3_audio_processor**  processor;
  struct v3_edit_controller**  controller;
  v3_param_id                  ids[CONTINUO_N_PARAMS];
  double                       known[CONTINUO_N_PARAMS]; ///< Set, or told
  Vst3Changes                  changes;                  ///< For the next block
  size_t                       n_left_pressed; ///< Triggers not released
  size_t                       n_bad_values;   ///< Parameters unlike the table
  int32_t                      n_outputs;      ///< Buses of audio
  bool                         never_tells;
  bool                         is_active;
} Vst3;

/// Let `self` point to what a function of the library returns
static void
find_function(void* library, const char* name, void* self)
{
  void* const symbol = dlsym(library, name);
  memcpy(self, &symbol, sizeof(symbol));
}

static bool
is_same_text(const int16_t* wide, const char* text)
{
  size_t i = 0U;
  while (text[i] && wide[i] == text[i]) {
    ++i;
  }
  return text[i] == '\0' && wide[i] == 0;
}

/// Find parameter `id` of the table by its name, and compare it.  @return False
/// if there is none of it
static bool
find_param(Vst3* self, const uint32_t id)
{
  static const double               rounding = 1e-6;
  const ContinuoParam* const        row      = continuo_param(id);
  struct v3_edit_controller** const ctrl     = self->controller;
  const int32_t                     n = (*ctrl)->get_parameter_count(ctrl);
  for (int32_t i = 0; i < n; ++i) {
    struct v3_param_info info;
    if ((*ctrl)->get_parameter_info(ctrl, i, &info) == V3_OK &&
        is_same_text(info.title, row->name)) {
      const double initial = (*ctrl)->normalised_parameter_to_plain(
        ctrl, info.param_id, info.default_normalised_value);
      self->ids[id]   = info.param_id;
      self->known[id] = info.default_normalised_value;
      self->n_bad_values += fabs(initial - row->initial) > rounding;
      return true;
    }
  }
  return false;
}

/// Make the instance and get its interfaces.  @return False if that cannot be
/// done
static bool
create(Vst3* self)
{
  static const char                  name[]  = "Continuo"; // All of ours
  struct v3_plugin_factory_2** const factory = self->factory;
  struct v3_class_info_2             info;
  if ((*factory)->get_class_info_2(factory, 0, &info) != V3_OK ||
      strncmp(info.name, name, strlen(name)) != 0 ||
      strcmp(info.version, CONTINUO_VERSION) != 0 ||
      (*factory)->create_instance(
        factory, info.class_id, v3_component_iid, (void**)&self->component) !=
        V3_OK) {
    return false;
  }

  struct v3_component** const component = self->component;
  if ((*component)->initialize(component, NULL) != V3_OK ||
      (*component)
          ->query_interface(component,
                            v3_audio_processor_iid,
                            (void**)&self->processor) != V3_OK ||
      (*component)
          ->query_interface(component,
                            v3_edit_controller_iid,
                            (void**)&self->controller) != V3_OK) {
    return false;
  }
  struct v3_edit_controller** const controller = self->controller;
  return (*controller)->initialize(controller, NULL) == V3_OK;
}

/// Whether the one bus of MIDI in `direction` has all channels, and opens
static bool
open_bus(Vst3* self, const int32_t direction)
{
  enum { N_CHANNELS = 16 };
  struct v3_component** const component = self->component;
  struct v3_bus_info          info;
  return (*component)->get_bus_count(component, V3_EVENT, direction) == 1 &&
         (*component)->get_bus_info(component, V3_EVENT, direction, 0, &info) ==
           V3_OK &&
         info.channel_count == N_CHANNELS &&
         (*component)->activate_bus(component, V3_EVENT, direction, 0, true) ==
           V3_OK;
}

/// Get ready to play.  @return False if that cannot be done
static bool
set_up(Vst3* self)
{
  struct v3_audio_processor** const processor = self->processor;
  struct v3_process_setup           setup     = {
                  V3_REALTIME, V3_SAMPLE_32, PROBE_MAX_BLOCK, PROBE_SAMPLE_RATE};
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (!find_param(self, id)) {
      return false;
    }
  }
  struct v3_component** const component = self->component;
  self->n_outputs = (*component)->get_bus_count(component, V3_AUDIO, V3_OUTPUT);
  if (self->n_outputs > 0) {
    (void)(*component)->activate_bus(component, V3_AUDIO, V3_OUTPUT, 0, true);
  }
  return open_bus(self, V3_INPUT) && open_bus(self, V3_OUTPUT) &&
         (*processor)->setup_processing(processor, &setup) == V3_OK;
}

static void
vst3_close(void* plugin)
{
  Vst3* const self          = plugin;
  bool (*module_exit)(void) = NULL;
  if (self->controller) {
    (*self->controller)->terminate(self->controller);
    (*self->controller)->unref(self->controller);
  }
  if (self->processor) {
    (*self->processor)->unref(self->processor);
  }
  if (self->component) {
    (*self->component)->terminate(self->component);
    (*self->component)->unref(self->component);
  }
  if (self->factory) {
    (*self->factory)->unref(self->factory);
    find_function(self->library, "ModuleExit", &module_exit);
    (void)module_exit();
  }
  if (self->library) {
    (void)dlclose(self->library);
  }
  free(self);
}

static void*
vst3_open(const ProbePlan* plan)
{
  Vst3* const self                                  = calloc(1U, sizeof(Vst3));
  bool (*module_entry)(void* library)               = NULL;
  struct v3_plugin_factory_2** (*get_factory)(void) = NULL;
  if (!self) {
    return NULL;
  }
  vst3_changes_init(&self->changes);
  self->never_tells = plan->never_tells;
  self->library     = dlopen(plan->plugin, RTLD_NOW | RTLD_LOCAL);
  if (self->library) {
    find_function(self->library, "ModuleEntry", &module_entry);
    find_function(self->library, "GetPluginFactory", &get_factory);
  }
  if (module_entry && get_factory && module_entry(self->library)) {
    self->factory = get_factory();
  }
  if (!self->factory || !create(self) || !set_up(self)) {
    vst3_close(self);
    return NULL;
  }
  return self;
}

/// Take note of what the plugin tells of a parameter
static void
hear_value(Vst3* self, const v3_param_id param, const double value)
{
  if (param == self->ids[CONTINUO_NEW_TAKE]) {
    self->n_left_pressed = value != 0.0;
  }
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (param == self->ids[id]) {
      self->known[id] = value;
    }
  }
}

/// Let it process, and hear what it tells
static void
process(Vst3*                      self,
        const ProbeBlock*          block,
        Probe*                     probe,
        struct v3_process_context* context)
{
  Vst3Changes changed;
  Vst3Events  in;
  Vst3Events  out;
  vst3_changes_init(&changed);
  vst3_events_init(&in, block, NULL);
  vst3_events_init(&out, NULL, probe);

  float*                      sides[] = {probe_sound[0], probe_sound[1]};
  struct v3_audio_bus_buffers output  = {.num_channels       = PROBE_N_SIDES,
                                         .channel_buffers_32 = sides};
  struct v3_process_data      data    = {
            .num_output_buses     = self->n_outputs,
            .outputs              = &output,
            .process_mode         = V3_REALTIME,
            .symbolic_sample_size = V3_SAMPLE_32,
            .nframes              = block ? (int32_t)block->n_frames : 0,
            .input_params  = (struct v3_param_changes**)(void*)&self->changes,
            .output_params = (struct v3_param_changes**)(void*)&changed,
            .input_events  = (struct v3_event_list**)(void*)&in,
            .output_events = (struct v3_event_list**)(void*)&out,
            .ctx           = context};
  (void)(*self->processor)->process(self->processor, &data);
  vst3_changes_init(&self->changes);
  for (int32_t i = 0; i < changed.n_changes; ++i) {
    hear_value(self, changed.changes[i].id, changed.changes[i].value);
  }
}

/// Set a parameter: in the controller, and in the processor by a block of no
/// frames or, before there are any, with the first
static bool
vst3_set(void* plugin, const char* symbol, const float value)
{
  Vst3* const    self = plugin;
  const uint32_t id   = continuo_param_find(symbol);
  if (id == CONTINUO_N_PARAMS) {
    return false;
  }
  struct v3_edit_controller** const ctrl = self->controller;
  const double                      normalised =
    (*ctrl)->plain_parameter_to_normalised(ctrl, self->ids[id], value);
  self->known[id] = normalised;
  (void)(*ctrl)->set_parameter_normalised(ctrl, self->ids[id], normalised);
  (void)vst3_changes_add(&self->changes, self->ids[id], normalised);
  if (self->is_active) {
    process(self, NULL, NULL, NULL);
  }
  return true;
}

static void
vst3_activate(void* plugin)
{
  Vst3* const self = plugin;
  self->is_active  = true;
  (void)(*self->component)->set_active(self->component, true);
  (void)(*self->processor)->set_processing(self->processor, true);
}

static void
vst3_deactivate(void* plugin)
{
  Vst3* const self = plugin;
  self->is_active  = false;
  (void)(*self->processor)->set_processing(self->processor, false);
  (void)(*self->component)->set_active(self->component, false);
}

static struct v3_process_context
context_of(const ProbeBlock* block)
{
  const struct v3_process_context context = {
    .state = V3_PROCESS_CTX_PROJECT_TIME_VALID | V3_PROCESS_CTX_TEMPO_VALID |
             V3_PROCESS_CTX_BAR_POSITION_VALID | V3_PROCESS_CTX_TIME_SIG_VALID |
             (block->rolls ? (uint32_t)V3_PROCESS_CTX_PLAYING : 0U),
    .sample_rate             = PROBE_SAMPLE_RATE,
    .project_time_in_samples = block->frame,
    .project_time_quarters   = block->quarter,
    .bar_position_quarters   = block->bar_quarter,
    .bpm                     = block->tempo,
    .time_sig_numerator      = (int32_t)block->numerator,
    .time_sig_denom          = (int32_t)block->denominator};
  return context;
}

static void
vst3_run(void* plugin, const ProbeBlock* block, Probe* probe)
{
  Vst3* const               self    = plugin;
  struct v3_process_context context = context_of(block);
  process(self, block, probe, self->never_tells ? NULL : &context);
}

static bool
vst3_save(void* plugin, const char* path)
{
  const Vst3* const self = plugin;
  Vst3Stream        stream;
  vst3_stream_init(&stream);
  const bool is_saved =
    (*self->component)
        ->get_state(self->component, (struct v3_bstream**)(void*)&stream) ==
      V3_OK &&
    pieces_save(&stream.pieces, path);
  pieces_clear(&stream.pieces);
  return is_saved;
}

static bool
vst3_restore(void* plugin, const char* path)
{
  const Vst3* const self = plugin;
  Vst3Stream        stream;
  vst3_stream_init(&stream);
  const bool is_restored =
    pieces_load(&stream.pieces, path) &&
    (*self->component)
        ->set_state(self->component, (struct v3_bstream**)(void*)&stream) ==
      V3_OK;
  pieces_clear(&stream.pieces);
  return is_restored;
}

/// Count parameters that the host does not know to be as the preset has them
/// that shows, if one does.  What the controller says is no measure: DPF keeps
/// what the host knows.
static size_t
count_untold(const Vst3* self)
{
  const ContinuoParam* const row = continuo_param(CONTINUO_PRESET);
  const long     number = lround(self->known[CONTINUO_PRESET] * row->max);
  ContinuoPreset preset = continuo_preset_initial();
  char           why[CONTINUO_WHY_SIZE];
  size_t         n_untold = 0U;
  if (number) {
    const char* const text = continuo_preset_text((uint32_t)number - 1U);
    n_untold +=
      continuo_preset_read(NULL, text, strlen(text), &preset, why) != 0;
  }
  for (uint32_t id = 0U; number && id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id)) {
      const double value = (*self->controller)
                             ->normalised_parameter_to_plain(self->controller,
                                                             self->ids[id],
                                                             self->known[id]);
      n_untold += fabs(value - preset.values[id]) > PROBE_ROUNDING;
    }
  }
  return n_untold;
}

static uint32_t
vst3_latency(void* plugin)
{
  const Vst3* const self = plugin;
  return (*self->processor)->get_latency_samples(self->processor);
}

static void
vst3_print_faults(void* plugin)
{
  const Vst3* const self = plugin;
  printf("# pressed %zu\n", self->n_left_pressed);
  printf("# parameters %zu\n", self->n_bad_values);
  printf("# untold %zu\n", count_untold(self));
}

int
main(int argc, char** argv)
{
  static const ProbeFormat format = {vst3_open,
                                     vst3_close,
                                     vst3_set,
                                     vst3_activate,
                                     vst3_deactivate,
                                     vst3_run,
                                     vst3_save,
                                     vst3_restore,
                                     vst3_latency,
                                     vst3_print_faults,
                                     false};
  return probe_main(argc, argv, &format);
}

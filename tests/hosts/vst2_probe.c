// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file vst2_probe.c The probe for VST2; PLUGIN is the path of a library

#include "pieces.h"
#include "probe.h"
#include "vst2_abi.h"

#include "continuo.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A plugin in its host.  Plugins hand no pointer of ours to the host: there is
/// one
typedef struct {
  void*       library;
  Vst2Effect* effect;
  Probe*      probe; ///< Where messages go
  Vst2Time    time;
  float       known[CONTINUO_N_PARAMS]; ///< As the host set it, or was told
  size_t      n_left_pressed;           ///< Triggers not released
  size_t      n_bad_values;             ///< Parameters unlike the table
  bool        never_tells;
} Vst2;

static Vst2 vst2;

static void
hear(const Vst2Events* events)
{
  for (int32_t i = 0; i < events->n_events; ++i) {
    const Vst2Midi* const midi = events->events[i];
    if (midi->type == 1 && vst2.probe) {
      probe_hear(
        vst2.probe, (uint32_t)midi->frame, midi->bytes, PROBE_MESSAGE_SIZE);
    }
  }
}

/// What the plugin asks
static intptr_t
answer(Vst2Effect*    effect,
       const int32_t  opcode,
       const int32_t  index,
       const intptr_t value,
       void*          ptr,
       const float    number)
{
  (void)effect;
  (void)value;
  switch (opcode) {
  case VST2_HOST_VERSION:
    return VST2_VERSION;
  case VST2_HOST_AUTOMATE:
    if (index == CONTINUO_NEW_TAKE) {
      vst2.n_left_pressed = number != 0.0F;
    }
    if (index >= 0 && index < (int32_t)CONTINUO_N_PARAMS) {
      vst2.known[index] = number;
    }
    return 0;
  case VST2_HOST_TIME:
    return vst2.never_tells ? 0 : (intptr_t)&vst2.time;
  case VST2_HOST_EVENTS:
    hear(ptr);
    return 1;
  case VST2_HOST_SAMPLE_RATE:
    return (intptr_t)PROBE_SAMPLE_RATE;
  case VST2_HOST_BLOCK_SIZE:
    return PROBE_MAX_BLOCK;
  default:
    return 0;
  }
}

static intptr_t
control(const Vst2Opcode opcode,
        const int32_t    index,
        const intptr_t   value,
        void*            ptr,
        const float      number)
{
  return vst2.effect->control(
    vst2.effect, (int32_t)opcode, index, value, ptr, number);
}

/// Count parameters that are not those of the table; it cuts names
static void
check_params(void)
{
  enum { SHORT_NAME = 15 };
  uint32_t n_inputs = 0U;
  for (uint32_t id = 0U; id < CONTINUO_LATE_NOTES; ++id) {
    const ContinuoParam* const row                  = continuo_param(id);
    char                       name[VST2_NAME_SIZE] = "";
    (void)control(VST2_PARAM_NAME, (int32_t)id, 0, name, 0.0F);
    n_inputs += !(row->flags & CONTINUO_PARAM_OUTPUT);
    vst2.n_bad_values += strncmp(name, row->name, SHORT_NAME) != 0;
    vst2.known[id] = vst2.effect->get_parameter(vst2.effect, id);
  }
  vst2.n_bad_values += vst2.effect->n_params < (int32_t)n_inputs;
}

static void
vst2_close(void* plugin)
{
  (void)plugin;
  if (vst2.effect) {
    (void)control(VST2_CLOSE, 0, 0, NULL, 0.0F);
  }
  if (vst2.library) {
    (void)dlclose(vst2.library);
  }
}

static void*
vst2_open(const ProbePlan* plan)
{
  static char   can_send[]    = "sendVstMidiEvent";
  static char   can_receive[] = "receiveVstMidiEvent";
  Vst2EntryFunc entry         = NULL;
  vst2.never_tells            = plan->never_tells;
  vst2.library                = dlopen(plan->plugin, RTLD_NOW | RTLD_LOCAL);
  void* const symbol = vst2.library ? dlsym(vst2.library, "main") : NULL;
  memcpy(&entry, &symbol, sizeof(entry));
  vst2.effect = entry ? entry(answer) : NULL;
  if (!vst2.effect || vst2.effect->magic != VST2_MAGIC) {
    return NULL;
  }

  (void)control(VST2_OPEN, 0, 0, NULL, 0.0F);
  (void)control(VST2_SET_SAMPLE_RATE, 0, 0, NULL, (float)PROBE_SAMPLE_RATE);
  (void)control(VST2_SET_BLOCK_SIZE, 0, PROBE_MAX_BLOCK, NULL, 0.0F);
  if (control(VST2_CAN_DO, 0, 0, can_send, 0.0F) != 1 ||
      control(VST2_CAN_DO, 0, 0, can_receive, 0.0F) != 1) {
    vst2_close(&vst2);
    return NULL;
  }
  check_params();
  return &vst2;
}

static bool
vst2_set(void* plugin, const char* symbol, const float value)
{
  (void)plugin;
  const uint32_t             id  = continuo_param_find(symbol);
  const ContinuoParam* const row = continuo_param(id);
  if (row) {
    vst2.known[id] = (value - row->min) / (row->max - row->min);
    vst2.effect->set_parameter(vst2.effect, id, vst2.known[id]);
  }
  return row;
}

static void
vst2_activate(void* plugin)
{
  (void)plugin;
  (void)control(VST2_SWITCH, 0, 1, NULL, 0.0F);
}

static void
vst2_deactivate(void* plugin)
{
  (void)plugin;
  (void)control(VST2_SWITCH, 0, 0, NULL, 0.0F);
}

static void
send_messages(const ProbeBlock* block)
{
  Vst2Midi   midi[PROBE_MAX_IN];
  Vst2Events events = {.n_events = (int32_t)block->n_in};
  memset(midi, 0, sizeof(midi));
  for (uint32_t i = 0U; i < block->n_in; ++i) {
    midi[i].type  = 1;
    midi[i].size  = (int32_t)sizeof(midi[i]);
    midi[i].frame = (int32_t)block->in[i].frame;
    memcpy(midi[i].bytes, block->in[i].bytes, PROBE_MESSAGE_SIZE);
    events.events[i] = &midi[i];
  }
  if (block->n_in) {
    (void)control(VST2_EVENTS, 0, 0, &events, 0.0F);
  }
}

static void
vst2_run(void* plugin, const ProbeBlock* block, Probe* probe)
{
  (void)plugin;
  const Vst2Time time = {.frame       = (double)block->frame,
                         .sample_rate = PROBE_SAMPLE_RATE,
                         .quarter     = block->quarter,
                         .tempo       = block->tempo,
                         .bar_quarter = block->bar_quarter,
                         .numerator   = (int32_t)block->numerator,
                         .denominator = (int32_t)block->denominator,
                         .flags = VST2_TIME_HAS_PPQ | VST2_TIME_HAS_TEMPO |
                                  VST2_TIME_HAS_BAR | VST2_TIME_HAS_METER |
                                  (block->rolls ? VST2_TIME_ROLLS : 0)};
  vst2.time           = time;
  vst2.probe          = probe;
  send_messages(block);
  float* sides[] = {probe_sound[0], probe_sound[1]};
  vst2.effect->process_float(
    vst2.effect, NULL, sides, (int32_t)block->n_frames);
  vst2.probe = NULL;
}

static bool
vst2_save(void* plugin, const char* path)
{
  (void)plugin;
  void*          chunk  = NULL;
  const intptr_t size   = control(VST2_GET_CHUNK, 0, 0, &chunk, 0.0F);
  const Pieces   pieces = {.bytes = chunk, .size = (size_t)size};
  return size > 0 && chunk && pieces_save(&pieces, path);
}

/// A host asks for all values when it has given a state
static void
read_values(void)
{
  for (int32_t id = 0; id < (int32_t)CONTINUO_LATE_NOTES; ++id) {
    vst2.known[id] = vst2.effect->get_parameter(vst2.effect, (uint32_t)id);
  }
}

static bool
vst2_restore(void* plugin, const char* path)
{
  (void)plugin;
  Pieces     pieces = {0};
  const bool is_restored =
    pieces_load(&pieces, path) &&
    control(VST2_SET_CHUNK, 0, (intptr_t)pieces.size, pieces.bytes, 0.0F) == 1;
  pieces_clear(&pieces);
  read_values();
  return is_restored;
}

/// Count parameters that the plugin has changed and not told of
static size_t
count_untold(void)
{
  size_t n_untold = 0U;
  for (int32_t id = 0; id < (int32_t)CONTINUO_LATE_NOTES; ++id) {
    const float value = vst2.effect->get_parameter(vst2.effect, (uint32_t)id);
    n_untold += fabs((double)value - (double)vst2.known[id]) > PROBE_ROUNDING;
  }
  return n_untold;
}

static uint32_t
vst2_latency(void* plugin)
{
  (void)plugin;
  return (uint32_t)vst2.effect->latency;
}

static void
vst2_print_faults(void* plugin)
{
  (void)plugin;
  printf("# pressed %zu\n", vst2.n_left_pressed);
  printf("# parameters %zu\n", vst2.n_bad_values);
  printf("# untold %zu\n", count_untold());
}

int
main(int argc, char** argv)
{
  static const ProbeFormat format = {vst2_open,
                                     vst2_close,
                                     vst2_set,
                                     vst2_activate,
                                     vst2_deactivate,
                                     vst2_run,
                                     vst2_save,
                                     vst2_restore,
                                     vst2_latency,
                                     vst2_print_faults,
                                     false};
  return probe_main(argc, argv, &format);
}

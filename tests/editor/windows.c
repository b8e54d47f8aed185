// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file windows.c The windows of CLAP and VST2, as hosts open them.

   Usage: windows clap|vst2 PLUGIN [synth]

   Each is opened inside a window of ours, twice; it must draw something there,
   and a knob that is turned by the wheel must change its parameter.
*/

#include "place.h"
#include "theme.h"
#include "vst2_abi.h"

#include <clap/entry.h>
#include <clap/ext/gui.h>
#include <clap/ext/params.h>
#include <clap/ext/timer-support.h>
#include <clap/plugin-factory.h>
#include <clap/plugin.h>
#include <clap/process.h>
#include <dlfcn.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
  N_FRAMES     = 256,
  N_SIDES      = 2,
  N_IDLES      = 120,
  NAP_MS       = 10,
  LEAST_COLORS = 12,
  CLICK_AT     = 40
};

enum {
  VST2_WINDOW_RECT  = 13,
  VST2_WINDOW_OPEN  = 14,
  VST2_WINDOW_CLOSE = 15,
  VST2_WINDOW_IDLE  = 19,
};

/// A plugin of CLAP
typedef struct {
  clap_host_t                        host;
  const clap_plugin_t*               plugin;
  const clap_plugin_gui_t*           gui;
  const clap_plugin_timer_support_t* timer;
  const clap_plugin_params_t*        params;
  bool                               has_sound;
  bool                               stands; ///< It is not asked for blocks
} Clap;

/// The plugin wants its parameters to be asked for
static bool wants_flush = false;

static void
host_request(const clap_host_t* const host)
{
  (void)host;
}

static void
host_flush(const clap_host_t* const host)
{
  (void)host;
  wants_flush = true;
}

static bool
host_resize(const clap_host_t* const host, const uint32_t w, const uint32_t h)
{
  (void)host;
  return w == ED_WIDTH && (h == ED_HEIGHT || h == ED_HEIGHT + ED_SOUND_HEIGHT);
}

static bool
host_show(const clap_host_t* const host)
{
  (void)host;
  return false;
}

static void
host_closed(const clap_host_t* const host, const bool was_destroyed)
{
  (void)host;
  (void)was_destroyed;
}

static bool
host_register(const clap_host_t* const host,
              const uint32_t           period,
              clap_id* const           id)
{
  (void)host;
  (void)period;
  *id = 1U;
  return true;
}

static bool
host_unregister(const clap_host_t* const host, const clap_id id)
{
  (void)host;
  return id == 1U;
}

static void
host_rescan(const clap_host_t* const host, const clap_param_rescan_flags flags)
{
  (void)host;
  (void)flags;
}

static void
host_clear(const clap_host_t* const     host,
           const clap_id                id,
           const clap_param_clear_flags flags)
{
  (void)host;
  (void)id;
  (void)flags;
}

static const void*
host_extension(const clap_host_t* const host, const char* const name)
{
  static const clap_host_gui_t gui = {
    host_request, host_resize, host_show, host_show, host_closed};
  static const clap_host_timer_support_t timer  = {host_register,
                                                   host_unregister};
  static const clap_host_params_t        params = {
           host_rescan, host_clear, host_flush};
  (void)host;
  if (!strcmp(name, CLAP_EXT_GUI)) {
    return &gui;
  }
  if (!strcmp(name, CLAP_EXT_PARAMS)) {
    return &params;
  }
  return strcmp(name, CLAP_EXT_TIMER_SUPPORT) ? NULL : (const void*)&timer;
}

static bool
clap_open(void* const handle, const Window parent)
{
  Clap* const         clap   = (Clap*)handle;
  const clap_window_t window = {CLAP_WINDOW_API_X11, {.x11 = parent}};
  return clap->gui->create(clap->plugin, CLAP_WINDOW_API_X11, false) &&
         clap->gui->set_parent(clap->plugin, &window) &&
         clap->gui->show(clap->plugin);
}

static uint32_t
count_events(const clap_input_events_t* const list)
{
  (void)list;
  return 0U;
}

static bool
push_event(const clap_output_events_t* const list,
           const clap_event_header_t* const  event)
{
  (void)list;
  (void)event;
  return true;
}

static void
clap_idle(void* const handle)
{
  static const clap_input_events_t  in   = {NULL, count_events, NULL};
  static const clap_output_events_t out  = {NULL, push_event};
  Clap* const                       clap = (Clap*)handle;
  float                             sound[N_SIDES][N_FRAMES];
  float*                            sides[N_SIDES] = {sound[0], sound[1]};
  clap_audio_buffer_t               output;
  clap_process_t                    process;
  memset(&process, 0, sizeof(process));
  memset(&output, 0, sizeof(output));
  output.data32               = sides;
  output.channel_count        = N_SIDES;
  process.audio_outputs       = &output;
  process.audio_outputs_count = clap->has_sound ? 1U : 0U;
  process.frames_count        = N_FRAMES;
  process.in_events           = &in;
  process.out_events          = &out;
  clap->timer->on_timer(clap->plugin, 1U);
  if (!clap->stands) {
    (void)clap->plugin->process(clap->plugin, &process);
  } else if (wants_flush) {
    wants_flush = false;
    clap->params->flush(clap->plugin, &in, &out);
  }
}

static void
clap_close(void* const handle)
{
  Clap* const clap = (Clap*)handle;
  (void)clap->gui->hide(clap->plugin);
  clap->gui->destroy(clap->plugin);
}

static double
clap_value(void* const handle, const uint32_t id)
{
  Clap* const clap  = (Clap*)handle;
  double      value = -1.0;
  (void)clap->params->get_value(clap->plugin, id, &value);
  return value;
}

static bool
try_clap(const Place* const place, const char* const path)
{
  static const Format format  = {clap_open, clap_idle, clap_close, clap_value};
  void* const         library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  const clap_plugin_entry_t* const entry =
    library ? (const clap_plugin_entry_t*)dlsym(library, "clap_entry") : NULL;
  if (!entry || !entry->init(path)) {
    return false;
  }
  const clap_plugin_factory_t* const factory =
    (const clap_plugin_factory_t*)entry->get_factory(CLAP_PLUGIN_FACTORY_ID);
  const char* const id = factory->get_plugin_descriptor(factory, 0U)->id;
  Clap              clap;
  memset(&clap, 0, sizeof(clap));
  clap.has_sound = place->has_sound;
  clap.host      = (clap_host_t){CLAP_VERSION,
                                 NULL,
                                 "windows",
                                 "Continuo",
                                 "",
                                 "1",
                                 host_extension,
                                 host_request,
                                 host_request,
                                 host_request};
  clap.plugin    = factory->create_plugin(factory, &clap.host, id);
  if (!clap.plugin || !clap.plugin->init(clap.plugin)) {
    return false;
  }
  clap.gui   = (const clap_plugin_gui_t*)clap.plugin->get_extension(clap.plugin,
                                                                  CLAP_EXT_GUI);
  clap.timer = (const clap_plugin_timer_support_t*)clap.plugin->get_extension(
    clap.plugin, CLAP_EXT_TIMER_SUPPORT);
  clap.params = (const clap_plugin_params_t*)clap.plugin->get_extension(
    clap.plugin, CLAP_EXT_PARAMS);
  bool is_good = clap.gui && clap.timer && clap.params &&
                 clap.plugin->activate(clap.plugin, 48000.0, 1U, N_FRAMES) &&
                 clap.plugin->start_processing(clap.plugin) &&
                 try_window(place, &format, &clap);
  clap.plugin->stop_processing(clap.plugin);
  clap.stands = true;
  is_good     = is_good && try_window(place, &format, &clap);
  clap.plugin->deactivate(clap.plugin);
  clap.plugin->destroy(clap.plugin);
  entry->deinit();
  return is_good;
}

static intptr_t
vst2_host(Vst2Effect* const effect,
          const int32_t     opcode,
          const int32_t     index,
          const intptr_t    value,
          void* const       ptr,
          const float       number)
{
  (void)effect;
  (void)index;
  (void)value;
  (void)ptr;
  (void)number;
  switch (opcode) {
  case VST2_HOST_VERSION:
    return VST2_VERSION;
  case VST2_HOST_SAMPLE_RATE:
    return 48000;
  case VST2_HOST_BLOCK_SIZE:
    return 256;
  default:
    return 0;
  }
}

static intptr_t
ask(void* const handle, const int32_t opcode, void* const ptr)
{
  Vst2Effect* const effect = (Vst2Effect*)handle;
  return effect->control(effect, opcode, 0, 0, ptr, 0.0F);
}

static bool
vst2_open(void* const handle, const Window parent)
{
  void* rect = NULL;
  return ask(handle, VST2_WINDOW_RECT, (void*)&rect) != 0 && rect &&
         // NOLINTNEXTLINE(performance-no-int-to-ptr)
         ask(handle, VST2_WINDOW_OPEN, (void*)parent) != 0;
}

static void
vst2_idle(void* const handle)
{
  (void)ask(handle, VST2_WINDOW_IDLE, NULL);
}

static void
vst2_close(void* const handle)
{
  (void)ask(handle, VST2_WINDOW_CLOSE, NULL);
}

static double
vst2_value(void* const handle, const uint32_t id)
{
  Vst2Effect* const effect = (Vst2Effect*)handle;
  return (double)effect->get_parameter(effect, id);
}

static bool
try_vst2(const Place* const place, const char* const path)
{
  static const Format format  = {vst2_open, vst2_idle, vst2_close, vst2_value};
  void* const         library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  Vst2EntryFunc       entry   = NULL;
  if (library) {
    *(void**)&entry = dlsym(library, "main");
  }
  Vst2Effect* const effect = entry ? entry(vst2_host) : NULL;
  if (!effect) {
    return false;
  }
  (void)ask(effect, VST2_OPEN, NULL);
  const bool is_good = try_window(place, &format, effect);
  (void)ask(effect, VST2_CLOSE, NULL);
  return is_good;
}

int
main(const int argc, char** const argv)
{
  Place place;
  if (argc < 3) {
    return 1;
  }
  if (!make_place(&place, argc > 3)) {
    (void)fprintf(stderr, "windows: no display\n");
    return 77;
  }
  const bool is_good = strcmp(argv[1], "clap") ? try_vst2(&place, argv[2])
                                               : try_clap(&place, argv[2]);
  free_place(&place);
  return is_good ? 0 : 1;
}

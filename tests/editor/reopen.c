// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file reopen.c The LV2 window, opened and closed again and again while the
   plugin plays in real time: no late note, no memory that is not given back,
   and an audio thread that feels nothing of it.

   Usage: reopen continuo|continuo-synth TIMES [SECONDS]

   LV2_PATH says where the bundle is.  With SECONDS the window then stays open
   for so long, and how often it was drawn is printed.
*/

#define _GNU_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "lv2_features.h"

#include <X11/Xlib.h>
#include <dlfcn.h>
#include <lilv/lilv.h>
#include <lv2/atom/atom.h>
#include <lv2/core/lv2.h>
#include <lv2/data-access/data-access.h>
#include <lv2/instance-access/instance-access.h>
#include <lv2/ui/ui.h>

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_PORTS 64U
#define EVENTS_SIZE 32768U
#define N_FRAMES 256U
#define MAX_SIDES 2U

static const double sample_rate = 48000.0;

/// Most growth that is no leak: what drivers and allocators keep for later
static const double most_growth = 1.5e6;

/// Pictures of each opening
enum { N_IDLES = 4, WARM_UP = 40, NAP_MS = 8, N_EXTRA = 3 };

/// Time spent in run()
typedef struct {
  double   cpu_us; ///< Sum
  double   worst_us;
  uint32_t n;
} Load;

/// The plugin in a host
typedef struct {
  const char*   bundle; ///< Its name without .lv2
  const char*   uri;
  Features      features;
  LilvWorld*    world;
  LilvInstance* instance;
  uint32_t      late_port;
  float         controls[MAX_PORTS];
  _Alignas(8) uint8_t events_in[EVENTS_SIZE];
  _Alignas(8) uint8_t events_out[EVENTS_SIZE];
  float       sound[MAX_SIDES][N_FRAMES];
  LV2_URID    sequence;
  atomic_bool is_over;
  atomic_bool is_open;
  Load        loads[2]; ///< With the window closed, and open
  uint32_t    n_events;
} Host;

static double
seconds_of(const clockid_t clock)
{
  struct timespec time;
  (void)clock_gettime(clock, &time);
  return (double)time.tv_sec + ((double)time.tv_nsec * 1e-9);
}

static void
nap(const double seconds)
{
  const struct timespec time = {
    (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
  (void)nanosleep(&time, NULL);
}

static void
run_block(Host* const host)
{
  LV2_Atom_Sequence* const in  = (LV2_Atom_Sequence*)host->events_in;
  LV2_Atom_Sequence* const out = (LV2_Atom_Sequence*)host->events_out;
  in->atom.type                = host->sequence;
  in->atom.size                = sizeof(LV2_Atom_Sequence_Body);
  out->atom.type               = 0U;
  out->atom.size               = EVENTS_SIZE - sizeof(LV2_Atom);

  Load* const  load  = &host->loads[atomic_load(&host->is_open)];
  const double begin = seconds_of(CLOCK_THREAD_CPUTIME_ID);
  lilv_instance_run(host->instance, N_FRAMES);
  const double us = (seconds_of(CLOCK_THREAD_CPUTIME_ID) - begin) * 1e6;
  load->cpu_us += us;
  load->worst_us = us > load->worst_us ? us : load->worst_us;
  ++load->n;
  host->n_events += out->atom.size > sizeof(LV2_Atom_Sequence_Body);
}

static void*
play(void* const handle)
{
  Host* const host  = (Host*)handle;
  double      begin = seconds_of(CLOCK_MONOTONIC);
  for (uint64_t n = 0U; !atomic_load(&host->is_over); ++n) {
    const double due  = begin + ((double)n * N_FRAMES / sample_rate);
    const double left = due - seconds_of(CLOCK_MONOTONIC);
    if (left > 0.0) {
      nap(left);
    } else if (left < -0.1) {
      begin -= left; // This machine was elsewhere: no host catches that up
    }
    run_block(host);
  }
  return NULL;
}

/// Whether a port is of a class
static bool
is_a(const Host* const       host,
     const LilvPlugin* const plugin,
     const LilvPort* const   port,
     const char* const       uri)
{
  LilvNode* const node = lilv_new_uri(host->world, uri);
  const bool      is   = lilv_port_is_a(plugin, port, node);
  lilv_node_free(node);
  return is;
}

static void
connect(Host* const host, const LilvPlugin* const plugin)
{
  const uint32_t n       = lilv_plugin_get_num_ports(plugin);
  uint32_t       n_sides = 0U;
  float          first[MAX_PORTS];
  lilv_plugin_get_port_ranges_float(plugin, NULL, NULL, first);
  for (uint32_t i = 0U; i < n && i < MAX_PORTS; ++i) {
    const LilvPort* const port = lilv_plugin_get_port_by_index(plugin, i);
    const char* const     symbol =
      lilv_node_as_string(lilv_port_get_symbol(plugin, port));
    host->controls[i] = first[i];
    if (!strcmp(symbol, "late_notes")) {
      host->late_port = i;
    }
    void* data = &host->controls[i];
    if (is_a(host, plugin, port, LV2_CORE__AudioPort)) {
      data = host->sound[n_sides++ % MAX_SIDES];
    } else if (!is_a(host, plugin, port, LV2_CORE__ControlPort)) {
      data = is_a(host, plugin, port, LV2_CORE__InputPort)
               ? (void*)host->events_in
               : (void*)host->events_out;
    }
    lilv_instance_connect_port(host->instance, i, data);
  }
}

static bool
load(Host* const host)
{
  host->world = lilv_world_new();
  lilv_world_load_all(host->world);
  LilvNode* const         uri = lilv_new_uri(host->world, host->uri);
  const LilvPlugin* const plugin =
    lilv_plugins_get_by_uri(lilv_world_get_all_plugins(host->world), uri);
  lilv_node_free(uri);
  if (!plugin) {
    return false;
  }
  features_init(&host->features, (float)sample_rate, N_FRAMES);
  host->sequence = features_map(&host->features, LV2_ATOM__Sequence);
  host->instance =
    lilv_plugin_instantiate(plugin, sample_rate, host->features.list);
  if (!host->instance) {
    return false;
  }
  host->features.instance = host->instance;
  connect(host, plugin);
  lilv_instance_activate(host->instance);
  return true;
}

/// What the window asks for, other than values of ports, is not answered
static void
write_port(LV2UI_Controller controller,
           const uint32_t   port,
           const uint32_t   size,
           const uint32_t   protocol,
           const void*      buffer)
{
  Host* const host = (Host*)controller;
  if (protocol == 0U && size == sizeof(float) && port < MAX_PORTS) {
    memcpy(&host->controls[port], buffer, size);
  }
}

/// A binary with windows, and a display for them
typedef struct {
  char                        path[512];
  void*                       library;
  const LV2UI_Descriptor*     descriptor;
  const LV2UI_Idle_Interface* idle;
  Display*                    display;
} Windows;

static bool
load_windows(Windows* const windows, const Host* const host)
{
  char        library[600];
  const char* bundles = getenv("LV2_PATH");
  const int   n       = bundles ? (int)strcspn(bundles, ":") : 0;
  (void)snprintf(windows->path,
                 sizeof(windows->path),
                 "%.*s/%s.lv2/",
                 n,
                 bundles,
                 host->bundle);
  (void)snprintf(
    library, sizeof(library), "%s%s_ui.so", windows->path, host->bundle);
  windows->library = dlopen(library, RTLD_NOW);
  if (!windows->library) {
    (void)fprintf(stderr, "reopen: %s\n", dlerror());
    return false;
  }
  LV2UI_DescriptorFunction door = NULL;
  *(void**)&door                = dlsym(windows->library, "lv2ui_descriptor");
  windows->descriptor           = door ? door(0U) : NULL;
  windows->idle =
    windows->descriptor
      ? (const LV2UI_Idle_Interface*)windows->descriptor->extension_data(
          LV2_UI__idleInterface)
      : NULL;
  windows->display = XOpenDisplay(NULL);
  return windows->idle && windows->display;
}

/// Open a window, let it draw for a while, and close it.  @return Whether it
/// opened
static bool
open_once(const Windows* const windows, Host* const host, const double seconds)
{
  const Window parent = XCreateSimpleWindow(windows->display,
                                            DefaultRootWindow(windows->display),
                                            0,
                                            0,
                                            1000U,
                                            736U,
                                            0U,
                                            0U,
                                            0U);
  XMapWindow(windows->display, parent);
  XSync(windows->display, False);

  LV2_Extension_Data_Feature access = {
    lilv_instance_get_descriptor(host->instance)->extension_data};
  const LV2_Feature extra[N_EXTRA] = {
    {LV2_UI__parent, (void*)parent}, // NOLINT(performance-no-int-to-ptr)
    {LV2_INSTANCE_ACCESS_URI, lilv_instance_get_handle(host->instance)},
    {LV2_DATA_ACCESS_URI, &access}};
  const LV2_Feature* list[FEATURES_N + N_EXTRA + 1] = {NULL};
  for (int i = 0; i < FEATURES_N; ++i) {
    list[i] = &host->features.features[i];
  }
  for (int i = 0; i < N_EXTRA; ++i) {
    list[FEATURES_N + i] = &extra[i];
  }

  LV2UI_Widget       widget = NULL;
  const LV2UI_Handle ui = windows->descriptor->instantiate(windows->descriptor,
                                                           host->uri,
                                                           windows->path,
                                                           write_port,
                                                           host,
                                                           &widget,
                                                           list);
  if (!ui) {
    return false;
  }
  atomic_store(&host->is_open, true);
  const double end = seconds_of(CLOCK_MONOTONIC) + seconds;
  uint32_t     n   = 0U;
  while (n < N_IDLES || seconds_of(CLOCK_MONOTONIC) < end) {
    (void)windows->idle->idle(ui);
    nap(NAP_MS * 1e-3);
    ++n;
  }
  if (seconds > 0.0) {
    printf("drawn %.1f times a second\n", n / seconds);
  }
  atomic_store(&host->is_open, false);
  windows->descriptor->cleanup(ui);
  XDestroyWindow(windows->display, parent);
  XSync(windows->display, False);
  return true;
}

static double
bytes_in_use(void)
{
  return (double)mallinfo2().uordblks;
}

static void
tell(const Host* const host)
{
  static const char* const names[] = {"closed", "open"};
  for (int i = 0; i < 2; ++i) {
    const Load* const load = &host->loads[i];
    printf("window %s: run() takes %.1f us of %.0f us, at most %.0f us\n",
           names[i],
           load->n ? load->cpu_us / load->n : 0.0,
           N_FRAMES / sample_rate * 1e6,
           load->worst_us);
  }
}

int
main(const int argc, char** const argv)
{
  static Host  host;
  Windows      windows = {{0}, NULL, NULL, NULL, NULL};
  pthread_t    thread;
  const int    n_times = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 200;
  const double seconds = argc > 3 ? strtod(argv[3], NULL) : 0.0;
  host.bundle          = argc > 1 ? argv[1] : "continuo";
  host.uri =
    strstr(host.bundle, "synth") ? "urn:continuo:synth" : "urn:continuo:midi";
  if (!load(&host)) {
    (void)fprintf(stderr, "reopen: no plugin in LV2_PATH\n");
    return 1;
  }
  if (!load_windows(&windows, &host)) {
    (void)fprintf(stderr, "reopen: no window, or no display\n");
    return 77;
  }
  if (pthread_create(&thread, NULL, play, &host)) {
    return 1;
  }

  nap(2.0);
  double first   = 0.0;
  bool   is_good = true;
  for (int i = 0; i < n_times && is_good; ++i) {
    is_good = open_once(&windows, &host, 0.0);
    if (i + 1 == WARM_UP) {
      first = bytes_in_use();
    }
  }
  const double growth = n_times > WARM_UP ? bytes_in_use() - first : 0.0;
  if (is_good && seconds > 0.0) {
    is_good = open_once(&windows, &host, seconds);
  }
  nap(1.0);
  atomic_store(&host.is_over, true);
  (void)pthread_join(thread, NULL);

  const float n_late = host.controls[host.late_port];
  printf("opened %d times: %.0f late notes, %.0f bytes more in use than after "
         "%d, %u blocks with events\n",
         n_times,
         (double)n_late,
         growth,
         WARM_UP,
         host.n_events);
  tell(&host);
  lilv_instance_deactivate(host.instance);
  lilv_instance_free(host.instance);
  lilv_world_free(host.world);
  features_clear(&host.features);
  return is_good && n_late == 0.0F && growth < most_growth && host.n_events > 4U
           ? 0
           : 1;
}

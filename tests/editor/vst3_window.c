// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file vst3_window.c The window of VST3, as hosts open it.

   Usage: vst3_window PLUGIN [synth], the library in the bundle.  What is tried
   is that of windows.c.
*/

// Named in travesty/message.h as C++ does
typedef struct v3_attribute_list v3_attribute_list;

#include "place.h"
#include "vst3_host.h"

#include <travesty/host.h>
#include <travesty/message.h>

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_VALUES = 8 };

/// A number or text of a message
typedef struct {
  char    id[32];
  int64_t number;
  double  real;
  void*   data; ///< Ours
  size_t  size;
} Value;

/// A message and its values in one; the list's functions stand second
typedef struct {
  const struct v3_message*        functions;
  const struct v3_attribute_list* list;
  uint32_t                        n_uses;
  char                            id[64];
  Value                           values[MAX_VALUES];
} Message;

static v3_result
no_interface(void* self, const v3_tuid iid, void** object)
{
  (void)self;
  (void)iid;
  *object = NULL;
  return V3_NO_INTERFACE;
}

static uint32_t
keep(void* self)
{
  (void)self;
  return 1U;
}

static Message*
of_list(void* const self)
{
  return (Message*)((char*)self - offsetof(Message, list));
}

static Value*
find(void* const self, const char* const id)
{
  Message* const message = of_list(self);
  for (int i = 0; i < MAX_VALUES; ++i) {
    Value* const value = &message->values[i];
    if (!value->id[0]) {
      (void)snprintf(value->id, sizeof(value->id), "%s", id);
      return value;
    }
    if (!strcmp(value->id, id)) {
      return value;
    }
  }
  abort();
}

static v3_result
set_int(void* self, const char* id, const int64_t number)
{
  find(self, id)->number = number;
  return V3_OK;
}

static v3_result
get_int(void* self, const char* id, int64_t* number)
{
  *number = find(self, id)->number;
  return V3_OK;
}

static v3_result
set_float(void* self, const char* id, const double real)
{
  find(self, id)->real = real;
  return V3_OK;
}

static v3_result
get_float(void* self, const char* id, double* real)
{
  *real = find(self, id)->real;
  return V3_OK;
}

static v3_result
set_data(Value* const value, const void* const data, const size_t size)
{
  free(value->data);
  value->data = malloc(size);
  value->size = size;
  if (!value->data) {
    return V3_NOMEM;
  }
  memcpy(value->data, data, size);
  return V3_OK;
}

static v3_result
set_string(void* self, const char* id, const int16_t* string)
{
  size_t n = 0U;
  while (string[n]) {
    ++n;
  }
  return set_data(find(self, id), string, (n + 1U) * sizeof(int16_t));
}

static v3_result
get_string(void* self, const char* id, int16_t* string, const uint32_t size)
{
  const Value* const value = find(self, id);
  if (!value->data || value->size > size) {
    return V3_INVALID_ARG;
  }
  memcpy(string, value->data, value->size);
  return V3_OK;
}

static v3_result
set_binary(void* self, const char* id, const void* data, const uint32_t size)
{
  return set_data(find(self, id), data, size);
}

static v3_result
get_binary(void* self, const char* id, const void** data, uint32_t* size)
{
  *data = find(self, id)->data;
  *size = (uint32_t)find(self, id)->size;
  return V3_OK;
}

static const struct v3_attribute_list list_functions = {
  .query_interface = no_interface,
  .ref             = keep,
  .unref           = keep,
  .set_int         = set_int,
  .get_int         = get_int,
  .set_float       = set_float,
  .get_float       = get_float,
  .set_string      = set_string,
  .get_string      = get_string,
  .set_binary      = set_binary,
  .get_binary      = get_binary,
};

static uint32_t
use_message(void* self)
{
  return ++((Message*)self)->n_uses;
}

static uint32_t
leave_message(void* self)
{
  Message* const message = (Message*)self;
  const uint32_t n_left  = --message->n_uses;
  if (!n_left) {
    for (int i = 0; i < MAX_VALUES; ++i) {
      free(message->values[i].data);
    }
    free(message);
  }
  return n_left;
}

static const char*
get_id(void* self)
{
  return ((Message*)self)->id;
}

static void
set_id(void* self, const char* id)
{
  (void)snprintf(((Message*)self)->id, sizeof(((Message*)self)->id), "%s", id);
}

static struct v3_attribute_list**
get_list(void* self)
{
  return (struct v3_attribute_list**)&((Message*)self)->list;
}

static const struct v3_message message_functions = {
  .query_interface = no_interface,
  .ref             = use_message,
  .unref           = leave_message,
  .get_message_id  = get_id,
  .set_message_id  = set_id,
  .get_attributes  = get_list,
};

static v3_result
get_name(void* self, v3_str_128 name)
{
  (void)self;
  name[0] = 0;
  return V3_OK;
}

static v3_result
make_message(void* self, v3_tuid cid, v3_tuid iid, void** object)
{
  (void)self;
  (void)cid;
  (void)iid;
  Message* const message = (Message*)calloc(1U, sizeof(Message));
  if (!message) {
    return V3_NOMEM;
  }
  message->functions = &message_functions;
  message->list      = &list_functions;
  message->n_uses    = 1U;
  *object            = message;
  return V3_OK;
}

static v3_result
find_app(void* self, const v3_tuid iid, void** object)
{
  if (!v3_tuid_match(iid, v3_host_application_iid)) {
    return no_interface(self, iid, object);
  }
  *object = self;
  return V3_OK;
}

static const struct v3_host_application app_functions = {
  .query_interface = find_app,
  .ref             = keep,
  .unref           = keep,
  .get_name        = get_name,
  .create_instance = make_message,
};

/// The host, as the window sees it: its frame, its loop, and who hears of edits
typedef struct {
  const struct v3_plugin_frame*      frame;
  const struct v3_run_loop*          loop;
  const struct v3_component_handler* handler;
  const struct v3_host_application*  app;
  struct v3_timer_handler**          timer;
  struct v3_edit_controller**        controller;
  struct v3_plugin_view**            view;
  double                             edited;    ///< Value of the last edit
  bool                               has_sound; ///< It is the instrument
} Host;

static v3_result
find_loop(void* self, const v3_tuid iid, void** object)
{
  Host* const host = (Host*)self;
  if (!v3_tuid_match(iid, v3_run_loop_iid)) {
    return no_interface(self, iid, object);
  }
  *object = (void*)&host->loop;
  return V3_OK;
}

static v3_result
resize_view(void* self, struct v3_plugin_view** view, struct v3_view_rect* rect)
{
  (void)self;
  return (*view)->on_size(view, rect);
}

static v3_result
set_timer(void* self, struct v3_timer_handler** timer, const uint64_t ms)
{
  (void)ms;
  ((Host*)((char*)self - offsetof(Host, loop)))->timer = timer;
  return V3_OK;
}

static v3_result
unset_timer(void* self, struct v3_timer_handler** timer)
{
  (void)timer;
  ((Host*)((char*)self - offsetof(Host, loop)))->timer = NULL;
  return V3_OK;
}

static v3_result
take_edit(void* self, const v3_param_id id)
{
  (void)self;
  (void)id;
  return V3_OK;
}

static v3_result
perform_edit(void* self, const v3_param_id id, const double value)
{
  (void)id;
  ((Host*)((char*)self - offsetof(Host, handler)))->edited = value;
  return V3_OK;
}

static v3_result
restart(void* self, const int32_t flags)
{
  (void)self;
  (void)flags;
  return V3_OK;
}

static const struct v3_plugin_frame frame_functions = {
  .query_interface = find_loop,
  .ref             = keep,
  .unref           = keep,
  .resize_view     = resize_view,
};

static const struct v3_run_loop loop_functions = {
  .query_interface  = no_interface,
  .ref              = keep,
  .unref            = keep,
  .register_timer   = set_timer,
  .unregister_timer = unset_timer,
};

static const struct v3_component_handler handler_functions = {
  .query_interface   = no_interface,
  .ref               = keep,
  .unref             = keep,
  .begin_edit        = take_edit,
  .perform_edit      = perform_edit,
  .end_edit          = take_edit,
  .restart_component = restart,
};

static bool
open_view(void* const handle, const Window parent)
{
  Host* const host = (Host*)handle;
  host->view       = (struct v3_plugin_view**)(*host->controller)
                 ->create_view(host->controller, "editor");
  return host->view &&
         (*host->view)
             ->set_frame(host->view, (struct v3_plugin_frame**)&host->frame) ==
           V3_OK &&
         // NOLINTNEXTLINE(performance-no-int-to-ptr)
         (*host->view)
             ->attached(host->view, (void*)parent, V3_VIEW_PLATFORM_TYPE_X11) ==
           V3_OK;
}

static void
idle_view(void* const handle)
{
  Host* const host = (Host*)handle;
  if (host->timer) {
    (*host->timer)->on_timer(host->timer);
  }
}

static void
close_view(void* const handle)
{
  Host* const host = (Host*)handle;
  (void)(*host->view)->removed(host->view);
  (void)(*host->view)->unref(host->view);
  host->view = NULL;
}

static double
last_edit(void* const handle, const uint32_t id)
{
  (void)id;
  return ((Host*)handle)->edited;
}

static bool
make(struct v3_plugin_factory** const factory, Host* const host)
{
  static const Format   format = {open_view, idle_view, close_view, last_edit};
  struct v3_class_info  info;
  struct v3_component** component = NULL;
  Place                 place;
  if ((*factory)->get_class_info(factory, 0, &info) != V3_OK ||
      (*factory)->create_instance(
        factory, info.class_id, v3_component_iid, (void**)&component) !=
        V3_OK ||
      (*component)->initialize(component, (struct v3_funknown**)&host->app) !=
        V3_OK ||
      (*component)
          ->query_interface(component,
                            v3_edit_controller_iid,
                            (void**)&host->controller) != V3_OK ||
      (*host->controller)
          ->initialize(host->controller, (struct v3_funknown**)&host->app) !=
        V3_OK ||
      (*host->controller)
          ->set_component_handler(
            host->controller, (struct v3_component_handler**)&host->handler) !=
        V3_OK ||
      !make_place(&place, host->has_sound)) {
    return false;
  }
  const bool is_good = try_window(&place, &format, host);
  free_place(&place);
  (void)(*host->controller)->terminate(host->controller);
  (void)(*host->controller)->unref(host->controller);
  (void)(*component)->terminate(component);
  (void)(*component)->unref(component);
  return is_good;
}

int
main(const int argc, char** const argv)
{
  void* const library  = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL;
  bool (*enter)(void*) = NULL;
  struct v3_plugin_factory** (*factory)(void) = NULL;
  Host host                                   = {.frame     = &frame_functions,
                                                 .loop      = &loop_functions,
                                                 .handler   = &handler_functions,
                                                 .app       = &app_functions,
                                                 .has_sound = argc > 2};
  if (library) {
    *(void**)&enter   = dlsym(library, "ModuleEntry");
    *(void**)&factory = dlsym(library, "GetPluginFactory");
  }
  return enter && factory && enter(library) && make(factory(), &host) ? 0 : 1;
}

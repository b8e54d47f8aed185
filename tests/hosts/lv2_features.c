// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "lv2_features.h"

#include <lv2/atom/atom.h>
#include <lv2/buf-size/buf-size.h>
#include <lv2/parameters/parameters.h>

#include <stdlib.h>
#include <string.h>

static LV2_URID
map_uri(LV2_URID_Map_Handle handle, const char* uri)
{
  Features* const self = handle;
  for (uint32_t i = 0U; i < self->n_uris; ++i) {
    if (!strcmp(self->uris[i], uri)) {
      return i + 1U;
    }
  }
  if (self->n_uris == FEATURES_MAX_URIDS) {
    abort();
  }
  self->uris[self->n_uris++] = strdup(uri);
  return self->n_uris;
}

static const char*
unmap_urid(LV2_URID_Unmap_Handle handle, const LV2_URID urid)
{
  const Features* const self = handle;
  return urid && urid <= self->n_uris ? self->uris[urid - 1U] : NULL;
}

static LV2_Worker_Status
respond(LV2_Worker_Respond_Handle handle, const uint32_t size, const void* data)
{
  const Features* const             self = handle;
  const LV2_Worker_Interface* const worker =
    lilv_instance_get_extension_data(self->instance, LV2_WORKER__interface);
  const LV2_Handle instance = lilv_instance_get_handle(self->instance);
  return worker->work_response ? worker->work_response(instance, size, data)
                               : LV2_WORKER_SUCCESS;
}

static LV2_Worker_Status
schedule(LV2_Worker_Schedule_Handle handle,
         const uint32_t             size,
         const void*                data)
{
  const Features* const             self = handle;
  const LV2_Worker_Interface* const worker =
    lilv_instance_get_extension_data(self->instance, LV2_WORKER__interface);
  if (!worker) {
    return LV2_WORKER_ERR_UNKNOWN;
  }
  return worker->work(
    lilv_instance_get_handle(self->instance), respond, handle, size, data);
}

void
features_init(Features* self, const float sample_rate, const int32_t max_block)
{
  memset(self, 0, sizeof(*self));
  self->map         = (LV2_URID_Map){self, map_uri};
  self->unmap       = (LV2_URID_Unmap){self, unmap_urid};
  self->worker      = (LV2_Worker_Schedule){self, schedule};
  self->min_block   = 0;
  self->max_block   = max_block;
  self->sample_rate = sample_rate;

  const LV2_URID is_int   = features_map(self, LV2_ATOM__Int);
  const LV2_URID is_float = features_map(self, LV2_ATOM__Float);
  const LV2_URID min      = features_map(self, LV2_BUF_SIZE__minBlockLength);
  const LV2_URID max      = features_map(self, LV2_BUF_SIZE__maxBlockLength);
  const LV2_URID nominal = features_map(self, LV2_BUF_SIZE__nominalBlockLength);
  const LV2_URID rate    = features_map(self, LV2_PARAMETERS__sampleRate);
  const uint32_t size    = sizeof(int32_t);
  const LV2_Options_Option options[FEATURES_N_OPTIONS] = {
    {LV2_OPTIONS_INSTANCE, 0U, min, size, is_int, &self->min_block},
    {LV2_OPTIONS_INSTANCE, 0U, max, size, is_int, &self->max_block},
    {LV2_OPTIONS_INSTANCE, 0U, nominal, size, is_int, &self->max_block},
    {LV2_OPTIONS_INSTANCE, 0U, rate, size, is_float, &self->sample_rate},
    {LV2_OPTIONS_INSTANCE, 0U, 0U, 0U, 0U, NULL},
  };
  memcpy(self->options, options, sizeof(options));

  const LV2_Feature features[FEATURES_N] = {
    {LV2_URID__map, &self->map},
    {LV2_URID__unmap, &self->unmap},
    {LV2_OPTIONS__options, self->options},
    {LV2_WORKER__schedule, &self->worker},
    {LV2_BUF_SIZE__boundedBlockLength, NULL},
    {LV2_CORE__hardRTCapable, NULL},
  };
  memcpy(self->features, features, sizeof(features));
  for (size_t i = 0U; i < FEATURES_N; ++i) {
    self->list[i] = &self->features[i];
  }
}

void
features_clear(Features* self)
{
  for (uint32_t i = 0U; i < self->n_uris; ++i) {
    free(self->uris[i]);
  }
  self->n_uris = 0U;
}

LV2_URID
features_map(Features* self, const char* uri)
{
  return map_uri(self, uri);
}

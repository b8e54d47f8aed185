// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "vst3_host.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  NOTE_OFF     = 0x80,
  NOTE_ON      = 0x90,
  KIND_MASK    = 0xF0,
  CHANNEL_MASK = 0x0F,
};

static const float max_velocity = 127.0F;

/// Our objects live in variables: nobody else owns them, or asks for more
static v3_result
query_nothing(void* self, const v3_tuid iid, void** object)
{
  (void)self;
  (void)iid;
  *object = NULL;
  return V3_NO_INTERFACE;
}

static uint32_t
count_no_owners(void* self)
{
  (void)self;
  return 1U;
}

static v3_param_id
change_id(void* self)
{
  return ((const Vst3Change*)self)->id;
}

static int32_t
change_count(void* self)
{
  (void)self;
  return 1;
}

static v3_result
change_get(void* self, const int32_t index, int32_t* frame, double* value)
{
  *frame = 0;
  *value = ((const Vst3Change*)self)->value;
  return index == 0 ? V3_OK : V3_INVALID_ARG;
}

static v3_result
change_add(void* self, const int32_t frame, const double value, int32_t* index)
{
  (void)frame;
  ((Vst3Change*)self)->value = value;
  if (index) {
    *index = 0;
  }
  return V3_OK;
}

static int32_t
changes_count(void* self)
{
  return ((const Vst3Changes*)self)->n_changes;
}

static struct v3_param_value_queue**
changes_get(void* self, const int32_t index)
{
  Vst3Changes* const changes = self;
  return index >= 0 && index < changes->n_changes
           ? (struct v3_param_value_queue**)(void*)&changes->changes[index]
           : NULL;
}

static struct v3_param_value_queue**
changes_add(void* self, v3_param_id* id, int32_t* index)
{
  Vst3Changes* const changes = self;
  if (index) {
    *index = changes->n_changes;
  }
  return (struct v3_param_value_queue**)(void*)vst3_changes_add(
    changes, *id, 0.0);
}

Vst3Change*
vst3_changes_add(Vst3Changes* changes, const v3_param_id id, const double value)
{
  static const struct v3_param_value_queue functions = {
    .query_interface = query_nothing,
    .ref             = count_no_owners,
    .unref           = count_no_owners,
    .get_param_id    = change_id,
    .get_point_count = change_count,
    .get_point       = change_get,
    .add_point       = change_add};
  if (changes->n_changes == VST3_MAX_CHANGES) {
    abort();
  }
  Vst3Change* const change = &changes->changes[changes->n_changes++];
  *change                  = (Vst3Change){&functions, id, value};
  return change;
}

void
vst3_changes_init(Vst3Changes* changes)
{
  static const struct v3_param_changes functions = {
    .query_interface = query_nothing,
    .ref             = count_no_owners,
    .unref           = count_no_owners,
    .get_param_count = changes_count,
    .get_param_data  = changes_get,
    .add_param_data  = changes_add};
  changes->functions = &functions;
  changes->n_changes = 0;
}

static uint32_t
events_count(void* self)
{
  const Vst3Events* const events = self;
  return events->block ? events->block->n_in : 0U;
}

/// Give a key that is played to the plugin
static v3_result
events_get(void* self, const int32_t index, struct v3_event* event)
{
  const Vst3Events* const events = self;
  if (!events->block || index < 0 || (uint32_t)index >= events->block->n_in) {
    return V3_INVALID_ARG;
  }

  const ProbeMessage* const message = &events->block->in[index];
  const int16_t channel  = (int16_t)(message->bytes[0] & CHANNEL_MASK);
  const float   velocity = (float)message->bytes[2] / max_velocity;
  memset(event, 0, sizeof(*event));
  event->sample_offset = (int32_t)message->frame;
  if ((message->bytes[0] & KIND_MASK) == NOTE_ON) {
    event->type             = V3_EVENT_NOTE_ON;
    event->note_on.channel  = channel;
    event->note_on.pitch    = message->bytes[1];
    event->note_on.velocity = velocity;
  } else {
    event->type              = V3_EVENT_NOTE_OFF;
    event->note_off.channel  = channel;
    event->note_off.pitch    = message->bytes[1];
    event->note_off.velocity = velocity;
  }
  return V3_OK;
}

/// Hear a note of the plugin as the MIDI message that it was
static v3_result
events_add(void* self, struct v3_event* event)
{
  const Vst3Events* const events                    = self;
  uint8_t                 bytes[PROBE_MESSAGE_SIZE] = {0};
  if (!events->probe) {
    return V3_INVALID_ARG;
  }
  if (event->type == V3_EVENT_NOTE_ON) {
    bytes[0] = (uint8_t)(NOTE_ON | event->note_on.channel);
    bytes[1] = (uint8_t)event->note_on.pitch;
    bytes[2] = (uint8_t)lroundf(event->note_on.velocity * max_velocity);
  } else if (event->type == V3_EVENT_NOTE_OFF) {
    bytes[0] = (uint8_t)(NOTE_OFF | event->note_off.channel);
    bytes[1] = (uint8_t)event->note_off.pitch;
  }
  probe_hear(
    events->probe, (uint32_t)event->sample_offset, bytes, sizeof(bytes));
  return V3_OK;
}

void
vst3_events_init(Vst3Events* events, const ProbeBlock* block, Probe* probe)
{
  static const struct v3_event_list functions = {
    .query_interface = query_nothing,
    .ref             = count_no_owners,
    .unref           = count_no_owners,
    .get_event_count = events_count,
    .get_event       = events_get,
    .add_event       = events_add};
  *events = (Vst3Events){&functions, block, probe};
}

static v3_result
stream_read(void* self, void* buffer, const int32_t size, int32_t* n_read)
{
  Vst3Stream* const stream = self;
  *n_read = (int32_t)pieces_read(&stream->pieces, buffer, (size_t)size);
  return V3_OK;
}

static v3_result
stream_write(void* self, void* buffer, const int32_t size, int32_t* n_written)
{
  Vst3Stream* const stream = self;
  *n_written = (int32_t)pieces_write(&stream->pieces, buffer, (size_t)size);
  return V3_OK;
}

static v3_result
stream_seek(void* self, const int64_t at, const int32_t mode, int64_t* result)
{
  (void)self;
  (void)at;
  (void)mode;
  (void)result;
  return V3_NOT_IMPLEMENTED;
}

static v3_result
stream_tell(void* self, int64_t* at)
{
  (void)self;
  (void)at;
  return V3_NOT_IMPLEMENTED;
}

void
vst3_stream_init(Vst3Stream* stream)
{
  static const struct v3_bstream functions = {.query_interface = query_nothing,
                                              .ref   = count_no_owners,
                                              .unref = count_no_owners,
                                              .read  = stream_read,
                                              .write = stream_write,
                                              .seek  = stream_seek,
                                              .tell  = stream_tell};
  *stream                                  = (Vst3Stream){&functions, {0}};
}

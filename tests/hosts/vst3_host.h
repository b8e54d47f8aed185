// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file vst3_host.h The objects that a small VST3 host hands to a plugin

#ifndef CONTINUO_TESTS_VST3_HOST_H
#define CONTINUO_TESTS_VST3_HOST_H

#include "pieces.h"
#include "probe.h"

// Named in travesty/view.h as C++ does
typedef struct v3_event_handler v3_event_handler;
typedef struct v3_timer_handler v3_timer_handler;

#include <travesty/audio_processor.h>
#include <travesty/bstream.h>
#include <travesty/component.h>
#include <travesty/edit_controller.h>
#include <travesty/events.h>
#include <travesty/factory.h>

#include <stdint.h>

enum { VST3_MAX_CHANGES = 64 };

/// A change of a parameter, at the beginning of a block.  As in all objects
/// here, the functions stand first
typedef struct {
  const struct v3_param_value_queue* functions;
  v3_param_id                        id;
  double                             value;
} Vst3Change;

/// Changes for a block, or from it
typedef struct {
  const struct v3_param_changes* functions;
  Vst3Change                     changes[VST3_MAX_CHANGES];
  int32_t                        n_changes;
} Vst3Changes;

/// Messages for a block, or the ears for those from it
typedef struct {
  const struct v3_event_list* functions;
  const ProbeBlock*           block; ///< What to read, or null
  Probe*                      probe; ///< Where to write, or null
} Vst3Events;

/// A state as a stream
typedef struct {
  const struct v3_bstream* functions;
  Pieces                   pieces;
} Vst3Stream;

/// Make a list empty
void
vst3_changes_init(Vst3Changes* changes);

/// Add a change.  @return Where its value is
Vst3Change*
vst3_changes_add(Vst3Changes* changes, v3_param_id id, double value);

/// Make a list to be read or to be written
void
vst3_events_init(Vst3Events* events, const ProbeBlock* block, Probe* probe);

/// Make a stream of nothing
void
vst3_stream_init(Vst3Stream* stream);

#endif // CONTINUO_TESTS_VST3_HOST_H

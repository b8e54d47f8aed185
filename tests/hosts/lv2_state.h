// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file lv2_state.h The state of a plugin in a folder, as a session has it

#ifndef CONTINUO_TESTS_LV2_STATE_H
#define CONTINUO_TESTS_LV2_STATE_H

#include "lv2_features.h"

#include <lilv/lilv.h>

#include <stdbool.h>

/// A plugin and the values of its control ports
typedef struct {
  LilvWorld*        world;
  const LilvPlugin* plugin;
  LilvInstance*     instance;
  Features*         features;
  float*            controls; ///< By index of the port
} Stateful;

/// Save what the plugin keeps, and its input controls, in a new `folder`.
/// @return False if that cannot be done
bool
lv2_state_save(const Stateful* self, const char* folder);

/// Restore what lv2_state_save() saved.  @return False if that cannot be done
bool
lv2_state_restore(const Stateful* self, const char* folder);

#endif // CONTINUO_TESTS_LV2_STATE_H

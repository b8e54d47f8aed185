// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file variant.h In what the plugins differ, beside their classes

#ifndef CONTINUO_PLUGIN_VARIANT_H
#define CONTINUO_PLUGIN_VARIANT_H

#include "continuo.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One of the plugins
typedef struct {
  const char* program; ///< Name of its JACK standalone
  const char* help;    ///< What that says after its usage

  /// Row of a parameter that only this plugin has, or null past the end
  const ContinuoParam* (*own_param)(uint32_t id);

  const char* own_state; ///< Key of a state that only this plugin has, or null
} Variant;

/// The plugin that this is
extern const Variant variant;

#ifdef __cplusplus
}
#endif

#endif // CONTINUO_PLUGIN_VARIANT_H

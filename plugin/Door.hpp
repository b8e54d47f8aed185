// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file Door.hpp The way from a window to its instance.

   In LV2 the two are in binaries of their own, so nothing of the plugin may be
   linked into the window: a virtual function leads there.
*/

#ifndef CONTINUO_DOOR_HPP
#define CONTINUO_DOOR_HPP

#include "DistrhoPlugin.hpp"
#include "DistrhoPluginUtils.hpp"

#include "continuo.h"

#include <cstdint>
#include <cstring>

START_NAMESPACE_DISTRHO

/// A plugin that shows its instance
class Door : public Plugin
{
public:
  using Plugin::Plugin;

  /// Borrowed, as long as the plugin lives.  @thread any
  virtual Continuo* continuo() const = 0;
};

/// The instance behind DPF's pointer to a plugin, which may be null
inline Continuo*
door_of(void* const plugin)
{
  return plugin ? static_cast<Door*>(static_cast<Plugin*>(plugin))->continuo()
                : nullptr;
}

/**
   Whether the format has presets of its own, and so all parameters but
   CONTINUO_PRESET.

   An LV2 host does not set a port that stands at its default, so that a session
   could not take back what a preset set.
*/
inline bool
door_has_own_presets()
{
  return std::strcmp(getPluginFormatName(), "LV2") == 0;
}

/// Row in the parameter table of the parameter that DPF counts as `index`
inline uint32_t
door_row_of(const uint32_t index)
{
  return index + (door_has_own_presets() && index >= CONTINUO_PRESET ? 1 : 0);
}

/// How DPF counts row `id`, or CONTINUO_N_PARAMS if the format has none such
inline uint32_t
door_index_of(const uint32_t id)
{
  if (!door_has_own_presets()) {
    return id;
  }
  return id == CONTINUO_PRESET ? uint32_t{CONTINUO_N_PARAMS}
                               : id - (id > CONTINUO_PRESET ? 1 : 0);
}

END_NAMESPACE_DISTRHO

#endif // CONTINUO_DOOR_HPP

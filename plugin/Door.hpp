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
#include "variant.h"

#include <cstdint>
#include <cstring>

START_NAMESPACE_DISTRHO

/// A plugin that shows its instance, and its sound if it has any
class Door : public Plugin
{
public:
  using Plugin::Plugin;

  /// Borrowed, as long as the plugin lives.  @thread any
  virtual Continuo* continuo() const = 0;

  /// Value of a parameter that only this plugin has.  @thread any
  virtual float own_value(uint32_t) const { return 0.0F; }

  /// Peaks of the sound since the last time; 1 is full.  @thread any
  virtual void take_levels(float*) {}

  /// What SoundFont was chosen, in memory for free(), or null.  @thread main
  virtual char* chosen_font() const { return nullptr; }
};

/// The plugin behind DPF's pointer to it, which may be null
inline Door*
door_at(void* const plugin)
{
  return plugin ? static_cast<Door*>(static_cast<Plugin*>(plugin)) : nullptr;
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

/// A parameter: of the table, or one that only this plugin has
struct Place {
  bool     is_own;
  uint32_t id;
};

/// How many parameters there are, and how many of them the host sets
struct PlaceCounts {
  uint32_t n_inputs;     ///< Of the table, in this format
  uint32_t n_outputs;    ///< Of the table
  uint32_t n_own_inputs; ///< Which come before the plugin's own outputs
  uint32_t n_own;
};

inline PlaceCounts
count_places()
{
  PlaceCounts counts = {CONTINUO_LATE_NOTES -
                          (door_has_own_presets() ? 1U : 0U),
                        CONTINUO_N_PARAMS - CONTINUO_LATE_NOTES,
                        0,
                        0};
  while (const ContinuoParam* const row = variant.own_param(counts.n_own)) {
    ++counts.n_own;
    counts.n_own_inputs += row->flags & CONTINUO_PARAM_OUTPUT ? 0 : 1;
  }
  return counts;
}

/**
   The parameter that DPF counts as `index`.

   Those of the table come first, and then the plugin's own.  But all outputs
   stand behind all others, as VST2 wants it.
*/
inline Place
place_of(const uint32_t index)
{
  const PlaceCounts counts = count_places();
  if (index < counts.n_inputs) {
    return {false,
            index +
              (door_has_own_presets() && index >= CONTINUO_PRESET ? 1 : 0)};
  }
  uint32_t left = index - counts.n_inputs;
  if (left < counts.n_own_inputs) {
    return {true, left};
  }
  left -= counts.n_own_inputs;
  return left < counts.n_outputs
           ? Place{false, CONTINUO_LATE_NOTES + left}
           : Place{true, counts.n_own_inputs + left - counts.n_outputs};
}

/// No index
constexpr uint32_t no_place = UINT32_MAX;

/// How DPF counts a parameter, or no_place if the format has none such
inline uint32_t
index_of(const Place place)
{
  const PlaceCounts counts  = count_places();
  const uint32_t    outputs = counts.n_inputs + counts.n_own_inputs;
  if (place.is_own) {
    return place.id < counts.n_own_inputs
             ? counts.n_inputs + place.id
             : outputs + counts.n_outputs + place.id - counts.n_own_inputs;
  }
  if (place.id >= CONTINUO_LATE_NOTES) {
    return outputs + place.id - CONTINUO_LATE_NOTES;
  }
  if (!door_has_own_presets()) {
    return place.id;
  }
  return place.id == CONTINUO_PRESET
           ? no_place
           : place.id - (place.id > CONTINUO_PRESET ? 1 : 0);
}

END_NAMESPACE_DISTRHO

#endif // CONTINUO_DOOR_HPP

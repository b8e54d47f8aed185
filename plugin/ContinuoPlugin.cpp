// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file ContinuoPlugin.cpp The plugin as DPF sees it.

   Translates DPF's words into those of continuo.h and back, and does nothing
   else.  Which plugin it becomes is said by the DistrhoPluginInfo.h in the
   include path; what its parameters are, by continuo_param().
*/

#include "DistrhoPlugin.hpp"
#include "DistrhoPluginUtils.hpp"

#include "Door.hpp"
#include "Position.hpp"
#include "continuo.h"
#include "first_settings.h"
#include "states.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

START_NAMESPACE_DISTRHO

namespace {

/// Most MIDI messages read in a block; DPF itself passes on no more
constexpr uint32_t max_messages = 512;

/// Most bytes of a message that the core takes; longer ones are system
/// exclusive
constexpr uint32_t max_message_size = 3;

uint32_t
count_params()
{
  return CONTINUO_N_PARAMS - (door_has_own_presets() ? 1 : 0);
}

/// Hints of DPF for the flags of a row of the parameter table
uint32_t
hints_of(const uint32_t id, const ContinuoParam& row)
{
  uint32_t hints = 0;
  if (row.flags & CONTINUO_PARAM_OUTPUT) {
    hints |= kParameterIsOutput;
  } else if (id != CONTINUO_PRESET) { // It moves others
    hints |= kParameterIsAutomatable;
  }
  if (row.flags & CONTINUO_PARAM_INTEGER) {
    hints |= kParameterIsInteger;
  }
  if (row.flags & CONTINUO_PARAM_TOGGLE) {
    hints |= kParameterIsBoolean | kParameterIsInteger;
  }
  if (row.flags & CONTINUO_PARAM_TRIGGER) {
    hints |= kParameterIsTrigger;
  }
  return hints;
}

/// Give `out` the labels of `row`, if it has any, as the only values allowed
void
set_labels(const ContinuoParam& row, ParameterEnumerationValues& out)
{
  constexpr uint32_t max_labels = UINT8_MAX; // DPF counts them in a byte
  if (!row.labels || !row.n_labels || row.n_labels > max_labels) {
    return;
  }

  out.values         = new ParameterEnumerationValue[row.n_labels];
  out.count          = static_cast<uint8_t>(row.n_labels);
  out.restrictedMode = true;
  for (uint32_t i = 0; i < row.n_labels; ++i) {
    out.values[i].value = row.min + static_cast<float>(i);
    out.values[i].label = row.labels[i];
  }
}

} // namespace

/// An instance: an improviser and the door between it and the host
class ContinuoPlugin final : public Door
{
public:
  ContinuoPlugin()
    : Door(count_params(), 0, N_STATES)
    , m_continuo(continuo_new(getSampleRate(), CONTINUO_LIVE))
  {
    if (!m_continuo) {
      throw std::bad_alloc();
    }
    first_settings_apply(m_continuo);
  }

  ~ContinuoPlugin() override { continuo_free(m_continuo); }

  ContinuoPlugin(const ContinuoPlugin&)            = delete;
  ContinuoPlugin& operator=(const ContinuoPlugin&) = delete;

  Continuo* continuo() const override { return m_continuo; }

protected:
  const char* getLabel() const override { return "continuo"; }

  const char* getDescription() const override
  {
    return "Improvises in the style of a composer, at the tempo, in the meter "
           "and in the key of the song.";
  }

  const char* getMaker() const override { return "The Continuo authors"; }
  const char* getLicense() const override { return "ISC"; }

  uint32_t getVersion() const override
  {
    return d_version(
      CONTINUO_VERSION_MAJOR, CONTINUO_VERSION_MINOR, CONTINUO_VERSION_PATCH);
  }

  int64_t getUniqueId() const override { return d_cconst('C', 't', 'n', 'm'); }

  void initParameter(const uint32_t index, Parameter& parameter) override
  {
    const uint32_t             id  = door_row_of(index);
    const ContinuoParam* const row = continuo_param(id);
    if (!row) {
      return;
    }
    if (id == CONTINUO_BYPASS) {
      // In LV2 DPF makes this the port `lv2_enabled`, with the inverse value
      parameter.initDesignation(kParameterDesignationBypass);
      parameter.symbol = row->symbol;
      return;
    }

    parameter.hints       = hints_of(id, *row);
    parameter.name        = row->name;
    parameter.symbol      = row->symbol;
    parameter.unit        = row->unit;
    parameter.description = row->doc;
    parameter.ranges.min  = row->min;
    parameter.ranges.def  = row->initial;
    parameter.ranges.max  = row->max;
    set_labels(*row, parameter.enumValues);
  }

  /// Both are empty by default, which changes nothing
  void initState(const uint32_t index, State& state) override
  {
    if (index == 0) {
      state.hints       = kStateIsOnlyForDSP | kStateIsFilenamePath;
      state.key         = STATE_MODEL;
      state.label       = "Model";
      state.description = "A model of your own; " CONTINUO_BUILTIN_MODEL
                          " is the one inside the plugin";
    } else {
      state.hints = kStateIsOnlyForDSP;
      state.key   = STATE_TAKE;
      state.label = "Take";
    }
  }

  String getState(const char* const key) const override
  {
    char* const  text = states_get(m_continuo, key);
    const String value(text);
    std::free(text);
    return value;
  }

  void setState(const char* const key, const char* const value) override
  {
    states_set(m_continuo, key, value);
  }

  float getParameterValue(const uint32_t index) const override
  {
    return continuo_get_param(m_continuo, door_row_of(index));
  }

  void setParameterValue(const uint32_t index, const float value) override
  {
    continuo_set_param(m_continuo, door_row_of(index), value);
  }

  void activate() override { continuo_activate(m_continuo, getSampleRate()); }

  void run(const float**, // No audio: const in DPF 1.6 and in later ones
           float**,
           const uint32_t         n_frames,
           const MidiEvent* const events,
           const uint32_t         n_events) override
  {
    const ContinuoPosition position = position_of(getTimePosition());
    const uint32_t         n_in     = read_messages(events, n_events);
    m_has_transport = m_has_transport || is_told(getTimePosition());
    continuo_process(m_continuo,
                     m_has_transport ? &position : nullptr,
                     m_messages.data(),
                     n_in,
                     n_frames,
                     write_message,
                     this);
    tell_changes();
  }

private:
  /// Tell the host what a preset has set, where DPF counts as the table does
  void tell_changes()
  {
    uint32_t id = 0;
    while ((id = continuo_next_change(m_continuo)) < CONTINUO_N_PARAMS) {
      requestParameterValueChange(id, continuo_get_param(m_continuo, id));
    }
  }

  /**
     Copy the host's messages, less system exclusive ones, in time order.

     In VST2 hosts need not sort them, and in VST3 DPF misplaces controllers
     among notes.
     @return How many.
  */
  uint32_t read_messages(const MidiEvent* const events, const uint32_t n_events)
  {
    uint32_t n_in = 0;
    for (uint32_t i = 0; i < n_events && n_in < max_messages; ++i) {
      const MidiEvent& event = events[i];
      if (event.size > 0 && event.size <= max_message_size) {
        uint32_t at = n_in++;
        for (; at > 0 && m_messages[at - 1].frame > event.frame; --at) {
          m_messages[at] = m_messages[at - 1];
        }
        m_messages[at] = {event.frame, static_cast<uint8_t>(event.size), {}, 0};
        std::memcpy(m_messages[at].data, event.data, event.size);
      }
    }
    return n_in;
  }

  /// A ContinuoWriteFunc.  @return False if the host has no more room in this
  /// block.
  static bool write_message(void* const               handle,
                            const ContinuoMidi* const message)
  {
    MidiEvent event{};
    event.frame = message->frame;
    event.size  = message->size;
    std::memcpy(event.data, message->data, message->size);
    return static_cast<ContinuoPlugin*>(handle)->writeMidiEvent(event);
  }

  Continuo* m_continuo;              ///< Ours
  bool      m_has_transport = false; ///< The host has told a position
  std::array<ContinuoMidi, max_messages>
    m_messages{}; ///< What came in during this block
};

Plugin*
createPlugin()
{
  return new ContinuoPlugin();
}

END_NAMESPACE_DISTRHO

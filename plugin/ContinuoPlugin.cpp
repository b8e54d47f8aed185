// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "ContinuoPlugin.hpp"

#include "DistrhoPluginUtils.hpp"

#include "Door.hpp"
#include "Position.hpp"
#include "continuo.h"
#include "first_settings.h"
#include "states.h"
#include "variant.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

START_NAMESPACE_DISTRHO

namespace {

/// Most bytes of a message that the core takes; longer ones are system
/// exclusive
constexpr uint32_t max_message_size = 3;

uint32_t
count_all()
{
  const PlaceCounts counts = count_places();
  return counts.n_inputs + counts.n_outputs + counts.n_own;
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

/// Hints of DPF for the flags of a row of the parameter table
uint32_t
hints_of(const ContinuoParam& row)
{
  uint32_t hints = row.flags & CONTINUO_PARAM_OUTPUT ? kParameterIsOutput
                                                     : kParameterIsAutomatable;
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

/// Tell DPF what is in a row
void
describe(const ContinuoParam& row, Parameter& parameter)
{
  parameter.hints       = hints_of(row);
  parameter.name        = row.name;
  parameter.symbol      = row.symbol;
  parameter.unit        = row.unit;
  parameter.description = row.doc;
  parameter.ranges.min  = row.min;
  parameter.ranges.def  = row.initial;
  parameter.ranges.max  = row.max;
  set_labels(row, parameter.enumValues);
}

} // namespace

ContinuoPlugin::ContinuoPlugin()
  : Door(count_all(), 0, N_STATES + (variant.own_state ? 1 : 0))
  , m_continuo(continuo_new(getSampleRate(), CONTINUO_LIVE))
{
  if (!m_continuo) {
    throw std::bad_alloc();
  }
  first_settings_apply(m_continuo);
}

ContinuoPlugin::~ContinuoPlugin()
{
  continuo_free(m_continuo);
}

uint32_t
ContinuoPlugin::getVersion() const
{
  return d_version(
    CONTINUO_VERSION_MAJOR, CONTINUO_VERSION_MINOR, CONTINUO_VERSION_PATCH);
}

void
ContinuoPlugin::initParameter(const uint32_t index, Parameter& parameter)
{
  const Place                place = place_of(index);
  const ContinuoParam* const row =
    place.is_own ? variant.own_param(place.id) : continuo_param(place.id);
  if (!row) {
    return;
  }
  if (!place.is_own && place.id == CONTINUO_BYPASS) {
    // In LV2 DPF makes this the port `lv2_enabled`, with the inverse value
    parameter.initDesignation(kParameterDesignationBypass);
    parameter.symbol = row->symbol;
    return;
  }

  describe(*row, parameter);
  if (!place.is_own && place.id == CONTINUO_PRESET) { // It moves others
    parameter.hints &= ~static_cast<uint32_t>(kParameterIsAutomatable);
  }
}

/// Both are empty by default, which changes nothing
void
ContinuoPlugin::initState(const uint32_t index, State& state)
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

String
ContinuoPlugin::getState(const char* const key) const
{
  char* const  text = states_get(m_continuo, key);
  const String value(text);
  std::free(text);
  return value;
}

void
ContinuoPlugin::setState(const char* const key, const char* const value)
{
  states_set(m_continuo, key, value);
}

float
ContinuoPlugin::getParameterValue(const uint32_t index) const
{
  const Place place = place_of(index);
  return place.is_own ? get_own(place.id)
                      : continuo_get_param(m_continuo, place.id);
}

void
ContinuoPlugin::setParameterValue(const uint32_t index, const float value)
{
  const Place place = place_of(index);
  if (place.is_own) {
    set_own(place.id, value);
  } else {
    continuo_set_param(m_continuo, place.id, value);
  }
}

void
ContinuoPlugin::activate()
{
  continuo_activate(m_continuo, getSampleRate());
}

void
ContinuoPlugin::process(const uint32_t         n_frames,
                        const MidiEvent* const events,
                        const uint32_t         n_events)
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

/// Tell the host what a preset has set, where DPF counts as the table does
void
ContinuoPlugin::tell_changes()
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
uint32_t
ContinuoPlugin::read_messages(const MidiEvent* const events,
                              const uint32_t         n_events)
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

/// A ContinuoWriteFunc
bool
ContinuoPlugin::write_message(void* const               handle,
                              const ContinuoMidi* const message)
{
  return static_cast<ContinuoPlugin*>(handle)->send(*message);
}

bool
ContinuoPlugin::send(const ContinuoMidi& message)
{
  MidiEvent event{};
  event.frame = message.frame;
  event.size  = message.size;
  std::memcpy(event.data, message.data, message.size);
  return writeMidiEvent(event);
}

END_NAMESPACE_DISTRHO

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file ContinuoPlugin.hpp What the plugins have in common, as DPF sees it.

   Translates DPF's words into those of continuo.h and back, and does nothing
   else.  What its parameters are is said by continuo_param() and by variant.h.
*/

#ifndef CONTINUO_PLUGIN_CONTINUOPLUGIN_HPP
#define CONTINUO_PLUGIN_CONTINUOPLUGIN_HPP

#include "Door.hpp"
#include "continuo.h"

#include <array>
#include <cstdint>

START_NAMESPACE_DISTRHO

/// An instance: an improviser and the door between it and the host
class ContinuoPlugin : public Door
{
public:
  ContinuoPlugin();
  ~ContinuoPlugin() override;

  ContinuoPlugin(const ContinuoPlugin&)            = delete;
  ContinuoPlugin& operator=(const ContinuoPlugin&) = delete;

  Continuo* continuo() const override { return m_continuo; }

protected:
  const char* getMaker() const override { return "The Continuo authors"; }
  const char* getLicense() const override { return "ISC"; }
  uint32_t    getVersion() const override;

  void   initParameter(uint32_t index, Parameter& parameter) override;
  void   initState(uint32_t index, State& state) override;
  String getState(const char* key) const override;
  void   setState(const char* key, const char* value) override;
  float  getParameterValue(uint32_t index) const override;
  void   setParameterValue(uint32_t index, float value) override;
  void   activate() override;

  /// Value of a parameter that only this plugin has, by its own table
  virtual float get_own(uint32_t) const { return 0.0F; }

  /// Set it
  virtual void set_own(uint32_t, float) {}

  /// Let the improviser run for one block; what it plays goes to send().
  /// @thread audio
  void process(uint32_t n_frames, const MidiEvent* events, uint32_t n_events);

  /// Let a message out.  @thread audio  @return False if there is no more room
  /// in this block.
  virtual bool send(const ContinuoMidi& message);

private:
  /// Most MIDI messages read in a block; DPF itself passes on no more
  static constexpr uint32_t max_messages = 512;

  void        tell_changes();
  uint32_t    read_messages(const MidiEvent* events, uint32_t n_events);
  static bool write_message(void* handle, const ContinuoMidi* message);

  Continuo* m_continuo;              ///< Ours
  bool      m_has_transport = false; ///< The host has told a position
  std::array<ContinuoMidi, max_messages>
    m_messages{}; ///< What came in during this block
};

END_NAMESPACE_DISTRHO

#endif // CONTINUO_PLUGIN_CONTINUOPLUGIN_HPP

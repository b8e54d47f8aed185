// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file MidiEffect.cpp The improviser before an instrument, without sound

#include "ContinuoPlugin.hpp"

START_NAMESPACE_DISTRHO

namespace {

/// The MIDI effect
class MidiEffect final : public ContinuoPlugin
{
protected:
  const char* getLabel() const override { return "continuo"; }

  const char* getDescription() const override
  {
    return "Improvises in the style of a composer, at the tempo, in the meter "
           "and in the key of the song.";
  }

  int64_t getUniqueId() const override { return d_cconst('C', 't', 'n', 'm'); }

  void run(const float**, // No audio: const in DPF 1.6 and in later ones
           float**,
           const uint32_t         n_frames,
           const MidiEvent* const events,
           const uint32_t         n_events) override
  {
    process(n_frames, events, n_events);
  }
};

} // namespace

Plugin*
createPlugin()
{
  return new MidiEffect();
}

END_NAMESPACE_DISTRHO

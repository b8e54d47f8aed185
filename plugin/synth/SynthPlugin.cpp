// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file SynthPlugin.cpp The improviser that is heard through FluidSynth

#include "ContinuoPlugin.hpp"

#include "continuo.h"
#include "first_settings.h"
#include "sound.h"
#include "states.h"
#include "synth_params.h"
#include "synth_states.h"

#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <string>

START_NAMESPACE_DISTRHO

namespace {

static_assert(SYNTH_N_PARTS == SOUND_N_PARTS, "Parts are those of the sound");

/// The instrument
class SynthPlugin final : public ContinuoPlugin
{
public:
  SynthPlugin()
    : m_sound(sound_new(SOUND_LIVE, report, this))
  {
    if (!m_sound) {
      throw std::bad_alloc();
    }
    for (uint32_t id = 0; id < SYNTH_N_PARAMS; ++id) {
      const ContinuoParam* const row   = synth_param(id);
      const char* const          first = first_settings_find(row->symbol);
      m_values[id] = first ? std::strtof(first, nullptr) : row->initial;
    }
    const char* const font = first_settings_find(SYNTH_STATE_FONT);
    sound_choose_font(m_sound, font ? font : "");
    setLatency(sound_latency_for(getSampleRate(), getBufferSize()));
  }

  ~SynthPlugin() override { sound_free(m_sound); }

  SynthPlugin(const SynthPlugin&)            = delete;
  SynthPlugin& operator=(const SynthPlugin&) = delete;

  float own_value(const uint32_t id) const override { return get_own(id); }

  void take_levels(float* const levels) override
  {
    for (size_t side = 0; side < n_sides; ++side) {
      levels[side] = m_peaks[side].exchange(0.0F);
    }
  }

  char* chosen_font() const override { return sound_chosen_font(m_sound); }

protected:
  const char* getLabel() const override { return "continuo-synth"; }

  const char* getDescription() const override
  {
    return "Improvises in the style of a composer, at the tempo, in the meter "
           "and in the key of the song, and is heard through a SoundFont.";
  }

  int64_t getUniqueId() const override { return d_cconst('C', 't', 'n', 's'); }

  float get_own(const uint32_t id) const override
  {
    constexpr float percent = 100.0F;
    switch (id) {
    case SYNTH_UNDERRUNS:
      return static_cast<float>(sound_n_underruns(m_sound));
    case SYNTH_LOADING:
      return percent * sound_progress(m_sound);
    default:
      return id < SYNTH_N_PARAMS ? m_values[id].load() : 0.0F;
    }
  }

  void set_own(const uint32_t id, const float value) override
  {
    if (const ContinuoParam* const row = synth_param(id)) {
      m_values[id] = std::fmin(std::fmax(value, row->min), row->max);
    }
  }

  /// Empty by default, which changes nothing
  void initState(const uint32_t index, State& state) override
  {
    if (index < N_STATES) {
      ContinuoPlugin::initState(index, state);
      return;
    }
    state.hints       = kStateIsOnlyForDSP | kStateIsFilenamePath;
    state.key         = SYNTH_STATE_FONT;
    state.label       = "SoundFont";
    state.description = "An SF2 or SF3 file; " SOUND_DEFAULT_FONT
                        " is the one that the system has";
  }

  String getState(const char* const key) const override
  {
    if (std::strcmp(key, SYNTH_STATE_FONT) != 0) {
      return ContinuoPlugin::getState(key);
    }
    char* const  font = sound_chosen_font(m_sound);
    const String value(font);
    std::free(font);
    return value;
  }

  void setState(const char* const key, const char* const value) override
  {
    if (std::strcmp(key, SYNTH_STATE_FONT) != 0) {
      ContinuoPlugin::setState(key, value);
    } else {
      forget_why();
      sound_choose_font(m_sound, value);
    }
  }

  void activate() override
  {
    ContinuoPlugin::activate();
    sound_activate(m_sound, getSampleRate(), getBufferSize());
    setLatency(sound_latency(m_sound));
    m_has_sent = false;
  }

  void deactivate() override { sound_deactivate(m_sound); }

  void run(const float**, // No audio in: const in DPF 1.6 and in later ones
           float** const          outputs,
           const uint32_t         n_frames,
           const MidiEvent* const events,
           const uint32_t         n_events) override
  {
    set_sound();
    process(n_frames, events, n_events);
    sound_render(m_sound, outputs[0], outputs[1], n_frames);
    measure(outputs, n_frames);
  }

  /**
     Let it be heard, and out.

     A host that never took a message has no MIDI output: some formats do not
     tell.  One that is full gets it in the next block, and so it is heard then.
  */
  bool send(const ContinuoMidi& message) override
  {
    const bool is_sent = ContinuoPlugin::send(message);
    m_has_sent         = m_has_sent || is_sent;
    if (m_has_sent && !is_sent) {
      return false;
    }
    sound_send(m_sound, &message);
    return true;
  }

private:
  static constexpr size_t n_sides = 2;

  /// Say why a SoundFont is not played, on standard error and in the window.
  /// @thread any but audio
  static void report(void* const handle, const char* const why)
  {
    auto* const self = static_cast<SynthPlugin*>(handle);
    std::fprintf(stderr, "Continuo: %s\n", why);
    const std::lock_guard<std::mutex> lock(self->m_why_mutex);
    self->m_why = why;
    continuo_set_notice(self->continuo(), why);
  }

  /// Another SoundFont is chosen: what is said of the last one is over, unless
  /// something else was said since
  void forget_why()
  {
    std::array<char, CONTINUO_WHY_SIZE> said{};
    const std::lock_guard<std::mutex>   lock(m_why_mutex);
    continuo_notice(continuo(), said.data());
    if (!m_why.empty() && m_why == said.data()) {
      continuo_set_notice(continuo(), "");
    }
    m_why.clear();
  }

  /// Keep the peaks of a block until somebody looks
  void measure(const float* const* const outputs, const uint32_t n_frames)
  {
    for (size_t side = 0; side < n_sides; ++side) {
      float peak = 0.0F;
      for (uint32_t i = 0; i < n_frames; ++i) {
        peak = std::fmax(peak, std::fabs(outputs[side][i]));
      }
      if (peak > m_peaks[side].load(std::memory_order_relaxed)) {
        m_peaks[side].store(peak, std::memory_order_relaxed);
      }
    }
  }

  /// Let the sound have the parameters from this block on
  void set_sound()
  {
    constexpr float ten   = 10.0F;
    constexpr float scale = 20.0F; // Decibels to a factor of ten
    sound_set_level(
      m_sound, SOUND_GAIN, std::pow(ten, m_values[SYNTH_GAIN] / scale));
    sound_set_level(m_sound, SOUND_REVERB, m_values[SYNTH_REVERB]);
    sound_set_level(m_sound, SOUND_CHORUS, m_values[SYNTH_CHORUS]);
    for (uint32_t part = 0; part < SYNTH_N_PARTS; ++part) {
      const uint32_t chosen = whole(SYNTH_PROGRAM + part);
      if (chosen > 0) {
        sound_set_program(m_sound, part, whole(SYNTH_BANK + part), chosen - 1);
      } else {
        sound_set_program(m_sound, part, 0, continuo_program(continuo(), part));
      }
    }
  }

  /// Value of an integer parameter
  uint32_t whole(const uint32_t id) const
  {
    return static_cast<uint32_t>(std::lround(m_values[id].load()));
  }

  Sound* m_sound;            ///< Ours
  bool   m_has_sent = false; ///< The host has taken a message
  std::array<std::atomic<float>, SYNTH_N_PARAMS> m_values{};
  std::array<std::atomic<float>, n_sides>        m_peaks{};
  std::mutex                                     m_why_mutex;
  std::string m_why; ///< What was said of the SoundFont last
};

} // namespace

Plugin*
createPlugin()
{
  return new SynthPlugin();
}

END_NAMESPACE_DISTRHO

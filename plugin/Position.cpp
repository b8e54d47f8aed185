// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "Position.hpp"

#include "DistrhoPluginUtils.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

START_NAMESPACE_DISTRHO

namespace {

/// Quarters in a whole note: denominators of meters count in wholes
constexpr double quarters_per_whole = 4.0;

/// A positive whole number near `x`, for the two numbers of a meter
uint32_t
meter_number(const float x)
{
  return static_cast<uint32_t>(std::min(std::max(1.0F, std::round(x)), 255.0F));
}

} // namespace

ContinuoPosition
position_of(const TimePosition& time)
{
  ContinuoPosition position{};
  position.rolling = time.playing;
  position.frame   = static_cast<int64_t>(time.frame);

  const TimePosition::BarBeatTick& bbt = time.bbt;
  if (bbt.valid && bbt.beatsPerMinute > 0.0 && bbt.ticksPerBeat > 0.0) {
    position.has_meter   = true;
    position.tempo       = bbt.beatsPerMinute;
    position.numerator   = meter_number(bbt.beatsPerBar);
    position.denominator = meter_number(bbt.beatType);

    const double beats = (bbt.beat - 1) + (bbt.tick / bbt.ticksPerBeat);
    position.beat      = beats * quarters_per_whole / position.denominator;
  }
  return position;
}

bool
is_told(const TimePosition& time)
{
  // One binary of this file serves all formats: only DPF's own know theirs
  return time.bbt.valid || time.playing || time.frame > 0 ||
         !std::strcmp(getPluginFormatName(), "JACK/Standalone");
}

END_NAMESPACE_DISTRHO

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/pace.h"

#include "base/allowance.h"
#include "base/clock.h"

#include <math.h>

/// As much of the host's lead on real time may be spent: a bounce is soon far
/// ahead, and a host that plays is not
static const double lead_share = 0.5;

/// Lead that is no bounce yet, but a host that catches up: so much, and two
/// blocks
static const double   jitter_ns     = 5e6;
static const uint32_t jitter_blocks = 2U;

/// Part of the music that is no lead: a sound card's clock may be so much
/// faster than the processor's, which adds up in an hour
static const double leak = 0.002;

/// Most lead that is counted beyond that, while the transport rolls: a bar is
/// written in less, also by a thread that has a fifth of a processor
static const double longest_lead_ns = 2e9;

/// And while it stands: a bounce is over then, and who presses play next must
/// not be kept waiting by what it was ahead
static const double longest_rest_ns = 2e8;

static const double ns_per_second = 1e9;

/// What all instances have spent
static CtAllowance allowance;

/// Lead that may be the host's unsteady pace alone
static double
jitter(const CtPace* const pace)
{
  return jitter_ns + (jitter_blocks * pace->block_ns);
}

CtPace
ct_pace_init(void)
{
  return (CtPace){.cycles_per_ns = ct_cycles_per_ns()};
}

void
ct_pace_begin(CtPace* const  pace,
              const uint32_t n_frames,
              const double   sample_rate,
              const bool     is_rolling)
{
  const uint64_t now = ct_cycles();
  if (pace->last_cycles > 0U && pace->cycles_per_ns > 0.0) {
    const double elapsed_ns =
      (double)(now - pace->last_cycles) / pace->cycles_per_ns;
    const double music_ns = (1.0 - leak) * pace->block_ns;
    const double lead_ns  = pace->lead_ns + music_ns - elapsed_ns;
    const double most_ns =
      (is_rolling ? longest_lead_ns : longest_rest_ns) + jitter(pace);
    pace->lead_ns = fmax(0.0, fmin(lead_ns, most_ns));
  }
  pace->last_cycles = now;
  pace->block_ns    = (double)n_frames / sample_rate * ns_per_second;
}

CtPaceTime
ct_pace_take(const CtPace* const pace, const double share)
{
  const double   ahead_ns = fmax(0.0, pace->lead_ns - jitter(pace));
  const uint64_t lead = (uint64_t)(lead_share * ahead_ns * pace->cycles_per_ns);
  const uint64_t shared =
    (uint64_t)(share * pace->block_ns * pace->cycles_per_ns);
  const uint64_t now = ct_cycles();
  if (lead > shared) {
    return (CtPaceTime){now, lead, false};
  }
  return (CtPaceTime){now, ct_allowance_left(&allowance, now, shared), true};
}

void
ct_pace_end(const CtPaceTime* const time)
{
  if (time->is_shared) {
    ct_allowance_spend(&allowance, time->begin, ct_cycles() - time->begin);
  }
}

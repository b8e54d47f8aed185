// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/humanize.h"

#include "base/rng.h"

#include <math.h>

/// Decisions of this file, apart from those that notes are drawn by
enum { HEAD_DRIFT = 0x68756D31, HEAD_NOTE };

static const double seconds_per_minute = 60.0;

/// Longest delay in time
static const double longest = 0.02;

/// What it is made of
static const double drift_share = 0.4;
static const double note_share  = 0.4;
static const double low_share   = 0.2;

/// Keys between which "high" becomes "low"
static const double high_key = 79.0;
static const double low_key  = 43.0;

void
ct_humanize_hold(CtHumanizeTurn* const turn, const CtHumanize wish)
{
  *turn = (CtHumanizeTurn){INT64_MIN, wish, wish};
}

void
ct_humanize_turn(CtHumanizeTurn* const turn,
                 const CtTick          from,
                 const CtHumanize      wish)
{
  *turn = (CtHumanizeTurn){from, turn->after, wish};
}

CtHumanize
ct_humanize_at(const CtHumanizeTurn* const turn, const CtTick tick)
{
  return tick < turn->from ? turn->before : turn->after;
}

/// How far the players are behind at a beat, from 0 to 1
static double
drift_at(const CtHumanize wish, const int64_t beat)
{
  return (double)ct_coin(ct_key(wish.seed, beat, 0U, HEAD_DRIFT));
}

/// The same between beats, on a straight line
static double
drift(const CtHumanize wish, const CtTick tick)
{
  const int64_t beat = ct_floor_div(tick, CT_PPQN);
  const double  part = (double)(tick - (beat * CT_PPQN)) / (double)CT_PPQN;
  return ((1.0 - part) * drift_at(wish, beat)) +
         (part * drift_at(wish, beat + 1));
}

CtTick
ct_humanize(const CtHumanize wish,
            const double     tempo,
            const CtTick     tick,
            const uint8_t    pitch)
{
  if (!(wish.amount > 0.0F)) {
    return 0;
  }
  const double own = ct_coin(ct_key(wish.seed, tick, pitch, HEAD_NOTE));
  const double low =
    fmin(fmax((high_key - (double)pitch) / (high_key - low_key), 0.0), 1.0);
  const double share =
    (drift_share * drift(wish, tick)) + (note_share * own) + (low_share * low);
  const CtTick cap = CT_HUMANIZE_MAX_TICKS;
  const double most =
    fmin(longest * tempo / seconds_per_minute * CT_PPQN, (double)cap);
  return (CtTick)lround(fmin((double)wish.amount, 1.0) * share * most);
}

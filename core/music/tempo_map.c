// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/tempo_map.h"

#include "music/tick.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define SECONDS_PER_MINUTE 60.0

/// Relative difference of tempi that is rounding: under a quarter tick in 20
/// minutes
#define TEMPO_TOLERANCE 1e-7

/// Part of a tempo by which one next to it in a ramp may differ: two passes see
/// the ramp at other frames
#define MIN_SPREAD 0.02

/// Ticks by which the line may miss a later one that was heard as its going on:
/// a sixteenth, as another pass may know less of a ramp.  The beat tells the
/// rest
#define MAX_MISS_TICKS (CT_PPQN / 4.0)

/// Ticks by which two descriptions of one line may differ from rounding
#define SAME_LINE_TICKS 1e-3

double
ct_ticks_per_frame(const double tempo, const double sample_rate)
{
  return tempo * CT_PPQN / (SECONDS_PER_MINUTE * sample_rate);
}

double
ct_segment_tick(const CtSegment* const segment,
                const int64_t          frame,
                const double           sample_rate)
{
  return segment->tick + ((double)(frame - segment->frame) *
                          ct_ticks_per_frame(segment->tempo, sample_rate));
}

bool
ct_tempo_equals(const double a, const double b)
{
  return fabs(a - b) <= TEMPO_TOLERANCE * fabs(b);
}

void
ct_tempo_map_reset(CtTempoMap* const map)
{
  map->n_segments = 0U;
}

/// Number of segments that begin before `frame`
static uint32_t
n_before(const CtTempoMap* const map, const int64_t frame)
{
  uint32_t low  = 0U;
  uint32_t high = map->n_segments;
  while (low < high) {
    const uint32_t middle = low + ((high - low) / 2U);
    if (map->segments[middle].frame < frame) {
      low = middle + 1U;
    } else {
      high = middle;
    }
  }
  return low;
}

const CtSegment*
ct_tempo_map_find(const CtTempoMap* const map, const int64_t frame)
{
  if (!map->n_segments) {
    return NULL;
  }

  const uint32_t n = n_before(map, frame + 1);
  return &map->segments[n ? n - 1U : 0U];
}

static void
move(CtTempoMap* const map, const uint32_t to, const uint32_t from)
{
  memmove(&map->segments[to],
          &map->segments[from],
          (map->n_segments - from) * sizeof(map->segments[0]));
  map->n_segments = map->n_segments - from + to;
}

/// Whether the music from `segment` on may lead to `next`, by a straight line
/// or a ramp
static bool
leads_to(const CtSegment* const segment,
         const CtSegment* const next,
         const double           sample_rate)
{
  const CtSegment end     = {segment->frame, segment->tick, next->tempo};
  const double begin_meet = ct_segment_tick(segment, next->frame, sample_rate);
  const double end_meet   = ct_segment_tick(&end, next->frame, sample_rate);
  return next->tick >= fmin(begin_meet, end_meet) - MAX_MISS_TICKS &&
         next->tick <= fmax(begin_meet, end_meet) + MAX_MISS_TICKS;
}

/// Forget what `segment` replaces among those from index `i` on
static void
forget_replaced(CtTempoMap* const      map,
                const uint32_t         i,
                const CtSegment* const segment,
                const double           sample_rate)
{
  uint32_t j = i;
  while (j < map->n_segments) {
    const CtSegment* const next = &map->segments[j];
    if (!leads_to(segment, next, sample_rate)) {
      map->n_segments = i;
      return;
    }
    const double meet = ct_segment_tick(segment, next->frame, sample_rate);
    if (next->frame != segment->frame &&
        (!ct_tempo_equals(next->tempo, segment->tempo) ||
         fabs(meet - next->tick) > CT_JITTER_TICKS)) {
      break;
    }
    ++j;
  }
  move(map, i, j);
}

/// How much segment number `i` shapes the line: twice the triangle that it
/// makes with its neighbours, as Visvalingam and Whyatt thin out lines (1993)
static double
area(const CtTempoMap* const map, const uint32_t i)
{
  const CtSegment* const s     = &map->segments[i];
  const double           part  = (double)(s[0].frame - s[-1].frame);
  const double           whole = (double)(s[1].frame - s[-1].frame);
  return fabs(((s[0].tick - s[-1].tick) * whole) -
              ((s[1].tick - s[-1].tick) * part));
}

/// Take out the segment that shapes the line least.  @return Its index
static uint32_t
forget_flattest(CtTempoMap* const map, const double sample_rate)
{
  uint32_t flattest = 1U;
  double   least    = HUGE_VAL;
  for (uint32_t i = 1U; i + 1U < map->n_segments; ++i) {
    const double shape = area(map, i);
    if (shape < least) {
      least    = shape;
      flattest = i;
    }
  }

  // The one before goes on to the one after
  CtSegment* const s = &map->segments[flattest];
  s[-1].tempo = (s[1].tick - s[-1].tick) * SECONDS_PER_MINUTE * sample_rate /
                ((double)(s[1].frame - s[-1].frame) * CT_PPQN);
  move(map, flattest, flattest + 1U);
  return flattest;
}

bool
ct_tempo_map_explains(const CtTempoMap* const map,
                      const CtSegment* const  segment,
                      const double            tempo)
{
  const size_t i      = (size_t)(segment - map->segments);
  double       spread = MIN_SPREAD * segment->tempo;
  if (i) {
    spread = fmax(spread, fabs(segment[-1].tempo - segment->tempo));
  }
  if (i + 1U < map->n_segments) {
    spread = fmax(spread, fabs(segment[1].tempo - segment->tempo));
  }
  return fabs(tempo - segment->tempo) <= spread;
}

void
ct_tempo_map_add(CtTempoMap* const      map,
                 const CtSegment* const segment,
                 const double           sample_rate)
{
  const CtSegment added = *segment;
  uint32_t        i     = n_before(map, added.frame);
  forget_replaced(map, i, &added, sample_rate);

  if (i) {
    const CtSegment* const last = &map->segments[i - 1U];
    const double meet = ct_segment_tick(last, added.frame, sample_rate);
    if (ct_tempo_equals(last->tempo, added.tempo) &&
        fabs(meet - added.tick) < SAME_LINE_TICKS) {
      return; // The same line goes on
    }
  }

  if (map->n_segments == CT_TEMPO_MAP_CAPACITY) {
    i -= forget_flattest(map, sample_rate) < i ? 1U : 0U;
  }
  memmove(&map->segments[i + 1U],
          &map->segments[i],
          (map->n_segments - i) * sizeof(map->segments[0]));
  map->segments[i] = added;
  ++map->n_segments;
}

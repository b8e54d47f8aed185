// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/meter.h"

#include <string.h>

bool
ct_meter_is_valid(const CtMeter meter)
{
  return meter.numerator >= 1U && meter.numerator <= CT_METER_MAX_NUMERATOR &&
         meter.denominator >= 1U &&
         meter.denominator <= CT_METER_MAX_DENOMINATOR &&
         (meter.denominator & (meter.denominator - 1U)) == 0U;
}

bool
ct_meter_equals(const CtMeter a, const CtMeter b)
{
  return a.numerator == b.numerator && a.denominator == b.denominator;
}

int64_t
ct_meter_bar_length(const CtMeter meter)
{
  // A whole number, since 64 divides a whole note of 3840 ticks
  return (int64_t)meter.numerator * CT_TICKS_PER_WHOLE /
         (int64_t)meter.denominator;
}

void
ct_meter_map_reset(CtMeterMap* const map, const CtMeter meter)
{
  map->n_changes        = 1U;
  map->changes[0].tick  = 0;
  map->changes[0].bar   = 0;
  map->changes[0].meter = meter;
}

/// Index of the last change that is not after `tick`, or the first
static uint32_t
change_by_tick(const CtMeterMap* const map, const CtTick tick)
{
  uint32_t low  = 0U;
  uint32_t high = map->n_changes;
  while (high - low > 1U) {
    const uint32_t middle = low + ((high - low) / 2U);
    if (map->changes[middle].tick <= tick) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/// The bar `n_bars` after the change number `i`, cut where the next change
/// begins
static CtBar
bar_after(const CtMeterMap* const map, const uint32_t i, const int64_t n_bars)
{
  const CtMeterChange* const change = &map->changes[i];
  CtBar                      bar    = {0};
  bar.meter                         = change->meter;
  bar.length                        = ct_meter_bar_length(change->meter);
  bar.index                         = change->bar + n_bars;
  bar.begin                         = change->tick + (n_bars * bar.length);
  if (i + 1U < map->n_changes &&
      bar.begin + bar.length > map->changes[i + 1U].tick) {
    bar.length = map->changes[i + 1U].tick - bar.begin;
  }
  return bar;
}

CtBar
ct_meter_map_bar(const CtMeterMap* const map, const CtTick tick)
{
  const uint32_t             i      = change_by_tick(map, tick);
  const CtMeterChange* const change = &map->changes[i];
  return bar_after(
    map,
    i,
    ct_floor_div(tick - change->tick, ct_meter_bar_length(change->meter)));
}

CtTick
ct_meter_map_since(const CtMeterMap* const map, const CtTick tick)
{
  return map->changes[change_by_tick(map, tick)].tick;
}

/// Make room for one more by forgetting the oldest change
static void
forget_oldest(CtMeterMap* const map)
{
  memmove(&map->changes[0],
          &map->changes[1],
          (CT_METER_MAP_CAPACITY - 1U) * sizeof(map->changes[0]));
  map->n_changes = CT_METER_MAP_CAPACITY - 1U;
}

void
ct_meter_map_cut(CtMeterMap* const map, const CtTick tick, const CtMeter meter)
{
  while (map->n_changes > 1U &&
         map->changes[map->n_changes - 1U].tick >= tick) {
    --map->n_changes;
  }

  const CtMeterChange* const last   = &map->changes[map->n_changes - 1U];
  const int64_t              length = ct_meter_bar_length(last->meter);
  CtMeterChange              change = {tick, 0, meter};
  if (tick <= last->tick) {
    // At or before the first: it takes the first's place, and bars are counted
    // from it
    change.bar      = last->bar + ct_floor_div(tick - last->tick, length);
    map->changes[0] = change;
    return;
  }

  const bool on_line = (tick - last->tick) % length == 0;
  if (on_line && ct_meter_equals(last->meter, meter)) {
    return; // Nothing changes
  }

  change.bar = last->bar + ct_ceil_div(tick - last->tick, length);
  if (map->n_changes == CT_METER_MAP_CAPACITY) {
    forget_oldest(map);
  }
  map->changes[map->n_changes++] = change;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file meter.h Meters, and where the bars are

#ifndef CT_MUSIC_METER_H
#define CT_MUSIC_METER_H

#include "base/attributes.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

/// Most meter changes kept; the oldest is forgotten first
#define CT_METER_MAP_CAPACITY 128U

/// Largest numerator and denominator taken
#define CT_METER_MAX_NUMERATOR 255U
#define CT_METER_MAX_DENOMINATOR 64U

/// Such as 3/4
typedef struct {
  uint32_t numerator;   ///< Upper number
  uint32_t denominator; ///< Lower number, a power of two
} CtMeter;

/// A meter and where it begins
typedef struct {
  CtTick  tick;  ///< Its first bar line
  int64_t bar;   ///< Index of the bar that begins there
  CtMeter meter; ///< From there on
} CtMeterChange;

/// Meters by tick; never empty.  The first holds before its tick too, so bars
/// have negative indices
typedef struct {
  CtMeterChange changes[CT_METER_MAP_CAPACITY]; ///< Sorted by tick
  uint32_t      n_changes;                      ///< At least 1
} CtMeterMap;

/// A bar of a meter map
typedef struct {
  int64_t index;  ///< Zero for the bar at tick zero
  CtTick  begin;  ///< Its bar line
  int64_t length; ///< Ticks to the next bar line; short where a change cuts it
  CtMeter meter;  ///< The meter it is in
} CtBar;

/// Whether both numbers are in range and the lower one is a power of two.
/// @thread any
CT_REALTIME bool
ct_meter_is_valid(CtMeter meter);

/// @thread any
CT_REALTIME bool
ct_meter_equals(CtMeter a, CtMeter b);

/// Ticks of a bar of `meter`, which must be valid.  @thread any
CT_REALTIME int64_t
ct_meter_bar_length(CtMeter meter);

/// One valid meter everywhere, with a bar line at tick zero.  @thread any
CT_REALTIME void
ct_meter_map_reset(CtMeterMap* map, CtMeter meter);

/// The bar that `tick` lies in.  O(log n).  @thread any
CT_REALTIME CtBar
ct_meter_map_bar(const CtMeterMap* map, CtTick tick);

/// Where the meter that `tick` lies in begins.  @thread any
CT_REALTIME CtTick
ct_meter_map_since(const CtMeterMap* map, CtTick tick);

/// `meter` from `tick` on, where a bar begins and cuts the one before; later
/// changes are dropped.  O(1), or O(n) where the oldest is forgotten.
/// @thread any
CT_REALTIME void
ct_meter_map_cut(CtMeterMap* map, CtTick tick, CtMeter meter);

#endif // CT_MUSIC_METER_H

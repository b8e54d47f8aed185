// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file roll_time.h Where musical time is in the roll

#ifndef ED_ROLL_TIME_H
#define ED_ROLL_TIME_H

#include "editor.h"
#include "rect.h"
#include "theme.h"

#include <stdbool.h>

/// Quarters before and after the playhead
#define ED_QUARTERS_BEFORE 7.0F
#define ED_QUARTERS_AFTER 9.0F

/// Parts with colours of their own
#define ED_N_PARTS 6U

/// Where time is in the roll
typedef struct {
  const Editor* self;
  EdRect        rect;
  double        begin;    ///< Tick at the left edge
  float         per_tick; ///< Pixels
} EdTime;

static inline EdTime
ed_time_of(const Editor* const self)
{
  const EdRect rect = self->layout.roll;
  const float  all  = ED_QUARTERS_BEFORE + ED_QUARTERS_AFTER;
  const EdTime time = {
    self,
    rect,
    self->tick - ((double)ED_QUARTERS_BEFORE * CONTINUO_TICKS_PER_QUARTER),
    rect.w / (all * (float)CONTINUO_TICKS_PER_QUARTER)};
  return time;
}

static inline float
ed_time_x(const EdTime* const time, const double tick)
{
  return time->rect.x + ((float)(tick - time->begin) * time->per_tick);
}

static inline EdColorId
ed_part_color(const uint32_t part)
{
  return (EdColorId)(ED_PART + (part < ED_N_PARTS ? part : ED_N_PARTS - 1U));
}

#endif // ED_ROLL_TIME_H

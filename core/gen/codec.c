// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/codec.h"

#include <stdlib.h>

static const char* const part_names[CT_N_PARTS] = {
  [CT_PART_RIGHT]   = "right",
  [CT_PART_LEFT]    = "left",
  [CT_PART_SOPRANO] = "soprano",
  [CT_PART_ALTO]    = "alto",
  [CT_PART_TENOR]   = "tenor",
  [CT_PART_BASS]    = "bass",
};

static const char* const ensemble_names[CT_N_ENSEMBLES] = {
  [CT_ENSEMBLE_KEYBOARD] = "keyboard",
  [CT_ENSEMBLE_ORGAN]    = "organ",
  [CT_ENSEMBLE_SONG]     = "song",
  [CT_ENSEMBLE_VOICES]   = "voices",
  [CT_ENSEMBLE_QUARTET]  = "quartet",
  [CT_ENSEMBLE_MELODY]   = "melody",
};

/// Meters that are told to the network as another one
static const struct {
  CtMeter from;
  CtMeter to;
} meter_aliases[] = {
  {{2U, 2U}, {4U, 4U}},
  {{4U, 8U}, {2U, 4U}},
  {{6U, 16U}, {3U, 8U}},
  {{12U, 16U}, {6U, 8U}},
  {{8U, 8U}, {4U, 4U}},
  {{4U, 2U}, {4U, 4U}},
  {{2U, 1U}, {4U, 4U}},
};

/// Positions in a quarter, and the next quarter's first
static const int64_t union_grid[] =
  {0, 3, 4, 6, 8, 9, 12, 15, 16, 18, 20, 21, 24};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char*
ct_part_name(const uint32_t part)
{
  return part < CT_N_PARTS ? part_names[part] : NULL;
}

const char*
ct_ensemble_name(const uint32_t ensemble)
{
  return ensemble < CT_N_ENSEMBLES ? ensemble_names[ensemble] : NULL;
}

uint32_t
ct_codec_meter(const CtCodec* const codec, CtMeter meter)
{
  for (size_t i = 0U; i < COUNT(meter_aliases); ++i) {
    if (ct_meter_equals(meter, meter_aliases[i].from)) {
      meter = meter_aliases[i].to;
      break;
    }
  }

  uint32_t row = 0U;
  while (row + 1U < codec->n_meters &&
         !ct_meter_equals(meter, codec->meters[row])) {
    ++row;
  }
  return row;
}

uint32_t
ct_codec_duration(const CtCodec* const codec, const int64_t ticks)
{
  uint32_t best = 0U;
  for (uint32_t i = 1U; i < codec->n_durations; ++i) {
    const int64_t error =
      llabs(((int64_t)codec->durations[i] * CT_TICKS_PER_GRID) - ticks);
    if (error <
        llabs(((int64_t)codec->durations[best] * CT_TICKS_PER_GRID) - ticks)) {
      best = i;
    }
  }
  return best;
}

uint32_t
ct_codec_level(const CtCodec* const codec, const uint32_t velocity)
{
  uint32_t level = 0U;
  while (level + 1U < codec->n_levels &&
         velocity >= codec->level_begin[level + 1U]) {
    ++level;
  }
  return level;
}

int64_t
ct_grid_position(const int64_t ticks)
{
  const int64_t quarter = ct_floor_div(ticks, CT_PPQN);
  const int64_t rest    = ticks - (quarter * CT_PPQN);
  size_t        best    = 0U;
  for (size_t i = 1U; i < COUNT(union_grid); ++i) {
    if (llabs((union_grid[i] * CT_TICKS_PER_GRID) - rest) <
        llabs((union_grid[best] * CT_TICKS_PER_GRID) - rest)) {
      best = i;
    }
  }
  return (quarter * CT_GRID_PER_QUARTER) + union_grid[best];
}

bool
ct_on_union_grid(const uint32_t position)
{
  return position % 3U == 0U || position % 4U == 0U;
}

uint32_t
ct_grid_bar_length(const int64_t ticks)
{
  const int64_t length = (ticks + (CT_TICKS_PER_GRID / 2)) / CT_TICKS_PER_GRID;
  return length < 1 ? 1U : (uint32_t)length;
}

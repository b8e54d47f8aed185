// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/velocity.h"

#include "gen/codec.h"
#include "gen/form.h"

// In steps of MIDI velocity, at natural dynamics
static const float accent_bar     = 9.0F;
static const float accent_beat    = 3.0F;
static const float accent_off     = -4.0F;
static const float phrase_swell   = 12.0F;
static const float melody_above   = 7.0F;
static const float bass_above     = 1.0F;
static const float inner_below    = -7.0F;
static const float scatter        = 4.0F;
static const float velocity_min   = 1.0F;
static const float velocity_max   = 127.0F;
static const float arc_height     = 4.0F; // makes the arc 1 in the middle
static const float phrase_balance = 2.0F / 3.0F; // mean of the arc

static float
accent(const CtNotePlace* const place)
{
  if (!place->position) {
    return accent_bar;
  }
  return place->position % CT_GRID_PER_QUARTER ? accent_off : accent_beat;
}

/// A parabola over the phrase, 0 at both ends and 1 in the middle, less its
/// mean
static float
arc(const CtNotePlace* const place)
{
  const float in_bar = (float)place->position / (float)place->bar_length;
  const float x =
    ((float)(place->bar % CT_PHRASE_BARS) + in_bar) / (float)CT_PHRASE_BARS;
  return (arc_height * x * (1.0F - x)) - phrase_balance;
}

static float
balance(const CtNotePlace* const place)
{
  if (place->part == CT_PART_SOPRANO ||
      (place->part == CT_PART_RIGHT && place->is_top)) {
    return melody_above;
  }
  return place->part == CT_PART_BASS ? bass_above : inner_below;
}

uint8_t
ct_velocity(const CtNotePlace* const place,
            const uint32_t           mean,
            const float              dynamics)
{
  const float chance = scatter * (place->coin - 0.5F);
  const float swing  = place->loudness + accent(place) +
                      (phrase_swell * arc(place)) + balance(place) + chance;
  const float value = (float)mean + (dynamics * swing);
  return (uint8_t)(value < velocity_min
                     ? velocity_min
                     : (value > velocity_max ? velocity_max : value));
}

float
ct_velocity_of_level(const uint32_t level, const uint32_t n_levels)
{
  // Pieces stay between p and f most of the time
  static const float steps[] = {
    -34.0F, -27.0F, -19.0F, -10.0F, -2.0F, 6.0F, 14.0F, 22.0F};
  return level < n_levels && level < sizeof(steps) / sizeof(steps[0])
           ? steps[level]
           : 0.0F;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/interpret.h"

#include "music/event.h"
#include "music/key.h"

#include <stdbool.h>

/// From here on a scale lock forbids what is not in the scale
static const float hard_lock = 0.995F;

uint32_t
ct_interpret_key(const CtSettings* const settings)
{
  switch ((CtScaleChoice)settings->scale) {
  case CT_SCALE_MAJOR:
    return settings->key;
  case CT_SCALE_MINOR:
    return settings->key + (CT_KEY_COUNT / 2U);
  case CT_SCALE_FREE:
    break;
  }
  return CT_KEY_COUNT;
}

uint32_t
ct_interpret_style(const CtModel* const model, const CtSettings* const settings)
{
  return settings->style < model->codec.n_styles ? settings->style : 0U;
}

CtEnsemble
ct_interpret_ensemble(const CtModel* const    model,
                      const CtSettings* const settings)
{
  return model->codec.is_for_one || settings->ensemble == CT_SETTING_OF_STYLE
           ? (CtEnsemble)model->codec
               .styles[ct_interpret_style(model, settings)]
               .ensemble
           : (CtEnsemble)(settings->ensemble - 1U);
}

CtConditions
ct_interpret_conditions(const CtModel* const    model,
                        const CtSettings* const settings)
{
  const CtCodec* const codec = &model->codec;
  return (CtConditions){
    .composer =
      (uint16_t)codec->styles[ct_interpret_style(model, settings)].composer,
    .ensemble  = (uint16_t)ct_interpret_ensemble(model, settings),
    .density   = (uint16_t)(settings->density ? settings->density - 1U
                                              : codec->n_densities),
    .polyphony = (uint16_t)(settings->polyphony ? settings->polyphony - 1U
                                                : codec->n_polyphonies),
  };
}

CtScale
ct_interpret_scale(const CtSettings* const settings)
{
  const CtKey major = {(uint8_t)settings->key, CT_MODE_MAJOR};
  const CtKey minor = {(uint8_t)settings->key, CT_MODE_MINOR};
  CtScale     scale = 0U;
  scale |= settings->scale != CT_SCALE_MINOR ? ct_scale(major) : 0U;
  scale |= settings->scale != CT_SCALE_MAJOR ? ct_scale(minor) : 0U;
  return scale;
}

/// Pitches out of a scale that is locked; none if the range has no other
static CtPitchSet
forbidden_pitches(const CtCodec* const    codec,
                  const CtSettings* const settings,
                  const CtPitchSet        range)
{
  static const CtPitchSet none  = {{0U, 0U}};
  CtPitchSet              other = none;
  if (settings->scale_lock >= hard_lock) {
    const CtScale scale = ct_interpret_scale(settings);
    for (uint32_t p = 0U; p < codec->n_pitches; ++p) {
      if (!ct_scale_contains(scale, (int)(codec->low + p))) {
        ct_pitches_add(&other, p);
      }
    }
  }
  return ct_pitches_empty(ct_pitches_without(range, other)) ? none : other;
}

static int32_t
clamp(const int32_t value, const int32_t least, const int32_t most)
{
  return value < least ? least : (value > most ? most : value);
}

CtPlayers
ct_interpret_players(const CtModel* const    model,
                     const CtSettings* const settings)
{
  const CtCodec* const codec = &model->codec;
  const int32_t        shift = CT_PITCH_CLASS_COUNT * settings->octave;
  const int32_t        first = (int32_t)codec->low;
  const int32_t        last  = first + (int32_t)codec->n_pitches - 1;
  const int32_t        top   = (int32_t)CT_MIDI_NOTE_COUNT - 1 - shift;

  // What the model has and MIDI can say, once moved by the octave
  const int32_t begin = first < -shift ? -shift : first;
  const int32_t end   = last > top ? top : last;

  const bool    swapped = settings->low > settings->high;
  const int32_t asked_low =
    (int32_t)(swapped ? settings->high : settings->low) - shift;
  const int32_t asked_high =
    (int32_t)(swapped ? settings->low : settings->high) - shift;
  const int32_t low     = clamp(asked_low, begin, end);
  const int32_t high    = clamp(asked_high, low, end);
  CtPlayers     players = {
        .parts    = ct_ensemble_parts(ct_interpret_ensemble(model, settings)),
        .low      = (uint32_t)(low - first),
        .high_end = (uint32_t)(high - first) + 1U,
  };
  const CtPitchSet range = ct_pitches_between(players.low, players.high_end);
  players.forbidden      = forbidden_pitches(codec, settings, range);
  return players;
}

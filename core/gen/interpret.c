// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/interpret.h"

#include "music/event.h"
#include "music/key.h"

#include <stdbool.h>

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

CtEnsemble
ct_interpret_ensemble(const CtModel* const    model,
                      const CtSettings* const settings)
{
  return settings->ensemble == CT_SETTING_OF_STYLE
           ? (CtEnsemble)model->codec.styles[settings->style].ensemble
           : (CtEnsemble)(settings->ensemble - 1U);
}

CtConditions
ct_interpret_conditions(const CtModel* const    model,
                        const CtSettings* const settings)
{
  const CtCodec* const codec = &model->codec;
  return (CtConditions){
    .composer  = (uint16_t)codec->styles[settings->style].composer,
    .ensemble  = (uint16_t)ct_interpret_ensemble(model, settings),
    .density   = (uint16_t)(settings->density ? settings->density - 1U
                                              : codec->n_densities),
    .polyphony = (uint16_t)(settings->polyphony ? settings->polyphony - 1U
                                                : codec->n_polyphonies),
  };
}

static int32_t
clamp(const int32_t value, const int32_t low, const int32_t high)
{
  return value < low ? low : (value > high ? high : value);
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
  const int32_t wish_low =
    (int32_t)(swapped ? settings->high : settings->low) - shift;
  const int32_t wish_high =
    (int32_t)(swapped ? settings->low : settings->high) - shift;
  const int32_t low  = clamp(wish_low, begin, end);
  const int32_t high = clamp(wish_high, low, end);
  return (CtPlayers){ct_ensemble_parts(ct_interpret_ensemble(model, settings)),
                     (uint32_t)(low - first),
                     (uint32_t)(high - first) + 1U};
}

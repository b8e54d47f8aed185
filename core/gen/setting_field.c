// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/setting_field.h"

#include "gen/codec.h"
#include "gen/form.h"
#include "music/event.h"
#include "music/key.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/// How a field is saved
typedef enum {
  WHOLE,  ///< uint32_t, as it is
  SIGNED, ///< int32_t, its distance from the least value
  REAL,   ///< float, its bits
} Kind;

/// Where a field is, and what the generator can do with
typedef struct {
  size_t offset;
  Kind   kind;
  double min;
  double max;
} Field;

/// Any number
#define MAX_WHOLE ((double)UINT32_MAX)

// In the order of their numbers, from 1
static const Field fields[CT_N_SETTING_FIELDS] = {
  {offsetof(CtSettings, seed), WHOLE, 0.0, MAX_WHOLE},
  {offsetof(CtSettings, salt), WHOLE, 0.0, MAX_WHOLE},
  {offsetof(CtSettings, style), WHOLE, 0.0, MAX_WHOLE},
  {offsetof(CtSettings, style_strength), REAL, 0.0, 4.0},
  {offsetof(CtSettings, ensemble), WHOLE, 0.0, CT_N_ENSEMBLES},
  {offsetof(CtSettings, key), WHOLE, 0.0, CT_PITCH_CLASS_COUNT - 1},
  {offsetof(CtSettings, scale), WHOLE, 0.0, CT_SCALE_FREE},
  {offsetof(CtSettings, scale_lock), REAL, 0.0, 1.0},
  {offsetof(CtSettings, temperature), REAL, 0.0, 2.0},
  {offsetof(CtSettings, rhythm_temperature), REAL, 0.0, 2.0},
  {offsetof(CtSettings, top_k), WHOLE, 0.0, MAX_WHOLE},
  {offsetof(CtSettings, top_p), REAL, 0.0, 1.0},
  {offsetof(CtSettings, min_p), REAL, 0.0, 1.0},
  {offsetof(CtSettings, density), WHOLE, 0.0, 8.0},
  {offsetof(CtSettings, polyphony), WHOLE, 0.0, 5.0},
  {offsetof(CtSettings, low), WHOLE, 0.0, CT_MIDI_NOTE_COUNT - 1},
  {offsetof(CtSettings, high), WHOLE, 0.0, CT_MIDI_NOTE_COUNT - 1},
  {offsetof(CtSettings, velocity), WHOLE, 1.0, CT_MIDI_NOTE_COUNT - 1},
  {offsetof(CtSettings, dynamics), REAL, 0.0, 2.0},
  {offsetof(CtSettings, octave), SIGNED, -3.0, 3.0},
  {offsetof(CtSettings, channel_mode), WHOLE, 0.0, CT_CHANNEL_PER_PART},
  {offsetof(CtSettings, form), WHOLE, 0.0, CT_N_FORMS - 1},
  {offsetof(CtSettings, recall), REAL, 0.0, 1.0},
  {offsetof(CtSettings, length), WHOLE, 0.0, 256.0},
  {offsetof(CtSettings, rhythm_top_k), WHOLE, 0.0, MAX_WHOLE},
  {offsetof(CtSettings, candidates), WHOLE, 0.0, 8.0},
};

// A setting without a number would not be saved
_Static_assert(sizeof(CtSettings) == CT_N_SETTING_FIELDS * sizeof(uint32_t),
               "Every setting is a field");

uint64_t
ct_setting_field_get(const CtSettings* const settings, const uint64_t id)
{
  const Field* const field = &fields[id - 1U];
  uint32_t           bits  = 0U;
  memcpy(&bits, (const char*)settings + field->offset, sizeof(bits));
  return field->kind == SIGNED ? bits - (uint32_t)(int32_t)field->min : bits;
}

/// What the bits of a field mean
static double
number(const Kind kind, const uint32_t bits)
{
  int32_t integer = 0;
  float   real    = 0.0F;
  switch (kind) {
  case WHOLE:
    return bits;
  case SIGNED:
    memcpy(&integer, &bits, sizeof(bits));
    return integer;
  case REAL:
    memcpy(&real, &bits, sizeof(bits));
    return real;
  }
  return 0.0;
}

CtStatus
ct_setting_field_set(CtSettings* const settings,
                     const uint64_t    id,
                     const uint64_t    value)
{
  if (id < 1U || id > CT_N_SETTING_FIELDS) {
    return CT_SUCCESS;
  }

  const Field* const field = &fields[id - 1U];
  const uint32_t     least =
    field->kind == SIGNED ? (uint32_t)(int32_t)field->min : 0U;
  const uint32_t bits = (uint32_t)value + least;
  const double   said = number(field->kind, bits);
  if (value > UINT32_MAX || !(said >= field->min && said <= field->max)) {
    return CT_TAKE_NEWER; // No number fails the comparison too
  }
  memcpy((char*)settings + field->offset, &bits, sizeof(bits));
  return CT_SUCCESS;
}

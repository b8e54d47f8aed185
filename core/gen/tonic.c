// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/tonic.h"

#include "gen/codec.h"
#include "gen/context.h"
#include "gen/form.h"

#include <stdbool.h>
#include <stdint.h>

// Semitones above the tonic
enum { TONIC = 0, MINOR_THIRD = 3, MAJOR_THIRD = 4, FIFTH = 7 };

/// How strong a pull is, in nats
typedef struct {
  float chord; ///< To each note of the tonic's chord
  float root;  ///< More to the tonic, in the bass
} Strength;

// Found by measuring how often music is heard in the key that it was wished in
static const Strength first   = {4.0F, 2.0F};  ///< At the very beginning
static const Strength opening = {0.15F, 0.1F}; ///< In the first phrase
static const Strength phrase  = {0.3F, 0.3F};  ///< Where another begins

static Strength
strength_at(const CtPull* const pull)
{
  const uint32_t bar     = pull->context->bar;
  const bool     is_line = pull->asked->row[CT_FIELD_POSITION] == 0U;
  if (bar == 0U && is_line) {
    return first;
  }
  if (bar % CT_PHRASE_BARS == 0U && is_line) {
    return phrase;
  }
  return bar < CT_PHRASE_BARS ? opening : (Strength){0.0F, 0.0F};
}

void
ct_tonic_pitch(const CtPull* const pull, float* const logits)
{
  const CtSettings* const settings = pull->settings;
  if (settings->scale == CT_SCALE_FREE) {
    return;
  }
  const Strength strength = strength_at(pull);
  const uint32_t part     = pull->asked->row[CT_FIELD_PART];
  const bool     is_bass =
    part == CT_PART_LEFT || part == CT_PART_BASS || pull->is_solo;
  const uint32_t third =
    settings->scale == CT_SCALE_MINOR ? MINOR_THIRD : MAJOR_THIRD;
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    const uint32_t degree = ct_pull_degree(pull, p);
    const bool is_in = degree == TONIC || degree == third || degree == FIFTH;
    logits[p] += is_in ? strength.chord : 0.0F;
    logits[p] += is_bass && degree == TONIC ? strength.root : 0.0F;
  }
}

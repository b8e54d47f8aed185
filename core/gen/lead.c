// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/lead.h"

#include "gen/codec.h"
#include "gen/context.h"

#include <stdbool.h>
#include <stdint.h>

// Semitones above the tonic
enum { DOMINANT = 7, SUBTONIC = 10, LEADING_NOTE = 11 };

// Found by measuring how many falling fifths of the bass have a leading note
static const float lead_pull = 1.5F;

/// What sounds where a note is to be struck
typedef struct {
  bool has_leading_note;
  bool has_subtonic;
  bool is_over_dominant; ///< It is the lowest
} Sound;

static Sound
listen(const CtPull* const pull)
{
  const CtContext* const context = pull->context;
  const int64_t          onset =
    context->bar_begin + (int64_t)pull->asked->row[CT_FIELD_POSITION];
  Sound sound    = {false, false, false};
  bool  is_first = true;
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    if (context->end[p] > onset) {
      const uint32_t degree = ct_pull_degree(pull, p);
      sound.is_over_dominant =
        is_first ? degree == DOMINANT : sound.is_over_dominant;
      is_first = false;
      sound.has_leading_note |= degree == LEADING_NOTE;
      sound.has_subtonic |= degree == SUBTONIC;
    }
  }
  return sound;
}

void
ct_lead_pitch(const CtPull* const pull, float* const logits)
{
  if (pull->settings->scale == CT_SCALE_FREE) {
    return;
  }
  const Sound    sound    = listen(pull);
  const uint32_t part     = pull->asked->row[CT_FIELD_PART];
  const bool     is_bass  = part == CT_PART_LEFT || part == CT_PART_BASS;
  const float    dominant = sound.has_leading_note ? lead_pull
                            : sound.has_subtonic   ? -lead_pull
                                                   : 0.0F;
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    const uint32_t degree = ct_pull_degree(pull, p);
    logits[p] += is_bass && degree == DOMINANT ? dominant : 0.0F;
    if (sound.is_over_dominant) {
      logits[p] += degree == LEADING_NOTE ? lead_pull : 0.0F;
      logits[p] -= degree == SUBTONIC ? lead_pull : 0.0F;
    }
  }
}

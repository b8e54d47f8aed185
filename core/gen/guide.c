// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/guide.h"

#include "gen/interpret.h"
#include "music/key.h"

#include <stdbool.h>
#include <stdint.h>

/// Share of a bar's notes that may be out of the key, found by measuring
/// generated pieces against real ones
static const float foreign_most = 0.15F;

/// Whether the bar before has left the key
static bool
is_away(const CtCodec* const    codec,
        const CtSettings* const settings,
        const CtContext* const  context)
{
  const CtBarNotes* const bar     = &context->last_bar;
  const CtScale           scale   = ct_interpret_scale(settings);
  uint32_t                foreign = 0U;
  for (uint32_t i = 0U; i < bar->n_notes; ++i) {
    const uint32_t key = codec->low + bar->pitch[i] - 1U;
    foreign += ct_scale_contains(scale, (int)key) ? 0U : 1U;
  }
  return (float)foreign > foreign_most * (float)bar->n_notes;
}

CtNoteContext
ct_guide_untold(const CtCodec* const       codec,
                const CtSettings* const    settings,
                const CtEnsemble           ensemble,
                const CtContext* const     context,
                const CtNoteContext* const told)
{
  CtNoteContext untold          = *told;
  untold.row[CT_FIELD_COMPOSER] = CT_COMPOSER_FREE;
  untold.row[CT_FIELD_ENDING]   = CT_N_ENDINGS;

  // Weaker guidance would lead out of the key
  if (settings->style_strength > 1.0F &&
      (ensemble == CT_ENSEMBLE_MELODY || is_away(codec, settings, context))) {
    untold.row[CT_FIELD_KEY] = CT_KEY_COUNT;
  }
  return untold;
}

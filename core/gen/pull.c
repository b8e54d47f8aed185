// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/pull.h"

#include "gen/close.h"
#include "gen/form.h"
#include "gen/interpret.h"
#include "gen/lead.h"
#include "gen/tonic.h"
#include "music/key.h"

#include <stdbool.h>

// Found by measuring generated pieces against real ones

/// The scale's pull at a lock of 1
static const float scale_pull = 4.0F;

/// Against repeating, for each repeated bar
static const float loop_pull = 2.0F;

/// To a part that has rested longer than parts do, for each bar more
static const float wake_pull = 1.5F;

/// Most of that
static const float wake_most = 9.0F;

/// Bars that parts rest as the network likes
#define REST_BARS 2U

/// Recall from which on what is brought back is also pulled to, up to the
/// pull at 1: the network alone leaves room for variation
static const float exact_recall = 0.75F;
static const float exact_pull   = 24.0F;

static float
recall_strength(const CtPull* const pull)
{
  const float recall = pull->settings->recall;
  return pull->context->recall && recall > exact_recall
           ? exact_pull * (recall - exact_recall) / (1.0F - exact_recall)
           : 0.0F;
}

uint32_t
ct_pull_degree(const CtPull* const pull, const uint32_t p)
{
  return (pull->codec->low + p + CT_PITCH_CLASS_COUNT - pull->settings->key) %
         CT_PITCH_CLASS_COUNT;
}

void
ct_pull_shift(const CtPull* const pull, float* const logits)
{
  const CtCodec* const codec    = pull->codec;
  const uint32_t       recalled = pull->asked->row[CT_FIELD_RECALL_SHIFT];
  if (recalled <= codec->bar) {
    logits[recalled] += recall_strength(pull);
  }
}

static void
pull_to_scale(const CtPull* const pull, float* const logits)
{
  const CtSettings* const settings = pull->settings;
  const CtScale           scale    = ct_interpret_scale(settings);
  const float             strength = scale_pull * settings->scale_lock;
  for (uint32_t p = 0U; p < pull->codec->n_pitches; ++p) {
    if (!ct_scale_contains(scale, (int)(pull->codec->low + p))) {
      logits[p] -= strength;
    }
  }
}

/// Push away from what the last bar had here, if bars keep repeating
static void
push_from_loops(const CtPull* const pull, float* const logits)
{
  const CtRowSet* const echo = &pull->asked->sets[CT_SET_ECHO];
  for (uint32_t i = 0U; pull->n_repeats >= CT_LOOP_BARS && i < echo->n_members;
       ++i) {
    logits[echo->members[i]] -=
      loop_pull * (float)(pull->n_repeats - CT_LOOP_BARS + 1U);
  }
}

/// Index of the recalled note that is next at the onset that was chosen, or
/// CT_BAR_MEMORY: of those there the highest that can still follow
static uint32_t
next_recalled(const CtPull* const pull)
{
  const CtContext* const  context  = pull->context;
  const CtBarNotes* const bar      = &context->recalled;
  const uint32_t          position = pull->asked->row[CT_FIELD_POSITION];
  const bool              is_chord = position == context->event.position;
  const uint32_t          below =
    is_chord && context->event.pitch ? context->event.pitch : UINT32_MAX;
  uint32_t i = 0U;
  while (i < bar->n_notes &&
         !(bar->position[i] == position && bar->pitch[i] < below)) {
    ++i;
  }
  return i < bar->n_notes ? i : CT_BAR_MEMORY;
}

/// Call back who has rested for long: a network that hears a part rest expects
/// it to rest on, for a page
static void
wake(const CtPull* const pull, float* const logits)
{
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    const uint32_t rests  = pull->context->rests[part];
    const uint32_t longer = rests > REST_BARS ? rests - REST_BARS : 0U;
    const float    wished = wake_pull * (float)longer;
    logits[part] += wished < wake_most ? wished : wake_most;
  }
}

void
ct_pull_part(const CtPull* const pull, float* const logits)
{
  const uint32_t next = next_recalled(pull);
  if (next < CT_BAR_MEMORY) {
    logits[pull->context->recalled.part[next]] += recall_strength(pull);
  }
  wake(pull, logits);
}

static void
pull_to_recalled(const CtPull* const pull, float* const logits)
{
  const uint32_t next = next_recalled(pull);
  if (next < CT_BAR_MEMORY) {
    logits[pull->context->recalled.pitch[next] - 1U] += recall_strength(pull);
  }
}

void
ct_pull_pitch(const CtPull* const pull, float* const logits)
{
  push_from_loops(pull, logits);
  pull_to_recalled(pull, logits);
  ct_close_pitch(pull, logits);
  ct_lead_pitch(pull, logits);
  ct_tonic_pitch(pull, logits);
  pull_to_scale(pull, logits);
}

void
ct_pull_duration(const CtPull* const pull, float* const logits)
{
  const CtCodec* const codec    = pull->codec;
  const uint32_t       recalled = pull->asked->row[CT_FIELD_RECALL_DURATION];
  if (recalled < codec->n_durations) {
    logits[recalled] += recall_strength(pull);
  }
  ct_close_duration(pull, logits);
}

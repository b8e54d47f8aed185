// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/critic.h"

#include "gen/cadence.h"
#include "gen/form.h"
#include "gen/section.h"
#include "music/key.h"

#include <stdbool.h>
#include <stdint.h>

// Found by measuring generated pieces against real ones

/// What a note of evidence for the style is worth, and how many notes count for
/// nothing beside: a few say little
static const float style_worth  = 3.5F;
static const float unsaid_notes = 4.0F;

/// The rhythm of the bar before
static const float rhythm_worth = 0.3F;

/// Each grade of the recall, if the bar is what it recalls
static const float recall_worth = 0.3F;

/// All pitch classes of the scale, of which a minor one has more
static const float variety_worth = 0.9F;
static const float full_scale    = 8.0F;

/// A pitch class out of the scale, to one of it
static const float foreign_share = 0.75F;

/// Each square of a register's spread that a part is away from its middle
static const float register_cost = 0.8F;

/// Each time that the outer voices of a choir move in fifths or octaves
static const float parallel_cost = 0.5F;

/// A bar that goes on with a loop
static const float loop_cost = 2.0F;

/// A cadence as phrases end, which is where the network forgets them, and
/// elsewhere.  Of those that end periods it has enough
static const float phrase_cadence = 0.6F;
static const float other_cadence  = 0.25F;

/// One in another key, to one on the tonic
static const float away_share = 0.7F;

/// Mean MIDI key of a part's bars, and their standard deviation
typedef struct {
  float middle;
  float spread;
} Register;

// Of held-out music of all styles
static const Register registers[CT_N_PARTS] = {
  [CT_PART_RIGHT]   = {71.6F, 7.0F},
  [CT_PART_LEFT]    = {54.1F, 7.0F},
  [CT_PART_SOPRANO] = {73.0F, 7.0F},
  [CT_PART_ALTO]    = {66.6F, 7.0F},
  [CT_PART_TENOR]   = {60.6F, 7.0F},
  [CT_PART_BASS]    = {49.7F, 7.0F},
};

/// Share of the onsets of either bar that both have
static float
rhythm_alike(const CtBarNotes* const a, const CtBarNotes* const b)
{
  uint32_t i    = 0U;
  uint32_t k    = 0U;
  uint32_t both = 0U;
  uint32_t any  = 0U;
  while (i < a->n_notes || k < b->n_notes) {
    const uint32_t in_a  = i < a->n_notes ? a->position[i] : UINT32_MAX;
    const uint32_t in_b  = k < b->n_notes ? b->position[k] : UINT32_MAX;
    const uint32_t onset = in_a < in_b ? in_a : in_b;
    both += in_a == in_b ? 1U : 0U;
    ++any;
    while (i < a->n_notes && a->position[i] == onset) {
      ++i;
    }
    while (k < b->n_notes && b->position[k] == onset) {
      ++k;
    }
  }
  return any ? (float)both / (float)any : 0.0F;
}

/// Share of the notes of either bar that both have
static float
notes_alike(const CtBarNotes* const a, const CtBarNotes* const b)
{
  uint32_t both = 0U;
  for (uint32_t i = 0U; i < a->n_notes; ++i) {
    for (uint32_t k = 0U; k < b->n_notes; ++k) {
      both += a->position[i] == b->position[k] && a->pitch[i] == b->pitch[k];
    }
  }
  const uint32_t any = a->n_notes + b->n_notes - both;
  return any ? (float)both / (float)any : 0.0F;
}

/// Share of a full scale that the bar has
static float
variety(const CtCodec* const    codec,
        const CtBarNotes* const bar,
        const CtScale           scale)
{
  CtScale heard = 0U;
  for (uint32_t i = 0U; i < bar->n_notes; ++i) {
    const uint32_t key = codec->low + bar->pitch[i] - 1U;
    heard |= (CtScale)(1U << (key % CT_PITCH_CLASS_COUNT));
  }
  float n = 0.0F;
  for (uint32_t class = 0U; class < CT_PITCH_CLASS_COUNT; ++class) {
    const float worth = (uint32_t)scale >> class & 1U ? 1.0F : foreign_share;
    n += (uint32_t)heard >> class & 1U ? worth : 0.0F;
  }
  return n / full_scale;
}

/// Mean over notes of the square of how far their part's mean is from the
/// middle of its register
static float
out_of_register(const CtCodec* const codec, const CtBarNotes* const bar)
{
  uint32_t sums[CT_N_PARTS]  = {0U};
  uint32_t notes[CT_N_PARTS] = {0U};
  for (uint32_t i = 0U; i < bar->n_notes; ++i) {
    sums[bar->part[i]] += codec->low + bar->pitch[i] - 1U;
    ++notes[bar->part[i]];
  }
  float sum = 0.0F;
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    if (notes[part]) {
      const float mean = (float)sums[part] / (float)notes[part];
      const float away =
        (mean - registers[part].middle) / registers[part].spread;
      sum += (float)notes[part] * away * away;
    }
  }
  return bar->n_notes ? sum / (float)bar->n_notes : 0.0F;
}

/// Soprano and bass of one onset
typedef struct {
  uint32_t position;
  uint32_t top;    ///< Row, 0 if it is not struck
  uint32_t bottom; ///< Likewise
} Outer;

/// Whether both outer voices move, and keep a fifth or an octave between them
static bool
is_parallel(const Outer* const from, const Outer* const to)
{
  enum { FIFTH = 7 };

  if (!from->top || !from->bottom || !to->top || !to->bottom ||
      to->top <= to->bottom || to->top == from->top) {
    return false;
  }
  const uint32_t between  = to->top - to->bottom;
  const uint32_t interval = between % CT_PITCH_CLASS_COUNT;
  return between == from->top - from->bottom &&
         (interval == 0U || interval == FIFTH);
}

/// How often soprano and bass move in fifths or octaves
static uint32_t
parallels(const CtBarNotes* const bar)
{
  uint32_t n    = 0U;
  Outer    from = {0U, 0U, 0U};
  Outer    to   = {0U, 0U, 0U};
  for (uint32_t i = 0U; i < bar->n_notes; ++i) {
    if (bar->position[i] != to.position) {
      n += is_parallel(&from, &to) ? 1U : 0U;
      from = to;
      to   = (Outer){bar->position[i], 0U, 0U};
    }
    to.top    = bar->part[i] == CT_PART_SOPRANO ? bar->pitch[i] : to.top;
    to.bottom = bar->part[i] == CT_PART_BASS ? bar->pitch[i] : to.bottom;
  }
  return n + (is_parallel(&from, &to) ? 1U : 0U);
}

/// Whether the bar is one too many of the same
static bool
is_loop(const CtCandidate* const candidate)
{
  return candidate->n_repeats >= CT_LOOP_BARS &&
         ct_context_repeats(candidate->context);
}

/// What the bar's cadence is worth where it stands
static float
cadence_worth(const CtCandidate* const candidate)
{
  const uint32_t end = candidate->context->bar + 1U;
  if (end % CT_SECTION_BARS == 0U) {
    return 0.0F;
  }
  const float worth =
    end % CT_PHRASE_BARS == 0U ? phrase_cadence : other_cadence;
  switch (ct_cadence(candidate->codec, candidate->context, candidate->tonic)) {
  case CT_CADENCE_HOME:
    return worth;
  case CT_CADENCE_AWAY:
    return away_share * worth;
  case CT_CADENCE_NONE:
    break;
  }
  return 0.0F;
}

float
ct_critic_worth(const CtCandidate* const candidate)
{
  const CtContext* const  context  = candidate->context;
  const CtBarNotes* const bar      = &context->this_bar;
  const float             notes    = (float)bar->n_notes + unsaid_notes;
  const bool              is_choir = candidate->ensemble == CT_ENSEMBLE_VOICES;
  return (style_worth * candidate->evidence / notes) +
         (rhythm_worth * rhythm_alike(bar, &context->last_bar)) +
         (recall_worth * (float)context->recall *
          notes_alike(bar, &context->recalled)) +
         (variety_worth * variety(candidate->codec, bar, candidate->scale)) -
         (register_cost * out_of_register(candidate->codec, bar)) -
         (is_loop(candidate) ? loop_cost : 0.0F) -
         (is_choir ? parallel_cost * (float)parallels(bar) : 0.0F) +
         cadence_worth(candidate);
}

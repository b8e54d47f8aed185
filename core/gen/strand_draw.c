// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/strand_draw.h"

#include "base/rng.h"
#include "gen/interpret.h"
#include "gen/layout.h"
#include "gen/sampler.h"
#include "model/activation.h"
#include "music/event.h"
#include "music/key.h"

#include <math.h>
#include <string.h>

/// Heads of a strand, for chance
#define HEADS_OF_STRAND 4096U

static const float coldest = 0.05F;

/// What a scale that is not quite locked takes from the logits of other notes
static const float scale_pull = 4.0F;

/// From here on a scale lock forbids what is not in the scale
static const float hard_lock = 0.995F;

/// Tonic of the minor that the models have learnt
static const int32_t own_minor = 9;

float
ct_strand_coin(const CtStrandPlace* const place, const uint32_t head)
{
  const CtSettings* const settings = place->settings;
  const uint64_t          seed =
    settings->salt ? ct_mix(((uint64_t)settings->salt << 32U) | settings->seed)
                            : settings->seed;
  return ct_coin(ct_key(
    seed, place->tick, place->count, head + (HEADS_OF_STRAND * place->strand)));
}

uint32_t
ct_strand_sample(const CtStrandPlace* const place,
                 const CtStrandHead         head,
                 float* const               logits,
                 const uint32_t             n)
{
  const CtSettings* const settings = place->settings;
  const bool              is_rhythm =
    head == CT_STRAND_HEAD_ADVANCE || head == CT_STRAND_HEAD_DURATION;
  const float wished =
    is_rhythm ? settings->rhythm_temperature : settings->temperature;
  const CtStrandTopK usual   = place->model->top_k;
  const uint32_t     top_k   = is_rhythm && settings->rhythm_top_k
                                 ? settings->rhythm_top_k
                                 : settings->top_k;
  const CtFreedom    freedom = {wished < coldest ? coldest : wished,
                             settings->min_p,
                             top_k ? top_k
                                   : (is_rhythm ? usual.rhythm : usual.pitch),
                             settings->top_p};
  return ct_sample(logits, n, &freedom, ct_strand_coin(place, head));
}

uint32_t
ct_strand_sample_whole(const CtStrandPlace* const place,
                       const CtStrandHead         head,
                       float* const               logits,
                       const uint32_t             n)
{
  const float     wished  = place->settings->rhythm_temperature;
  const CtFreedom freedom = {
    wished < coldest ? coldest : wished, 0.0F, 0U, 1.0F};
  return ct_sample(logits, n, &freedom, ct_strand_coin(place, head));
}

int32_t
ct_strand_shift(const CtSettings* const settings)
{
  static const int32_t half = CT_PITCH_CLASS_COUNT / 2;

  const int32_t own = settings->scale == CT_SCALE_MINOR ? own_minor : 0;
  const int32_t up  = (int32_t)settings->key - own + CT_PITCH_CLASS_COUNT;
  return ((up + half) % CT_PITCH_CLASS_COUNT) - half;
}

bool
ct_strand_in_scale(const CtSettings* const settings, const int32_t key)
{
  return ct_scale_contains(ct_interpret_scale(settings),
                           key + ct_strand_shift(settings) +
                             CT_PITCH_CLASS_COUNT);
}

/// Whether all keys of a label are in the scale
static bool
is_in_scale(const CtSettings* const settings, const CtLabel* const label)
{
  for (uint32_t i = 0U; i < label->n_keys; ++i) {
    if (!ct_strand_in_scale(settings, label->keys[i])) {
      return false;
    }
  }
  return true;
}

void
ct_strand_constrain(const CtStrandPlace* const place, float* const logits)
{
  const CtSettings* const     settings = place->settings;
  const CtStrandLabels* const labels   = &place->model->strands[place->strand];
  const bool                  locks    = settings->scale_lock >= hard_lock;
  float                       kept[CT_MAX_CHOICES];
  float                       top = -INFINITY;
  memcpy(kept, logits, labels->n_labels * sizeof(float));
  for (uint32_t i = 0U; i < labels->n_labels; ++i) {
    const CtLabel* const label = &labels->labels[i];
    if (place->must_sound && !label->n_keys) {
      kept[i] = -INFINITY;
    } else if (settings->scale_lock > 0.0F && !is_in_scale(settings, label)) {
      kept[i] =
        locks ? -INFINITY : kept[i] - (scale_pull * settings->scale_lock);
    }
    top = kept[i] > top ? kept[i] : top;
  }
  if (top > -INFINITY) {
    memcpy(logits, kept, labels->n_labels * sizeof(float));
  }
}

static int32_t
nearest_in_scale(const CtSettings* const settings,
                 const int32_t           key,
                 const int32_t           low,
                 const int32_t           high)
{
  const CtScale scale = ct_interpret_scale(settings);
  for (int32_t d = 0; d < CT_PITCH_CLASS_COUNT; ++d) {
    if (key - d >= low && ct_scale_contains(scale, key - d)) {
      return key - d;
    }
    if (key + d <= high && ct_scale_contains(scale, key + d)) {
      return key + d;
    }
  }
  return key; // The range has none
}

uint8_t
ct_strand_key(const CtSettings* const settings, const uint8_t key)
{
  static const int32_t highest = (int32_t)CT_MIDI_NOTE_COUNT - 1;

  const bool    swapped = settings->low > settings->high;
  const int32_t low     = (int32_t)(swapped ? settings->high : settings->low);
  const int32_t wish    = (int32_t)(swapped ? settings->low : settings->high);
  const int32_t high    = wish < highest ? wish : highest;
  int32_t       sounding =
    key + ct_strand_shift(settings) + (CT_PITCH_CLASS_COUNT * settings->octave);
  while (sounding < low) {
    sounding += CT_PITCH_CLASS_COUNT;
  }
  while (sounding > high) {
    sounding -= CT_PITCH_CLASS_COUNT;
  }
  sounding = sounding < low ? low : sounding; // A range of less than an octave
  return (uint8_t)(settings->scale_lock >= hard_lock
                     ? nearest_in_scale(settings, sounding, low, high)
                     : sounding);
}

void
ct_strand_play(CtStrandEvent* const event, const CtLabel* const label)
{
  event->n_keys = label->n_keys;
  memcpy(event->keys, label->keys, sizeof(event->keys));
}

uint8_t
ct_strand_part(const CtStrandEvent* const event, const uint8_t key)
{
  if (event->part < CT_N_PARTS) {
    return event->part;
  }
  return key >= CT_SPLIT_PITCH ? CT_PART_RIGHT : CT_PART_LEFT;
}

uint32_t
ct_strand_nearest(const int32_t* const table,
                  const uint32_t       n,
                  const int64_t        ticks)
{
  uint32_t i = 0U;
  while (i + 1U < n && 2 * ticks > (int64_t)table[i] + table[i + 1U]) {
    ++i;
  }
  return i;
}

int64_t
ct_strand_sample_ticks(const CtStrandPlace* const place,
                       float* const               logits,
                       const int32_t* const       table,
                       const uint32_t             n,
                       const int64_t              least)
{
  float kept[CT_MAX_CHOICES];
  memcpy(kept, logits, n * sizeof(float));
  const uint32_t drawn =
    ct_strand_sample(place, CT_STRAND_HEAD_ADVANCE, logits, n);
  if (table[drawn] >= least) {
    return table[drawn];
  }
  if (table[n - 1U] < least) {
    return least;
  }
  for (uint32_t i = 0U; i < n && table[i] < least; ++i) {
    kept[i] = -INFINITY;
  }
  return table[ct_strand_sample(place, CT_STRAND_HEAD_ADVANCE, kept, n)];
}

double
ct_strand_cost(const float* const logits,
               const uint32_t     n,
               const uint32_t     label)
{
  return ct_log_sum_exp(logits, n) - logits[label];
}

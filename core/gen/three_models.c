// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The design of three models, as a strand: each of them tells one feature of an
// event, and knows nothing of the others

#include "gen/strand_kinds.h"

#include "gen/sampler.h"
#include "gen/strand.h"
#include "gen/strand_draw.h"
#include "gen/strand_load.h"
#include "gen/strand_notes.h"
#include "model/three_models.h"
#include "music/key.h"

#include <cjson/cJSON.h>

#include <stdio.h>
#include <string.h>

static const CtTower*
towers_of(const CtStrandPlace* const place)
{
  return ((const CtThreeModels*)place->model->net)->models;
}

static uint32_t
n_classes(const CtTower* const towers, const CtModelOf what)
{
  return towers[what].heads[0].matrix.n_rows;
}

/// Floats before the state of a model, of all three if it is past the last
static size_t
state_begin(const CtTower* const towers, const uint32_t what)
{
  size_t n = 0U;
  for (uint32_t m = 0U; m < what; ++m) {
    n += ct_tower_state_size(&towers[m]);
  }
  return n;
}

static size_t
state_size(const void* const net)
{
  return state_begin(((const CtThreeModels*)net)->models, CT_N_MODELS);
}

static size_t
scratch_size(const void* const net)
{
  size_t largest = 0U;
  for (uint32_t m = 0U; m < CT_N_MODELS; ++m) {
    const size_t size =
      ct_tower_scratch_size(&((const CtThreeModels*)net)->models[m], 1U);
    largest = size > largest ? size : largest;
  }
  return largest;
}

static void
hear(const CtStrandPlace* const place, const CtStrandRow* const row)
{
  const CtTower* const towers = towers_of(place);
  for (uint32_t m = 0U; m < CT_N_MODELS; ++m) {
    ct_tower_step(&towers[m],
                  &row->classes[m],
                  NULL,
                  place->state + state_begin(towers, m),
                  place->scratch);
  }
}

static void
start(const CtStrandPlace* const place)
{
  CtStrandRow nothing = {{0U}, {0.0F}};
  for (uint32_t m = 0U; m < CT_N_MODELS; ++m) {
    nothing.classes[m] = (uint16_t)n_classes(towers_of(place), (CtModelOf)m);
  }
  hear(place, &nothing);
}

static void
ask(const CtStrandPlace* const place, const CtModelOf what, float* const logits)
{
  const CtTower* const towers = towers_of(place);
  ct_tower_logits(&towers[what],
                  0U,
                  place->state + state_begin(towers, what),
                  place->scratch,
                  logits);
}

static int64_t
advance(const CtStrandPlace* const place, const int64_t least)
{
  const CtStrandModel* const model = place->model;
  float                      logits[CT_MAX_CHOICES];
  ask(place, CT_MODEL_OF_OFFSETS, logits);
  return ct_strand_sample_ticks(
    place, logits, model->offsets, model->n_offsets, least);
}

static void
draw(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  const CtStrandModel* const  model  = place->model;
  const CtStrandLabels* const labels = &model->strands[0];
  float                       logits[CT_MAX_CHOICES];
  ask(place, CT_MODEL_OF_NOTES, logits);
  ct_strand_constrain(place, logits);
  const uint32_t label =
    ct_strand_sample(place, CT_STRAND_HEAD_PITCH, logits, labels->n_labels);
  ask(place, CT_MODEL_OF_DURATIONS, logits);
  const uint32_t duration = ct_strand_sample(
    place, CT_STRAND_HEAD_DURATION, logits, model->n_durations);
  const uint32_t offset =
    ct_strand_nearest(model->offsets, model->n_offsets, place->advance);

  const CtStrandRow row = {
    {(uint16_t)label, (uint16_t)offset, (uint16_t)duration}, {0.0F}};
  hear(place, &row);
  event->duration = model->durations[duration];
  event->part     = labels->part;
  ct_strand_play(event, &labels->labels[label]);
}

/// Pitch classes of some keys, as bits
static uint32_t
classes_of(const CtLabel* const label)
{
  uint32_t classes = 0U;
  for (uint32_t k = 0U; k < label->n_keys; ++k) {
    classes |= 1U << (label->keys[k] % CT_PITCH_CLASS_COUNT);
  }
  return classes;
}

/// The label of a note; of a chord that of its pitch classes, or of the most of
/// them with the highest, or of its highest note
static const CtLabel*
label_of(const CtStrandLabels* const labels, const CtStrandChord* const chord)
{
  const int32_t  top  = chord->notes[0].key;
  const CtLabel* best = NULL;
  uint32_t       all  = 0U;
  for (size_t i = 0U; i < chord->n; ++i) {
    all |= 1U << ((chord->notes[i].key + CT_PITCH_CLASS_COUNT) %
                  CT_PITCH_CLASS_COUNT);
  }
  const uint32_t high =
    (uint32_t)(top + CT_PITCH_CLASS_COUNT) % CT_PITCH_CLASS_COUNT;
  for (uint32_t i = 0U; i < labels->n_labels; ++i) {
    const CtLabel* const label   = &labels->labels[i];
    const uint32_t       classes = classes_of(label);
    const bool           fits =
      label->n_keys == 1U
                  ? label->keys[0] == top
                  : chord->n > 1U && !(classes & ~all) && ((classes >> high) & 1U);
    if (fits && (!best || label->n_keys > best->n_keys)) {
      best = label;
    }
  }
  return best;
}

static void
encode(const CtStrandModel* const model,
       const CtStrandNotes* const notes,
       const uint32_t             strand,
       CtStrandRows* const        rows)
{
  int64_t last = notes->notes[0].onset - CT_PPQN;
  for (size_t i = 0U; i < notes->n_notes;) {
    const CtStrandChord chord = ct_strand_chord(notes, i, &i);
    const CtLabel*      label = label_of(&model->strands[strand], &chord);
    if (label) {
      const int64_t     length = chord.notes->end - chord.onset;
      const CtStrandRow row    = {
           {(uint16_t)(label - model->strands[strand].labels),
            (uint16_t)ct_strand_nearest(
           model->offsets, model->n_offsets, chord.onset - last),
            (uint16_t)ct_strand_nearest(
           model->durations, model->n_durations, length)},
           {0.0F}};
      ct_strand_rows_add(rows, row);
      last = chord.onset;
    }
  }
}

static void
nats(const CtStrandPlace* const place,
     const CtStrandRow* const   row,
     CtStrandNats* const        nats)
{
  double* const sums[CT_N_MODELS] = {
    &nats->pitch, &nats->shift, &nats->duration};
  for (uint32_t m = 0U; m < CT_N_MODELS; ++m) {
    float logits[CT_MAX_CHOICES];
    ask(place, (CtModelOf)m, logits);
    *sums[m] += ct_strand_cost(
      logits, n_classes(towers_of(place), (CtModelOf)m), row->classes[m]);
  }
}

static const CtStrandDesign design = {.n_strands    = 1U,
                                      .state_size   = state_size,
                                      .scratch_size = scratch_size,
                                      .start        = start,
                                      .advance      = advance,
                                      .draw         = draw,
                                      .encode       = encode,
                                      .hear         = hear,
                                      .nats         = nats};

static bool
read(const cJSON* const codec, CtStrandModel* const model)
{
  const CtTower* const towers = ((const CtThreeModels*)model->net)->models;
  model->strands[0].part      = CT_N_PARTS;
  model->n_offsets =
    ct_strand_read_ticks(cJSON_GetObjectItem(codec, "offsets"),
                         n_classes(towers, CT_MODEL_OF_OFFSETS),
                         model->offsets);
  model->n_durations =
    ct_strand_read_ticks(cJSON_GetObjectItem(codec, "durations"),
                         n_classes(towers, CT_MODEL_OF_DURATIONS),
                         model->durations);
  return model->n_offsets && model->n_durations && model->durations[0] > 0 &&
         ct_strand_read_labels(cJSON_GetObjectItem(codec, "labels"),
                               n_classes(towers, CT_MODEL_OF_NOTES),
                               &model->strands[0]);
}

static CtStatus
load(const CtTensorFile* const file,
     const char* const         json,
     CtModel* const            model)
{
  static const CtStrandFile kind = {
    &ct_three_models,
    &design,
    {{"notes", 0U, CT_MODEL_OF_NOTES, 1U, false},
     {"offsets", 0U, CT_MODEL_OF_OFFSETS, 1U, false},
     {"durations", 0U, CT_MODEL_OF_DURATIONS, 1U, false}},
    CT_N_MODELS,
    read};
  return ct_strand_load(&kind, file, json, model);
}

static void
describe(const CtModel* const model, char* const text, const size_t size)
{
  const CtRecurrent* const layers =
    &((const CtThreeModels*)ct_strand_model(model)->net)->models[0].recurrent;
  (void)snprintf(text,
                 size,
                 "for notes, offsets and durations %u LSTM layers of %u each",
                 layers->n_layers,
                 layers->n_hidden);
}

const CtKind ct_three_models_kind = {.name     = "three_models",
                                     .load     = load,
                                     .describe = describe,
                                     CT_STRAND_FUNCTIONS};

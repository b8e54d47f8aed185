// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The design of two clefs, as strands: labels without gaps in the right hand,
// and in the left

#include "gen/strand_kinds.h"

#include "gen/sampler.h"
#include "gen/strand.h"
#include "gen/strand_draw.h"
#include "gen/strand_load.h"
#include "gen/strand_notes.h"
#include "model/two_clefs.h"

#include <cjson/cJSON.h>

#include <stdio.h>
#include <string.h>

static const char* const clef_names[CT_N_CLEFS] = {
  [CT_CLEF_TREBLE] = "treble",
  [CT_CLEF_BASS]   = "bass",
};

static const CtTower*
tower_of(const CtStrandPlace* const place)
{
  return &((const CtTwoClefs*)place->model->net)->clefs[place->strand];
}

static uint32_t
n_classes(const CtTower* const tower, const CtClefHead head)
{
  return tower->heads[head].matrix.n_rows;
}

static size_t
larger(const size_t a, const size_t b)
{
  return a > b ? a : b;
}

static size_t
state_size(const void* const net)
{
  const CtTower* const clefs = ((const CtTwoClefs*)net)->clefs;
  return larger(ct_tower_state_size(&clefs[CT_CLEF_TREBLE]),
                ct_tower_state_size(&clefs[CT_CLEF_BASS]));
}

static size_t
scratch_size(const void* const net)
{
  const CtTower* const clefs = ((const CtTwoClefs*)net)->clefs;
  return larger(ct_tower_scratch_size(&clefs[CT_CLEF_TREBLE], 1U),
                ct_tower_scratch_size(&clefs[CT_CLEF_BASS], 1U));
}

static void
hear(const CtStrandPlace* const place, const CtStrandRow* const row)
{
  ct_tower_step(
    tower_of(place), row->classes, NULL, place->state, place->scratch);
}

static void
start(const CtStrandPlace* const place)
{
  const CtTower* const tower   = tower_of(place);
  const CtStrandRow    nothing = {{(uint16_t)n_classes(tower, CT_CLEF_LABEL),
                                   (uint16_t)n_classes(tower, CT_CLEF_DURATION)},
                                  {0.0F}};
  hear(place, &nothing);
}

static void
ask(const CtStrandPlace* const place,
    const CtClefHead           head,
    float* const               logits)
{
  ct_tower_logits(tower_of(place), head, place->state, place->scratch, logits);
}

static void
draw(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  const CtStrandModel* const  model  = place->model;
  const CtStrandLabels* const labels = &model->strands[place->strand];
  float                       logits[CT_MAX_CHOICES];
  ask(place, CT_CLEF_LABEL, logits);
  ct_strand_constrain(place, logits);
  const uint32_t label =
    ct_strand_sample(place, CT_STRAND_HEAD_PITCH, logits, labels->n_labels);
  ask(place, CT_CLEF_DURATION, logits);
  const uint32_t duration = ct_strand_sample(
    place, CT_STRAND_HEAD_DURATION, logits, model->n_durations);

  const CtStrandRow row = {{(uint16_t)label, (uint16_t)duration}, {0.0F}};
  hear(place, &row);
  event->duration = model->durations[duration];
  event->part     = labels->part;
  ct_strand_play(event, &labels->labels[label]);
}

/// Add a label for as long as it sounds, or a rest until it ends; a rest may be
/// made of some.  @return The onset of what follows
static int64_t
add_label(const CtStrandModel* const model,
          const uint32_t             label,
          const int64_t              length,
          CtStrandRows* const        rows)
{
  const uint32_t duration =
    ct_strand_nearest(model->durations, model->n_durations, length);
  const CtStrandRow row = {{(uint16_t)label, (uint16_t)duration}, {0.0F}};
  ct_strand_rows_add(rows, row);
  return model->durations[duration];
}

/// Add rests from `begin` to `end`, each as long as it can be
static int64_t
add_rests(const CtStrandModel* const model,
          const int64_t              begin,
          const int64_t              end,
          CtStrandRows* const        rows)
{
  int64_t now = begin;
  while (end - now >= model->durations[0]) {
    uint32_t d = model->n_durations - 1U;
    while (model->durations[d] > end - now) {
      --d;
    }
    now += add_label(model, 0U, model->durations[d], rows);
  }
  return now;
}

/// How long a chord is written: to the next one if it lasts nearly so long
static int64_t
length_of(const CtStrandChord* const chord)
{
  static const int64_t sixteenth = CT_PPQN / 4;
  return chord->end + sixteenth <= chord->next ? chord->end - chord->onset
                                               : chord->next - chord->onset;
}

/// Tell the notes of a hand without gaps
static void
encode_hand(const CtStrandModel* const  model,
            const CtStrandNotes* const  notes,
            const CtStrandLabels* const labels,
            const bool                  is_high,
            CtStrandRows* const         rows)
{
  int64_t now = 0;
  for (size_t i = 0U; i < notes->n_notes;) {
    const CtStrandChord  chord = ct_strand_chord(notes, i, &i);
    const CtLabel* const label = ct_strand_label_of(labels, &chord, is_high);
    if (label) {
      now                  = add_rests(model, now, chord.onset, rows);
      const int64_t length = add_label(
        model, (uint32_t)(label - labels->labels), length_of(&chord), rows);
      const int64_t left  = chord.next - chord.onset;
      const int64_t begin = now > chord.onset ? now : chord.onset;
      now                 = begin + (length < left ? length : left);
    }
  }
}

static void
encode(const CtStrandModel* const model,
       const CtStrandNotes* const notes,
       const uint32_t             strand,
       CtStrandRows* const        rows)
{
  const bool    is_high = strand == CT_CLEF_TREBLE;
  CtStrandNotes hand    = {NULL, 0U};
  rows->status          = ct_strand_notes_of_parts(
    notes, is_high ? CT_STRAND_HIGH : CT_STRAND_LOW, &hand);
  if (!rows->status) {
    encode_hand(model, &hand, &model->strands[strand], is_high, rows);
  }
  ct_strand_notes_clear(&hand);
}

static void
nats(const CtStrandPlace* const place,
     const CtStrandRow* const   row,
     CtStrandNats* const        nats)
{
  double* const sums[CT_N_CLEF_HEADS] = {&nats->pitch, &nats->duration};
  for (uint32_t h = 0U; h < CT_N_CLEF_HEADS; ++h) {
    float logits[CT_MAX_CHOICES];
    ask(place, (CtClefHead)h, logits);
    *sums[h] += ct_strand_cost(
      logits, n_classes(tower_of(place), (CtClefHead)h), row->classes[h]);
  }
}

static const CtStrandDesign design = {.n_strands    = CT_N_CLEFS,
                                      .state_size   = state_size,
                                      .scratch_size = scratch_size,
                                      .start        = start,
                                      .draw         = draw,
                                      .encode       = encode,
                                      .hear         = hear,
                                      .nats         = nats};

static bool
read_clef(const cJSON* const    json,
          const CtTower* const  tower,
          CtStrandLabels* const labels)
{
  return ct_strand_read_part(cJSON_GetObjectItem(json, "part"),
                             &labels->part) &&
         ct_strand_read_labels(cJSON_GetObjectItem(json, "labels"),
                               n_classes(tower, CT_CLEF_LABEL),
                               labels);
}

static bool
read(const cJSON* const codec, CtStrandModel* const model)
{
  const CtTower* const clefs  = ((const CtTwoClefs*)model->net)->clefs;
  const cJSON* const   top_k  = cJSON_GetObjectItem(codec, "top_k");
  float                pitch  = 0.0F;
  float                rhythm = 0.0F;
  if (!ct_strand_read_number(cJSON_GetObjectItem(top_k, "notes"), &pitch) ||
      !ct_strand_read_number(cJSON_GetObjectItem(top_k, "durations"),
                             &rhythm) ||
      pitch < 0.0F || rhythm < 0.0F || pitch > (float)CT_MAX_CHOICES ||
      rhythm > (float)CT_MAX_CHOICES) {
    return false;
  }

  model->top_k = (CtStrandTopK){(uint32_t)pitch, (uint32_t)rhythm};
  model->n_durations =
    ct_strand_read_ticks(cJSON_GetObjectItem(codec, "durations"),
                         n_classes(&clefs[CT_CLEF_TREBLE], CT_CLEF_DURATION),
                         model->durations);
  for (uint32_t c = 0U; c < CT_N_CLEFS; ++c) {
    if (n_classes(&clefs[c], CT_CLEF_DURATION) != model->n_durations ||
        !read_clef(cJSON_GetObjectItem(codec, clef_names[c]),
                   &clefs[c],
                   &model->strands[c])) {
      return false;
    }
  }
  return model->n_durations && model->durations[0] > 0;
}

static CtStatus
load(const CtTensorFile* const file,
     const char* const         json,
     CtModel* const            model)
{
  static const CtStrandFile kind = {
    &ct_two_clefs,
    &design,
    {{"treble", CT_CLEF_TREBLE, 0U, CT_N_CLEF_HEADS, false},
     {"bass", CT_CLEF_BASS, 0U, CT_N_CLEF_HEADS, false}},
    CT_N_CLEFS,
    read};
  return ct_strand_load(&kind, file, json, model);
}

static void
describe(const CtModel* const model, char* const text, const size_t size)
{
  const CtTower* const treble =
    &((const CtTwoClefs*)ct_strand_model(model)->net)->clefs[CT_CLEF_TREBLE];
  (void)snprintf(
    text,
    size,
    "for each clef %u LSTM layers of %u, a dense one and two heads",
    treble->recurrent.n_layers,
    treble->recurrent.n_hidden);
}

const CtKind ct_two_clefs_kind = {.name     = "two_clefs",
                                  .load     = load,
                                  .describe = describe,
                                  CT_STRAND_FUNCTIONS};

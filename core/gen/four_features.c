// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The design of four features, as a strand: offset, duration, pitch and
// instrument of an event are drawn from one state

#include "gen/strand_kinds.h"

#include "gen/sampler.h"
#include "gen/strand.h"
#include "gen/strand_draw.h"
#include "gen/strand_load.h"
#include "gen/strand_notes.h"
#include "model/four_features.h"

#include <cjson/cJSON.h>

#include <stdio.h>
#include <string.h>

static const CtFourFeatures*
net_of(const CtStrandPlace* const place)
{
  return (const CtFourFeatures*)place->model->net;
}

static uint32_t
n_classes(const CtFourFeatures* const net, const CtFeature feature)
{
  return net->joint.heads[feature].matrix.n_rows;
}

static size_t
state_size(const void* const net)
{
  return ct_four_features_state_size((const CtFourFeatures*)net);
}

static size_t
scratch_size(const void* const net)
{
  return ct_four_features_scratch_size((const CtFourFeatures*)net, 1U);
}

static void
hear(const CtStrandPlace* const place, const CtStrandRow* const row)
{
  ct_four_features_step(
    net_of(place), row->classes, place->state, place->scratch);
}

static void
start(const CtStrandPlace* const place)
{
  CtStrandRow nothing = {{0U}, {0.0F}};
  for (uint32_t f = 0U; f < CT_N_FEATURES; ++f) {
    nothing.classes[f] = (uint16_t)n_classes(net_of(place), (CtFeature)f);
  }
  hear(place, &nothing);
}

static void
ask(const CtStrandPlace* const place,
    const CtFeature            feature,
    float* const               logits)
{
  ct_four_features_logits(
    net_of(place), feature, place->state, place->scratch, logits);
}

static int64_t
advance(const CtStrandPlace* const place, const int64_t least)
{
  const CtStrandModel* const model = place->model;
  float                      logits[CT_MAX_CHOICES];
  ask(place, CT_FEATURE_OFFSET, logits);
  return ct_strand_sample_ticks(
    place, logits, model->offsets, model->n_offsets, least);
}

static void
draw(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  const CtStrandModel* const model = place->model;
  CtStrandRow                row   = {{0U}, {0.0F}};
  float                      logits[CT_MAX_CHOICES];
  row.classes[CT_FEATURE_OFFSET] = (uint16_t)ct_strand_nearest(
    model->offsets, model->n_offsets, place->advance);

  ask(place, CT_FEATURE_PITCH, logits);
  ct_strand_constrain(place, logits);
  const uint32_t pitch = ct_strand_sample(
    place, CT_STRAND_HEAD_PITCH, logits, model->strands[0].n_labels);
  ask(place, CT_FEATURE_DURATION, logits);
  const uint32_t duration = ct_strand_sample(
    place, CT_STRAND_HEAD_DURATION, logits, model->n_durations);
  ask(place, CT_FEATURE_INSTRUMENT, logits);
  const uint32_t instrument =
    ct_strand_sample(place, CT_STRAND_HEAD_PART, logits, model->n_parts);

  row.classes[CT_FEATURE_PITCH]      = (uint16_t)pitch;
  row.classes[CT_FEATURE_DURATION]   = (uint16_t)duration;
  row.classes[CT_FEATURE_INSTRUMENT] = (uint16_t)instrument;
  hear(place, &row);
  event->duration = model->durations[duration];
  event->part     = model->parts[instrument];
  ct_strand_play(event, &model->strands[0].labels[pitch]);
}

/// Which of the instruments plays a part: the highest what is high, if none
static uint32_t
instrument_of(const CtStrandModel* const model, const uint8_t part)
{
  for (uint32_t i = 0U; i < model->n_parts; ++i) {
    if (model->parts[i] == part) {
      return i;
    }
  }
  return (CT_STRAND_HIGH >> part) & 1U ? 0U : model->n_parts - 1U;
}

static void
encode(const CtStrandModel* const model,
       const CtStrandNotes* const notes,
       const uint32_t             strand,
       CtStrandRows* const        rows)
{
  const CtStrandLabels* const labels = &model->strands[strand];
  const int32_t               low    = labels->labels[0].keys[0];
  int64_t                     last   = notes->notes[0].onset;
  for (size_t i = 0U; i < notes->n_notes; ++i) {
    const CtStrandNote* const note = &notes->notes[i];
    CtStrandRow               row  = {{0U}, {0.0F}};
    if (note->key < low || note->key >= low + (int32_t)labels->n_labels) {
      continue;
    }
    row.classes[CT_FEATURE_OFFSET] = (uint16_t)ct_strand_nearest(
      model->offsets, model->n_offsets, note->onset - last);
    row.classes[CT_FEATURE_DURATION] = (uint16_t)ct_strand_nearest(
      model->durations, model->n_durations, note->end - note->onset);
    row.classes[CT_FEATURE_PITCH] = (uint16_t)(note->key - low);
    row.classes[CT_FEATURE_INSTRUMENT] =
      (uint16_t)instrument_of(model, note->part);
    ct_strand_rows_add(rows, row);
    last = note->onset;
  }
}

static void
nats(const CtStrandPlace* const place,
     const CtStrandRow* const   row,
     CtStrandNats* const        nats)
{
  double* const sums[CT_N_FEATURES] = {
    &nats->shift, &nats->duration, &nats->pitch, &nats->part};
  for (uint32_t f = 0U; f < CT_N_FEATURES; ++f) {
    float logits[CT_MAX_CHOICES];
    ask(place, (CtFeature)f, logits);
    *sums[f] += ct_strand_cost(
      logits, n_classes(net_of(place), (CtFeature)f), row->classes[f]);
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

/// Read the instruments: who plays each, and on what
static bool
read_instruments(const cJSON* const   list,
                 const uint32_t       n,
                 CtStrandModel* const model)
{
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, list)
  {
    float   program = 0.0F;
    uint8_t part    = 0U;
    if (model->n_parts == CT_N_PARTS ||
        !ct_strand_read_part(cJSON_GetObjectItem(item, "part"), &part) ||
        !ct_strand_read_number(cJSON_GetObjectItem(item, "program"),
                               &program) ||
        program < 0.0F || program >= (float)CT_MIDI_NOTE_COUNT) {
      return false;
    }
    model->parts[model->n_parts++] = part;
    model->programs[part]          = (uint8_t)program;
  }
  model->has_programs = true;
  return model->n_parts == n;
}

static bool
read(const cJSON* const codec, CtStrandModel* const model)
{
  const CtFourFeatures* const net = (const CtFourFeatures*)model->net;
  float                       low = 0.0F;
  model->n_offsets = ct_strand_read_ticks(cJSON_GetObjectItem(codec, "offsets"),
                                          n_classes(net, CT_FEATURE_OFFSET),
                                          model->offsets);
  model->n_durations =
    ct_strand_read_ticks(cJSON_GetObjectItem(codec, "durations"),
                         n_classes(net, CT_FEATURE_DURATION),
                         model->durations);
  return model->n_offsets && model->n_durations && model->durations[0] > 0 &&
         ct_strand_read_number(cJSON_GetObjectItem(codec, "low"), &low) &&
         low >= 0.0F &&
         ct_strand_make_labels(0U,
                               (uint32_t)low,
                               n_classes(net, CT_FEATURE_PITCH),
                               &model->strands[0]) &&
         read_instruments(cJSON_GetObjectItem(codec, "instruments"),
                          n_classes(net, CT_FEATURE_INSTRUMENT),
                          model);
}

static CtStatus
load(const CtTensorFile* const file,
     const char* const         json,
     CtModel* const            model)
{
  static const CtStrandFile kind = {
    &ct_four_features, &design, {{"", 0U, 0U, CT_N_FEATURES, false}}, 1U, read};
  return ct_strand_load(&kind, file, json, model);
}

static void
describe(const CtModel* const model, char* const text, const size_t size)
{
  const CtFourFeatures* const net =
    (const CtFourFeatures*)ct_strand_model(model)->net;
  (void)snprintf(text,
                 size,
                 "an LSTM for each of four features, one of %u for all, and "
                 "four heads",
                 net->joint.recurrent.n_hidden);
}

const CtKind ct_four_features_kind = {.name     = "four_features",
                                      .load     = load,
                                      .describe = describe,
                                      CT_STRAND_FUNCTIONS};

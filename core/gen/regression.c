// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The design that regresses, as a strand: what the network says is what is
// played, with no chance in it, and what it hears next

#include "gen/strand_kinds.h"

#include "base/arena.h"
#include "gen/strand.h"
#include "gen/strand_draw.h"
#include "gen/strand_load.h"
#include "gen/strand_notes.h"
#include "model/regression.h"

#include <cjson/cJSON.h>

#include <stdio.h>
#include <string.h>

/// Longest note, in steps
static const float longest = 32.0F;

static const CtTower*
tower_of(const CtStrandPlace* const place)
{
  return &((const CtRegression*)place->model->net)->tower;
}

static size_t
state_size(const void* const net)
{
  return ct_tower_state_size(&((const CtRegression*)net)->tower);
}

static size_t
scratch_size(const void* const net)
{
  return ct_tower_scratch_size(&((const CtRegression*)net)->tower, 1U);
}

static void
hear(const CtStrandPlace* const place, const CtStrandRow* const row)
{
  ct_tower_step(
    tower_of(place), NULL, row->numbers, place->state, place->scratch);
}

/// Nothing stands for "nothing yet": it is the opening that begins
static void
start(const CtStrandPlace* const place)
{
  (void)place;
}

/// The whole number nearest to a scaled one, within bounds
static float
whole(const float        number,
      const float* const scale,
      const float        least,
      const float        most)
{
  static const float half = 0.5F;

  const float value = (number * scale[1]) + scale[0] + half;
  // What is no number is the least as well
  const float bounded = value >= least ? (value < most ? value : most) : least;
  return (float)(int32_t)bounded;
}

static void
draw(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  static const float highest = (float)(CT_MIDI_NOTE_COUNT - 1U);

  const CtStrandModel* const model = place->model;
  CtStrandRow                row   = {{0U}, {0.0F}};
  ct_tower_logits(
    tower_of(place), 0U, place->state, place->scratch, row.numbers);

  const float pitch =
    whole(row.numbers[CT_REGRESSED_PITCH], model->pitch, 0.0F, highest);
  const float steps =
    whole(row.numbers[CT_REGRESSED_DURATION], model->duration, 1.0F, longest);
  hear(place, &row);
  event->duration = (int64_t)steps * model->unit;
  event->part     = CT_PART_SOPRANO;
  event->keys[0]  = (uint8_t)pitch;
  event->n_keys   = 1U;
}

static void
encode(const CtStrandModel* const model,
       const CtStrandNotes* const notes,
       const uint32_t             strand,
       CtStrandRows* const        rows)
{
  (void)strand;
  CtStrandNotes tune = {NULL, 0U};
  rows->status       = ct_strand_notes_tune(notes, &tune);
  for (size_t i = 0U; i < tune.n_notes;) {
    const CtStrandChord chord = ct_strand_chord(&tune, i, &i);
    const int64_t       unit  = model->unit;
    const int64_t       n     = (chord.next - chord.onset + (unit / 2)) / unit;
    const float         steps = (float)(n < 1 ? 1 : n);
    const float         bound = steps < longest ? steps : longest;
    CtStrandRow         row   = {{0U}, {0.0F}};
    row.numbers[CT_REGRESSED_PITCH] =
      ((float)chord.notes->key - model->pitch[0]) / model->pitch[1];
    row.numbers[CT_REGRESSED_DURATION] =
      (bound - model->duration[0]) / model->duration[1];
    ct_strand_rows_add(rows, row);
  }
  ct_strand_notes_clear(&tune);
}

static const CtStrandDesign design = {.n_strands    = 1U,
                                      .state_size   = state_size,
                                      .scratch_size = scratch_size,
                                      .start        = start,
                                      .draw         = draw,
                                      .encode       = encode,
                                      .hear         = hear};

static bool
read_scale(const cJSON* const json, float* const scale)
{
  return ct_strand_read_number(cJSON_GetObjectItem(json, "center"),
                               &scale[0]) &&
         ct_strand_read_number(cJSON_GetObjectItem(json, "scale"), &scale[1]) &&
         scale[1] > 0.0F;
}

static bool
read(const cJSON* const codec, CtStrandModel* const model)
{
  const cJSON* const duration = cJSON_GetObjectItem(codec, "duration");
  return read_scale(cJSON_GetObjectItem(codec, "pitch"), model->pitch) &&
         read_scale(duration, model->duration) &&
         ct_strand_read_unit(cJSON_GetObjectItem(duration, "unit"), model);
}

static CtStatus
load(const CtTensorFile* const file,
     const char* const         json,
     CtModel* const            model)
{
  static const CtStrandFile kind = {
    &ct_regression, &design, {{"", 0U, 0U, CT_N_REGRESSED, true}}, 1U, read};
  return ct_strand_load(&kind, file, json, model);
}

static void
describe(const CtModel* const model, char* const text, const size_t size)
{
  const CtRecurrent* const layers =
    &((const CtRegression*)ct_strand_model(model)->net)->tower.recurrent;
  (void)snprintf(text,
                 size,
                 "%u LSTM layers of %u, and a linear one to two numbers",
                 layers->n_layers,
                 layers->n_hidden);
}

const CtKind ct_regression_kind = {.name     = "regression",
                                   .load     = load,
                                   .describe = describe,
                                   CT_STRAND_FUNCTIONS};

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/symbols.h"

#include "gen/strand_draw.h"
#include "gen/strand_notes.h"
#include "model/design.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <string.h>

/// Longest note and rest, in steps: two bars and one of 4/4
#define LONGEST_NOTE 32
#define LONGEST_REST 16

void
ct_symbols_draw(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  const CtSymbolNetwork* const network = place->model->design->symbols;
  const CtStrandModel* const   model   = place->model;
  float                        logits[CT_N_SYMBOLS];
  float                        both[CT_N_SYMBOLS];
  network->ask(place, logits);
  logits[CT_SYMBOL_PAD]  = -INFINITY;
  logits[CT_SYMBOL_HOLD] = -INFINITY; // What could be held has ended
  ct_strand_constrain(place, logits);

  // A rest is one symbol, and a note many
  memcpy(both, logits, sizeof(both));
  uint32_t symbol =
    ct_strand_sample_whole(place, CT_STRAND_HEAD_REST, both, CT_N_SYMBOLS);
  if (symbol != CT_SYMBOL_REST) {
    logits[CT_SYMBOL_REST] = -INFINITY;
    symbol =
      ct_strand_sample(place, CT_STRAND_HEAD_PITCH, logits, CT_N_SYMBOLS);
  }

  network->tell(place, (uint16_t)symbol);
  event->duration = model->unit;
  event->part     = CT_PART_SOPRANO;
  event->is_open  = true;
  ct_strand_play(event, &model->strands[0].labels[symbol]);
}

void
ct_symbols_extend(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  const CtSymbolNetwork* const network = place->model->design->symbols;
  const int64_t                unit    = place->model->unit;
  const int64_t longest = event->n_keys ? LONGEST_NOTE : LONGEST_REST;
  float         logits[CT_N_SYMBOLS];
  network->ask(place, logits);
  logits[CT_SYMBOL_PAD] = -INFINITY;
  const uint32_t symbol =
    ct_strand_sample_whole(place, CT_STRAND_HEAD_HOLD, logits, CT_N_SYMBOLS);
  event->is_open = symbol == CT_SYMBOL_HOLD && event->duration < longest * unit;
  if (event->is_open) {
    network->tell(place, CT_SYMBOL_HOLD);
    event->duration += unit;
  }
}

static void
add_symbol(CtStrandRows* const rows, const uint32_t symbol, const int64_t n)
{
  for (int64_t i = 0; i < n; ++i) {
    const uint32_t    said = i ? (uint32_t)CT_SYMBOL_HOLD : symbol;
    const CtStrandRow row  = {{(uint16_t)said}, {0.0F}};
    ct_strand_rows_add(rows, row);
  }
}

/// The step nearest to some ticks
static int64_t
step_of(const CtStrandModel* const model, const int64_t ticks)
{
  return (ticks + (model->unit / 2)) / model->unit;
}

/// Hold what is there to the end of its quarter: what goes on does so at a bar
/// line, and the network counts by what it has heard
static void
fill_quarter(const CtStrandModel* const model,
             const int64_t              steps,
             CtStrandRows* const        rows)
{
  const CtStrandRow held    = {{CT_SYMBOL_HOLD}, {0.0F}};
  const int64_t     quarter = CT_PPQN / model->unit;
  for (int64_t i = steps; i % quarter; ++i) {
    ct_strand_rows_add(rows, held);
    ++rows->n_filling;
  }
}

/// Tell a tune from its first note on
static void
encode_tune(const CtStrandModel* const model,
            const CtStrandNotes* const tune,
            CtStrandRows* const        rows)
{
  const CtStrandLabels* const labels = &model->strands[0];
  const int32_t low   = (int32_t)labels->labels[CT_SYMBOL_KEY].keys[0];
  int64_t       steps = 0;
  for (size_t i = 0U; i < tune->n_notes;) {
    const CtStrandChord chord = ct_strand_chord(tune, i, &i);
    const int64_t       begin = step_of(model, chord.onset);
    const int64_t       next  = step_of(model, chord.next);
    const int64_t       stop  = step_of(model, chord.notes->end);
    const int64_t       end   = stop < next ? stop : next;
    const int64_t       last  = end > begin ? end : begin + 1;
    const int32_t       key   = chord.notes->key - low + CT_SYMBOL_KEY;
    const bool          is_known =
      key >= CT_SYMBOL_KEY && key < (int32_t)labels->n_labels;
    if (next > begin) { // Else another stands in its place
      add_symbol(rows, is_known ? (uint32_t)key : CT_SYMBOL_REST, last - begin);
      add_symbol(rows, CT_SYMBOL_REST, next - last);
      steps = next;
    }
  }
  fill_quarter(model, steps, rows);
}

void
ct_symbols_encode(const CtStrandModel* const model,
                  const CtStrandNotes* const notes,
                  const uint32_t             strand,
                  CtStrandRows* const        rows)
{
  (void)strand;
  CtStrandNotes tune = {NULL, 0U};
  rows->status       = ct_strand_notes_tune(notes, &tune);
  if (!rows->status) {
    encode_tune(model, &tune, rows);
  }
  ct_strand_notes_clear(&tune);
}

/// Whether the symbols that are no keys are those that we know
static bool
are_usual(const cJSON* const list)
{
  static const char* const texts[CT_SYMBOL_KEY] = {"/", "_", "r"};
  for (int i = 0; i < (int)CT_SYMBOL_KEY; ++i) {
    const char* const text = cJSON_GetStringValue(cJSON_GetArrayItem(list, i));
    if (!text || strcmp(text, texts[i]) != 0) {
      return false;
    }
  }
  return cJSON_GetArraySize(list) == (int)CT_SYMBOL_KEY;
}

bool
ct_symbols_read(const cJSON* const codec, CtStrandModel* const model)
{
  float low = 0.0F;
  return are_usual(cJSON_GetObjectItem(codec, "symbols")) &&
         ct_strand_read_unit(cJSON_GetObjectItem(codec, "unit"), model) &&
         ct_strand_read_number(cJSON_GetObjectItem(codec, "low"), &low) &&
         low >= 0.0F && low < (float)CT_MIDI_NOTE_COUNT &&
         ct_strand_make_labels(CT_SYMBOL_KEY,
                               (uint32_t)low,
                               CT_N_SYMBOLS - CT_SYMBOL_KEY,
                               &model->strands[0]);
}

void
ct_symbols_hear(const CtStrandPlace* const place, const CtStrandRow* const row)
{
  place->model->design->symbols->tell(place, row->classes[0]);
}

void
ct_symbols_nats(const CtStrandPlace* const place,
                const CtStrandRow* const   row,
                CtStrandNats* const        nats)
{
  float logits[CT_N_SYMBOLS];
  place->model->design->symbols->ask(place, logits);
  nats->pitch += ct_strand_cost(logits, CT_N_SYMBOLS, row->classes[0]);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The self-test that travels in a model file

#include "model/metadata.h"
#include "model/note_lstm_load.h"
#include "model/note_lstm_names.h"

#include <cjson/cJSON.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// A network under its test
typedef struct {
  const CtNoteLstm*      net;
  const CtNoteLstmShape* shape;
  float*                 state;
  float*                 scratch;
} Bench;

static bool
read_row(const cJSON* const item, const uint32_t n_rows, uint16_t* const row)
{
  if (!cJSON_IsNumber(item) || item->valueint < 0 ||
      (uint32_t)item->valueint >= n_rows) {
    return false;
  }
  *row = (uint16_t)item->valueint;
  return true;
}

static bool
read_set(const cJSON* const members, const uint32_t n_rows, CtRowSet* const set)
{
  const cJSON* member = NULL;
  cJSON_ArrayForEach(member, members)
  {
    uint16_t row = 0U;
    if (set->n_members == CT_MAX_MEMBERS || !read_row(member, n_rows, &row)) {
      return false;
    }
    set->members[set->n_members++] = (uint8_t)row;
  }
  return true;
}

/// A context is {"row": [one for each field], and each set by its name:
/// [members]}
static bool
read_context(const CtNoteLstmShape* const shape,
             const cJSON* const           json,
             CtNoteContext* const         context)
{
  const cJSON* const rows = cJSON_GetObjectItem(json, "row");
  memset(context, 0, sizeof(*context));
  for (uint32_t field = 0U; field < CT_N_FIELDS; ++field) {
    if (!read_row(cJSON_GetArrayItem(rows, (int)field),
                  shape->n_rows[field],
                  &context->row[field])) {
      return false;
    }
  }
  for (uint32_t s = 0U; s < CT_N_SETS; ++s) {
    const uint32_t     field = CT_N_FIELDS + s;
    const cJSON* const set   = cJSON_GetObjectItem(json, ct_field_names[field]);
    if (!read_set(set, shape->n_rows[field], &context->sets[s])) {
      return false;
    }
  }
  return true;
}

/// One step of the test: {"before": context, "after": context, "logits": [a
/// list for each head]}
static CtStatus
run_step(const Bench* const bench, const cJSON* const step)
{
  const CtNoteLstm* const net = bench->net;
  CtNoteContext           before;
  CtNoteContext           after;
  if (!read_context(
        bench->shape, cJSON_GetObjectItem(step, "before"), &before) ||
      !read_context(bench->shape, cJSON_GetObjectItem(step, "after"), &after)) {
    return CT_MODEL_BAD_METADATA;
  }

  ct_note_lstm_step(net, &before, bench->state, bench->scratch);
  const cJSON* const lists = cJSON_GetObjectItem(step, "logits");
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    float logits[CT_MAX_CLASSES];
    ct_note_lstm_head(net,
                      (CtHeadId)h,
                      h == CT_HEAD_SHIFT ? &before : &after,
                      bench->state,
                      bench->scratch,
                      logits);
    if (!ct_metadata_agrees(
          cJSON_GetArrayItem(lists, (int)h), logits, net->heads[h].n_classes)) {
      return CT_MODEL_SELF_TEST;
    }
  }
  return CT_SUCCESS;
}

CtStatus
ct_note_lstm_self_test(const CtNoteLstm* const      net,
                       const CtNoteLstmShape* const shape,
                       const char* const            json)
{
  cJSON* const       root    = cJSON_Parse(json);
  const cJSON* const steps   = cJSON_GetObjectItem(root, "self_test");
  const size_t       n_state = ct_note_lstm_state_size(net);
  float* const       memory =
    (float*)calloc(n_state + ct_note_lstm_scratch_size(net), sizeof(float));

  CtStatus st = memory ? CT_SUCCESS : CT_NO_MEMORY;
  if (!st && cJSON_GetArraySize(steps) < 1) {
    st = CT_MODEL_BAD_METADATA;
  }

  const Bench  bench = {net, shape, memory, memory ? memory + n_state : NULL};
  const cJSON* step  = NULL;
  cJSON_ArrayForEach(step, steps)
  {
    if (!st) {
      st = run_step(&bench, step);
    }
  }
  free(memory);
  cJSON_Delete(root);
  return st;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/metadata.h"
#include "model/note_lstm_load.h"
#include "model/note_lstm_names.h"

#include <cjson/cJSON.h>

#include <stdbool.h>
#include <string.h>

#define MAX_HIDDEN 4096
#define MAX_WIDTH 1024
#define MAX_ROWS 1024

const char* const ct_field_names[CT_N_TABLES] = {
  [CT_FIELD_SHIFT]           = "shift",
  [CT_FIELD_PART]            = "part",
  [CT_FIELD_PITCH]           = "pitch",
  [CT_FIELD_DURATION]        = "duration",
  [CT_FIELD_POSITION]        = "position",
  [CT_FIELD_METER]           = "meter",
  [CT_FIELD_BAR]             = "bar",
  [CT_FIELD_KEY]             = "key",
  [CT_FIELD_COMPOSER]        = "composer",
  [CT_FIELD_ENSEMBLE]        = "ensemble",
  [CT_FIELD_DENSITY]         = "density",
  [CT_FIELD_POLYPHONY]       = "polyphony",
  [CT_FIELD_ENDING]          = "ending",
  [CT_FIELD_LEVEL]           = "level",
  [CT_FIELD_LAST]            = "last",
  [CT_FIELD_ECHO_SHIFT]      = "echo_shift",
  [CT_FIELD_ECHO_DURATION]   = "echo_duration",
  [CT_FIELD_RECALL]          = "recall",
  [CT_FIELD_RECALL_SHIFT]    = "recall_shift",
  [CT_FIELD_RECALL_DURATION] = "recall_duration",
  [CT_FIELD_HELD]            = "held",
  [CT_FIELD_ECHO]            = "echo",
  [CT_FIELD_RECALLED]        = "recalled",
};

const char* const ct_head_names[CT_N_HEADS] = {
  [CT_HEAD_SHIFT]    = "shift",
  [CT_HEAD_PART]     = "part",
  [CT_HEAD_PITCH]    = "pitch",
  [CT_HEAD_DURATION] = "duration",
  [CT_HEAD_LEVEL]    = "level",
};

const char* const ct_w_input_name = "lstm1.w_input";

static bool
find_field(const char* const name, uint32_t* const field)
{
  for (uint32_t i = 0U; i < CT_N_TABLES; ++i) {
    if (!strcmp(name, ct_field_names[i])) {
      *field = i;
      return true;
    }
  }
  return false;
}

/// Whether only heads are told of `field`, out of what is remembered
static bool
is_memory(const uint32_t field)
{
  return field >= CT_FIELD_LAST && field != CT_FIELD_HELD;
}

/// Each input is "name": [rows, width]
static bool
read_inputs(const cJSON* const inputs, CtNoteLstmShape* const shape)
{
  const cJSON* input = NULL;
  cJSON_ArrayForEach(input, inputs)
  {
    uint32_t field = 0U;
    if (!find_field(input->string, &field) || is_memory(field) ||
        !ct_metadata_size(
          cJSON_GetArrayItem(input, 0), MAX_ROWS, &shape->n_rows[field]) ||
        !ct_metadata_size(cJSON_GetArrayItem(input, 1),
                          MAX_WIDTH,
                          &shape->input_width[field])) {
      return false;
    }
  }
  return true;
}

/// Each field that only heads are told is "name": rows
static bool
read_memory(const cJSON* const memory, CtNoteLstmShape* const shape)
{
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, memory)
  {
    uint32_t field = 0U;
    if (!find_field(item->string, &field) || !is_memory(field) ||
        !ct_metadata_size(item, MAX_ROWS, &shape->n_rows[field])) {
      return false;
    }
  }
  return true;
}

/// Whether every field has rows, those of pitches are as many as there are
/// pitches, and what is remembered can be what there is
static bool
are_rows_complete(const uint32_t rows[CT_N_TABLES])
{
  for (uint32_t i = 0U; i < CT_N_TABLES; ++i) {
    if (!rows[i]) {
      return false;
    }
  }
  return rows[CT_FIELD_HELD] <= CT_MAX_MEMBERS &&
         rows[CT_FIELD_ECHO] == rows[CT_FIELD_HELD] &&
         rows[CT_FIELD_RECALLED] == rows[CT_FIELD_HELD] &&
         rows[CT_FIELD_PITCH] == rows[CT_FIELD_HELD] + 1U &&
         rows[CT_FIELD_LAST] == rows[CT_FIELD_PITCH] &&
         rows[CT_FIELD_ECHO_SHIFT] == rows[CT_FIELD_SHIFT] &&
         rows[CT_FIELD_RECALL_SHIFT] == rows[CT_FIELD_SHIFT] &&
         rows[CT_FIELD_ECHO_DURATION] == rows[CT_FIELD_DURATION] &&
         rows[CT_FIELD_RECALL_DURATION] == rows[CT_FIELD_DURATION];
}

static bool
read_head(const cJSON* const head,
          uint32_t* const    n_classes,
          uint32_t* const    tables)
{
  if (!ct_metadata_size(
        cJSON_GetObjectItem(head, "classes"), (int)CT_MAX_CLASSES, n_classes)) {
    return false;
  }

  const cJSON* name = NULL;
  cJSON_ArrayForEach(name, cJSON_GetObjectItem(head, "tables"))
  {
    uint32_t field = 0U;
    if (!cJSON_IsString(name) || !find_field(name->valuestring, &field)) {
      return false;
    }
    *tables |= 1U << field;
  }
  return true;
}

static bool
read_architecture(const cJSON* const architecture, CtNoteLstmShape* const shape)
{
  if (!ct_metadata_size(cJSON_GetObjectItem(architecture, "hidden"),
                        MAX_HIDDEN,
                        &shape->n_hidden) ||
      !ct_metadata_size(cJSON_GetObjectItem(architecture, "head_width"),
                        MAX_WIDTH,
                        &shape->head_width) ||
      !read_inputs(cJSON_GetObjectItem(architecture, "inputs"), shape) ||
      !read_memory(cJSON_GetObjectItem(architecture, "memory"), shape) ||
      !are_rows_complete(shape->n_rows)) {
    return false;
  }

  const cJSON* const heads = cJSON_GetObjectItem(architecture, "heads");
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    const cJSON* const head = cJSON_GetObjectItem(heads, ct_head_names[h]);
    if (!read_head(head, &shape->n_classes[h], &shape->head_tables[h])) {
      return false;
    }
  }
  return shape->n_classes[CT_HEAD_PITCH] == shape->n_rows[CT_FIELD_HELD];
}

CtStatus
ct_note_lstm_shape_read(const char* const json, CtNoteLstmShape* const shape)
{
  memset(shape, 0, sizeof(*shape));
  cJSON* const root = cJSON_Parse(json);
  CtStatus     st   = ct_metadata_check(root, "note-lstm");
  if (!st &&
      !read_architecture(cJSON_GetObjectItem(root, "architecture"), shape)) {
    st = CT_MODEL_BAD_METADATA;
  }
  cJSON_Delete(root);
  return st;
}

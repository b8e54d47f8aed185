// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/note_lstm_load.h"

#include "model/loader.h"
#include "model/note_lstm_names.h"
#include "model/note_lstm_size.h"

#include <stdbool.h>
#include <string.h>

static int16_t*
allocate_words(CtLoader* const loader, const size_t n)
{
  return (int16_t*)ct_load_allocate(loader, (n + 1U) / 2U);
}

/// A table of the input, as floats.  @param quantised Set if not null
static CtTable
load_input_table(CtLoader* const              loader,
                 const CtNoteLstmShape* const shape,
                 const uint32_t               field,
                 CtQuantised* const           quantised)
{
  const uint32_t n_rows = shape->n_rows[field];
  const uint32_t width  = shape->input_width[field];
  char           name[CT_MAX_TENSOR_NAME];
  ct_load_name(name, "input", ct_field_names[field]);
  return (CtTable){n_rows,
                   width,
                   ct_load_rows(loader, name, n_rows, width, quantised),
                   NULL,
                   NULL};
}

/// A table of the head called `head`: bytes become words
static CtTable
load_head_table(CtLoader* const   loader,
                const char* const head,
                const uint32_t    field,
                const uint32_t    n_rows,
                const uint32_t    width)
{
  char name[CT_MAX_TENSOR_NAME];
  ct_load_append(
    name,
    ct_load_append(name, ct_load_append(name, 0U, head), ".table."),
    ct_field_names[field]);

  CtTable               table  = {n_rows, width, NULL, NULL, NULL};
  const CtTensor* const tensor = ct_tensors_get(loader->file, name);
  if (!tensor || tensor->dtype == CT_DTYPE_F32) {
    table.rows = ct_load_rows(loader, name, n_rows, width, NULL);
    return table;
  }

  const size_t      size  = (size_t)n_rows * width;
  const CtQuantised bytes = ct_load_find(loader, name, n_rows, width)
                              ? ct_load_quantised(loader, name, tensor, n_rows)
                              : (CtQuantised){NULL, NULL};
  int16_t* const    words = bytes.rows ? allocate_words(loader, size) : NULL;
  for (size_t i = 0U; words && i < size; ++i) {
    words[i] = (int16_t)(int)bytes.rows[i];
  }
  table.words  = words;
  table.scales = bytes.scales;
  return table;
}

/// Load lstm1's W_input, column by column
static const float*
load_columns(CtLoader* const loader,
             const uint32_t  n_rows,
             const uint32_t  n_cols)
{
  const float* const rows =
    ct_load_rows(loader, ct_w_input_name, n_rows, n_cols, NULL);
  float* const columns =
    rows ? ct_load_allocate(loader, (size_t)n_rows * n_cols) : NULL;
  for (size_t r = 0U; columns && r < n_rows; ++r) {
    for (size_t c = 0U; c < n_cols; ++c) {
      columns[(c * n_rows) + r] = rows[(r * n_cols) + c];
    }
  }
  return columns;
}

/// A table times the columns of lstm1 that see it
static CtTable
multiply_input(CtLoader* const      loader,
               const CtTable* const table,
               const float* const   columns,
               const uint32_t       n_gates)
{
  const size_t size = (size_t)table->n_rows * n_gates;
  float* const rows = ct_load_allocate(loader, size);
  if (rows) {
    ct_table_multiply(table, columns, n_gates, rows);
  }
  return (CtTable){table->n_rows, n_gates, rows, NULL, NULL};
}

/// A table of floats as one of words
static CtTable
narrow(CtLoader* const loader, const CtTable table)
{
  const size_t   size   = (size_t)table.n_rows * table.width;
  int16_t* const words  = allocate_words(loader, size);
  float* const   scales = ct_load_allocate(loader, table.n_rows);
  if (words && scales && table.rows) {
    ct_table_narrow(&table, words, scales);
  }
  return (CtTable){table.n_rows, table.width, NULL, words, scales};
}

/// Multiply the input's tables by the columns of lstm1 that see them
static void
multiply_inputs(CtLoader* const loader,
                const CtTable   tables[CT_N_TABLES],
                CtNoteLstm*     net)
{
  const uint32_t n_gates = 4U * net->n_hidden;
  uint32_t       n_input = 0U;
  for (uint32_t field = 0U; field < CT_N_TABLES; ++field) {
    n_input += tables[field].width;
  }

  // What is not kept goes elsewhere
  CtArena* const        kept    = loader->arena;
  const CtTensor* const w_input = ct_tensors_get(loader->file, ct_w_input_name);
  const bool            is_narrow = w_input && w_input->dtype == CT_DTYPE_I8;
  loader->arena                   = loader->work;
  const float* columns            = load_columns(loader, n_gates, n_input);
  for (uint32_t field = 0U; field < CT_N_TABLES && columns; ++field) {
    if (tables[field].rows) {
      loader->arena = is_narrow ? loader->work : kept;
      const CtTable product =
        multiply_input(loader, &tables[field], columns, n_gates);
      loader->arena      = kept;
      net->inputs[field] = is_narrow ? narrow(loader, product) : product;
    }
    columns += (size_t)tables[field].width * n_gates;
  }
  loader->arena = kept;
}

/// A layer's recurrent half
static CtLstm
load_recurrent(CtLoader* const   loader,
               const char* const name,
               const uint32_t    n_hidden)
{
  CtLstm lstm = {.n_hidden = n_hidden};
  lstm.bias   = ct_load_vector(loader, name, "bias", 4U * n_hidden);
  lstm.w_recurrent =
    ct_load_matrix(loader, name, "w_recurrent", 4U * n_hidden, n_hidden);
  return lstm;
}

static void
load_head(CtLoader* const              loader,
          const CtNoteLstmShape* const shape,
          const CtHeadId               id,
          const CtTable* const         pitch_table,
          const CtQuantised            pitches,
          CtHead* const                head)
{
  const uint32_t width = shape->head_width;
  const uint32_t n     = shape->n_classes[id];
  char           name[CT_MAX_TENSOR_NAME];
  ct_load_name(name, "head", ct_head_names[id]);

  head->n_classes = n;
  head->hidden.matrix =
    ct_load_matrix(loader, name, "hidden.weight", width, shape->n_hidden);
  head->hidden.bias = ct_load_vector(loader, name, "hidden.bias", width);
  if (id == CT_HEAD_PITCH) {
    // Tied: the rows of the input's pitch table, less the one for no pitch, are
    // the classes
    const uint32_t     tied = pitch_table->width;
    const float* const rows =
      pitch_table->rows ? pitch_table->rows + tied : NULL;
    const CtQuantised classes = {pitches.rows ? pitches.rows + tied : NULL,
                                 pitches.rows ? pitches.scales + 1 : NULL};
    head->project.matrix = ct_load_matrix(loader, name, "project", tied, width);
    head->out.matrix     = ct_load_pack(loader, rows, classes, n, tied);
    head->out.bias       = ct_load_vector(loader, name, "out.bias", n);
  } else {
    head->out.matrix = ct_load_matrix(loader, name, "out.weight", n, width);
    head->out.bias   = ct_load_vector(loader, name, "out.bias", n);
  }

  for (uint32_t field = 0U; field < CT_N_TABLES; ++field) {
    if (shape->head_tables[id] & (1U << field)) {
      head->tables[field] =
        load_head_table(loader, name, field, shape->n_rows[field], width);
    }
  }
}

/// Whether the file's network is as wide as its shape claims
static CtStatus
check_width(const CtTensorFile* const file, const CtNoteLstmShape* const shape)
{
  const CtTensor* const tensor = ct_tensors_get(file, "lstm1.w_recurrent");
  return !tensor ? CT_MODEL_MISSING_TENSOR
         : ct_tensor_has_shape(tensor, 4U * shape->n_hidden, shape->n_hidden)
           ? CT_SUCCESS
           : CT_MODEL_WRONG_SHAPE;
}

static void
load_all(CtLoader* const              loader,
         const CtNoteLstmShape* const shape,
         CtNoteLstm* const            net)
{
  const uint32_t n_hidden            = shape->n_hidden;
  CtTable        inputs[CT_N_TABLES] = {{0U, 0U, NULL, NULL, NULL}};
  CtQuantised    pitches             = {NULL, NULL};
  for (uint32_t field = 0U; field < CT_N_TABLES; ++field) {
    if (shape->input_width[field]) {
      inputs[field] = load_input_table(
        loader, shape, field, field == CT_FIELD_PITCH ? &pitches : NULL);
    }
  }

  net->n_hidden   = n_hidden;
  net->head_width = shape->head_width;
  multiply_inputs(loader, inputs, net);
  net->lstm1         = load_recurrent(loader, "lstm1", n_hidden);
  net->lstm2         = load_recurrent(loader, "lstm2", n_hidden);
  net->lstm2.n_input = n_hidden;
  net->lstm2.w_input =
    ct_load_matrix(loader, "lstm2", "w_input", 4U * n_hidden, n_hidden);
  net->norm.n      = n_hidden;
  net->norm.weight = ct_load_vector(loader, "norm", "weight", n_hidden);
  net->norm.bias   = ct_load_vector(loader, "norm", "bias", n_hidden);
  net->gain        = ct_load_rows(loader, "gain", 1U, n_hidden, NULL);
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    load_head(loader,
              shape,
              (CtHeadId)h,
              &inputs[CT_FIELD_PITCH],
              pitches,
              &net->heads[h]);
  }
}

CtStatus
ct_note_lstm_load(const CtTensorFile* const    file,
                  const CtNoteLstmShape* const shape,
                  CtNoteLstm* const            net,
                  CtArena** const              arena)
{
  *arena = NULL;
  memset(net, 0, sizeof(*net));
  const CtStatus st = check_width(file, shape);
  if (st) {
    return st;
  }

  CtLoader loader = {file,
                     ct_arena_new(ct_note_lstm_arena_size(file, shape)),
                     ct_arena_new(ct_note_lstm_work_size(file, shape)),
                     0U,
                     CT_SUCCESS};
  if (!loader.arena || !loader.work) {
    loader.status = CT_NO_MEMORY;
  } else {
    load_all(&loader, shape, net);
  }
  if (!loader.status && loader.n_used != ct_tensors_count(file)) {
    loader.status = CT_MODEL_EXTRA_TENSOR;
  }
  if (loader.status) {
    ct_arena_free(loader.arena);
    loader.arena = NULL;
  }
  ct_arena_free(loader.work);
  *arena = loader.arena;
  return loader.status;
}

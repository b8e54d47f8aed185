// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/note_lstm_load.h"

#include "model/note_lstm_names.h"
#include "model/note_lstm_size.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#define MAX_NAME 96U

/// A load under way; the first failure stays in `status`, and what follows is
/// skipped
typedef struct {
  const CtTensorFile* file;
  CtArena*            arena;
  CtArena*            work;   ///< For what the network does without
  size_t              n_used; ///< Tensors read, so that extra ones can be told
  CtStatus            status;
} Loader;

/// Append `text` at `at`.  @return Where it ends; names are ours, so they fit
static size_t
append(char out[MAX_NAME], size_t at, const char* const text)
{
  for (size_t i = 0U; text[i]; ++i) {
    assert(at + 1U < MAX_NAME);
    out[at++] = text[i];
  }
  out[at] = '\0';
  return at;
}

/// out = "owner.name"
static const char*
join(char out[MAX_NAME], const char* const owner, const char* const name)
{
  append(out, append(out, append(out, 0U, owner), "."), name);
  return out;
}

static bool
has_shape(const CtTensor* const tensor,
          const uint32_t        n_rows,
          const uint32_t        n_cols)
{
  // A vector is one row
  return n_rows == 1U && tensor->n_dims == 1U
           ? tensor->shape[0] == n_cols
           : tensor->n_dims == 2U && tensor->shape[0] == n_rows &&
               tensor->shape[1] == n_cols;
}

static const CtTensor*
find(Loader* const     loader,
     const char* const name,
     const uint32_t    n_rows,
     const uint32_t    n_cols)
{
  if (loader->status) {
    return NULL;
  }

  const CtTensor* const tensor = ct_tensors_get(loader->file, name);
  if (!tensor) {
    loader->status = CT_MODEL_MISSING_TENSOR;
    return NULL;
  }
  if (!has_shape(tensor, n_rows, n_cols)) {
    loader->status = CT_MODEL_WRONG_SHAPE;
    return NULL;
  }
  ++loader->n_used;
  return tensor;
}

static float*
allocate(Loader* const loader, const size_t n)
{
  float* const memory =
    (float*)ct_arena_alloc(loader->arena, n * sizeof(float));
  if (!memory && !loader->status) {
    loader->status = CT_NO_MEMORY;
  }
  return memory;
}

/// Copy floats that are all finite.  @return `values`, or null if one is not
static const float*
copy_floats(Loader* const         loader,
            const CtTensor* const tensor,
            float* const          values)
{
  memcpy(values, tensor->data, tensor->size);
  for (size_t i = 0U; i < tensor->size / sizeof(float); ++i) {
    if (!isfinite(values[i])) {
      loader->status = CT_MODEL_NOT_FINITE;
      return NULL;
    }
  }
  return values;
}

/// Int8 rows with their scales, as they are in the file, or nothing
typedef struct {
  const int8_t* rows;
  const float*  scales;
} Quantised;

/// Bytes of `tensor`, called `name`, and their scales.  @return Without rows
/// after a failure
static Quantised
load_quantised(Loader* const         loader,
               const char* const     name,
               const CtTensor* const tensor,
               const uint32_t        n_rows)
{
  const Quantised       none = {NULL, NULL};
  char                  scale_name[MAX_NAME];
  const CtTensor* const scale =
    find(loader, join(scale_name, name, "scale"), 1U, n_rows);
  float* const scales = scale ? allocate(loader, n_rows) : NULL;
  if (!scales || tensor->dtype != CT_DTYPE_I8 || scale->dtype != CT_DTYPE_F32) {
    loader->status = loader->status ? loader->status : CT_MODEL_WRONG_SHAPE;
    return none;
  }
  return copy_floats(loader, scale, scales)
           ? (Quantised){(const int8_t*)tensor->data, scales}
           : none;
}

/// Values of tensor `name` as float32.  @param quantised Set if not null.
/// @return Null after a failure
static const float*
load_rows(Loader* const     loader,
          const char* const name,
          const uint32_t    n_rows,
          const uint32_t    n_cols,
          Quantised* const  quantised)
{
  const CtTensor* const tensor = find(loader, name, n_rows, n_cols);
  float* const          values =
    tensor ? allocate(loader, (size_t)n_rows * n_cols) : NULL;
  if (!values) {
    return NULL;
  }
  if (tensor->dtype == CT_DTYPE_F32) {
    return copy_floats(loader, tensor, values);
  }

  const Quantised bytes = load_quantised(loader, name, tensor, n_rows);
  if (!bytes.rows) {
    return NULL;
  }
  for (uint32_t r = 0U; r < n_rows; ++r) {
    for (uint32_t c = 0U; c < n_cols; ++c) {
      const size_t i = ((size_t)r * n_cols) + c;
      values[i]      = (float)bytes.rows[i] * bytes.scales[r];
    }
  }
  if (quantised) {
    *quantised = bytes;
  }
  return values;
}

/// A matrix of `rows`, packed in the type that the file has
static CtMatrix
pack(Loader* const   loader,
     const float*    rows,
     const Quantised quantised,
     const uint32_t  n_rows,
     const uint32_t  n_cols)
{
  CtMatrix matrix = {n_rows, n_cols, rows, NULL, NULL, quantised.scales};
  if (rows && quantised.rows) {
    const size_t   size = ct_matrix_packed_bytes(n_rows, n_cols);
    uint8_t* const bytes =
      (uint8_t*)allocate(loader, (size + sizeof(float) - 1U) / sizeof(float));
    if (bytes) {
      ct_matrix_pack_bytes(quantised.rows, n_rows, n_cols, bytes);
    }
    matrix.bytes = bytes;
  } else if (rows) {
    float* const floats =
      allocate(loader, ct_matrix_packed_floats(n_rows, n_cols));
    if (floats) {
      ct_matrix_pack_floats(rows, n_rows, n_cols, floats);
    }
    matrix.floats = floats;
  }
  return matrix;
}

static CtMatrix
load_matrix(Loader* const     loader,
            const char* const layer,
            const char* const name,
            const uint32_t    n_rows,
            const uint32_t    n_cols)
{
  char                  full[MAX_NAME];
  Quantised             quantised = {NULL, NULL};
  const CtTensor* const tensor =
    ct_tensors_get(loader->file, join(full, layer, name));
  if (tensor && tensor->n_dims != 2U && !loader->status) {
    loader->status = CT_MODEL_WRONG_SHAPE; // A vector is not sized for packing
  }
  const float* const rows = load_rows(loader, full, n_rows, n_cols, &quantised);
  return pack(loader, rows, quantised, n_rows, n_cols);
}

static const float*
load_vector(Loader* const     loader,
            const char* const layer,
            const char* const name,
            const uint32_t    n)
{
  char full[MAX_NAME];
  return load_rows(loader, join(full, layer, name), 1U, n, NULL);
}

static int16_t*
allocate_words(Loader* const loader, const size_t n)
{
  return (int16_t*)allocate(loader, (n + 1U) / 2U);
}

/// A table of the input, as floats.  @param quantised Set if not null
static CtTable
load_input_table(Loader* const                loader,
                 const CtNoteLstmShape* const shape,
                 const uint32_t               field,
                 Quantised* const             quantised)
{
  const uint32_t n_rows = shape->n_rows[field];
  const uint32_t width  = shape->input_width[field];
  char           name[MAX_NAME];
  join(name, "input", ct_field_names[field]);
  return (CtTable){n_rows,
                   width,
                   load_rows(loader, name, n_rows, width, quantised),
                   NULL,
                   NULL};
}

/// A table of the head called `head`: bytes become words
static CtTable
load_head_table(Loader* const     loader,
                const char* const head,
                const uint32_t    field,
                const uint32_t    n_rows,
                const uint32_t    width)
{
  char name[MAX_NAME];
  append(name,
         append(name, append(name, 0U, head), ".table."),
         ct_field_names[field]);

  CtTable               table  = {n_rows, width, NULL, NULL, NULL};
  const CtTensor* const tensor = ct_tensors_get(loader->file, name);
  if (!tensor || tensor->dtype == CT_DTYPE_F32) {
    table.rows = load_rows(loader, name, n_rows, width, NULL);
    return table;
  }

  const size_t    size  = (size_t)n_rows * width;
  const Quantised bytes = find(loader, name, n_rows, width)
                            ? load_quantised(loader, name, tensor, n_rows)
                            : (Quantised){NULL, NULL};
  int16_t* const  words = bytes.rows ? allocate_words(loader, size) : NULL;
  for (size_t i = 0U; words && i < size; ++i) {
    words[i] = (int16_t)(int)bytes.rows[i];
  }
  table.words  = words;
  table.scales = bytes.scales;
  return table;
}

/// Load lstm1's W_input, column by column
static const float*
load_columns(Loader* const loader, const uint32_t n_rows, const uint32_t n_cols)
{
  const float* const rows =
    load_rows(loader, ct_w_input_name, n_rows, n_cols, NULL);
  float* const columns =
    rows ? allocate(loader, (size_t)n_rows * n_cols) : NULL;
  for (size_t r = 0U; columns && r < n_rows; ++r) {
    for (size_t c = 0U; c < n_cols; ++c) {
      columns[(c * n_rows) + r] = rows[(r * n_cols) + c];
    }
  }
  return columns;
}

/// A table times the columns of lstm1 that see it
static CtTable
multiply_input(Loader* const        loader,
               const CtTable* const table,
               const float* const   columns,
               const uint32_t       n_gates)
{
  const size_t size = (size_t)table->n_rows * n_gates;
  float* const rows = allocate(loader, size);
  if (rows) {
    ct_table_multiply(table, columns, n_gates, rows);
  }
  return (CtTable){table->n_rows, n_gates, rows, NULL, NULL};
}

/// A table of floats as one of words
static CtTable
narrow(Loader* const loader, const CtTable table)
{
  const size_t   size   = (size_t)table.n_rows * table.width;
  int16_t* const words  = allocate_words(loader, size);
  float* const   scales = allocate(loader, table.n_rows);
  if (words && scales && table.rows) {
    ct_table_narrow(&table, words, scales);
  }
  return (CtTable){table.n_rows, table.width, NULL, words, scales};
}

/// Multiply the input's tables by the columns of lstm1 that see them
static void
multiply_inputs(Loader* const loader,
                const CtTable tables[CT_N_TABLES],
                CtNoteLstm*   net)
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
load_recurrent(Loader* const     loader,
               const char* const name,
               const uint32_t    n_hidden)
{
  CtLstm lstm = {.n_hidden = n_hidden};
  lstm.bias   = load_vector(loader, name, "bias", 4U * n_hidden);
  lstm.w_recurrent =
    load_matrix(loader, name, "w_recurrent", 4U * n_hidden, n_hidden);
  return lstm;
}

static void
load_head(Loader* const                loader,
          const CtNoteLstmShape* const shape,
          const CtHeadId               id,
          const CtTable* const         pitch_table,
          const Quantised              pitches,
          CtHead* const                head)
{
  const uint32_t width = shape->head_width;
  const uint32_t n     = shape->n_classes[id];
  char           name[MAX_NAME];
  join(name, "head", ct_head_names[id]);

  head->n_classes = n;
  head->hidden.matrix =
    load_matrix(loader, name, "hidden.weight", width, shape->n_hidden);
  head->hidden.bias = load_vector(loader, name, "hidden.bias", width);
  if (id == CT_HEAD_PITCH) {
    // Tied: the rows of the input's pitch table, less the one for no pitch, are
    // the classes
    const uint32_t     tied = pitch_table->width;
    const float* const rows =
      pitch_table->rows ? pitch_table->rows + tied : NULL;
    const Quantised classes = {pitches.rows ? pitches.rows + tied : NULL,
                               pitches.rows ? pitches.scales + 1 : NULL};
    head->project.matrix = load_matrix(loader, name, "project", tied, width);
    head->out.matrix     = pack(loader, rows, classes, n, tied);
    head->out.bias       = load_vector(loader, name, "out.bias", n);
  } else {
    head->out.matrix = load_matrix(loader, name, "out.weight", n, width);
    head->out.bias   = load_vector(loader, name, "out.bias", n);
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
         : has_shape(tensor, 4U * shape->n_hidden, shape->n_hidden)
           ? CT_SUCCESS
           : CT_MODEL_WRONG_SHAPE;
}

static void
load_all(Loader* const                loader,
         const CtNoteLstmShape* const shape,
         CtNoteLstm* const            net)
{
  const uint32_t n_hidden            = shape->n_hidden;
  CtTable        inputs[CT_N_TABLES] = {{0U, 0U, NULL, NULL, NULL}};
  Quantised      pitches             = {NULL, NULL};
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
    load_matrix(loader, "lstm2", "w_input", 4U * n_hidden, n_hidden);
  net->norm.n      = n_hidden;
  net->norm.weight = load_vector(loader, "norm", "weight", n_hidden);
  net->norm.bias   = load_vector(loader, "norm", "bias", n_hidden);
  net->gain        = load_rows(loader, "gain", 1U, n_hidden, NULL);
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

  Loader loader = {file,
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

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/note_lstm_size.h"

#include "base/arena.h"
#include "model/matrix.h"
#include "model/note_lstm_names.h"

/// Elements of a tensor
static size_t
count(const CtTensor* const tensor)
{
  return tensor->size / (tensor->dtype == CT_DTYPE_I8 ? 1U : sizeof(float));
}

/// Bytes that a tensor takes once it is loaded: its rows, and packed ones
static size_t
loaded_size(const CtTensor* const tensor)
{
  size_t size = (count(tensor) * sizeof(float)) + CT_ARENA_ALIGNMENT;
  if (tensor->size && tensor->n_dims == 2U) { // Else it may claim any width
    const uint32_t n_rows = (uint32_t)tensor->shape[0];
    const uint32_t n_cols = (uint32_t)tensor->shape[1];
    size += CT_ARENA_ALIGNMENT +
            (tensor->dtype == CT_DTYPE_I8
               ? ct_matrix_packed_bytes(n_rows, n_cols)
               : ct_matrix_packed_floats(n_rows, n_cols) * sizeof(float));
  }
  return size;
}

/// Bytes of the products of the input's tables
static size_t
product_size(const CtNoteLstmShape* const shape)
{
  size_t size = 0U;
  for (uint32_t field = 0U; field < CT_N_TABLES; ++field) {
    const uint32_t n_rows =
      shape->input_width[field] ? shape->n_rows[field] : 0U;
    size += CT_ARENA_ALIGNMENT +
            ((size_t)4U * sizeof(float) * n_rows * shape->n_hidden);
  }
  return size;
}

size_t
ct_note_lstm_arena_size(const CtTensorFile* const    file,
                        const CtNoteLstmShape* const shape)
{
  // The table that is a matrix too
  size_t size = (sizeof(float) *
                 ct_matrix_packed_floats(shape->n_classes[CT_HEAD_PITCH],
                                         shape->input_width[CT_FIELD_PITCH])) +
                CT_ARENA_ALIGNMENT;

  // The products of the input's tables, or words and scales in their place
  size += product_size(shape) + (CT_N_TABLES * (size_t)CT_ARENA_ALIGNMENT);
  for (size_t i = 0U; i < ct_tensors_count(file); ++i) {
    size += loaded_size(ct_tensors_at(file, i));
  }
  return size;
}

size_t
ct_note_lstm_work_size(const CtTensorFile* const    file,
                       const CtNoteLstmShape* const shape)
{
  const CtTensor* const tensor = ct_tensors_get(file, ct_w_input_name);
  const size_t          n      = tensor ? count(tensor) : 0U;
  return (sizeof(float) * ((2U * n) + ((size_t)4U * shape->n_hidden))) +
         ((size_t)3U * CT_ARENA_ALIGNMENT) + product_size(shape);
}

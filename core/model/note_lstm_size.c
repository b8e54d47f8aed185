// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/note_lstm_size.h"

#include "base/arena.h"
#include "model/loader.h"
#include "model/matrix.h"
#include "model/note_lstm_names.h"

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
  return size + ct_load_size(file);
}

size_t
ct_note_lstm_work_size(const CtTensorFile* const    file,
                       const CtNoteLstmShape* const shape)
{
  const CtTensor* const tensor = ct_tensors_get(file, ct_w_input_name);
  const size_t          n      = tensor ? ct_tensor_count(tensor) : 0U;
  return (sizeof(float) * ((2U * n) + ((size_t)4U * shape->n_hidden))) +
         ((size_t)3U * CT_ARENA_ALIGNMENT) + product_size(shape);
}

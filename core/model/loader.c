// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/loader.h"

#include <assert.h>
#include <math.h>
#include <string.h>

size_t
ct_tensor_count(const CtTensor* const tensor)
{
  return tensor->size / (tensor->dtype == CT_DTYPE_I8 ? 1U : sizeof(float));
}

/// Bytes that a tensor takes once it is loaded: its rows, and packed ones
static size_t
loaded_size(const CtTensor* const tensor)
{
  size_t size = (ct_tensor_count(tensor) * sizeof(float)) + CT_ARENA_ALIGNMENT;
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

size_t
ct_load_size(const CtTensorFile* const file)
{
  size_t size = 0U;
  for (size_t i = 0U; i < ct_tensors_count(file); ++i) {
    size += loaded_size(ct_tensors_at(file, i));
  }
  return size;
}

size_t
ct_load_append(char out[CT_MAX_TENSOR_NAME], size_t at, const char* const text)
{
  for (size_t i = 0U; text[i]; ++i) {
    assert(at + 1U < CT_MAX_TENSOR_NAME);
    out[at++] = text[i];
  }
  out[at] = '\0';
  return at;
}

const char*
ct_load_name(char              out[CT_MAX_TENSOR_NAME],
             const char* const owner,
             const char* const name)
{
  ct_load_append(
    out, ct_load_append(out, ct_load_append(out, 0U, owner), "."), name);
  return out;
}

bool
ct_tensor_has_shape(const CtTensor* const tensor,
                    const uint32_t        n_rows,
                    const uint32_t        n_cols)
{
  // A vector is one row
  return n_rows == 1U && tensor->n_dims == 1U
           ? tensor->shape[0] == n_cols
           : tensor->n_dims == 2U && tensor->shape[0] == n_rows &&
               tensor->shape[1] == n_cols;
}

const CtTensor*
ct_load_find(CtLoader* const   loader,
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
  if (!ct_tensor_has_shape(tensor, n_rows, n_cols)) {
    loader->status = CT_MODEL_WRONG_SHAPE;
    return NULL;
  }
  ++loader->n_used;
  return tensor;
}

float*
ct_load_allocate(CtLoader* const loader, const size_t n)
{
  float* const memory =
    (float*)ct_arena_alloc(loader->arena, n * sizeof(float));
  if (!memory && !loader->status) {
    loader->status = CT_NO_MEMORY;
  }
  return memory;
}

/// Copy floats that are all finite.  @return `values`, or null if one is not
static float*
copy_floats(CtLoader* const       loader,
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

CtQuantised
ct_load_quantised(CtLoader* const       loader,
                  const char* const     name,
                  const CtTensor* const tensor,
                  const uint32_t        n_rows)
{
  const CtQuantised     none = {NULL, NULL};
  char                  scale_name[CT_MAX_TENSOR_NAME];
  const CtTensor* const scale =
    ct_load_find(loader, ct_load_name(scale_name, name, "scale"), 1U, n_rows);
  float* const scales = scale ? ct_load_allocate(loader, n_rows) : NULL;
  if (!scales || tensor->dtype != CT_DTYPE_I8 || scale->dtype != CT_DTYPE_F32) {
    loader->status = loader->status ? loader->status : CT_MODEL_WRONG_SHAPE;
    return none;
  }
  return copy_floats(loader, scale, scales)
           ? (CtQuantised){(const int8_t*)tensor->data, scales}
           : none;
}

float*
ct_load_rows(CtLoader* const    loader,
             const char* const  name,
             const uint32_t     n_rows,
             const uint32_t     n_cols,
             CtQuantised* const quantised)
{
  const CtTensor* const tensor = ct_load_find(loader, name, n_rows, n_cols);
  float* const          values =
    tensor ? ct_load_allocate(loader, (size_t)n_rows * n_cols) : NULL;
  if (!values) {
    return NULL;
  }
  if (tensor->dtype == CT_DTYPE_F32) {
    return copy_floats(loader, tensor, values);
  }

  const CtQuantised bytes = ct_load_quantised(loader, name, tensor, n_rows);
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

CtMatrix
ct_load_pack(CtLoader* const   loader,
             const float*      rows,
             const CtQuantised quantised,
             const uint32_t    n_rows,
             const uint32_t    n_cols)
{
  CtMatrix matrix = {n_rows, n_cols, rows, NULL, NULL, quantised.scales};
  if (rows && quantised.rows) {
    const size_t   size  = ct_matrix_packed_bytes(n_rows, n_cols);
    uint8_t* const bytes = (uint8_t*)ct_load_allocate(
      loader, (size + sizeof(float) - 1U) / sizeof(float));
    if (bytes) {
      ct_matrix_pack_bytes(quantised.rows, n_rows, n_cols, bytes);
    }
    matrix.bytes = bytes;
  } else if (rows) {
    float* const floats =
      ct_load_allocate(loader, ct_matrix_packed_floats(n_rows, n_cols));
    if (floats) {
      ct_matrix_pack_floats(rows, n_rows, n_cols, floats);
    }
    matrix.floats = floats;
  }
  return matrix;
}

CtMatrix
ct_load_matrix(CtLoader* const   loader,
               const char* const layer,
               const char* const name,
               const uint32_t    n_rows,
               const uint32_t    n_cols)
{
  char                  full[CT_MAX_TENSOR_NAME];
  CtQuantised           quantised = {NULL, NULL};
  const CtTensor* const tensor =
    ct_tensors_get(loader->file, ct_load_name(full, layer, name));
  if (tensor && tensor->n_dims != 2U && !loader->status) {
    loader->status = CT_MODEL_WRONG_SHAPE; // A vector is not sized for packing
  }
  const float* const rows =
    ct_load_rows(loader, full, n_rows, n_cols, &quantised);
  return ct_load_pack(loader, rows, quantised, n_rows, n_cols);
}

float*
ct_load_vector(CtLoader* const   loader,
               const char* const layer,
               const char* const name,
               const uint32_t    n)
{
  char full[CT_MAX_TENSOR_NAME];
  return ct_load_rows(loader, ct_load_name(full, layer, name), 1U, n, NULL);
}

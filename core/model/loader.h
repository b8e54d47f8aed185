// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file loader.h What the loaders of all networks share: tensors found by name
   and shape, and matrices packed for the kernels.

   A first failure stays in the loader's status, and what follows is skipped.
*/

#ifndef CT_MODEL_LOADER_H
#define CT_MODEL_LOADER_H

#include "base/arena.h"
#include "base/attributes.h"
#include "base/status.h"
#include "model/matrix.h"
#include "model/safetensors.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Characters of a tensor's name, with the end; names are ours, so they fit
#define CT_MAX_TENSOR_NAME 96U

/// A load under way
typedef struct {
  const CtTensorFile* file;
  CtArena*            arena;
  CtArena*            work;   ///< For what the network does without, or null
  size_t              n_used; ///< Tensors read, so that extra ones can be told
  CtStatus            status;
} CtLoader;

/// Int8 rows with their scales, as they are in the file, or nothing
typedef struct {
  const int8_t* rows;
  const float*  scales;
} CtQuantised;

/// Elements of a tensor.  @thread main
size_t
ct_tensor_count(const CtTensor* tensor);

/// Bytes of an arena that holds every tensor of `file` as floats, and packed.
/// @thread main
size_t
ct_load_size(const CtTensorFile* file);

/// out = "owner.name".  @thread main  @return `out`
const char*
ct_load_name(char out[CT_MAX_TENSOR_NAME], const char* owner, const char* name);

/// Append `text` at `at`.  @thread main  @return Where it ends
size_t
ct_load_append(char out[CT_MAX_TENSOR_NAME], size_t at, const char* text);

/// Whether a tensor is [n_rows, n_cols]; a vector is one row.  @thread main
bool
ct_tensor_has_shape(const CtTensor* tensor, uint32_t n_rows, uint32_t n_cols);

/// A tensor of that shape, counted as read.  @thread main  @return Null after a
/// failure
const CtTensor*
ct_load_find(CtLoader*   loader,
             const char* name,
             uint32_t    n_rows,
             uint32_t    n_cols);

/// `n` floats out of the arena.  @thread main  @return Null after a failure
float*
ct_load_allocate(CtLoader* loader, size_t n);

/// Bytes of `tensor`, called `name`, and their scales.  @thread main  @return
/// Without rows after a failure
CtQuantised
ct_load_quantised(CtLoader*       loader,
                  const char*     name,
                  const CtTensor* tensor,
                  uint32_t        n_rows);

/// Values of tensor `name` as float32.
/// @thread main
/// @param quantised Set if not null and the file has bytes.
/// @return Null after a failure
float*
ct_load_rows(CtLoader*    loader,
             const char*  name,
             uint32_t     n_rows,
             uint32_t     n_cols,
             CtQuantised* quantised);

/// A matrix of `rows`, packed in the type that the file has.  @thread main
CtMatrix
ct_load_pack(CtLoader*    loader,
             const float* rows,
             CtQuantised  quantised,
             uint32_t     n_rows,
             uint32_t     n_cols);

/// Matrix "layer.name", packed.  @thread main
CtMatrix
ct_load_matrix(CtLoader*   loader,
               const char* layer,
               const char* name,
               uint32_t    n_rows,
               uint32_t    n_cols);

/// Vector "layer.name".  @thread main  @return Null after a failure
float*
ct_load_vector(CtLoader*   loader,
               const char* layer,
               const char* name,
               uint32_t    n);

#endif // CT_MODEL_LOADER_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file safetensors.h Read the tensors and the metadata of a safetensors file.

   The layout: a 64-bit little-endian length, that many bytes of JSON naming
   every tensor's type, shape and place, then the data.  The rules refused here
   are those of https://github.com/huggingface/safetensors (README, "Format"),
   and alignment.
*/

#ifndef CT_MODEL_SAFETENSORS_H
#define CT_MODEL_SAFETENSORS_H

#include "base/attributes.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/// Most dimensions a tensor can have
#define CT_TENSOR_MAX_DIMS 4U

/// Element type of a tensor
typedef enum {
  CT_DTYPE_F32, ///< IEEE 754 single, little-endian
  CT_DTYPE_I8,  ///< Two's complement byte
  CT_DTYPE_I32, ///< Two's complement, four bytes, little-endian
} CtDtype;

/// One tensor of a file, row-major
typedef struct {
  const char*    name;
  CtDtype        dtype;
  uint32_t       n_dims; ///< At most CT_TENSOR_MAX_DIMS; 0 is one element
  uint64_t       shape[CT_TENSOR_MAX_DIMS]; ///< Outermost first, 0 past n_dims
  const uint8_t* data;                      ///< Aligned for the element type
  size_t         size; ///< Bytes of data, all inside the file
} CtTensor;

/// The names, places and metadata of a file whose bytes someone else keeps
typedef struct CtTensorFileImpl CtTensorFile;

/**
   Read the header of a safetensors file in memory, and prove every tensor's
   place.

   @thread main
   @param bytes [size] The whole file at an address that is a multiple of four;
   borrowed, must outlive the result.
   @param file Set to a new file for ct_tensors_free(), or to null on failure.
   @return CT_SUCCESS, CT_NO_MEMORY, or the CT_TENSORS_ status of the rule that
   is broken.
*/
CT_NODISCARD CtStatus
ct_tensors_open(const uint8_t* bytes, size_t size, CtTensorFile** file);

/// Free `file`, not the bytes it was read from; null is fine.  @thread main
void
ct_tensors_free(CtTensorFile* file);

/// Number of tensors.  @thread any
size_t
ct_tensors_count(const CtTensorFile* file);

/// Tensor `index` in the order of the data.  @thread any  @return Borrowed, or
/// null past the last.
const CtTensor*
ct_tensors_at(const CtTensorFile* file, size_t index);

/// Look up a tensor by name.  @thread any  @return Borrowed from `file`, or
/// null if absent.
const CtTensor*
ct_tensors_get(const CtTensorFile* file, const char* name);

/// Look up a string of `__metadata__`.  @thread any  @return Borrowed, or null
/// if absent.
const char*
ct_tensors_metadata(const CtTensorFile* file, const char* key);

#endif // CT_MODEL_SAFETENSORS_H

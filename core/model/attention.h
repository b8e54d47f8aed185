// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file attention.h Multi-head attention over a window

#ifndef CT_MODEL_ATTENTION_H
#define CT_MODEL_ATTENTION_H

#include "base/attributes.h"
#include "model/layers.h"

#include <stddef.h>
#include <stdint.h>

/**
   Weights of multi-head attention (Vaswani et al., arXiv:1706.03762, section
   3.2), of a window to itself.

   Each head has its part of the width.  The scores of all are divided by the
   square root of the whole width, as the design has it, where the paper takes
   that of a head's.
*/
typedef struct {
  uint32_t n_heads; ///< Divides E
  uint32_t width;   ///< E
  CtDense  query;   ///< [E, E]
  CtDense  key;     ///< [E, E]
  CtDense  value;   ///< [E, E]
  CtDense  out;     ///< [E, E]
} CtAttention;

/// Floats of scratch for a window of `n`.  @thread any
size_t
ct_attention_scratch_size(const CtAttention* attention, uint32_t n);

/**
   Attend from the steps of a window, from `first` on, to all of it.

   @thread any, but for OpenBLAS
   @param x [n, E]
   @param first Below `n`; earlier steps are looked at, but not asked.
   @param scratch [ct_attention_scratch_size()] Overwritten.
   @param y [n - first, E]
*/
CT_REALTIME void
ct_attention(const CtAttention* attention,
             const float*       x,
             uint32_t           n,
             uint32_t           first,
             CtMultiply         multiply,
             float*             scratch,
             float*             y);

#endif // CT_MODEL_ATTENTION_H

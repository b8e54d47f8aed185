// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file convolution.h A convolution along a window

#ifndef CT_MODEL_CONVOLUTION_H
#define CT_MODEL_CONVOLUTION_H

#include "base/attributes.h"
#include "model/layers.h"

#include <stddef.h>
#include <stdint.h>

/// Steps that a convolution looks at: the one before, its own, the one after
#define CT_CONVOLUTION_TAPS 3U

/// Weights of a convolution; what is not in the window counts as zeros, so that
/// it says as much as it hears
typedef struct {
  uint32_t n_input; ///< I
  CtDense  taps; ///< [O, CT_CONVOLUTION_TAPS I] what each tap makes of a step,
                 ///< side by side
} CtConvolution;

/// Floats of scratch for a window of `n`.  @thread any
size_t
ct_convolution_scratch_size(const CtConvolution* convolution, uint32_t n);

/**
   Convolve a window, see window.h.

   @thread any, but for OpenBLAS
   @param x [n, I]
   @param scratch [ct_convolution_scratch_size()] Overwritten.
   @param y [n, O]
*/
CT_REALTIME void
ct_convolution(const CtConvolution* convolution,
               const float*         x,
               uint32_t             n,
               CtMultiply           multiply,
               float*               scratch,
               float*               y);

#endif // CT_MODEL_CONVOLUTION_H

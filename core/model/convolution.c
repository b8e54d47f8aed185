// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/convolution.h"

#include "model/window.h"

#include <string.h>

#define TAPS CT_CONVOLUTION_TAPS

size_t
ct_convolution_scratch_size(const CtConvolution* const convolution,
                            const uint32_t             n)
{
  return (size_t)n * convolution->n_input * TAPS;
}

void
ct_convolution(const CtConvolution* const convolution,
               const float* const         x,
               const uint32_t             n,
               const CtMultiply           multiply,
               float* const               scratch,
               float* const               y)
{
  // What each step sees, side by side: then it is a product of matrices
  const size_t n_input = convolution->n_input;
  const size_t size    = n_input * sizeof(float);
  for (size_t t = 0U; t < n; ++t) {
    for (size_t tap = 0U; tap < TAPS; ++tap) {
      float* const seen = scratch + (((t * TAPS) + tap) * n_input);
      if (t + tap >= 1U && t + tap <= n) {
        memcpy(seen, x + ((t + tap - 1U) * n_input), size);
      } else {
        memset(seen, 0, size);
      }
    }
  }
  ct_dense_window(&convolution->taps, scratch, n, multiply, y);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file activation.h Functions that layers bend their sums with.

   They use additions and multiplications in a fixed order and nothing of libm,
   so that a network draws the same notes on every machine.  All are within 5e-7
   of the exact value, relatively where it is above 1.
*/

#ifndef CT_MODEL_ACTIVATION_H
#define CT_MODEL_ACTIVATION_H

#include "base/attributes.h"

#include <stdint.h>

/// e to the `x`; saturates outside [-87, 88].  @thread any
CT_REALTIME float
ct_exp(float x);

/// 1 / (1 + e^-x) in place.  @thread any
CT_REALTIME void
ct_sigmoid(float* x, uint32_t n);

/// Hyperbolic tangent in place.  @thread any
CT_REALTIME void
ct_tanh(float* x, uint32_t n);

/// The larger of x and 0, in place.  @thread any
CT_REALTIME void
ct_relu(float* x, uint32_t n);

/// Gaussian error linear unit in place, by its tanh form (Hendrycks & Gimpel,
/// arXiv:1606.08415, section 2).  @thread any
CT_REALTIME void
ct_gelu(float* x, uint32_t n);

/// Natural logarithm of `x`, a normal number above 0.  @thread any
CT_REALTIME float
ct_log(float x);

/// Natural logarithm of the probability of class `c` of `n`, by softmax; the
/// same on every machine.  @thread any
CT_REALTIME float
ct_log_softmax(const float* logits, uint32_t n, uint32_t c);

/// Natural logarithm of the sum of e^x over `n` values, stable for large ones.
/// Values of -INFINITY count as nothing.  @thread any, not real time: uses libm
double
ct_log_sum_exp(const float* x, uint32_t n);

#endif // CT_MODEL_ACTIVATION_H

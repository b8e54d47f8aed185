// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/activation.h"

#include "model/branchless.h"
#include "model/wide.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

// Cody-Waite reduction and a minimax polynomial on [-ln2/2, ln2/2], as in
// Cephes' expf
static const float log2_e         = 1.44269504F;
static const float ln2_high       = 0.693359375F;
static const float ln2_low        = -2.12194440e-4F;
static const float exp_min        = -87.0F;
static const float exp_max        = 88.0F;
static const float coefficients[] = {5.0000001201e-1F,
                                     1.6666665459e-1F,
                                     4.1665795894e-2F,
                                     8.3334519073e-3F,
                                     1.3981999507e-3F,
                                     1.9875691500e-4F};

static const uint32_t mantissa = 23U;
static const uint32_t exp_bias = 127U;

static const float root_half           = 0.70710678F;
static const float ln2                 = 0.69314718F;
static const float log_coefficients[4] = {1.0F / 3.0F,
                                          1.0F / 5.0F,
                                          1.0F / 7.0F,
                                          1.0F / 9.0F};

static const float gelu_root = 0.7978845608F; // sqrt(2 / pi)
static const float gelu_cube = 0.044715F;

CT_INLINE float
exp_of(const float x)
{
  const float  clamped = ct_clamp(x, exp_min, exp_max);
  const float  shifted = (clamped * log2_e) + CT_ROUNDING;
  const float  n       = shifted - CT_ROUNDING; // A whole number
  const float  r       = (clamped - (n * ln2_high)) - (n * ln2_low);
  const float* c       = coefficients;

  // e^r = 1 + r + r^2 p(r), by Estrin's scheme, which waits less than Horner's
  const float square = r * r;
  const float low    = (c[1] * r) + c[0];
  const float middle = (c[3] * r) + c[2];
  const float high   = (c[5] * r) + c[4];
  const float p      = (((high * square) + middle) * square) + low;
  const float e_r    = (p * square) + (r + 1.0F);

  // 2^n, out of the last bits of the shifted number
  const uint32_t bits = ((uint32_t)ct_bits(shifted) + exp_bias) << mantissa;
  return e_r * ct_of_bits((int32_t)bits);
}

float
ct_exp(const float x)
{
  return exp_of(x);
}

CT_INLINE float
sigmoid_of(const float x)
{
  return 1.0F / (1.0F + exp_of(-x));
}

CT_INLINE float
tanh_of(const float x)
{
  return 1.0F - (2.0F / (1.0F + exp_of(2.0F * x)));
}

CT_INLINE float
gelu_of(const float x)
{
  return 0.5F * x * (1.0F + tanh_of(gelu_root * (x + (gelu_cube * x * x * x))));
}

CT_INLINE void
sigmoid_loop(float* const x, const uint32_t n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    x[i] = sigmoid_of(x[i]);
  }
}

CT_INLINE void
tangent_loop(float* const x, const uint32_t n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    x[i] = tanh_of(x[i]);
  }
}

CT_INLINE void
gelu_loop(float* const x, const uint32_t n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    x[i] = gelu_of(x[i]);
  }
}

CT_WIDEN(sigmoid, (float* const x, const uint32_t n), (x, n))
CT_WIDEN(tangent, (float* const x, const uint32_t n), (x, n))
CT_WIDEN(gelu, (float* const x, const uint32_t n), (x, n))

void
ct_sigmoid(float* const x, const uint32_t n)
{
  sigmoid(x, n);
}

void
ct_tanh(float* const x, const uint32_t n)
{
  tangent(x, n);
}

void
ct_relu(float* const x, const uint32_t n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    x[i] = x[i] > 0.0F ? x[i] : 0.0F;
  }
}

void
ct_gelu(float* const x, const uint32_t n)
{
  gelu(x, n);
}

float
ct_log(const float x)
{
  // x = 2^e m with m in [sqrt(1/2), sqrt(2)), and with t = (m - 1) / (m + 1)
  // log(m) = 2 (t + t^3/3 + t^5/5 + ...)
  const int32_t bits = ct_bits(x);
  const int32_t e    = (bits - ct_bits(root_half)) >> (int32_t)mantissa;
  const float   m    = ct_of_bits(bits - (int32_t)((uint32_t)e << mantissa));
  const float   t    = (m - 1.0F) / (m + 1.0F);
  const float   t2   = t * t;
  const float*  c    = log_coefficients;
  const float   sum =
    (((((c[3] * t2) + c[2]) * t2 + c[1]) * t2 + c[0]) * t2) + 1.0F;
  return ((float)e * ln2) + (2.0F * t * sum);
}

float
ct_log_softmax(const float* const logits, const uint32_t n, const uint32_t c)
{
  float top = logits[0];
  for (uint32_t i = 1U; i < n; ++i) {
    top = logits[i] > top ? logits[i] : top;
  }
  float sum = 0.0F;
  for (uint32_t i = 0U; i < n; ++i) {
    sum += exp_of(logits[i] - top);
  }
  return logits[c] - top - ct_log(sum);
}

double
ct_log_sum_exp(const float* const x, const uint32_t n)
{
  double top = -INFINITY;
  for (uint32_t i = 0U; i < n; ++i) {
    top = x[i] > top ? x[i] : top;
  }

  double sum = 0.0;
  for (uint32_t i = 0U; i < n; ++i) {
    sum += exp(x[i] - top);
  }
  return top + log(sum);
}

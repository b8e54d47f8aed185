// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/activation.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

// Cody-Waite reduction and a minimax polynomial on [-ln2/2, ln2/2], as in
// Cephes' expf
static const float log2_e   = 1.44269504F;
static const float ln2_high = 0.693359375F;
static const float ln2_low  = -2.12194440e-4F;
static const float exp_min  = -87.0F;
static const float exp_max  = 88.0F;
static const int   mantissa = 23;
static const int   exp_bias = 127;
#define N_COEFFICIENTS 6U
static const float coefficients[N_COEFFICIENTS] = {1.9875691500e-4F,
                                                   1.3981999507e-3F,
                                                   8.3334519073e-3F,
                                                   4.1665795894e-2F,
                                                   1.6666665459e-1F,
                                                   5.0000001201e-1F};

static const float gelu_root = 0.7978845608F; // sqrt(2 / pi)
static const float gelu_cube = 0.044715F;

float
ct_exp(const float x)
{
  const float clamped = x >= exp_min ? (x > exp_max ? exp_max : x) : exp_min;
  const float scaled  = clamped * log2_e;
  const float rounded = scaled + (scaled < 0.0F ? -0.5F : 0.5F);

  const int32_t n = (int32_t)rounded;
  const float   k = (float)n;
  const float   r = (clamped - (k * ln2_high)) - (k * ln2_low);

  // e^r = 1 + r + r^2 p(r), by Horner's rule
  float p = coefficients[0];
  for (size_t i = 1U; i < N_COEFFICIENTS; ++i) {
    p = (p * r) + coefficients[i];
  }
  p = (p * r * r) + r + 1.0F;

  const int32_t bits = (n + exp_bias) << mantissa;
  float         power;
  memcpy(&power, &bits, sizeof(power));
  return p * power;
}

void
ct_sigmoid(float* const x, const uint32_t n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    x[i] = 1.0F / (1.0F + ct_exp(-x[i]));
  }
}

static float
tanh_of(const float x)
{
  return 1.0F - (2.0F / (1.0F + ct_exp(2.0F * x)));
}

void
ct_tanh(float* const x, const uint32_t n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    x[i] = tanh_of(x[i]);
  }
}

void
ct_gelu(float* const x, const uint32_t n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    const float v = x[i];
    x[i] =
      0.5F * v * (1.0F + tanh_of(gelu_root * (v + (gelu_cube * v * v * v))));
  }
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

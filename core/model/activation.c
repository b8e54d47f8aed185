// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/activation.h"

#include "model/branchless.h"

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

// The wide loops are the plain ones, compiled for AVX2: same operations, same
// order, so the same numbers.  No FMA, which would round otherwise
#if defined(__x86_64__) && defined(__GNUC__)
#  define HAVE_WIDE 1
#  define WIDE __attribute__((target("avx2")))
#else
#  define HAVE_WIDE 0
#endif

CT_INLINE float
exp_of(const float x)
{
  const float   clamped = ct_clamp(x, exp_min, exp_max);
  const int32_t n       = ct_round(clamped * log2_e);
  const float   k       = (float)n;
  const float   r       = (clamped - (k * ln2_high)) - (k * ln2_low);

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

#define DEFINE_LOOP(name, function, attribute)                 \
  attribute static void name(float* const x, const uint32_t n) \
  {                                                            \
    for (uint32_t i = 0U; i < n; ++i) {                        \
      x[i] = function(x[i]);                                   \
    }                                                          \
  }

#if HAVE_WIDE
#  define DEFINE_ACTIVATION(name, function)          \
    DEFINE_LOOP(function##_all, function, )          \
    DEFINE_LOOP(function##_all_wide, function, WIDE) \
    void name(float* const x, const uint32_t n)      \
    {                                                \
      if (__builtin_cpu_supports("avx2")) {          \
        function##_all_wide(x, n);                   \
      } else {                                       \
        function##_all(x, n);                        \
      }                                              \
    }
#else
#  define DEFINE_ACTIVATION(name, function)     \
    DEFINE_LOOP(function##_all, function, )     \
    void name(float* const x, const uint32_t n) \
    {                                           \
      function##_all(x, n);                     \
    }
#endif

DEFINE_ACTIVATION(ct_sigmoid, sigmoid_of)
DEFINE_ACTIVATION(ct_tanh, tanh_of)
DEFINE_ACTIVATION(ct_gelu, gelu_of)

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

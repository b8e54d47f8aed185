// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/latent.h"

#include <math.h>

/// What is left of an arc after these is as good as straight
#define N_HALVES 16U

/// Points nearer to each other, or to opposites, than this have no arc
static const double flat = 1e-6;

/// How much of `a` and of `b` a point is
typedef struct {
  double a;
  double b;
} Share;

/// Cosine of the angle between two vectors; 1 where one has no direction
static double
cosine(const float* const a, const float* const b, const uint32_t n)
{
  double product  = 0.0;
  double square_a = 0.0;
  double square_b = 0.0;
  for (uint32_t i = 0U; i < n; ++i) {
    product += (double)a[i] * (double)b[i];
    square_a += (double)a[i] * (double)a[i];
    square_b += (double)b[i] * (double)b[i];
  }
  const double lengths = sqrt(square_a) * sqrt(square_b);
  return lengths > 0.0 ? product / lengths : 1.0;
}

static Share
between(const Share low, const Share high, const double t)
{
  return (Share){low.a + (t * (high.a - low.a)),
                 low.b + (t * (high.b - low.b))};
}

/// The point `t` of the way along an arc.
///
/// By halves, since roots are rounded alike everywhere, but sines are not
static Share
along(double cos_angle, const double t)
{
  Share  low   = {1.0, 0.0};
  Share  high  = {0.0, 1.0};
  double begin = 0.0;
  double size  = 1.0;
  if (fabs(cos_angle) > 1.0 - flat) {
    return between(low, high, t);
  }
  for (uint32_t i = 0U; i < N_HALVES; ++i) {
    const double length = sqrt(2.0 + (2.0 * cos_angle)); // Of the sum of both
    const Share middle = {(low.a + high.a) / length, (low.b + high.b) / length};
    cos_angle          = sqrt((1.0 + cos_angle) / 2.0);
    size /= 2.0;
    if (t < begin + size) {
      high = middle;
    } else {
      low = middle;
      begin += size;
    }
  }
  return between(low, high, (t - begin) / size);
}

void
ct_latent_between(const float* const a,
                  const float* const b,
                  const uint32_t     n,
                  const float        t,
                  float* const       z)
{
  const Share share = along(cosine(a, b, n), (double)t);
  for (uint32_t i = 0U; i < n; ++i) {
    z[i] = (float)((share.a * (double)a[i]) + (share.b * (double)b[i]));
  }
}

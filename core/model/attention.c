// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/attention.h"

#include "model/activation.h"
#include "model/window.h"

#include <math.h>
#include <string.h>

/// One head's part of a window
typedef struct {
  const float* keys;   ///< Of the first step
  const float* values; ///< Likewise
  size_t       stride; ///< Floats from one step to the next
  uint32_t     n;      ///< Steps
  uint32_t     width;  ///< Of the head
  float        scale;  ///< Of its scores
} Part;

size_t
ct_attention_scratch_size(const CtAttention* const attention, const uint32_t n)
{
  // Queries, keys, values, what the heads say, and one head's scores
  return (4U * (size_t)n * attention->width) + n;
}

/// Weights of the steps, which sum to 1
static void
weigh(const Part* const part, const float* const query, float* const weights)
{
  float top = -INFINITY;
  for (uint32_t t = 0U; t < part->n; ++t) {
    const float* const key   = part->keys + (t * part->stride);
    float              score = 0.0F;
    for (uint32_t i = 0U; i < part->width; ++i) {
      score += query[i] * key[i];
    }
    weights[t] = score * part->scale;
    top        = weights[t] > top ? weights[t] : top;
  }

  float sum = 0.0F;
  for (uint32_t t = 0U; t < part->n; ++t) {
    weights[t] = ct_exp(weights[t] - top);
    sum += weights[t];
  }
  for (uint32_t t = 0U; t < part->n; ++t) {
    weights[t] /= sum;
  }
}

/// What a head says to one query
static void
answer(const Part* const  part,
       const float* const query,
       float* const       weights,
       float* const       y)
{
  weigh(part, query, weights);
  memset(y, 0, part->width * sizeof(float));
  for (uint32_t t = 0U; t < part->n; ++t) {
    const float* const value = part->values + (t * part->stride);
    for (uint32_t i = 0U; i < part->width; ++i) {
      y[i] += weights[t] * value[i];
    }
  }
}

void
ct_attention(const CtAttention* const attention,
             const float* const       x,
             const uint32_t           n,
             const uint32_t           first,
             const CtMultiply         multiply,
             float* const             scratch,
             float* const             y)
{
  const size_t   width   = attention->width;
  const uint32_t n_asked = n - first;
  float* const   queries = scratch;
  float* const   keys    = queries + (n_asked * width);
  float* const   values  = keys + (n * width);
  float* const   said    = values + (n * width);
  float* const   weights = said + (n_asked * width);
  ct_dense_window(
    &attention->query, x + (first * width), n_asked, multiply, queries);
  ct_dense_window(&attention->key, x, n, multiply, keys);
  ct_dense_window(&attention->value, x, n, multiply, values);

  const uint32_t each  = attention->width / attention->n_heads;
  const float    scale = 1.0F / sqrtf((float)attention->width);
  for (size_t h = 0U; h < attention->n_heads; ++h) {
    const size_t at   = h * each;
    const Part   part = {keys + at, values + at, width, n, each, scale};
    for (uint32_t t = 0U; t < n_asked; ++t) {
      const size_t asked = (t * width) + at;
      answer(&part, queries + asked, weights, said + asked);
    }
  }
  ct_dense_window(&attention->out, said, n_asked, multiply, y);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/sampler.h"

#include "model/activation.h"
#include "model/note_lstm.h"

#include <math.h>

/// p = softmax(logits / temperature) without its divisor: the likeliest is 1
static void
weigh(float* const logits, const uint32_t n, const float temperature)
{
  float top = -INFINITY;
  for (uint32_t i = 0U; i < n; ++i) {
    top = logits[i] > top ? logits[i] : top;
  }
  for (uint32_t i = 0U; i < n; ++i) {
    logits[i] =
      logits[i] == -INFINITY ? 0.0F : ct_exp((logits[i] - top) / temperature);
  }
}

/// List the classes that may be drawn, the likeliest first, ties in their
/// order.  @return How many
static uint32_t
rank(const float* const weights,
     const uint32_t     n,
     uint8_t            order[CT_MAX_CLASSES])
{
  uint32_t n_ranked = 0U;
  for (uint32_t i = 0U; i < n; ++i) {
    if (weights[i] > 0.0F) {
      uint32_t at = n_ranked++;
      while (at > 0U && weights[order[at - 1U]] < weights[i]) {
        order[at] = order[at - 1U];
        --at;
      }
      order[at] = (uint8_t)i;
    }
  }
  return n_ranked;
}

/// How many of the ranked classes top-k and top-p keep, at least 1
static uint32_t
count_kept(const float* const     weights,
           const uint8_t* const   order,
           const uint32_t         n_ranked,
           const CtFreedom* const freedom)
{
  const uint32_t n =
    freedom->top_k && freedom->top_k < n_ranked ? freedom->top_k : n_ranked;
  float sum = 0.0F;
  for (uint32_t i = 0U; i < n; ++i) {
    sum += weights[order[i]];
  }

  uint32_t kept   = 0U;
  float    so_far = 0.0F;
  while (kept < n && (kept == 0U || so_far < freedom->top_p * sum)) {
    so_far += weights[order[kept++]];
  }
  return kept;
}

uint32_t
ct_sample(float* const           logits,
          const uint32_t         n,
          const CtFreedom* const freedom,
          const float            coin)
{
  weigh(logits, n, freedom->temperature);
  for (uint32_t i = 0U; i < n; ++i) {
    logits[i] = logits[i] < freedom->min_p ? 0.0F : logits[i];
  }

  uint8_t        order[CT_MAX_CLASSES] = {0U};
  const uint32_t n_ranked              = rank(logits, n, order);
  const uint32_t n_kept = count_kept(logits, order, n_ranked, freedom);
  float          sum    = 0.0F;
  for (uint32_t i = 0U; i < n_kept; ++i) {
    sum += logits[order[i]];
  }

  float left = coin * sum;
  for (uint32_t i = 0U; i + 1U < n_kept; ++i) {
    left -= logits[order[i]];
    if (left < 0.0F) {
      return order[i];
    }
  }
  return order[n_kept ? n_kept - 1U : 0U]; // Rounding left nothing over
}

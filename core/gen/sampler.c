// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/sampler.h"

#include "model/activation.h"

#include <math.h>
#include <stddef.h>

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
     uint16_t           order[CT_MAX_CHOICES])
{
  uint32_t n_ranked = 0U;
  for (uint32_t i = 0U; i < n; ++i) {
    if (weights[i] > 0.0F) {
      uint32_t at = n_ranked++;
      while (at > 0U && weights[order[at - 1U]] < weights[i]) {
        order[at] = order[at - 1U];
        --at;
      }
      order[at] = (uint16_t)i;
    }
  }
  return n_ranked;
}

/// How many of the ranked classes top-k and top-p keep, at least 1
static uint32_t
count_kept(const float* const     weights,
           const uint16_t* const  order,
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
  return ct_sample_spread(logits, n, freedom, coin, NULL);
}

/// Drop classes below a share of the likeliest
static void
drop(float* const weights, const uint32_t n, const float least)
{
  for (uint32_t i = 0U; i < n; ++i) {
    weights[i] = weights[i] < least ? 0.0F : weights[i];
  }
}

/// How many of the ranked classes min-p keeps
static uint32_t
count_likely(const float* const    weights,
             const uint16_t* const order,
             const uint32_t        n_ranked,
             const float           min_p)
{
  uint32_t n = n_ranked;
  while (n > 0U && weights[order[n - 1U]] < min_p) {
    --n;
  }
  return n;
}

static void
show(const float* const    weights,
     const uint16_t* const order,
     const uint32_t        n_ranked,
     const uint32_t        n_kept,
     CtSpread* const       spread)
{
  spread->n = (uint8_t)(n_ranked < CT_SPREAD_SIZE ? n_ranked : CT_SPREAD_SIZE);
  spread->n_kept = (uint8_t)(n_kept < spread->n ? n_kept : spread->n);
  for (uint32_t i = 0U; i < spread->n; ++i) {
    spread->keys[i]    = (uint8_t)order[i];
    spread->weights[i] = (uint8_t)(weights[order[i]] * (float)UINT8_MAX);
  }
}

uint32_t
ct_sample_spread(float* const           logits,
                 const uint32_t         n,
                 const CtFreedom* const freedom,
                 const float            coin,
                 CtSpread* const        spread)
{
  static const float least_shown = 1.0F / (float)UINT8_MAX;
  const float        min_p       = freedom->min_p;
  weigh(logits, n, freedom->temperature);
  drop(logits, n, spread && min_p > least_shown ? least_shown : min_p);

  uint16_t       order[CT_MAX_CHOICES] = {0U};
  const uint32_t n_ranked              = rank(logits, n, order);
  const uint32_t n_likely = count_likely(logits, order, n_ranked, min_p);
  const uint32_t n_kept   = count_kept(logits, order, n_likely, freedom);
  float          sum      = 0.0F;
  if (spread) {
    show(logits, order, n_ranked, n_kept, spread);
  }
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

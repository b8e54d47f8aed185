// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/gru.h"

#include "model/activation.h"
#include "model/branchless.h"
#include "model/wide.h"
#include "model/window.h"

#include <string.h>

#define N_GATES 3U

/// y += x
CT_INLINE void
add_loop(const uint32_t n,
         const float* restrict const x,
         float* restrict const y)
{
  for (uint32_t j = 0U; j < n; ++j) {
    y[j] += x[j];
  }
}

CT_WIDEN(add,
         (const uint32_t n,
          const float* restrict const x,
          float* restrict const y),
         (n, x, y))

/// fresh += reset recurrent
CT_INLINE void
reset_loop(const uint32_t n,
           const float* restrict const reset,
           const float* restrict const recurrent,
           float* restrict const fresh)
{
  for (uint32_t j = 0U; j < n; ++j) {
    fresh[j] += reset[j] * recurrent[j];
  }
}

CT_WIDEN(reset,
         (const uint32_t n,
          const float* restrict const gate,
          const float* restrict const recurrent,
          float* restrict const fresh),
         (n, gate, recurrent, fresh))

/// h = (1 - update) fresh + update h
CT_INLINE void
update_loop(const uint32_t n,
            const float* restrict const update,
            const float* restrict const fresh,
            float* restrict const h)
{
  for (uint32_t j = 0U; j < n; ++j) {
    h[j] = ((1.0F - update[j]) * fresh[j]) + (update[j] * h[j]);
  }
}

CT_WIDEN(update,
         (const uint32_t n,
          const float* restrict const gate,
          const float* restrict const fresh,
          float* restrict const h),
         (n, gate, fresh, h))

/// The recurrent half of a step.
/// @param input [3H] bias + W_input x; overwritten.
/// @param recurrent [3H] scratch.
static void
recur(const CtGru* const gru,
      float* const       h,
      float* const       input,
      float* const       recurrent)
{
  const uint32_t n     = gru->n_hidden;
  const size_t   two   = 2U * (size_t)n;
  float* const   fresh = input + two;
  memset(recurrent, 0, two * sizeof(float));
  memcpy(recurrent + two, gru->bias_new, n * sizeof(float));
  ct_matrix_multiply_add(&gru->w_recurrent, h, n, 1U, recurrent);

  add((uint32_t)two, recurrent, input);
  ct_sigmoid(input, (uint32_t)two); // r and z lie side by side
  reset(n, input, recurrent + two, fresh);
  ct_tanh(fresh, n);
  update(n, input + n, fresh, h);
}

void
ct_gru_step(const CtGru* const gru,
            const float* const input,
            float* const       h,
            float* const       gates)
{
  const size_t n_gates = N_GATES * (size_t)gru->n_hidden;
  memcpy(gates, gru->bias, n_gates * sizeof(float));
  ct_matrix_multiply_add(&gru->w_input, input, gru->n_input, 1U, gates);
  recur(gru, h, gates, gates + n_gates);
}

void
ct_gru_window(const CtGru* const gru,
              const float* const x,
              const uint32_t     n,
              const CtMultiply   multiply,
              float* const       h,
              float* const       gates,
              float* const       y)
{
  const size_t  n_gates = N_GATES * (size_t)gru->n_hidden;
  const CtDense input   = {gru->w_input, gru->bias};
  ct_dense_window(&input, x, n, multiply, gates);
  for (size_t t = 0U; t < n; ++t) {
    recur(gru, h, gates + (t * n_gates), gates + (n * n_gates));
    memcpy(y + (t * gru->n_hidden), h, gru->n_hidden * sizeof(float));
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/tower.h"

#include "model/activation.h"
#include "model/window.h"

#include <string.h>

size_t
ct_tower_state_size(const CtTower* const tower)
{
  return ct_recurrent_state_size(&tower->recurrent);
}

size_t
ct_tower_scratch_size(const CtTower* const tower, const uint32_t n)
{
  // A step needs its input and the gates; a head what the dense layer says
  const size_t step = (tower->recurrent.n_input * (size_t)n) +
                      ct_recurrent_scratch_size(&tower->recurrent, n);
  const size_t head = tower->dense.matrix.n_rows * (size_t)n;
  return step > head ? step : head;
}

/// x = [rows | numbers]
static void
look_up(const CtTower* const  tower,
        const uint16_t* const classes,
        const float* const    numbers,
        float*                x)
{
  for (uint32_t i = 0U; i < tower->n_tables; ++i) {
    const uint32_t width = tower->tables[i].width;
    memset(x, 0, width * sizeof(float));
    ct_table_add(&tower->tables[i], classes[i], x);
    x += width;
  }
  if (tower->n_numbers) {
    memcpy(x, numbers, tower->n_numbers * sizeof(float));
  }
}

void
ct_tower_step(const CtTower* const  tower,
              const uint16_t* const classes,
              const float* const    numbers,
              float* const          state,
              float* const          scratch)
{
  const CtRecurrent* const recurrent = &tower->recurrent;
  look_up(tower, classes, numbers, scratch);
  ct_recurrent_step(recurrent, scratch, state, scratch + recurrent->n_input);
}

void
ct_tower_logits(const CtTower* const tower,
                const uint32_t       head,
                const float* const   state,
                float* const         scratch,
                float* const         logits)
{
  const float* const u = ct_recurrent_output(&tower->recurrent, state);
  ct_tower_logits_window(
    tower, head, u, 1U, ct_matrix_multiply_window, scratch, logits);
}

void
ct_tower_window(const CtTower* const      tower,
                const CtTowerInput* const input,
                const uint32_t            n,
                const CtMultiply          multiply,
                float* const              state,
                float* const              scratch,
                float* const              u)
{
  const CtRecurrent* const recurrent = &tower->recurrent;
  const size_t             n_input   = recurrent->n_input;
  float* const             x         = scratch;
  for (size_t t = 0U; t < n; ++t) {
    const uint16_t* const classes =
      tower->n_tables ? input->classes + (t * input->classes_stride) : NULL;
    const float* const numbers =
      tower->n_numbers ? input->numbers + (t * input->numbers_stride) : NULL;
    look_up(tower, classes, numbers, x + (t * n_input));
  }
  ct_recurrent_window(recurrent, x, n, multiply, state, x + (n * n_input), u);
}

void
ct_tower_logits_window(const CtTower* const tower,
                       const uint32_t       head,
                       const float* const   u,
                       const uint32_t       n,
                       const CtMultiply     multiply,
                       float* const         scratch,
                       float* const         logits)
{
  const float*   v     = u;
  const uint32_t width = tower->dense.matrix.n_rows;
  if (width) {
    ct_dense_window(&tower->dense, u, n, multiply, scratch);
    ct_relu(scratch, n * width);
    v = scratch;
  }
  ct_dense_window(&tower->heads[head], v, n, multiply, logits);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/note_lstm.h"

#include "model/activation.h"
#include "model/branchless.h"
#include "model/note_lstm_rows.h"
#include "model/wide.h"

#include <string.h>

/// Most table rows of a context
#define MAX_ROWS (CT_N_FIELDS + (CT_N_SETS * CT_MAX_MEMBERS))

/// u = gain h1 + h2
CT_INLINE void
join_loop(const uint32_t n,
          const float* restrict const gain,
          const float* restrict const h1,
          const float* restrict const h2,
          float* restrict const u)
{
  for (uint32_t i = 0U; i < n; ++i) {
    u[i] = (gain[i] * h1[i]) + h2[i];
  }
}

CT_WIDEN(join,
         (const uint32_t n,
          const float* restrict const gain,
          const float* restrict const h1,
          const float* restrict const h2,
          float* restrict const u),
         (n, gain, h1, h2, u))

uint32_t
ct_note_lstm_state_size(const CtNoteLstm* const net)
{
  return 5U * net->n_hidden;
}

uint32_t
ct_note_lstm_scratch_size(const CtNoteLstm* const net)
{
  // A step needs norm(h1) and the gates; a head z and its projection
  const uint32_t step = 5U * net->n_hidden;
  const uint32_t head = 2U * net->head_width;
  return CT_MAX_BATCH * (step > head ? step : head);
}

/// ct_note_lstm_step() for a batch of `n` states, side by side
static void
advance(const CtNoteLstm* const    net,
        const CtNoteContext* const contexts,
        const uint32_t             n,
        float* const               states,
        float* const               scratch)
{
  const size_t stride   = ct_note_lstm_state_size(net);
  const size_t n_hidden = net->n_hidden;
  float* const h1       = states;
  float* const c1       = h1 + n_hidden;
  float* const h2       = c1 + n_hidden;
  float* const c2       = h2 + n_hidden;
  float* const u        = c2 + n_hidden;
  float* const normed   = scratch;
  float* const gates    = normed + (n * n_hidden);

  for (uint32_t k = 0U; k < n; ++k) {
    ct_note_lstm_input(net, &contexts[k], gates + (4U * n_hidden * k));
  }
  ct_lstm_recur(&net->lstm1, h1, c1, stride, n, gates);
  for (uint32_t k = 0U; k < n; ++k) {
    ct_norm(&net->norm, h1 + (k * stride), normed + (k * n_hidden));
  }
  ct_lstm_step(&net->lstm2, normed, h2, c2, stride, n, gates);
  for (uint32_t k = 0U; k < n; ++k) {
    const size_t at = k * stride;
    join(net->n_hidden, net->gain, h1 + at, h2 + at, u + at);
  }
}

void
ct_note_lstm_step(const CtNoteLstm* const    net,
                  const CtNoteContext* const context,
                  float* const               state,
                  float* const               scratch)
{
  advance(net, context, 1U, state, scratch);
}

void
ct_note_lstm_step_pair(const CtNoteLstm* const    net,
                       const CtNoteContext* const contexts,
                       float* const               states,
                       float* const               scratch)
{
  advance(net, contexts, 2U, states, scratch);
}

/// ct_note_lstm_head() for a batch of `n` states, side by side
static void
ask(const CtNoteLstm* const    net,
    const CtHeadId             head,
    const CtNoteContext* const contexts,
    const uint32_t             n,
    const float* const         states,
    float* const               scratch,
    float* const               logits)
{
  const CtHead* const h         = &net->heads[head];
  const float* const  u         = states + (4U * (size_t)net->n_hidden);
  const size_t        width     = net->head_width;
  float* const        z         = scratch;
  float* const        projected = scratch + (n * width);

  ct_dense(&h->hidden, u, ct_note_lstm_state_size(net), n, z);
  for (uint32_t k = 0U; k < n; ++k) {
    ct_note_lstm_add_rows(
      h->tables, &contexts[k], net->head_width, z + (k * width));
  }
  ct_gelu(z, n * net->head_width);
  if (h->project.matrix.n_rows) {
    ct_dense(&h->project, z, width, n, projected);
    ct_dense(&h->out, projected, h->project.matrix.n_rows, n, logits);
  } else {
    ct_dense(&h->out, z, width, n, logits);
  }
}

void
ct_note_lstm_head(const CtNoteLstm* const    net,
                  const CtHeadId             head,
                  const CtNoteContext* const context,
                  const float* const         state,
                  float* const               scratch,
                  float* const               logits)
{
  ask(net, head, context, 1U, state, scratch, logits);
}

void
ct_note_lstm_head_pair(const CtNoteLstm* const    net,
                       const CtHeadId             head,
                       const CtNoteContext* const contexts,
                       const float* const         states,
                       float* const               scratch,
                       float* const               logits)
{
  ask(net, head, contexts, 2U, states, scratch, logits);
}

void
ct_note_lstm_input(const CtNoteLstm* const    net,
                   const CtNoteContext* const context,
                   float* const               gates)
{
  memcpy(gates, net->lstm1.bias, 4U * sizeof(float) * net->n_hidden);
  ct_note_lstm_add_rows(net->inputs, context, 4U * net->n_hidden, gates);
}

/// Rows of words that wait to be added
typedef struct {
  CtRow    rows[MAX_ROWS];
  uint32_t n;
} Waiting;

/// y += a row, now or later
static void
add_row(const CtTable* const table,
        const uint32_t       index,
        Waiting* const       waiting,
        float* const         y)
{
  if (table->words) {
    waiting->rows[waiting->n++] = ct_table_row(table, index);
  } else {
    ct_table_add(table, index, y);
  }
}

void
ct_note_lstm_add_rows(const CtTable* const       tables,
                      const CtNoteContext* const context,
                      const uint32_t             width,
                      float* const               y)
{
  Waiting waiting;
  waiting.n = 0U;
  for (uint32_t field = 0U; field < CT_N_FIELDS; ++field) {
    if (tables[field].n_rows) {
      add_row(&tables[field], context->row[field], &waiting, y);
    }
  }
  for (uint32_t s = 0U; s < CT_N_SETS; ++s) {
    const CtTable* const  table = &tables[CT_N_FIELDS + s];
    const CtRowSet* const set   = &context->sets[s];
    for (uint32_t i = 0U; table->n_rows && i < set->n_members; ++i) {
      add_row(table, set->members[i], &waiting, y);
    }
  }
  ct_rows_add(waiting.rows, waiting.n, width, y);
}

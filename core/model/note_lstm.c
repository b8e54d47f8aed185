// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/note_lstm.h"

#include "model/activation.h"
#include "model/note_lstm_rows.h"

#include <string.h>

/// The parts of a state, by name
typedef struct {
  float* h1;
  float* c1;
  float* h2;
  float* c2;
  float* u;
} State;

static State
state_of(const CtNoteLstm* const net, float* const state)
{
  const size_t n = net->n_hidden;
  return (State){
    state, state + n, state + (2U * n), state + (3U * n), state + (4U * n)};
}

uint32_t
ct_note_lstm_state_size(const CtNoteLstm* const net)
{
  return 5U * net->n_hidden;
}

uint32_t
ct_note_lstm_scratch_size(const CtNoteLstm* const net)
{
  // A step needs x, norm(h1) and the gates; a head z and its projection
  const uint32_t step = net->n_input + (5U * net->n_hidden);
  const uint32_t head = 2U * net->head_width;
  return step > head ? step : head;
}

void
ct_note_lstm_step(const CtNoteLstm* const    net,
                  const CtNoteContext* const context,
                  float* const               state,
                  float* const               scratch)
{
  const State  s      = state_of(net, state);
  float* const x      = scratch;
  float* const normed = x + net->n_input;
  float* const gates  = normed + net->n_hidden;

  ct_note_lstm_input_row(net, context, x);
  ct_lstm_step(&net->lstm1, x, s.h1, s.c1, gates);
  ct_norm(&net->norm, s.h1, normed);
  ct_lstm_step(&net->lstm2, normed, s.h2, s.c2, gates);
  for (uint32_t i = 0U; i < net->n_hidden; ++i) {
    s.u[i] = (net->gain[i] * s.h1[i]) + s.h2[i];
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
  const CtHead* const h         = &net->heads[head];
  const float* const  u         = state + (4U * (size_t)net->n_hidden);
  float* const        z         = scratch;
  float* const        projected = scratch + net->head_width;

  ct_dense(&h->hidden, u, z);
  ct_note_lstm_add_rows(h->tables, context, z);
  ct_gelu(z, net->head_width);
  if (h->project.matrix.n_rows) {
    ct_dense(&h->project, z, projected);
    ct_dense(&h->out, projected, logits);
  } else {
    ct_dense(&h->out, z, logits);
  }
}

void
ct_note_lstm_input_row(const CtNoteLstm* const    net,
                       const CtNoteContext* const context,
                       float* const               x)
{
  memset(x, 0, net->n_input * sizeof(float));
  float* at = x;
  for (uint32_t field = 0U; field < CT_N_TABLES; ++field) {
    const CtTable* const table = &net->inputs[field];
    if (field == CT_FIELD_HELD) {
      for (uint32_t i = 0U; i < context->n_held; ++i) {
        ct_table_add(table, context->held[i], at);
      }
    } else if (table->n_rows) {
      ct_table_add(table, context->row[field], at);
    }
    at += table->width;
  }
}

void
ct_note_lstm_add_rows(const CtTable* const       tables,
                      const CtNoteContext* const context,
                      float* const               y)
{
  for (uint32_t field = 0U; field < CT_N_FIELDS; ++field) {
    if (tables[field].n_rows) {
      ct_table_add(&tables[field], context->row[field], y);
    }
  }
  if (tables[CT_FIELD_HELD].n_rows) {
    for (uint32_t i = 0U; i < context->n_held; ++i) {
      ct_table_add(&tables[CT_FIELD_HELD], context->held[i], y);
    }
  }
}

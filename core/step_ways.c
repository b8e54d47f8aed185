// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Apart from what plugins call, so that they do not link OpenBLAS

#include "step_ways.h"

#include "base/arena.h"
#include "base/rng.h"
#include "model/activation.h"
#include "model/note_lstm_rows.h"

#include <cblas.h>

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MAX_MATRICES (3U + (3U * CT_N_HEADS))

/// What the ways share
typedef struct {
  CtNoteLstm    wide; ///< The network with weights of 32 bits
  CtNoteContext contexts[CT_N_WAY_STEPS];
} House;

/// Where each head's logits begin, one head after the other
static float*
logits_of(const CtWay* const way, const uint32_t head)
{
  const CtNoteLstm* const net = (const CtNoteLstm*)way->net;
  float*                  at  = way->logits;
  for (uint32_t h = 0U; h < head; ++h) {
    at += net->heads[h].n_classes;
  }
  return at;
}

static const CtNoteContext*
context_of(const CtWay* const way, const uint32_t step)
{
  return (const CtNoteContext*)way->inputs + step;
}

/// The matrices of a network.  @return How many
static uint32_t
list_matrices(CtNoteLstm* const net, CtMatrix* matrices[MAX_MATRICES])
{
  uint32_t n    = 0U;
  matrices[n++] = &net->lstm1.w_recurrent;
  matrices[n++] = &net->lstm2.w_input;
  matrices[n++] = &net->lstm2.w_recurrent;
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    CtHead* const head = &net->heads[h];
    matrices[n++]      = &head->hidden.matrix;
    matrices[n++]      = &head->project.matrix;
    matrices[n++]      = &head->out.matrix;
  }
  return n;
}

static void
read_weights(CtWay* const way, const uint32_t step)
{
  (void)step;
  CtNoteLstm     net = *(const CtNoteLstm*)way->net;
  CtMatrix*      matrices[MAX_MATRICES];
  const uint32_t n = list_matrices(&net, matrices);
  for (uint32_t i = 0U; i < n; ++i) {
    const CtMatrix* const m = matrices[i];
    const size_t          size =
      m->bytes ? ct_matrix_packed_bytes(m->n_rows, m->n_cols)
                        : ct_matrix_packed_floats(m->n_rows, m->n_cols) * sizeof(float);
    const void* const packed =
      m->bytes ? (const void*)m->bytes : (const void*)m->floats;
    ct_step_read((const uint64_t*)packed, size / sizeof(uint64_t));
  }
}

/// By the network's own step and heads
static void
run_own(CtWay* const way, const uint32_t step)
{
  const CtNoteLstm* const    net     = (const CtNoteLstm*)way->net;
  const CtNoteContext* const context = context_of(way, step);
  ct_dot_choose(way->kernel);
  ct_note_lstm_step(net, context, way->state, way->scratch);
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    ct_note_lstm_head(
      net, (CtHeadId)h, context, way->state, way->scratch, logits_of(way, h));
  }
}

/// y += m x
static void
blas_multiply_add(const CtMatrix* const m, const float* const x, float* const y)
{
  cblas_sgemv(CblasRowMajor,
              CblasNoTrans,
              (int)m->n_rows,
              (int)m->n_cols,
              1.0F,
              m->rows,
              (int)m->n_cols,
              x,
              1,
              1.0F,
              y,
              1);
}

static void
blas_dense(const CtDense* const dense, const float* const x, float* const y)
{
  const size_t size = dense->matrix.n_rows * sizeof(float);
  if (dense->bias) {
    memcpy(y, dense->bias, size);
  } else {
    memset(y, 0, size);
  }
  blas_multiply_add(&dense->matrix, x, y);
}

static void
blas_head(const CtHead* const        head,
          const CtNoteContext* const context,
          const float* const         u,
          const uint32_t             width,
          float* const               scratch,
          float* const               logits)
{
  float* const z         = scratch;
  float* const projected = z + width;
  blas_dense(&head->hidden, u, z);
  ct_note_lstm_add_rows(head->tables, context, width, z);
  ct_gelu(z, width);
  if (head->project.matrix.n_rows) {
    blas_dense(&head->project, z, projected);
    blas_dense(&head->out, projected, logits);
  } else {
    blas_dense(&head->out, z, logits);
  }
}

/// As run_own(), but all products by OpenBLAS; the rest is the same code
static void
run_blas(CtWay* const way, const uint32_t step)
{
  const CtNoteLstm* const    net      = (const CtNoteLstm*)way->net;
  const CtNoteContext* const context  = context_of(way, step);
  const size_t               n_hidden = net->n_hidden;
  float* const               h1       = way->state;
  float* const               c1       = h1 + n_hidden;
  float* const               h2       = c1 + n_hidden;
  float* const               c2       = h2 + n_hidden;
  float* const               u        = c2 + n_hidden;
  float* const               normed   = way->scratch;
  float* const               gates    = normed + n_hidden;

  ct_note_lstm_input(net, context, gates);
  blas_multiply_add(&net->lstm1.w_recurrent, h1, gates);
  ct_lstm_update(net->n_hidden, h1, c1, gates);
  ct_norm(&net->norm, h1, normed);
  memcpy(gates, net->lstm2.bias, 4U * n_hidden * sizeof(float));
  blas_multiply_add(&net->lstm2.w_input, normed, gates);
  blas_multiply_add(&net->lstm2.w_recurrent, h2, gates);
  ct_lstm_update(net->n_hidden, h2, c2, gates);
  for (size_t i = 0U; i < n_hidden; ++i) {
    u[i] = (net->gain[i] * h1[i]) + h2[i];
  }
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    blas_head(&net->heads[h],
              context,
              u,
              net->head_width,
              way->scratch,
              logits_of(way, h));
  }
}

/// Rows of a field in whatever looks at it
static uint32_t
rows_of(const CtNoteLstm* const net, const uint32_t field)
{
  uint32_t n_rows = net->inputs[field].n_rows;
  for (uint32_t h = 0U; h < CT_N_HEADS && !n_rows; ++h) {
    n_rows = net->heads[h].tables[field].n_rows;
  }
  return n_rows ? n_rows : 1U;
}

/// Contexts of all kinds; their sets are empty
static void
fill_contexts(const CtNoteLstm* const net, CtNoteContext* const contexts)
{
  for (uint32_t i = 0U; i < CT_N_WAY_STEPS; ++i) {
    for (uint32_t field = 0U; field < CT_N_FIELDS; ++field) {
      contexts[i].row[field] =
        (uint16_t)(ct_mix(((uint64_t)i << CHAR_BIT) + field) %
                   rows_of(net, field));
    }
  }
}

/// Classes of all heads
static uint32_t
count_logits(const CtNoteLstm* const net)
{
  uint32_t n = 0U;
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    n += net->heads[h].n_classes;
  }
  return n;
}

/// Bytes of an arena for all ways
static size_t
arena_size(const CtNoteLstm* const net)
{
  CtNoteLstm     copy = *net;
  CtMatrix*      matrices[MAX_MATRICES];
  const uint32_t n      = list_matrices(&copy, matrices);
  const size_t   floats = ct_note_lstm_state_size(net) +
                        ct_note_lstm_scratch_size(net) + count_logits(net);
  size_t size = sizeof(House) + CT_ARENA_ALIGNMENT +
                (CT_MAX_WAYS * ((floats * sizeof(float)) +
                                (3U * (size_t)CT_ARENA_ALIGNMENT)));
  for (uint32_t i = 0U; i < n; ++i) {
    size += CT_ARENA_ALIGNMENT +
            (sizeof(float) *
             ct_matrix_packed_floats(matrices[i]->n_rows, matrices[i]->n_cols));
  }
  return size;
}

/// Pack the weights as floats
static void
widen(CtArena* const arena, CtNoteLstm* const wide)
{
  CtMatrix*      matrices[MAX_MATRICES];
  const uint32_t n = list_matrices(wide, matrices);
  for (uint32_t i = 0U; i < n; ++i) {
    CtMatrix* const m = matrices[i];
    if (m->bytes && m->n_rows) {
      float* const floats = (float*)ct_arena_alloc(
        arena, sizeof(float) * ct_matrix_packed_floats(m->n_rows, m->n_cols));
      ct_matrix_pack_floats(m->rows, m->n_rows, m->n_cols, floats);
      m->floats = floats;
      m->bytes  = NULL;
    }
  }
}

static void
add_way(CtWays* const           ways,
        const char* const       prefix,
        const char* const       name,
        const CtNoteLstm* const net,
        void (*const run)(CtWay*, uint32_t))
{
  if (ways->n_ways == CT_MAX_WAYS) {
    return;
  }
  CtWay* const way = &ways->ways[ways->n_ways++];
  (void)snprintf(way->name, sizeof(way->name), "%s%s", prefix, name);
  way->net       = net;
  way->run       = run;
  way->n_logits  = run == read_weights ? 0U : count_logits(net);
  way->reference = 1U; // OpenBLAS, as ct_ways_house() adds them
  way->state     = (float*)ct_arena_alloc(
    ways->arena, ct_note_lstm_state_size(net) * sizeof(float));
  way->scratch = (float*)ct_arena_alloc(
    ways->arena, ct_note_lstm_scratch_size(net) * sizeof(float));
  way->logits = (float*)ct_arena_alloc(
    ways->arena, (size_t)count_logits(net) * sizeof(float));
}

bool
ct_ways_house(const CtNoteLstm* const net, CtWays* const ways)
{
  memset(ways, 0, sizeof(*ways));
  ways->arena = ct_arena_new(arena_size(net));
  House* const house =
    ways->arena ? (House*)ct_arena_alloc(ways->arena, sizeof(House)) : NULL;
  if (!house) {
    return false;
  }

  house->wide = *net;
  widen(ways->arena, &house->wide);
  fill_contexts(net, house->contexts);
  openblas_set_num_threads(1);
  add_way(ways, "", "read", net, read_weights);
  add_way(ways, "", "openblas", net, run_blas);
  add_way(ways, "", "f32", &house->wide, run_own);
  for (uint32_t id = 0U; id < CT_N_DOTS && net->lstm1.w_recurrent.bytes; ++id) {
    const CtDotKernel* const kernel = ct_dot_kernel((CtDotId)id);
    if (kernel) {
      add_way(ways, "int8_", ct_dot_name((CtDotId)id), net, run_own);
      ways->ways[ways->n_ways - 1U].kernel = kernel;
    }
  }
  for (uint32_t i = 0U; i < ways->n_ways; ++i) {
    ways->ways[i].inputs = house->contexts;
  }
  return true;
}

void
ct_ways_clear(CtWays* const ways)
{
  ct_dot_choose(NULL);
  ct_arena_free(ways->arena);
  ways->arena = NULL;
}

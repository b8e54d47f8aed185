// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Apart from what plugins call, so that they do not link OpenBLAS

#include "step_ways.h"

#include "base/arena.h"
#include "model/activation.h"
#include "model/note_lstm_rows.h"

#include <cblas.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_MATRICES (3U + (3U * CT_N_HEADS))

struct CtWaysImpl {
  CtWay      ways[CT_MAX_WAYS];
  uint32_t   n_ways;
  CtNoteLstm wide; ///< The network with weights of 32 bits
  CtArena*   arena;
};

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
read_weights(CtWay* const way, const CtNoteContext* const context)
{
  (void)context;
  CtNoteLstm     net = *way->net;
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
run_own(CtWay* const way, const CtNoteContext* const context)
{
  ct_dot_choose(way->kernel);
  ct_note_lstm_step(way->net, context, way->state, way->scratch);
  for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
    ct_note_lstm_head(
      way->net, (CtHeadId)h, context, way->state, way->scratch, way->logits[h]);
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
run_blas(CtWay* const way, const CtNoteContext* const context)
{
  const CtNoteLstm* const net      = way->net;
  const size_t            n_hidden = net->n_hidden;
  float* const            h1       = way->state;
  float* const            c1       = h1 + n_hidden;
  float* const            h2       = c1 + n_hidden;
  float* const            c2       = h2 + n_hidden;
  float* const            u        = c2 + n_hidden;
  float* const            normed   = way->scratch;
  float* const            gates    = normed + n_hidden;

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
              way->logits[h]);
  }
}

/// Pack the weights as floats.  @return False if out of memory
static bool
widen(CtWays* const ways, const CtNoteLstm* const net)
{
  ways->wide = *net;
  CtMatrix*      matrices[MAX_MATRICES];
  const uint32_t n       = list_matrices(&ways->wide, matrices);
  const size_t   n_state = ct_note_lstm_state_size(net);
  const size_t   n_work  = ct_note_lstm_scratch_size(net);
  size_t         size    = CT_MAX_WAYS * (((n_state + n_work) * sizeof(float)) +
                               (2U * (size_t)CT_ARENA_ALIGNMENT));
  for (uint32_t i = 0U; i < n; ++i) {
    size += CT_ARENA_ALIGNMENT +
            (sizeof(float) *
             ct_matrix_packed_floats(matrices[i]->n_rows, matrices[i]->n_cols));
  }
  ways->arena = ct_arena_new(size);
  for (uint32_t i = 0U; i < n && ways->arena; ++i) {
    CtMatrix* const m = matrices[i];
    if (m->bytes && m->n_rows) {
      float* const floats = (float*)ct_arena_alloc(
        ways->arena,
        sizeof(float) * ct_matrix_packed_floats(m->n_rows, m->n_cols));
      ct_matrix_pack_floats(m->rows, m->n_rows, m->n_cols, floats);
      m->floats = floats;
      m->bytes  = NULL;
    }
  }
  return ways->arena != NULL;
}

static void
add_way(CtWays* const           ways,
        const char* const       prefix,
        const char* const       name,
        const CtNoteLstm* const net,
        void (*const run)(CtWay*, const CtNoteContext*))
{
  if (ways->n_ways == CT_MAX_WAYS) {
    return;
  }
  CtWay* const way = &ways->ways[ways->n_ways++];
  (void)snprintf(way->name, sizeof(way->name), "%s%s", prefix, name);
  way->net   = net;
  way->run   = run;
  way->state = (float*)ct_arena_alloc(
    ways->arena, ct_note_lstm_state_size(net) * sizeof(float));
  way->scratch = (float*)ct_arena_alloc(
    ways->arena, ct_note_lstm_scratch_size(net) * sizeof(float));
}

CtWays*
ct_ways_new(const CtNoteLstm* const net)
{
  CtWays* const ways = (CtWays*)calloc(1U, sizeof(CtWays));
  if (!ways || !widen(ways, net)) {
    free(ways);
    return NULL;
  }

  openblas_set_num_threads(1);
  add_way(ways, "", "read", net, read_weights);
  add_way(ways, "", "openblas", net, run_blas);
  add_way(ways, "", "f32", &ways->wide, run_own);
  for (uint32_t id = 0U; id < CT_N_DOTS && net->lstm1.w_recurrent.bytes; ++id) {
    const CtDotKernel* const kernel = ct_dot_kernel((CtDotId)id);
    if (kernel) {
      add_way(ways, "int8_", ct_dot_name((CtDotId)id), net, run_own);
      ways->ways[ways->n_ways - 1U].kernel = kernel;
    }
  }
  return ways;
}

void
ct_ways_free(CtWays* const ways)
{
  if (ways) {
    ct_dot_choose(NULL);
    ct_arena_free(ways->arena);
    free(ways);
  }
}

uint32_t
ct_ways_count(const CtWays* const ways)
{
  return ways->n_ways;
}

CtWay*
ct_ways_at(CtWays* const ways, const uint32_t i)
{
  return &ways->ways[i];
}

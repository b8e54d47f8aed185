// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The network in C against PyTorch's logits, step by step and as a whole
// sequence. models/export.py writes the vectors, from the weights as they are
// in the model file

#include "base/file.h"
#include "gen/model.h"
#include "model/note_lstm.h"
#include "model/safetensors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIN_STEPS 200U

/// The weights are the same, but vectors are rounded to 16 bits: over some
/// hundred steps a logit comes to differ by up to 1.1e-3, of some 30 that
/// logits span
static const float tolerance = 3e-3F;

static const char* const logit_names[CT_N_HEADS] = {"logits.shift",
                                                    "logits.part",
                                                    "logits.pitch",
                                                    "logits.duration",
                                                    "logits.level"};

static const char* const before_names[CT_N_SETS] = {"before.held",
                                                    "before.echo",
                                                    "before.recalled"};

static const char* const after_names[CT_N_SETS] = {"after.held",
                                                   "after.echo",
                                                   "after.recalled"};

typedef struct {
  CtModel*       model;
  CtMappedFile   file;
  CtTensorFile*  tensors;
  uint32_t       n_steps;
  CtNoteContext* before;
  CtNoteContext* after;
} Vectors;

/// Read a set of `n` contexts
static void
read_set(const CtTensorFile* const file,
         const char* const         name,
         const CtSetId             id,
         const size_t              n,
         CtNoteContext* const      contexts)
{
  const CtTensor* const tensor = ct_tensors_get(file, name);
  assert_non_null(tensor);
  assert_int_equal(tensor->shape[0], n);
  assert_int_equal(tensor->shape[1], CT_MAX_MEMBERS);
  for (size_t t = 0U; t < n; ++t) {
    CtRowSet* const set = &contexts[t].sets[id];
    for (size_t p = 0U; p < CT_MAX_MEMBERS; ++p) {
      if (tensor->data[(t * CT_MAX_MEMBERS) + p]) {
        set->members[set->n_members++] = (uint8_t)p;
      }
    }
  }
}

static CtNoteContext*
read_contexts(const CtTensorFile* const file,
              const char* const         rows_name,
              const char* const* const  set_names)
{
  const CtTensor* const rows = ct_tensors_get(file, rows_name);
  assert_non_null(rows);
  assert_int_equal(rows->shape[1], CT_N_FIELDS);

  CtNoteContext* const contexts =
    (CtNoteContext*)calloc(rows->shape[0], sizeof(CtNoteContext));
  assert_non_null(contexts);
  for (size_t t = 0U; t < rows->shape[0]; ++t) {
    for (size_t f = 0U; f < CT_N_FIELDS; ++f) {
      int32_t row = 0;
      memcpy(&row,
             rows->data + (((t * CT_N_FIELDS) + f) * sizeof(row)),
             sizeof(row));
      contexts[t].row[f] = (uint16_t)row;
    }
  }
  for (uint32_t s = 0U; s < CT_N_SETS; ++s) {
    read_set(file, set_names[s], (CtSetId)s, rows->shape[0], contexts);
  }
  return contexts;
}

static int
set_up(void** const state)
{
  static Vectors vectors;
  assert_int_equal(ct_model_load_file(MODEL_PATH, &vectors.model), CT_SUCCESS);
  assert_int_equal(ct_file_map(VECTORS_PATH, &vectors.file), CT_SUCCESS);
  assert_int_equal(
    ct_tensors_open(vectors.file.bytes, vectors.file.size, &vectors.tensors),
    CT_SUCCESS);
  vectors.before = read_contexts(vectors.tensors, "before.row", before_names);
  vectors.after  = read_contexts(vectors.tensors, "after.row", after_names);
  vectors.n_steps =
    (uint32_t)ct_tensors_get(vectors.tensors, "before.row")->shape[0];
  *state = &vectors;
  return 0;
}

static int
tear_down(void** const state)
{
  Vectors* const vectors = (Vectors*)*state;
  free(vectors->before);
  free(vectors->after);
  ct_tensors_free(vectors->tensors);
  ct_file_unmap(&vectors->file);
  ct_model_free(vectors->model);
  return 0;
}

/// Largest difference between a row of logits and the expected one
static float
difference(const Vectors* const v,
           const uint32_t       head,
           const uint32_t       step,
           const float* const   logits)
{
  const CtTensor* const tensor = ct_tensors_get(v->tensors, logit_names[head]);
  const uint32_t        n      = v->model->network.heads[head].n_classes;
  assert_non_null(tensor);
  assert_int_equal(tensor->shape[1], n);

  float worst = 0.0F;
  for (uint32_t i = 0U; i < n; ++i) {
    float expected = 0.0F;
    memcpy(&expected,
           tensor->data + ((((size_t)step * n) + i) * sizeof(float)),
           sizeof(float));
    const float error = fabsf(expected - logits[i]);
    worst             = error > worst ? error : worst;
  }
  return worst;
}

/// Else a table that is never looked at could be wrong
static void
test_vectors_look_at_every_field(void** const state)
{
  const Vectors* const v                      = (const Vectors*)*state;
  bool                 varies[CT_N_FIELDS]    = {false};
  bool                 has_members[CT_N_SETS] = {false};
  for (uint32_t t = 1U; t < v->n_steps; ++t) {
    for (uint32_t f = 0U; f < CT_N_FIELDS; ++f) {
      varies[f] |= v->after[t].row[f] != v->after[0].row[f];
    }
    for (uint32_t s = 0U; s < CT_N_SETS; ++s) {
      has_members[s] |= v->after[t].sets[s].n_members > 1U;
    }
  }
  for (uint32_t s = 0U; s < CT_N_SETS; ++s) {
    assert_true(has_members[s]);
  }
  static const CtField moving[] = {CT_FIELD_SHIFT,
                                   CT_FIELD_PART,
                                   CT_FIELD_PITCH,
                                   CT_FIELD_POSITION,
                                   CT_FIELD_BAR,
                                   CT_FIELD_LEVEL,
                                   CT_FIELD_LAST,
                                   CT_FIELD_ECHO_SHIFT,
                                   CT_FIELD_ECHO_DURATION,
                                   CT_FIELD_RECALL,
                                   CT_FIELD_RECALL_SHIFT,
                                   CT_FIELD_RECALL_DURATION};
  for (size_t i = 0U; i < sizeof(moving) / sizeof(moving[0]); ++i) {
    assert_true(varies[moving[i]]);
  }
}

static void
test_steps(void** const state)
{
  const Vectors* const    v       = (const Vectors*)*state;
  const CtNoteLstm* const network = &v->model->network;
  float* const            h =
    (float*)calloc(ct_note_lstm_state_size(network), sizeof(float));
  float* const s =
    (float*)calloc(ct_note_lstm_scratch_size(network), sizeof(float));
  assert_non_null(h);
  assert_non_null(s);
  assert_true(v->n_steps >= MIN_STEPS);

  float worst = 0.0F;
  for (uint32_t t = 0U; t < v->n_steps; ++t) {
    ct_note_lstm_step(network, &v->before[t], h, s);
    for (uint32_t head = 0U; head < CT_N_HEADS; ++head) {
      float                logits[CT_MAX_CLASSES];
      const CtNoteContext* context =
        head == CT_HEAD_SHIFT ? &v->before[t] : &v->after[t];
      ct_note_lstm_head(network, (CtHeadId)head, context, h, s, logits);
      const float error = difference(v, head, t, logits);
      worst             = error > worst ? error : worst;
    }
  }
  print_message("step by step, %u steps: %.2e\n", v->n_steps, (double)worst);
  assert_true(worst < tolerance);
  free(h);
  free(s);
}

/// A pair is two states that know nothing of each other
static void
test_pairs(void** const state)
{
  const Vectors* const    v       = (const Vectors*)*state;
  const CtNoteLstm* const network = &v->model->network;
  const size_t            size    = ct_note_lstm_state_size(network);
  float* const            one     = (float*)calloc(2U * size, sizeof(float));
  float* const            two     = (float*)calloc(2U * size, sizeof(float));
  float* const            s =
    (float*)calloc(ct_note_lstm_scratch_size(network), sizeof(float));
  assert_true(one && two && s);

  for (uint32_t t = 0U; t < v->n_steps; ++t) {
    const CtNoteContext contexts[] = {v->before[t], v->after[t]};
    ct_note_lstm_step(network, &contexts[0], one, s);
    ct_note_lstm_step(network, &contexts[1], one + size, s);
    ct_note_lstm_step_pair(network, contexts, two, s);
    assert_memory_equal(one, two, 2U * size * sizeof(float));
    for (uint32_t h = 0U; h < CT_N_HEADS; ++h) {
      const CtHeadId head = (CtHeadId)h;
      const uint32_t n    = network->heads[h].n_classes;
      float          logits[2U * CT_MAX_CLASSES];
      float          both[2U * CT_MAX_CLASSES];
      ct_note_lstm_head(network, head, &contexts[0], one, s, logits);
      ct_note_lstm_head(network, head, &contexts[1], one + size, s, logits + n);
      ct_note_lstm_head_pair(network, head, contexts, two, s, both);
      assert_memory_equal(logits, both, (size_t)2U * n * sizeof(float));
    }
  }
  free(one);
  free(two);
  free(s);
}

static void
test_sequence(void** const state)
{
  const Vectors* const    v       = (const Vectors*)*state;
  const CtNoteLstm* const network = &v->model->network;
  const uint32_t          n       = v->n_steps;
  float* const            h =
    (float*)calloc(ct_note_lstm_state_size(network), sizeof(float));
  float* const u = (float*)calloc((size_t)n * network->n_hidden, sizeof(float));
  float* const logits =
    (float*)calloc((size_t)n * CT_MAX_CLASSES, sizeof(float));
  assert_non_null(h);
  assert_non_null(u);
  assert_non_null(logits);

  // In two parts, so that the state must be carried over
  const uint32_t first = n / 3U;
  assert_true(ct_note_lstm_sequence(network, v->before, first, h, u));
  assert_true(ct_note_lstm_sequence(network,
                                    v->before + first,
                                    n - first,
                                    h,
                                    u + ((size_t)first * network->n_hidden)));

  float worst = 0.0F;
  for (uint32_t head = 0U; head < CT_N_HEADS; ++head) {
    const CtNoteContext* contexts =
      head == CT_HEAD_SHIFT ? v->before : v->after;
    assert_true(ct_note_lstm_head_sequence(
      network, (CtHeadId)head, contexts, n, u, logits));
    for (uint32_t t = 0U; t < n; ++t) {
      const float* const row =
        logits + ((size_t)t * network->heads[head].n_classes);
      const float error = difference(v, head, t, row);
      worst             = error > worst ? error : worst;
    }
  }
  print_message("as a sequence, %u steps: %.2e\n", n, (double)worst);
  assert_true(worst < tolerance);
  free(h);
  free(u);
  free(logits);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_vectors_look_at_every_field),
    cmocka_unit_test(test_steps),
    cmocka_unit_test(test_pairs),
    cmocka_unit_test(test_sequence),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The networks of the older designs against PyTorch's, step by step, as a
// window, and by OpenBLAS.
// Usage: test_designs MODEL VECTORS [OWN OPENBLAS]; tests/parity/designs.py
// makes the vectors.  OWN and OPENBLAS are what the two ways may differ by, if
// not 1e-4: trained networks have logits of some 30, and own kernels for int8
// weights round what they multiply to 16 bits

#include "designs.h"

#include "base/file.h"
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

#define MAX_NAME 64U

static const char* model_path;
static const char* vectors_path;
static double      tolerances[] = {1e-4, 1e-4}; ///< Of each way

typedef struct {
  CtMappedFile  model;
  CtMappedFile  file;
  CtTensorFile* tensors;
  DesignFile    loaded;
  CtNetwork     networks[CT_MAX_NETWORKS];
  uint32_t      n_networks;
} Fixture;

/// What a network is told, and what PyTorch's says
typedef struct {
  const CtNetwork* network;
  uint32_t         n;       ///< Input rows
  uint32_t         n_rows;  ///< Output rows
  uint16_t*        classes; ///< [n, n_classes]
  const float*     numbers;
  const float*     expected; ///< [n_rows, n_outputs]
  float*           scratch;
  float*           outputs; ///< [n_rows, n_outputs]
} Case;

static int
set_up(void** const state)
{
  static Fixture fixture;
  assert_int_equal(ct_file_map(model_path, &fixture.model), CT_SUCCESS);
  assert_int_equal(ct_file_map(vectors_path, &fixture.file), CT_SUCCESS);
  assert_int_equal(
    ct_tensors_open(fixture.file.bytes, fixture.file.size, &fixture.tensors),
    CT_SUCCESS);
  const CtStatus st =
    designs_load(fixture.model.bytes, fixture.model.size, &fixture.loaded);
  if (st) {
    print_error("%s: %s\n", model_path, ct_strerror(st));
    return -1;
  }
  fixture.n_networks =
    fixture.loaded.design->list(&fixture.loaded.net, fixture.networks);
  *state = &fixture;
  return 0;
}

static int
tear_down(void** const state)
{
  Fixture* const f = (Fixture*)*state;
  ct_arena_free(f->loaded.arena);
  ct_tensors_free(f->tensors);
  ct_file_unmap(&f->file);
  ct_file_unmap(&f->model);
  return 0;
}

static const CtTensor*
find(const Fixture* const f, const CtNetwork* const network, const char* what)
{
  char name[MAX_NAME];
  (void)snprintf(name,
                 sizeof(name),
                 "%s.%s",
                 network->name[0] ? network->name : "network",
                 what);
  return ct_tensors_get(f->tensors, name);
}

static void*
take(const size_t n, const size_t size)
{
  void* const memory = calloc(n + 1U, size);
  assert_non_null(memory);
  return memory;
}

static Case
open_case(const Fixture* const f, const CtNetwork* const network)
{
  const CtTensor* const inputs  = find(f, network, "inputs");
  const CtTensor* const outputs = find(f, network, "outputs");
  assert_non_null(inputs);
  assert_non_null(outputs);
  const uint32_t n = (uint32_t)inputs->shape[0];
  assert_int_equal(inputs->shape[1], network->n_classes + network->n_numbers);
  assert_int_equal(outputs->shape[1], network->n_outputs);
  assert_int_equal(outputs->shape[0],
                   network->window ? n / network->window : n);

  const size_t n_classes = (size_t)n * network->n_classes;
  const size_t n_outputs = outputs->size / sizeof(float);
  Case         c         = {network,
                            n,
                            (uint32_t)outputs->shape[0],
                            (uint16_t*)take(n_classes, sizeof(uint16_t)),
                            (const float*)(const void*)inputs->data,
                            (const float*)(const void*)outputs->data,
                            (float*)take(network->scratch_size(network, n), sizeof(float)),
                            (float*)take(n_outputs, sizeof(float))};
  for (size_t i = 0U; i < n_classes; ++i) {
    const int32_t index = ((const int32_t*)(const void*)inputs->data)[i];
    assert_true(index >= 0 &&
                (uint32_t)index < network->limits[i % network->n_classes]);
    c.classes[i] = (uint16_t)index;
  }
  if (network->n_latent) {
    const CtTensor* const latent = find(f, network, "latent");
    assert_non_null(latent);
    assert_int_equal(latent->shape[0], network->n_latent);
    c.numbers = (const float*)(const void*)latent->data;
  }
  return c;
}

static void
close_case(Case* const c)
{
  free(c->classes);
  free(c->scratch);
  free(c->outputs);
}

/// Run a network over all rows, window by window if it has one
static void
run(Case* const c, const CtMultiply multiply)
{
  const CtNetwork* const network = c->network;
  const uint32_t         n_now   = network->window ? network->window : c->n;
  for (uint32_t t = 0U; t < c->n; t += n_now) {
    const CtTowerInput input = {c->classes + ((size_t)t * network->n_classes),
                                c->numbers,
                                network->n_numbers,
                                network->n_classes};
    memset(
      c->scratch, 0, network->scratch_size(network, n_now) * sizeof(float));
    network->run(network,
                 &input,
                 n_now,
                 multiply,
                 c->scratch,
                 c->outputs + ((size_t)(t / n_now) * network->n_outputs));
  }
}

/// Largest difference from what PyTorch says
static double
difference(const Case* const c)
{
  const size_t n     = (size_t)c->n_rows * c->network->n_outputs;
  double       worst = 0.0;
  for (size_t i = 0U; i < n; ++i) {
    const double error = fabs((double)c->outputs[i] - (double)c->expected[i]);
    worst              = error > worst ? error : worst;
  }
  return worst;
}

static void
windows_are_pytorchs(void** const state)
{
  static const CtMultiply  ways[]  = {ct_matrix_multiply_window,
                                      ct_matrix_multiply_sequence};
  static const char* const names[] = {"own kernels", "OpenBLAS"};

  const Fixture* const f = (const Fixture*)*state;
  for (uint32_t i = 0U; i < f->n_networks; ++i) {
    Case c = open_case(f, &f->networks[i]);
    for (size_t way = 0U; way < 2U; ++way) {
      run(&c, ways[way]);
      const double error = difference(&c);
      print_message("%s %s, %u rows, %s: %.1e\n",
                    f->loaded.design->kind,
                    c.network->name,
                    c.n,
                    names[way],
                    error);
      assert_true(error < tolerances[way]);
    }
    close_case(&c);
  }
}

/// The logits of a tower's heads, one after the other
static void
ask_all(const CtTower* const tower,
        const float* const   state,
        float* const         scratch,
        float*               outputs)
{
  for (uint32_t h = 0U; h < tower->n_heads; ++h) {
    ct_tower_logits(tower, h, state, scratch, outputs);
    outputs += tower->heads[h].matrix.n_rows;
  }
}

static void
step_tower(const CtTower* const tower,
           const Case* const    c,
           float* const         outputs)
{
  const size_t n_outputs = c->network->n_outputs;
  float* const state = (float*)take(ct_tower_state_size(tower), sizeof(float));
  float* const scratch =
    (float*)take(ct_tower_scratch_size(tower, 1U), sizeof(float));
  for (size_t t = 0U; t < c->n; ++t) {
    const uint16_t* const classes =
      tower->n_tables ? c->classes + (t * tower->n_tables) : NULL;
    const float* const numbers =
      tower->n_numbers ? c->numbers + (t * tower->n_numbers) : NULL;
    ct_tower_step(tower, classes, numbers, state, scratch);
    ask_all(tower, state, scratch, outputs + (t * n_outputs));
  }
  free(state);
  free(scratch);
}

static void
step_four_features(const CtFourFeatures* const net,
                   const Case* const           c,
                   float*                      outputs)
{
  float* const state =
    (float*)take(ct_four_features_state_size(net), sizeof(float));
  float* const scratch =
    (float*)take(ct_four_features_scratch_size(net, 1U), sizeof(float));
  for (size_t t = 0U; t < c->n; ++t) {
    ct_four_features_step(
      net, c->classes + (t * CT_N_FEATURES), state, scratch);
    for (uint32_t feature = 0U; feature < CT_N_FEATURES; ++feature) {
      ct_four_features_logits(net, (CtFeature)feature, state, scratch, outputs);
      outputs += net->joint.heads[feature].matrix.n_rows;
    }
  }
  free(state);
  free(scratch);
}

static void
step_decoder(const CtSymbolsVae* const net,
             const Case* const         c,
             float* const              outputs)
{
  float* const state =
    (float*)take(ct_symbols_vae_state_size(net), sizeof(float));
  float* const scratch =
    (float*)take(ct_symbols_vae_scratch_size(net), sizeof(float));
  ct_symbols_vae_begin(net, c->numbers, state);
  for (size_t t = 0U; t < c->n; ++t) {
    ct_symbols_vae_step(net, c->classes[t], state, scratch);
    ct_symbols_vae_logits(
      net, state, scratch, outputs + (t * c->network->n_outputs));
  }
  free(state);
  free(scratch);
}

/// Run network `i` step by step, as a generator does
static void
step(const Fixture* const f,
     const uint32_t       i,
     const Case* const    c,
     float* const         outputs)
{
  if (f->loaded.design == &ct_four_features) {
    step_four_features(&f->loaded.net.four_features, c, outputs);
  } else if (f->loaded.design == &ct_two_clefs) {
    step_tower(&f->loaded.net.two_clefs.clefs[i], c, outputs);
  } else if (f->loaded.design == &ct_regression) {
    step_tower(&f->loaded.net.regression.tower, c, outputs);
  } else if (f->loaded.design == &ct_three_models) {
    step_tower(&f->loaded.net.three_models.models[i], c, outputs);
  } else if (f->loaded.design == &ct_symbols_gru) {
    step_tower(&f->loaded.net.symbols_gru.tower, c, outputs);
  } else {
    assert_ptr_equal(f->loaded.design, &ct_symbols_vae);
    step_decoder(&f->loaded.net.symbols_vae, c, outputs);
  }
}

/// Bit for bit, so that a piece primed as a whole goes on as if it had been
/// stepped through
static void
steps_are_the_window(void** const state)
{
  const Fixture* const f = (const Fixture*)*state;
  for (uint32_t i = 0U; i < f->n_networks; ++i) {
    if (!f->networks[i].window) {
      Case         c    = open_case(f, &f->networks[i]);
      const size_t n    = (size_t)c.n_rows * c.network->n_outputs;
      float* const each = (float*)take(n, sizeof(float));
      run(&c, ct_matrix_multiply_window);
      step(f, i, &c, each);
      assert_memory_equal(each, c.outputs, n * sizeof(float));
      free(each);
      close_case(&c);
    }
  }
}

/// So that notes do not depend on the processor
static void
kernels_agree(void** const state)
{
  const Fixture* const f = (const Fixture*)*state;
  for (uint32_t i = 0U; i < f->n_networks; ++i) {
    Case         c    = open_case(f, &f->networks[i]);
    const size_t n    = (size_t)c.n_rows * c.network->n_outputs;
    float* const best = (float*)take(n, sizeof(float));
    run(&c, ct_matrix_multiply_window);
    memcpy(best, c.outputs, n * sizeof(float));
    for (uint32_t id = 0U; id < CT_N_DOTS; ++id) {
      const CtDotKernel* const kernel = ct_dot_kernel((CtDotId)id);
      if (kernel) {
        ct_dot_choose(kernel);
        run(&c, ct_matrix_multiply_window);
        assert_memory_equal(c.outputs, best, n * sizeof(float));
      }
    }
    ct_dot_choose(NULL);
    free(best);
    close_case(&c);
  }
}

int
main(const int argc, char** const argv)
{
  if (argc < 3) {
    (void)fprintf(stderr, "Usage: %s MODEL VECTORS [OWN OPENBLAS]\n", argv[0]);
    return 1;
  }
  model_path   = argv[1];
  vectors_path = argv[2];
  if (argc > 4) {
    tolerances[0] = strtod(argv[3], NULL);
    tolerances[1] = strtod(argv[4], NULL);
  }

  const struct CMUnitTest tests[] = {
    cmocka_unit_test(windows_are_pytorchs),
    cmocka_unit_test(steps_are_the_window),
    cmocka_unit_test(kernels_agree),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

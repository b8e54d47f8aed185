// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The ways of networks that are rows in and rows out

#include "step_ways.h"

#include "base/rng.h"

#include <stdio.h>
#include <string.h>

/// What a network's ways share
typedef struct {
  CtNetwork network;
  uint32_t  n;       ///< Rows of a step: one, or a window
  uint16_t* classes; ///< [CT_N_WAY_STEPS, n, n_classes]
  float*    numbers; ///< [CT_N_WAY_STEPS, n, n_numbers], or the latent's
} Inputs;

static const double half_range = 0.5;

/// A step as if it were one more after the last: its scratch begins with the
/// state
static void
run(CtWay* const way, const uint32_t step, const CtMultiply multiply)
{
  const Inputs* const    inputs  = (const Inputs*)way->inputs;
  const CtNetwork* const network = &inputs->network;
  const size_t           row     = (size_t)step * inputs->n;
  const CtTowerInput     input = {inputs->classes + (row * network->n_classes),
                                  inputs->numbers + (row * network->n_numbers),
                                  network->n_numbers,
                                  network->n_classes};
  network->run(network, &input, inputs->n, multiply, way->scratch, way->logits);
}

static void
run_own(CtWay* const way, const uint32_t step)
{
  run(way, step, ct_matrix_multiply_window);
}

static void
run_blas(CtWay* const way, const uint32_t step)
{
  run(way, step, ct_matrix_multiply_sequence);
}

/// Rows of a step
static uint32_t
rows_of(const CtNetwork* const network)
{
  return network->window ? network->window : 1U;
}

/// Numbers of all steps
static size_t
count_numbers(const CtNetwork* const network)
{
  return ((size_t)CT_N_WAY_STEPS * rows_of(network) * network->n_numbers) +
         network->n_latent;
}

/// Classes of all steps
static size_t
count_classes(const CtNetwork* const network)
{
  return (size_t)CT_N_WAY_STEPS * rows_of(network) * network->n_classes;
}

/// Bytes of an arena for a network's ways
static size_t
arena_size(const CtNetwork* const network)
{
  const size_t n_floats =
    network->n_outputs + network->scratch_size(network, rows_of(network));
  const size_t n_pieces = 7U; // Inputs, classes, numbers; two of each way
  return sizeof(Inputs) + (n_pieces * CT_ARENA_ALIGNMENT) +
         (count_classes(network) * sizeof(uint16_t)) +
         ((count_numbers(network) + (2U * n_floats)) * sizeof(float));
}

/// Inputs of all kinds.  @return Null if the arena is full
static const Inputs*
make_inputs(CtArena* const arena, const CtNetwork* const network)
{
  const size_t    n_classes = count_classes(network);
  const size_t    n_numbers = count_numbers(network);
  Inputs* const   inputs    = (Inputs*)ct_arena_alloc(arena, sizeof(Inputs));
  uint16_t* const classes =
    (uint16_t*)ct_arena_alloc(arena, n_classes * sizeof(uint16_t));
  float* const numbers =
    (float*)ct_arena_alloc(arena, n_numbers * sizeof(float));
  if (!inputs || !classes || !numbers) {
    return NULL;
  }

  for (size_t i = 0U; i < n_classes; ++i) {
    const uint32_t limit = network->limits[i % network->n_classes];
    classes[i]           = (uint16_t)(ct_mix(i) % limit);
  }
  for (size_t i = 0U; i < n_numbers; ++i) {
    numbers[i] = (float)(((double)ct_mix(i) / (double)UINT64_MAX) - half_range);
  }
  *inputs = (Inputs){*network, rows_of(network), classes, numbers};
  return inputs;
}

/// @param suffix Of the network's name, or its own name where there is one
static void
add_way(CtWays* const       ways,
        const Inputs* const inputs,
        const char* const   suffix,
        void (*const run_it)(CtWay*, uint32_t))
{
  const CtNetwork* const network = &inputs->network;
  CtWay* const           way     = &ways->ways[ways->n_ways++];
  (void)snprintf(way->name,
                 sizeof(way->name),
                 "%s%s%s",
                 network->name,
                 network->name[0] ? "_" : "",
                 suffix);
  way->run     = run_it;
  way->inputs  = inputs;
  way->scratch = (float*)ct_arena_alloc(
    ways->arena, network->scratch_size(network, inputs->n) * sizeof(float));
  way->logits =
    (float*)ct_arena_alloc(ways->arena, network->n_outputs * sizeof(float));
  way->n_logits = network->n_outputs;
}

bool
ct_ways_networks(const CtNetwork* const networks,
                 const uint32_t         n,
                 CtWays* const          ways)
{
  _Static_assert(2U * CT_MAX_NETWORKS <= CT_MAX_WAYS, "Each has two ways");

  memset(ways, 0, sizeof(*ways));
  size_t size = 0U;
  for (uint32_t i = 0U; i < n; ++i) {
    size += arena_size(&networks[i]);
  }
  ways->arena = ct_arena_new(size);
  for (uint32_t i = 0U; i < n && ways->arena; ++i) {
    const Inputs* const inputs = make_inputs(ways->arena, &networks[i]);
    if (!inputs) {
      ct_ways_clear(ways);
      return false;
    }
    const uint32_t reference = ways->n_ways + 1U;
    add_way(ways, inputs, "own", run_own);
    add_way(ways, inputs, "openblas", run_blas);
    ways->ways[reference - 1U].reference = reference;
    ways->ways[reference].reference      = reference;
  }
  return ways->arena != NULL;
}

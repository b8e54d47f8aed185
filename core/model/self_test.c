// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/self_test.h"

#include "model/metadata.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ROWS 1024

/// A test, out of its JSON
typedef struct {
  uint32_t     n; ///< Input rows
  uint16_t*    classes;
  float*       numbers;
  float*       outputs;
  float*       scratch;
  const cJSON* expected;
} Test;

static bool
read_number(const cJSON* const item, float* const number)
{
  *number = cJSON_IsNumber(item) ? (float)item->valuedouble : NAN;
  return isfinite(*number);
}

static bool
read_class(const cJSON* const item, const uint32_t limit, uint16_t* const index)
{
  if (!cJSON_IsNumber(item) || item->valueint < 0 ||
      (uint32_t)item->valueint >= limit) {
    return false;
  }
  *index = (uint16_t)item->valueint;
  return true;
}

/// An input row is a list of classes or of numbers
static bool
read_row(const CtNetwork* const network,
         const cJSON* const     row,
         const uint32_t         t,
         const Test* const      test)
{
  const uint32_t n_classes = network->n_classes;
  const uint32_t n_numbers = network->n_numbers;
  for (uint32_t i = 0U; i < n_classes; ++i) {
    if (!read_class(cJSON_GetArrayItem(row, (int)i),
                    network->limits[i],
                    &test->classes[(t * n_classes) + i])) {
      return false;
    }
  }
  for (uint32_t i = 0U; i < n_numbers; ++i) {
    if (!read_number(cJSON_GetArrayItem(row, (int)(n_classes + i)),
                     &test->numbers[(t * n_numbers) + i])) {
      return false;
    }
  }
  return cJSON_GetArraySize(row) == (int)(n_classes + n_numbers);
}

static bool
read_latent(const CtNetwork* const network,
            const cJSON* const     latent,
            const Test* const      test)
{
  for (uint32_t i = 0U; i < network->n_latent; ++i) {
    if (!read_number(cJSON_GetArrayItem(latent, (int)i), &test->numbers[i])) {
      return false;
    }
  }
  return cJSON_GetArraySize(latent) == (int)network->n_latent;
}

static bool
read_test(const CtNetwork* const network,
          const cJSON* const     json,
          const Test* const      test)
{
  uint32_t     t   = 0U;
  const cJSON* row = NULL;
  cJSON_ArrayForEach(row, cJSON_GetObjectItem(json, "inputs"))
  {
    if (!read_row(network, row, t++, test)) {
      return false;
    }
  }
  return read_latent(network, cJSON_GetObjectItem(json, "latent"), test);
}

/// Whether all output rows are as expected
static CtStatus
compare(const CtNetwork* const network, const Test* const test)
{
  const uint32_t n_rows = network->window ? 1U : test->n;
  if (cJSON_GetArraySize(test->expected) != (int)n_rows) {
    return CT_MODEL_BAD_METADATA;
  }
  for (uint32_t t = 0U; t < n_rows; ++t) {
    const float* const given = test->outputs + ((size_t)t * network->n_outputs);
    if (!ct_metadata_agrees(cJSON_GetArrayItem(test->expected, (int)t),
                            given,
                            network->n_outputs)) {
      return CT_MODEL_SELF_TEST;
    }
  }
  return CT_SUCCESS;
}

static CtStatus
run_test(const CtNetwork* const network,
         const cJSON* const     json,
         Test* const            test)
{
  if (!test->classes || !test->numbers || !test->outputs || !test->scratch) {
    return CT_NO_MEMORY;
  }
  if (!read_test(network, json, test)) {
    return CT_MODEL_BAD_METADATA;
  }

  const CtTowerInput input = {
    test->classes, test->numbers, network->n_numbers, network->n_classes};
  network->run(network,
               &input,
               test->n,
               ct_matrix_multiply_window,
               test->scratch,
               test->outputs);
  test->expected = cJSON_GetObjectItem(json, "outputs");
  return compare(network, test);
}

static CtStatus
test_network(const CtNetwork* const network, const cJSON* const json)
{
  const int n_rows = cJSON_GetArraySize(cJSON_GetObjectItem(json, "inputs"));
  if (n_rows < 1 || n_rows > MAX_ROWS ||
      (network->window && (uint32_t)n_rows != network->window)) {
    return CT_MODEL_BAD_METADATA;
  }

  // One more of each, as a network may have none
  const uint32_t n       = (uint32_t)n_rows;
  const size_t n_numbers = ((size_t)network->n_numbers * n) + network->n_latent;
  const size_t n_outputs = (size_t)network->n_outputs * n;
  const size_t n_scratch = network->scratch_size(network, n);
  Test         test      = {
                 n,
                 (uint16_t*)calloc(((size_t)network->n_classes * n) + 1U, sizeof(uint16_t)),
                 (float*)calloc(n_numbers + 1U, sizeof(float)),
                 (float*)calloc(n_outputs + 1U, sizeof(float)),
                 (float*)calloc(n_scratch + 1U, sizeof(float)),
                 NULL};
  const CtStatus st = run_test(network, json, &test);
  free(test.classes);
  free(test.numbers);
  free(test.outputs);
  free(test.scratch);
  return st;
}

CtStatus
ct_self_test(const cJSON* const     root,
             const CtNetwork* const networks,
             const uint32_t         n)
{
  const cJSON* const tests = cJSON_GetObjectItem(root, "self_test");
  for (uint32_t i = 0U; i < n; ++i) {
    uint32_t     n_tests = 0U;
    const cJSON* test    = NULL;
    cJSON_ArrayForEach(test, tests)
    {
      const char* const name =
        cJSON_GetStringValue(cJSON_GetObjectItem(test, "network"));
      if (name && !strcmp(name, networks[i].name)) {
        const CtStatus st = test_network(&networks[i], test);
        if (st) {
          return st;
        }
        ++n_tests;
      }
    }
    if (!n_tests) {
      return CT_MODEL_BAD_METADATA;
    }
  }
  return CT_SUCCESS;
}

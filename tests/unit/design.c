// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file design.c Files of the older designs are loaded, and each way to be
/// wrong is refused with its own status; tests/parity sees what they compute

#include "model/design.h"

#include "designs.h"
#include "parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PATH 1024U
#define N_TRUNCATED 24U
#define N_HEADER_FLIPS 150U
#define N_DATA_FLIPS 30U
#define N_FLOAT_BYTES 600U

static CtStatus
load(const uint8_t* const bytes, const size_t size)
{
  DesignFile     file;
  const CtStatus status = designs_load(bytes, size, &file);
  assert_true((status == CT_SUCCESS) == (file.arena != NULL));
  ct_arena_free(file.arena);
  return status;
}

static const char*
path_of(const char* const kind)
{
  static char path[MAX_PATH];
  (void)snprintf(path, sizeof(path), "%s/%s.safetensors", OLDER_PATH, kind);
  return path;
}

/// An item of a kind's file, and what comes of another in its place
typedef struct {
  const char* kind;
  const char* path;
  const char* json;
  CtStatus    status;
} Damage;

static void
expect_all(const Damage* const cases, const size_t n)
{
  for (size_t i = 0U; i < n; ++i) {
    parts_expect(path_of(cases[i].kind),
                 load,
                 cases[i].path,
                 cases[i].json,
                 cases[i].status);
  }
}

static void
all_load(void** const state)
{
  (void)state;
  for (uint32_t i = 0U; i < N_DESIGNS; ++i) {
    CtMappedFile file;
    DesignFile   loaded;
    assert_int_equal(ct_file_map(path_of(designs_at(i)->kind), &file),
                     CT_SUCCESS);
    assert_int_equal(designs_load(file.bytes, file.size, &loaded), CT_SUCCESS);
    assert_ptr_equal(loaded.design, designs_at(i));

    CtNetwork      networks[CT_MAX_NETWORKS];
    const uint32_t n = designs_at(i)->list(&loaded.net, networks);
    assert_true(n > 0U && n <= CT_MAX_NETWORKS);
    for (uint32_t k = 0U; k < n; ++k) {
      assert_true(networks[k].n_classes + networks[k].n_numbers > 0U);
      assert_true(networks[k].n_classes <= CT_MAX_FEATURES);
      assert_true(networks[k].n_outputs > 0U);
    }
    ct_arena_free(loaded.arena);
    ct_file_unmap(&file);
  }
}

static void
metadata_must_be_what_we_know(void** const state)
{
  (void)state;
  static const Damage cases[] = {
    {"regression", "name", "\"Other\"", CT_SUCCESS},
    {"regression", "format", "1", CT_MODEL_BAD_VERSION},
    {"regression", "format", "\"2\"", CT_MODEL_BAD_METADATA},
    {"regression", "kind", "\"note-lstm\"", CT_MODEL_BAD_KIND},
    {"regression", "kind", "null", CT_MODEL_BAD_METADATA},
    {"regression", "kind", "\"symbols_gru\"", CT_MODEL_BAD_METADATA},
    {"regression", "architecture", "null", CT_MODEL_BAD_METADATA},
    {"regression", "architecture", "[]", CT_MODEL_BAD_METADATA},
    {"regression", "architecture.hidden", "0", CT_MODEL_BAD_METADATA},
    {"regression", "architecture.hidden", "-9", CT_MODEL_BAD_METADATA},
    {"regression", "architecture.hidden", "9.5", CT_MODEL_BAD_METADATA},
    {"regression", "architecture.hidden", "1e9", CT_MODEL_BAD_METADATA},
    {"regression", "architecture.hidden", "8", CT_MODEL_WRONG_SHAPE},
    {"regression", "architecture.hidden", "4096", CT_MODEL_WRONG_SHAPE},
    {"regression", "architecture.layers", "1", CT_MODEL_EXTRA_TENSOR},
    {"regression", "architecture.layers", "3", CT_MODEL_MISSING_TENSOR},
    {"regression", "architecture.layers", "5", CT_MODEL_BAD_METADATA},
    {"four_features", "architecture.classes", "7", CT_MODEL_BAD_METADATA},
    {"four_features", "architecture.classes", "[5]", CT_MODEL_BAD_METADATA},
    {"four_features", "architecture.classes.2", "8", CT_MODEL_WRONG_SHAPE},
    {"four_features", "architecture.classes.2", "1e6", CT_MODEL_BAD_METADATA},
    {"four_features", "architecture.embedding.3", "3", CT_MODEL_WRONG_SHAPE},
    {"four_features", "architecture.encoder.0", "0", CT_MODEL_BAD_METADATA},
    {"four_features", "architecture.encoder.0", "5", CT_MODEL_WRONG_SHAPE},
    {"two_clefs", "architecture.bass", "null", CT_MODEL_BAD_METADATA},
    {"two_clefs", "architecture.bass.classes.1", "6", CT_MODEL_WRONG_SHAPE},
    {"two_clefs", "architecture.treble.layers", "2", CT_MODEL_EXTRA_TENSOR},
    {"three_models",
     "architecture.notes.classes",
     "[3]",
     CT_MODEL_BAD_METADATA},
    {"three_models", "architecture.offsets.hidden", "8", CT_MODEL_WRONG_SHAPE},
    {"symbols_gru", "architecture.hidden", "12", CT_MODEL_WRONG_SHAPE},
    {"symbols_gru", "architecture.embedding", "2000", CT_MODEL_BAD_METADATA},
    {"symbols_attention", "architecture.heads", "3", CT_MODEL_BAD_METADATA},
    {"symbols_attention", "architecture.heads", "32", CT_MODEL_BAD_METADATA},
    {"symbols_attention", "architecture.heads", "1", CT_MODEL_SELF_TEST},
    {"symbols_attention", "architecture.window", "11", CT_MODEL_BAD_METADATA},
    {"symbols_attention", "architecture.window", "257", CT_MODEL_BAD_METADATA},
    {"symbols_attention", "architecture.layers", "1", CT_MODEL_EXTRA_TENSOR},
    {"symbols_attention", "architecture.width", "24", CT_MODEL_WRONG_SHAPE},
    {"symbols_vae", "architecture.latent", "5", CT_MODEL_WRONG_SHAPE},
    {"symbols_vae", "architecture.encoder", "7", CT_MODEL_WRONG_SHAPE},
    {"symbols_vae", "architecture.window", "0", CT_MODEL_BAD_METADATA},
  };
  expect_all(cases, sizeof(cases) / sizeof(cases[0]));
}

static void
the_self_test_must_pass(void** const state)
{
  (void)state;
  static const Damage cases[] = {
    {"symbols_gru", "self_test", "[]", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "self_test.0.network", "\"gru\"", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "self_test.0.inputs", "[]", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "self_test.0.inputs.1", "[91]", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "self_test.0.inputs.1", "[-1]", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "self_test.0.inputs.1", "[1, 2]", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "self_test.0.inputs.1", "[\"_\"]", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "self_test.0.outputs", "[]", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "self_test.0.outputs.3", "[0.5]", CT_MODEL_SELF_TEST},
    {"symbols_gru", "self_test.0.outputs.3.90", "99", CT_MODEL_SELF_TEST},
    {"symbols_gru", "self_test.0.outputs.3.90", "null", CT_MODEL_SELF_TEST},
    {"regression", "self_test.0.inputs.0.1", "1e99", CT_MODEL_BAD_METADATA},
    {"regression", "self_test.0.inputs.0.1", "3", CT_MODEL_SELF_TEST},
    {"two_clefs", "self_test.1.network", "\"treble\"", CT_MODEL_SELF_TEST},
    {"two_clefs", "self_test.1.inputs.0.1", "6", CT_MODEL_BAD_METADATA},
    {"symbols_vae", "self_test.1.latent.2", "9", CT_MODEL_SELF_TEST},
    {"symbols_vae", "self_test.1.latent", "[1, 2]", CT_MODEL_BAD_METADATA},
    {"symbols_vae", "self_test.1.latent", "null", CT_MODEL_BAD_METADATA},
    {"symbols_vae", "self_test.1.latent", "[0,0,0,0,0]", CT_MODEL_BAD_METADATA},
    {"symbols_vae", "self_test.0.outputs.0.0", "9", CT_MODEL_SELF_TEST},
  };
  expect_all(cases, sizeof(cases) / sizeof(cases[0]));
}

static void
tensors_must_be_those_of_the_network(void** const state)
{
  (void)state;
  static const char* const names[][2] = {
    {"four_features", "encoder.pitch.bias_hh_l0"},
    {"two_clefs", "bass.dense.weight.scale"},
    {"three_models", "offsets.lstm.weight_ih_l1"},
    {"symbols_attention", "lstm.weight_hh_l1_reverse"},
    {"symbols_attention", "attention.key.bias"},
    {"symbols_attention", "norm.weight"},
    {"symbols_gru", "gru.bias_hh_l1"},
    {"symbols_vae", "encoder.mean.weight"},
    {"symbols_vae", "decoder.embedding.weight.scale"},
  };
  for (size_t i = 0U; i < sizeof(names) / sizeof(names[0]); ++i) {
    Parts        parts = parts_open(path_of(names[i][0]), load);
    cJSON* const item  = cJSON_DetachItemFromObject(parts.header, names[i][1]);
    assert_non_null(item);
    cJSON_AddItemToObject(parts.header, "renamed", item);
    assert_int_equal(parts_load(&parts), CT_MODEL_MISSING_TENSOR);
  }

  Parts parts = parts_open(path_of("three_models"), load);
  parts_add_tensor(&parts, "spare", 4U);
  assert_int_equal(parts_load(&parts), CT_MODEL_EXTRA_TENSOR);
}

static void
weights_must_be_numbers(void** const state)
{
  (void)state;
  static const uint8_t infinity[] = {0U, 0U, 0x80U, 0x7FU};

  for (uint32_t i = 0U; i < N_DESIGNS; ++i) {
    Parts          parts = parts_open(path_of(designs_at(i)->kind), load);
    const size_t   n     = parts.file.size;
    uint8_t* const bytes = (uint8_t*)malloc(n);
    assert_non_null(bytes);
    memcpy(bytes, parts.file.bytes, n);
    memcpy(bytes + n - parts.n_data, infinity, sizeof(infinity));
    assert_int_equal(load(bytes, n), CT_MODEL_NOT_FINITE);
    free(bytes);
    parts_close(&parts);
  }
}

static void
damaged_files_do_no_harm(void** const state)
{
  (void)state;
  for (uint32_t i = 0U; i < N_DESIGNS; ++i) {
    const char* const path = path_of(designs_at(i)->kind);
    parts_truncate(path, load, N_TRUNCATED);
    assert_true(
      parts_flip(path, load, N_HEADER_FLIPS, N_DATA_FLIPS, N_FLOAT_BYTES) >
      N_HEADER_FLIPS / 4U);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_load),
    cmocka_unit_test(metadata_must_be_what_we_know),
    cmocka_unit_test(the_self_test_must_pass),
    cmocka_unit_test(tensors_must_be_those_of_the_network),
    cmocka_unit_test(weights_must_be_numbers),
    cmocka_unit_test(damaged_files_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

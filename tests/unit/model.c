// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file model.c A model file is loaded, and each way to be wrong is refused
/// with its own status

#include "gen/model.h"

#include "fixture.h"
#include "parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static CtStatus
load(const uint8_t* const bytes, const size_t size)
{
  CtModel*       model  = NULL;
  const CtStatus status = ct_model_load(bytes, size, &model);
  assert_true((status == CT_SUCCESS) == (model != NULL));
  ct_model_free(model);
  return status;
}

static Parts
open_parts(void)
{
  return parts_open(CONTINUO_MODEL, load);
}

/// Fail unless the file with `json` at `path` comes to `expected`
static void
expect(const char* const path, const char* const json, const CtStatus expected)
{
  parts_expect(CONTINUO_MODEL, load, path, json, expected);
}

static void
the_file_loads(void** const state)
{
  (void)state;
  CtModel* const model = fixture_model();
  assert_true(model->n_weights > 100000U);
  assert_true(model->size > model->n_weights);
  assert_true(strlen(model->name) > 0U);
  assert_true(strlen(model->licence) > 0U);
  assert_non_null(strstr(model->description, "LSTM"));
  assert_true(model->codec.n_styles > 0U);
  assert_int_equal(model->codec.n_pitches,
                   model->network.heads[CT_HEAD_PITCH].n_classes);
  ct_model_free(model);
  ct_model_free(NULL);

  CtModel* none = NULL;
  assert_int_equal(ct_model_load_file("/does/not/exist", &none),
                   CT_CANNOT_OPEN);
  assert_null(none);
}

// Else the refusals below could be the writer's fault
static void
the_file_taken_apart_and_built_again_loads(void** const state)
{
  (void)state;
  Parts parts = open_parts();
  assert_int_equal(parts_load(&parts), CT_SUCCESS);
  expect("name", "\"Other\"", CT_SUCCESS);
}

static void
metadata_must_be_there(void** const state)
{
  (void)state;
  Parts parts = open_parts();
  cJSON_DeleteItemFromObject(parts.header, "__metadata__");
  assert_int_equal(parts_load(&parts), CT_MODEL_NO_METADATA);

  parts = open_parts();
  cJSON_DeleteItemFromObject(cJSON_GetObjectItem(parts.header, "__metadata__"),
                             "continuo");
  assert_int_equal(parts_load(&parts), CT_MODEL_NO_METADATA);
}

static void
metadata_must_be_what_we_know(void** const state)
{
  (void)state;
  static const struct {
    const char* path;
    const char* json;
    CtStatus    status;
  } cases[] = {
    {"format", "1", CT_MODEL_BAD_VERSION},
    {"format", "3", CT_MODEL_BAD_VERSION},
    {"format", "0", CT_MODEL_BAD_VERSION},
    {"format", "\"2\"", CT_MODEL_BAD_METADATA},
    {"kind", "\"window\"", CT_MODEL_BAD_KIND},
    {"kind", "7", CT_MODEL_BAD_METADATA},
    {"architecture", "null", CT_MODEL_BAD_METADATA},
    {"architecture.hidden", "0", CT_MODEL_BAD_METADATA},
    {"architecture.hidden", "-384", CT_MODEL_BAD_METADATA},
    {"architecture.hidden", "1e9", CT_MODEL_BAD_METADATA},
    {"architecture.hidden", "383.5", CT_MODEL_BAD_METADATA},
    {"architecture.hidden", "383", CT_MODEL_WRONG_SHAPE},
    {"architecture.head_width", "191", CT_MODEL_WRONG_SHAPE},
    {"architecture.inputs.bar", "[8, 9]", CT_MODEL_WRONG_SHAPE},
    {"architecture.inputs.bar", "[8]", CT_MODEL_BAD_METADATA},
    {"architecture.inputs.bar", "[9, 8]", CT_MODEL_BAD_TABLE},
    {"architecture.inputs", "{}", CT_MODEL_BAD_METADATA},
    {"architecture.inputs", "{\"last\": [1, 1]}", CT_MODEL_BAD_METADATA},
    {"architecture.inputs.level", "[10, 8]", CT_MODEL_BAD_TABLE},
    {"architecture.memory", "{}", CT_MODEL_BAD_METADATA},
    {"architecture.memory", "{\"bar\": 8}", CT_MODEL_BAD_METADATA},
    {"architecture.memory.last", "88", CT_MODEL_BAD_METADATA},
    {"architecture.memory.echo", "89", CT_MODEL_BAD_METADATA},
    {"architecture.memory.recalled", "[88]", CT_MODEL_BAD_METADATA},
    {"architecture.memory.echo_shift", "35", CT_MODEL_BAD_METADATA},
    {"architecture.memory.recall_shift", "1", CT_MODEL_BAD_METADATA},
    {"architecture.memory.echo_duration", "26", CT_MODEL_BAD_METADATA},
    {"architecture.memory.recall_duration", "0", CT_MODEL_BAD_METADATA},
    {"architecture.memory.recall", "5", CT_MODEL_BAD_TABLE},
    {"architecture.heads", "{}", CT_MODEL_BAD_METADATA},
    {"architecture.heads.level", "null", CT_MODEL_BAD_METADATA},
    {"architecture.heads.level.classes", "9", CT_MODEL_BAD_TABLE},
    {"architecture.heads.pitch.classes", "87", CT_MODEL_BAD_METADATA},
    {"architecture.heads.part.classes", "1000", CT_MODEL_BAD_METADATA},
    {"architecture.heads.part.tables", "[\"colour\"]", CT_MODEL_BAD_METADATA},
    {"architecture.heads.part.tables", "[\"bar\"]", CT_MODEL_MISSING_TENSOR},
    {"architecture.heads.part.tables",
     "[\"position\", \"ensemble\", \"shift\"]",
     CT_MODEL_EXTRA_TENSOR},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    expect(cases[i].path, cases[i].json, cases[i].status);
  }
}

static void
metadata_must_be_json(void** const state)
{
  (void)state;
  Parts parts = open_parts();
  cJSON_ReplaceItemInObject(cJSON_GetObjectItem(parts.header, "__metadata__"),
                            "continuo",
                            cJSON_CreateString("{\"format\":2"));
  char* const header = cJSON_PrintUnformatted(parts.header);
  assert_int_equal(parts_load_header(&parts, header), CT_MODEL_BAD_METADATA);
  free(header);
  parts_close(&parts);
}

static void
tables_of_the_codec_must_make_sense(void** const state)
{
  (void)state;
  static const char* const cases[][2] = {
    {"codec", "null"},
    {"codec.grid", "12"},
    {"codec.low", "-1"},
    {"codec.low", "41"}, // Its highest pitch would be 128
    {"codec.shifts", "[]"},
    {"codec.shifts.3", "2"}, // Does not ascend
    {"codec.shifts.0", "\"0\""},
    {"codec.shifts", "[0, 1, 2]"}, // The network has more
    {"codec.durations", "[3, 4]"},
    {"codec.durations.0", "0"},
    {"codec.durations.25", "100000"},
    {"codec.parts.0", "\"left\""},
    {"codec.parts", "[\"right\"]"},
    {"codec.ensembles.5", "\"choir\""},
    {"codec.meters", "[]"},
    {"codec.meters.0", "\"two four\""},
    {"codec.meters", "[\"2/4\", \"other\"]"},
    {"codec.composers", "[\"free\"]"},
    {"codec.level_edges", "[]"},
    {"codec.level_edges", "[60]"}, // The network has more
    {"codec.level_edges.0", "0"},
    {"codec.level_edges.1", "34"},
    {"styles", "[]"},
    {"styles.0.composer", "17"},
    {"styles.0.composer", "-1"},
    {"styles.0.ensemble", "6"},
    {"styles.0.marked", "1"},
    {"styles.0.name", "3"},
    {"styles.0.name", "\"A name that is longer than any name can be\""},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    expect(cases[i][0], cases[i][1], CT_MODEL_BAD_TABLE);
  }
}

static void
the_self_test_must_pass(void** const state)
{
  (void)state;
  Parts        parts = open_parts();
  cJSON* const logit = parts_find(parts.continuo, "self_test.1.logits.2.5");
  cJSON_SetNumberValue(logit, cJSON_GetNumberValue(logit) + 0.01);
  assert_int_equal(parts_load(&parts), CT_MODEL_SELF_TEST);

  expect("self_test.1.logits.1", "[0.0]", CT_MODEL_SELF_TEST);
  expect("self_test", "[]", CT_MODEL_BAD_METADATA);
  expect("self_test.0.before.row.0", "36", CT_MODEL_BAD_METADATA);
  expect("self_test.0.before.held", "[88]", CT_MODEL_BAD_METADATA);
  expect("self_test.0.after.echo", "[88]", CT_MODEL_BAD_METADATA);
  expect("self_test.0.after.recalled", "[\"0\"]", CT_MODEL_BAD_METADATA);
}

static void
tensors_must_be_those_of_the_network(void** const state)
{
  (void)state;
  Parts parts = open_parts();
  parts_add_tensor(&parts, "spare", 4U);
  assert_int_equal(parts_load(&parts), CT_MODEL_EXTRA_TENSOR);

  static const char* const names[] = {"gain",
                                      "norm.bias",
                                      "lstm1.w_input.scale",
                                      "head.pitch.project",
                                      "input.key"};
  for (size_t i = 0U; i < sizeof(names) / sizeof(names[0]); ++i) {
    parts             = open_parts();
    cJSON* const item = cJSON_DetachItemFromObject(parts.header, names[i]);
    assert_non_null(item);
    cJSON_AddItemToObject(parts.header, "renamed", item);
    assert_int_equal(parts_load(&parts), CT_MODEL_MISSING_TENSOR);
  }

  parts = open_parts();
  const double n =
    cJSON_GetNumberValue(parts_find(parts.header, "gain.shape.0"));
  const double shape[] = {n / 2.0, 2.0};
  cJSON_ReplaceItemInObject(cJSON_GetObjectItem(parts.header, "gain"),
                            "shape",
                            cJSON_CreateDoubleArray(shape, 2));
  assert_int_equal(parts_load(&parts), CT_MODEL_WRONG_SHAPE);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_file_loads),
    cmocka_unit_test(the_file_taken_apart_and_built_again_loads),
    cmocka_unit_test(metadata_must_be_there),
    cmocka_unit_test(metadata_must_be_what_we_know),
    cmocka_unit_test(metadata_must_be_json),
    cmocka_unit_test(tables_of_the_codec_must_make_sense),
    cmocka_unit_test(the_self_test_must_pass),
    cmocka_unit_test(tensors_must_be_those_of_the_network),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/model.h"

#include "base/file.h"
#include "gen/kind.h"
#include "model/safetensors.h"

#include <cjson/cJSON.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Key of our JSON in the metadata of a model file
static const char* const metadata_key = "continuo";

static char*
copy_text(const cJSON* const root, const char* const key)
{
  const char* const text = cJSON_GetStringValue(cJSON_GetObjectItem(root, key));
  char* const       copy = strdup(text ? text : "unknown");

  // A file must not write to a terminal, nor a line that looks like ours
  for (char* c = copy; c && *c; ++c) {
    if (iscntrl((unsigned char)*c)) {
      *c = ' ';
    }
  }
  return copy;
}

static char*
describe(const CtModel* const model)
{
  static const size_t size = 256U;

  char* const text = (char*)malloc(size);
  if (text) {
    model->kind->describe(model, text, size);
  }
  return text;
}

static CtStatus
read_texts(CtModel* const model, const char* const json)
{
  cJSON* const root  = cJSON_Parse(json);
  model->name        = copy_text(root, "name");
  model->licence     = copy_text(root, "licence");
  model->data        = copy_text(root, "data");
  model->description = describe(model);
  cJSON_Delete(root);
  return model->name && model->licence && model->data && model->description
           ? CT_SUCCESS
           : CT_NO_MEMORY;
}

/// Weights in the file, without the scales of int8 rows
static uint64_t
count_weights(const CtTensorFile* const file)
{
  static const char suffix[] = ".scale";

  uint64_t n = 0U;
  for (size_t i = 0U; i < ct_tensors_count(file); ++i) {
    const CtTensor* const tensor = ct_tensors_at(file, i);
    const size_t          length = strlen(tensor->name);
    const size_t          tail   = sizeof(suffix) - 1U;
    if (length < tail || strcmp(tensor->name + length - tail, suffix) != 0) {
      n += tensor->dtype == CT_DTYPE_I8 ? tensor->size
                                        : tensor->size / sizeof(float);
    }
  }
  return n;
}

static CtStatus
load_from(const CtTensorFile* const file, CtModel* const model)
{
  const char* const json = ct_tensors_metadata(file, metadata_key);
  if (!json) {
    return CT_MODEL_NO_METADATA;
  }

  CtStatus st = ct_kind_read(json, &model->kind);
  st          = st ? st : model->kind->load(file, json, model);
  if (st) {
    return st;
  }
  model->n_weights = count_weights(file);
  return read_texts(model, json);
}

CtStatus
ct_model_load(const uint8_t* const bytes,
              const size_t         size,
              CtModel** const      model)
{
  *model             = NULL;
  CtTensorFile* file = NULL;
  CtStatus      st   = ct_tensors_open(bytes, size, &file);
  if (st) {
    return st;
  }

  CtModel* const loaded = (CtModel*)calloc(1U, sizeof(CtModel));
  st                    = loaded ? load_from(file, loaded) : CT_NO_MEMORY;
  ct_tensors_free(file);
  if (st) {
    ct_model_free(loaded);
    return st;
  }
  loaded->size = size;
  *model       = loaded;
  return CT_SUCCESS;
}

CtStatus
ct_model_load_file(const char* const path, CtModel** const model)
{
  *model              = NULL;
  CtMappedFile   file = {NULL, 0U};
  const CtStatus st   = ct_file_map(path, &file);
  if (st) {
    return st;
  }

  const CtStatus loaded = ct_model_load(file.bytes, file.size, model);
  ct_file_unmap(&file);
  return loaded;
}

void
ct_model_free(CtModel* const model)
{
  if (model) {
    if (model->kind && model->kind->unload) {
      model->kind->unload(model);
    }
    ct_arena_free(model->arena);
    free(model->name);
    free(model->licence);
    free(model->data);
    free(model->description);
    free(model);
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/metadata.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <string.h>

/// PyTorch has the same weights, but does not round vectors to 16 bits: with
/// the house model a logit differs by up to 4e-4, and others may have larger
/// ones
static const float tolerance = 5e-3F;

CtStatus
ct_metadata_check(const cJSON* const root, const char* const kind)
{
  const cJSON* const format = cJSON_GetObjectItem(root, "format");
  const char* const  name =
    cJSON_GetStringValue(cJSON_GetObjectItem(root, "kind"));
  if (!cJSON_IsNumber(format) || !name) {
    return CT_MODEL_BAD_METADATA;
  }
  if (format->valueint != CT_MODEL_FORMAT) {
    return CT_MODEL_BAD_VERSION;
  }
  return strcmp(name, kind) != 0 ? CT_MODEL_BAD_KIND : CT_SUCCESS;
}

bool
ct_metadata_size(const cJSON* const item, const int max, uint32_t* const out)
{
  if (!cJSON_IsNumber(item) || item->valuedouble < 1.0 ||
      item->valuedouble > max || item->valuedouble != (double)item->valueint) {
    return false;
  }
  *out = (uint32_t)item->valueint;
  return true;
}

bool
ct_metadata_agrees(const cJSON* const expected,
                   const float* const given,
                   const uint32_t     n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    const cJSON* const item = cJSON_GetArrayItem(expected, (int)i);
    if (!cJSON_IsNumber(item) ||
        !(fabsf((float)item->valuedouble - given[i]) <= tolerance)) {
      return false;
    }
  }
  return cJSON_GetArraySize(expected) == (int)n;
}

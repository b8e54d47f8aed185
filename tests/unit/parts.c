// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "parts.h"

#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/// Bytes of the length that a file begins with
#define LENGTH_SIZE 8U

/// Bytes of the header, with its length
static size_t
header_size(const CtMappedFile* const file)
{
  uint64_t length = 0U;
  for (uint32_t i = 0U; i < LENGTH_SIZE; ++i) {
    length |= (uint64_t)file->bytes[i] << (8U * i);
  }
  return LENGTH_SIZE + (size_t)length;
}

Parts
parts_open(const char* const path, const PartsLoad load)
{
  Parts parts = {.load = load};
  assert_int_equal(ct_file_map(path, &parts.file), CT_SUCCESS);
  const size_t n_head = header_size(&parts.file);
  parts.header        = cJSON_ParseWithLength(
    (const char*)parts.file.bytes + LENGTH_SIZE, n_head - LENGTH_SIZE);
  assert_non_null(parts.header);
  parts.continuo = cJSON_Parse(cJSON_GetStringValue(cJSON_GetObjectItem(
    cJSON_GetObjectItem(parts.header, "__metadata__"), "continuo")));
  assert_non_null(parts.continuo);
  parts.data   = parts.file.bytes + n_head;
  parts.n_data = parts.file.size - n_head;
  return parts;
}

void
parts_close(Parts* const parts)
{
  cJSON_Delete(parts->header);
  cJSON_Delete(parts->continuo);
  ct_file_unmap(&parts->file);
}

CtStatus
parts_load_header(const Parts* const parts, const char* const text)
{
  const size_t n_text = strlen(text);
  const size_t n_head = (n_text + LENGTH_SIZE - 1U) / LENGTH_SIZE * LENGTH_SIZE;
  const size_t size   = LENGTH_SIZE + n_head + parts->n_data + parts->n_spare;
  uint8_t* const bytes = (uint8_t*)calloc(1U, size);
  assert_non_null(bytes);
  for (uint32_t i = 0U; i < LENGTH_SIZE; ++i) {
    bytes[i] = (uint8_t)((uint64_t)n_head >> (8U * i));
  }
  for (size_t i = 0U; i < n_head; ++i) {
    bytes[LENGTH_SIZE + i] = (uint8_t)(i < n_text ? text[i] : ' ');
  }
  memcpy(bytes + LENGTH_SIZE + n_head, parts->data, parts->n_data);

  const CtStatus status = parts->load(bytes, size);
  free(bytes);
  return status;
}

CtStatus
parts_load(Parts* const parts)
{
  cJSON* const metadata = cJSON_GetObjectItem(parts->header, "__metadata__");
  if (cJSON_HasObjectItem(metadata, "continuo")) {
    char* const text = cJSON_PrintUnformatted(parts->continuo);
    cJSON_ReplaceItemInObject(metadata, "continuo", cJSON_CreateString(text));
    free(text);
  }
  char* const    header = cJSON_PrintUnformatted(parts->header);
  const CtStatus status = parts_load_header(parts, header);
  free(header);
  parts_close(parts);
  return status;
}

cJSON*
parts_find(cJSON* item, const char* path)
{
  while (item && *path) {
    char         name[32] = "";
    const size_t n        = strcspn(path, ".");
    assert_true(n < sizeof(name));
    memcpy(name, path, n);
    item = cJSON_IsArray(item)
             ? cJSON_GetArrayItem(item, (int)strtol(name, NULL, 10))
             : cJSON_GetObjectItem(item, name);
    path += path[n] ? n + 1U : n;
  }
  assert_non_null(item);
  return item;
}

/// Load with the metadata's item at `path` replaced by `json`
static CtStatus
load_with(const char* const file,
          const PartsLoad   load,
          const char* const path,
          const char* const json)
{
  Parts        parts       = parts_open(file, load);
  cJSON* const item        = parts_find(parts.continuo, path);
  cJSON* const replacement = cJSON_Parse(json);
  assert_non_null(replacement);

  // The new one stands where the old one was
  cJSON* owner = parts.continuo;
  char   head[64];
  strncpy(head, path, sizeof(head) - 1U);
  head[sizeof(head) - 1U] = '\0';
  char* const dot         = strrchr(head, '.');
  if (dot) {
    *dot  = '\0';
    owner = parts_find(parts.continuo, head);
  }
  assert_true(cJSON_ReplaceItemViaPointer(owner, item, replacement));
  if (cJSON_IsObject(owner)) {
    replacement->string = strdup(dot ? dot + 1 : path); // The old one's is gone
  }
  return parts_load(&parts);
}

void
parts_expect(const char* const file,
             const PartsLoad   load,
             const char* const path,
             const char* const json,
             const CtStatus    expected)
{
  const CtStatus status = load_with(file, load, path, json);
  if (status != expected) {
    print_error("%s = %s: %s\n", path, json, ct_strerror(status));
  }
  assert_int_equal(status, expected);
}

void
parts_add_tensor(Parts* const parts, const char* const name, const size_t n)
{
  const double begin     = (double)(parts->n_data + parts->n_spare);
  const double end       = begin + (double)(n * sizeof(float));
  const double offsets[] = {begin, end};
  const double shape[]   = {(double)n};
  cJSON* const entry     = cJSON_AddObjectToObject(parts->header, name);
  cJSON_AddStringToObject(entry, "dtype", "F32");
  cJSON_AddItemToObject(entry, "shape", cJSON_CreateDoubleArray(shape, 1));
  cJSON_AddItemToObject(
    entry, "data_offsets", cJSON_CreateDoubleArray(offsets, 2));
  parts->n_spare += n * sizeof(float);
}

void
parts_truncate(const char* const path,
               const PartsLoad   load,
               const uint32_t    n_tries)
{
  CtMappedFile file;
  assert_int_equal(ct_file_map(path, &file), CT_SUCCESS);
  for (uint32_t i = 0U; i < n_tries; ++i) {
    const size_t size =
      i < LENGTH_SIZE ? i : (size_t)(ct_mix(i) % (uint64_t)file.size);
    uint8_t* const bytes = (uint8_t*)malloc(size + 1U);
    assert_non_null(bytes);
    if (size) {
      memcpy(bytes, file.bytes, size);
    }
    assert_int_not_equal(load(bytes, size), CT_SUCCESS);
    free(bytes);
  }
  ct_file_unmap(&file);
}

uint32_t
parts_flip(const char* const path,
           const PartsLoad   load,
           const uint32_t    n_header,
           const uint32_t    n_data,
           const size_t      n_bytes)
{
  CtMappedFile file;
  assert_int_equal(ct_file_map(path, &file), CT_SUCCESS);
  const size_t   size   = file.size;
  const size_t   n_head = header_size(&file);
  uint8_t* const bytes  = (uint8_t*)malloc(size);
  assert_non_null(bytes);
  memcpy(bytes, file.bytes, size);
  ct_file_unmap(&file);

  uint32_t n_refused = 0U;
  for (uint32_t i = 0U; i < n_header + n_data; ++i) {
    const uint64_t chance = ct_mix(i);
    const uint64_t place  = chance >> 8U;
    const size_t   at =
      (size_t)(i < n_header ? place % n_head : n_head + (place % n_bytes));
    const uint8_t bit = (uint8_t)(1U << (chance % 8U));
    bytes[at] ^= bit;
    n_refused += load(bytes, size) != CT_SUCCESS;
    bytes[at] ^= bit;
  }
  assert_int_equal(load(bytes, size), CT_SUCCESS);
  free(bytes);
  return n_refused;
}

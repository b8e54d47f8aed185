// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/safetensors.h"

#include "base/status.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Tensors are used where they lie, so the machine must have the file's byte
// order
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#  error "Model files are little-endian, and used without copying"
#endif

/// Bytes of the header's length in front of the header
#define LENGTH_SIZE 8U

/// The format's own limit for the header
#define MAX_HEADER_SIZE 100000000U

/// Largest integer up to which a JSON number, a double, tells all integers
/// apart
#define MAX_JSON_INTEGER 9007199254740992.0

/// Members of a tensor's entry: dtype, shape, data_offsets
#define ENTRY_MEMBERS 3

struct CtTensorFileImpl {
  cJSON*           json;     ///< Owns all names and the metadata
  const cJSON*     metadata; ///< Of `json`, or null
  size_t           n_tensors;
  CtTensor*        tensors;  ///< [n_tensors] sorted by name
  const CtTensor** by_place; ///< [n_tensors] sorted by place in the data
};

/// A part of the file: its data, or the text of its header
typedef struct {
  const uint8_t* bytes;
  size_t         size;
} Span;

typedef struct {
  const char* name;
  CtDtype     dtype;
  size_t      size; ///< Bytes of an element, also its alignment
} DtypeRow;

static const DtypeRow dtypes[] = {
  {"F32", CT_DTYPE_F32, 4U},
  {"I8", CT_DTYPE_I8, 1U},
  {"I32", CT_DTYPE_I32, 4U},
};

static const DtypeRow*
find_dtype(const char* const name)
{
  for (size_t i = 0U; i < sizeof(dtypes) / sizeof(dtypes[0]); ++i) {
    if (!strcmp(dtypes[i].name, name)) {
      return &dtypes[i];
    }
  }
  return NULL;
}

/// Split the file into the text of its header and its data
static CtStatus
split(const uint8_t* const bytes,
      const size_t         size,
      Span* const          header,
      Span* const          data)
{
  if (size < LENGTH_SIZE) {
    return CT_TENSORS_TOO_SHORT;
  }

  uint64_t length = 0U;
  for (uint32_t i = 0U; i < LENGTH_SIZE; ++i) {
    length |= (uint64_t)bytes[i] << (8U * i);
  }

  const size_t rest = size - LENGTH_SIZE;
  if (length > MAX_HEADER_SIZE) {
    return CT_TENSORS_HEADER_SIZE;
  }
  if (length > rest) {
    return CT_TENSORS_TOO_SHORT;
  }

  header->bytes = bytes + LENGTH_SIZE;
  header->size  = (size_t)length;
  data->bytes   = header->bytes + header->size;
  data->size    = rest - header->size;
  return CT_SUCCESS;
}

/**
   Parse the header, one JSON object and nothing after it but white space.

   cJSON takes every control character for white space, NUL included, and reads
   a text without its NUL one byte too far (CVE-2023-53154), so neither gets
   there.
*/
static CtStatus
parse_header(const Span header, cJSON** const json)
{
  for (size_t i = 0U; i < header.size; ++i) {
    const char c = (char)header.bytes[i];
    if (header.bytes[i] < ' ' && c != '\t' && c != '\n' && c != '\r') {
      return CT_TENSORS_NOT_JSON;
    }
  }

  char* const text = (char*)malloc(header.size + 1U);
  if (!text) {
    return CT_NO_MEMORY;
  }

  memcpy(text, header.bytes, header.size);
  text[header.size] = '\0';
  *json             = cJSON_ParseWithOpts(text, NULL, true);
  free(text);
  return cJSON_IsObject(*json) ? CT_SUCCESS : CT_TENSORS_NOT_JSON;
}

/// Read a whole number that a double holds exactly.  @return False if it isn't
/// one
static bool
read_integer(const cJSON* const item, uint64_t* const out)
{
  if (!cJSON_IsNumber(item) || item->valuedouble < 0.0 ||
      item->valuedouble > MAX_JSON_INTEGER ||
      floor(item->valuedouble) < item->valuedouble) {
    return false;
  }

  *out = (uint64_t)item->valuedouble;
  return true;
}

/// Read a shape.  @param n_bytes In: size of an element.  Out: size of the
/// tensor
static CtStatus
read_shape(const cJSON* const shape,
           CtTensor* const    tensor,
           uint64_t* const    n_bytes)
{
  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, shape)
  {
    uint64_t n = 0U;
    if (tensor->n_dims == CT_TENSOR_MAX_DIMS || !read_integer(item, &n)) {
      return CT_TENSORS_BAD_SHAPE;
    }
    if (n && *n_bytes > SIZE_MAX / n) {
      return CT_TENSORS_SIZE_OVERFLOW;
    }

    tensor->shape[tensor->n_dims++] = n;
    *n_bytes *= n;
  }
  return CT_SUCCESS;
}

/// Read where a tensor lies, which must be inside the data
static CtStatus
read_place(const cJSON* const offsets, const Span data, CtTensor* const tensor)
{
  uint64_t begin = 0U;
  uint64_t end   = 0U;
  if (cJSON_GetArraySize(offsets) != 2 ||
      !read_integer(cJSON_GetArrayItem(offsets, 0), &begin) ||
      !read_integer(cJSON_GetArrayItem(offsets, 1), &end)) {
    return CT_TENSORS_BAD_ENTRY;
  }
  if (begin > end || end > data.size) {
    return CT_TENSORS_OUT_OF_RANGE;
  }

  tensor->data = data.bytes + begin;
  tensor->size = (size_t)(end - begin);
  return CT_SUCCESS;
}

static CtStatus
read_tensor(const cJSON* const entry, const Span data, CtTensor* const tensor)
{
  const cJSON* const dtype = cJSON_GetObjectItemCaseSensitive(entry, "dtype");
  const cJSON* const shape = cJSON_GetObjectItemCaseSensitive(entry, "shape");
  const cJSON* const offsets =
    cJSON_GetObjectItemCaseSensitive(entry, "data_offsets");
  if (cJSON_GetArraySize(entry) != ENTRY_MEMBERS || !cJSON_IsString(dtype) ||
      !cJSON_IsArray(shape) || !cJSON_IsArray(offsets)) {
    return CT_TENSORS_BAD_ENTRY;
  }

  const DtypeRow* const row = find_dtype(dtype->valuestring);
  if (!row) {
    return CT_TENSORS_BAD_DTYPE;
  }

  tensor->name     = entry->string;
  tensor->dtype    = row->dtype;
  uint64_t n_bytes = row->size;
  CtStatus st      = CT_SUCCESS;
  if ((st = read_shape(shape, tensor, &n_bytes)) ||
      (st = read_place(offsets, data, tensor))) {
    return st;
  }
  if (n_bytes != tensor->size) {
    return CT_TENSORS_BAD_SHAPE;
  }
  if ((uintptr_t)tensor->data % row->size) {
    return CT_TENSORS_MISALIGNED;
  }
  return CT_SUCCESS;
}

/// Only strings may stand in `__metadata__`
static CtStatus
check_metadata(const cJSON* const metadata)
{
  if (!cJSON_IsObject(metadata)) {
    return CT_TENSORS_BAD_ENTRY;
  }

  const cJSON* item = NULL;
  cJSON_ArrayForEach(item, metadata)
  {
    if (!cJSON_IsString(item)) {
      return CT_TENSORS_BAD_ENTRY;
    }
  }
  return CT_SUCCESS;
}

static CtStatus
read_entries(CtTensorFile* const file, const Span data)
{
  const cJSON* entry = NULL;
  cJSON_ArrayForEach(entry, file->json)
  {
    CtStatus st = CT_SUCCESS;
    if (strcmp(entry->string, "__metadata__") != 0) {
      st = read_tensor(entry, data, &file->tensors[file->n_tensors++]);
    } else if (file->metadata) {
      st = CT_TENSORS_DUPLICATE;
    } else {
      file->metadata = entry;
      st             = check_metadata(entry);
    }
    if (st) {
      return st;
    }
  }
  return CT_SUCCESS;
}

static int
compare_names(const void* const a, const void* const b)
{
  return strcmp(((const CtTensor*)a)->name, ((const CtTensor*)b)->name);
}

/// Sort by name, which brings equal names side by side
static CtStatus
sort_names(CtTensorFile* const file)
{
  qsort(file->tensors, file->n_tensors, sizeof(CtTensor), compare_names);
  for (size_t i = 1U; i < file->n_tensors; ++i) {
    if (!compare_names(&file->tensors[i - 1U], &file->tensors[i])) {
      return CT_TENSORS_DUPLICATE;
    }
  }
  return CT_SUCCESS;
}

/// Order by place; of two at one place the empty one comes first
static int
compare_places(const void* const a, const void* const b)
{
  const CtTensor* const s = *(const CtTensor* const*)a;
  const CtTensor* const t = *(const CtTensor* const*)b;
  if (s->data != t->data) {
    return s->data < t->data ? -1 : 1;
  }
  return (s->size > t->size) - (s->size < t->size);
}

/// Sort by place and prove that the tensors fill the data, each byte once
static CtStatus
sort_places(CtTensorFile* const file, const Span data)
{
  for (size_t i = 0U; i < file->n_tensors; ++i) {
    file->by_place[i] = &file->tensors[i];
  }
  qsort(
    file->by_place, file->n_tensors, sizeof(file->by_place[0]), compare_places);

  const uint8_t* at = data.bytes;
  for (size_t i = 0U; i < file->n_tensors; ++i) {
    const CtTensor* const tensor = file->by_place[i];
    if (tensor->data != at) {
      return tensor->data < at ? CT_TENSORS_OVERLAP : CT_TENSORS_HOLE;
    }
    at += tensor->size;
  }
  return at == data.bytes + data.size ? CT_SUCCESS : CT_TENSORS_HOLE;
}

static CtStatus
read_file(CtTensorFile* const file, const Span header, const Span data)
{
  CtStatus st = parse_header(header, &file->json);
  if (st) {
    return st;
  }

  // One more than needed, as an allocation of nothing may be null
  const size_t n_items = (size_t)cJSON_GetArraySize(file->json) + 1U;
  file->tensors        = (CtTensor*)calloc(n_items, sizeof(file->tensors[0]));
  file->by_place = (const CtTensor**)calloc(n_items, sizeof(file->by_place[0]));
  if (!file->tensors || !file->by_place) {
    return CT_NO_MEMORY;
  }

  // Names before places, as a repeated entry is an overlap too
  if ((st = read_entries(file, data)) || (st = sort_names(file))) {
    return st;
  }
  return sort_places(file, data);
}

CtStatus
ct_tensors_open(const uint8_t* const bytes,
                const size_t         size,
                CtTensorFile** const file)
{
  *file = NULL;

  Span     header = {NULL, 0U};
  Span     data   = {NULL, 0U};
  CtStatus st     = split(bytes, size, &header, &data);
  if (st) {
    return st;
  }

  CtTensorFile* const self = (CtTensorFile*)calloc(1U, sizeof(CtTensorFile));
  if (!self) {
    return CT_NO_MEMORY;
  }
  if ((st = read_file(self, header, data))) {
    ct_tensors_free(self);
    return st;
  }

  *file = self;
  return CT_SUCCESS;
}

void
ct_tensors_free(CtTensorFile* const file)
{
  if (file) {
    free(file->by_place);
    free(file->tensors);
    cJSON_Delete(file->json);
    free(file);
  }
}

size_t
ct_tensors_count(const CtTensorFile* const file)
{
  return file->n_tensors;
}

const CtTensor*
ct_tensors_at(const CtTensorFile* const file, const size_t index)
{
  return index < file->n_tensors ? file->by_place[index] : NULL;
}

const CtTensor*
ct_tensors_get(const CtTensorFile* const file, const char* const name)
{
  const CtTensor key = {.name = name};
  return (const CtTensor*)bsearch(
    &key, file->tensors, file->n_tensors, sizeof(CtTensor), compare_names);
}

const char*
ct_tensors_metadata(const CtTensorFile* const file, const char* const key)
{
  return cJSON_GetStringValue(
    cJSON_GetObjectItemCaseSensitive(file->metadata, key));
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/safetensors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Bytes of the length in front of the header
#define LENGTH_SIZE 8U

/// A file in memory of exactly its size, so that a sanitizer sees a byte read
/// too far
typedef struct {
  uint8_t* bytes;
  size_t   size;
} File;

/// A header and the size of the data after it, and what must come of them
typedef struct {
  const char* what;
  const char* header;
  size_t      data_size;
  CtStatus    status;
} Case;

static void
put_length(uint8_t* const bytes, const uint64_t length)
{
  for (uint32_t i = 0U; i < LENGTH_SIZE; ++i) {
    bytes[i] = (uint8_t)(length >> (8U * i));
  }
}

/// A file of `header`, and data of 0, 1, 2, ...
static File
build(const char* const header, const size_t data_size)
{
  const size_t header_size = strlen(header);
  File         file        = {NULL, LENGTH_SIZE + header_size + data_size};

  file.bytes = (uint8_t*)malloc(file.size);
  assert_non_null(file.bytes);
  put_length(file.bytes, header_size);
  memcpy(file.bytes + LENGTH_SIZE, header, header_size);
  for (size_t i = 0U; i < data_size; ++i) {
    file.bytes[LENGTH_SIZE + header_size + i] = (uint8_t)i;
  }
  return file;
}

/// Open and free, for what comes of it
static CtStatus
try_open(const uint8_t* const bytes, const size_t size)
{
  CtTensorFile*  tensors = NULL;
  const CtStatus status  = ct_tensors_open(bytes, size, &tensors);
  assert_true((status == CT_SUCCESS) == (tensors != NULL));
  ct_tensors_free(tensors);
  return status;
}

static CtStatus
try_header(const char* const header, const size_t data_size)
{
  const File     file   = build(header, data_size);
  const CtStatus status = try_open(file.bytes, file.size);
  free(file.bytes);
  return status;
}

// Spaces bring the header to a multiple of 8, as the format's own writers do
static const char good_header[] =
  "{\"__metadata__\":{\"continuo\":\"{}\",\"format\":\"pt\"},"
  "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[4,28]},"
  "\"a\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]},"
  "\"n\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[28,32]},"
  "\"e\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[28,28]}}     ";

#define GOOD_DATA_SIZE 32U

static void
test_good_file(void** const state)
{
  (void)state;
  assert_int_equal(0, (sizeof(good_header) - 1U) % 8U);

  const File    file    = build(good_header, GOOD_DATA_SIZE);
  CtTensorFile* tensors = NULL;
  assert_int_equal(CT_SUCCESS,
                   ct_tensors_open(file.bytes, file.size, &tensors));
  assert_int_equal(4, ct_tensors_count(tensors));

  const CtTensor* const w = ct_tensors_get(tensors, "w");
  assert_non_null(w);
  assert_string_equal("w", w->name);
  assert_int_equal(CT_DTYPE_F32, w->dtype);
  assert_int_equal(2, w->n_dims);
  assert_int_equal(2, w->shape[0]);
  assert_int_equal(3, w->shape[1]);
  assert_int_equal(0, w->shape[2]);
  assert_int_equal(24, w->size);
  assert_int_equal(4, w->data[0]); // The data counts its bytes
  assert_int_equal(27, w->data[23]);

  const CtTensor* const n = ct_tensors_get(tensors, "n");
  assert_non_null(n);
  assert_int_equal(CT_DTYPE_I32, n->dtype);
  assert_int_equal(0, n->n_dims);
  assert_int_equal(4, n->size);

  // In the order of the data, an empty tensor before the one it stands at
  assert_string_equal("a", ct_tensors_at(tensors, 0U)->name);
  assert_string_equal("w", ct_tensors_at(tensors, 1U)->name);
  assert_string_equal("e", ct_tensors_at(tensors, 2U)->name);
  assert_string_equal("n", ct_tensors_at(tensors, 3U)->name);
  assert_null(ct_tensors_at(tensors, 4U));

  assert_null(ct_tensors_get(tensors, "W"));
  assert_null(ct_tensors_get(tensors, "__metadata__"));
  assert_string_equal("{}", ct_tensors_metadata(tensors, "continuo"));
  assert_string_equal("pt", ct_tensors_metadata(tensors, "format"));
  assert_null(ct_tensors_metadata(tensors, "Format"));

  ct_tensors_free(tensors);
  ct_tensors_free(NULL);
  free(file.bytes);
}

static void
test_empty_file(void** const state)
{
  (void)state;

  const File    file    = build("{}", 0U);
  CtTensorFile* tensors = NULL;
  assert_int_equal(CT_SUCCESS,
                   ct_tensors_open(file.bytes, file.size, &tensors));
  assert_int_equal(0, ct_tensors_count(tensors));
  assert_null(ct_tensors_at(tensors, 0U));
  assert_null(ct_tensors_get(tensors, "w"));
  assert_null(ct_tensors_metadata(tensors, "continuo"));
  ct_tensors_free(tensors);
  free(file.bytes);
}

// A tensor's entry
#define TENSOR(name, dtype, shape, offsets)                \
  "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":" shape \
  ",\"data_offsets\":" offsets "}"

static const Case cases[] = {
  {"an empty header", "", 0U, CT_TENSORS_NOT_JSON},
  {"half an object", "{\"w\":", 0U, CT_TENSORS_NOT_JSON},
  {"half a number", "{\"w\":1", 0U, CT_TENSORS_NOT_JSON},
  {"an array", "[]", 0U, CT_TENSORS_NOT_JSON},
  {"a second object", "{}{}", 0U, CT_TENSORS_NOT_JSON},
  {"a control character", "{}\x01", 0U, CT_TENSORS_NOT_JSON},
  {"a number as entry", "{\"w\":1}", 0U, CT_TENSORS_BAD_ENTRY},
  {"no shape",
   "{\"w\":{\"dtype\":\"I8\",\"data_offsets\":[0,1]}}",
   1U,
   CT_TENSORS_BAD_ENTRY},
  {"no dtype",
   "{\"w\":{\"shape\":[1],\"data_offsets\":[0,1]}}",
   1U,
   CT_TENSORS_BAD_ENTRY},
  {"no offsets",
   "{\"w\":{\"dtype\":\"I8\",\"shape\":[1]}}",
   1U,
   CT_TENSORS_BAD_ENTRY},
  {"two shapes",
   "{\"w\":{\"dtype\":\"I8\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,1]"
   "}}",
   1U,
   CT_TENSORS_BAD_ENTRY},
  {"three offsets",
   "{" TENSOR("w", "I8", "[1]", "[0,1,1]") "}",
   1U,
   CT_TENSORS_BAD_ENTRY},
  {"a negative offset",
   "{" TENSOR("w", "I8", "[2]", "[-1,1]") "}",
   1U,
   CT_TENSORS_BAD_ENTRY},
  {"half a byte",
   "{" TENSOR("w", "I8", "[1]", "[0,1.5]") "}",
   2U,
   CT_TENSORS_BAD_ENTRY},
  {"an offset past 2^53",
   "{" TENSOR("w", "I8", "[1]", "[0,9007199254740994]") "}",
   1U,
   CT_TENSORS_BAD_ENTRY},
  {"infinity",
   "{" TENSOR("w", "I8", "[1]", "[0,1e999]") "}",
   1U,
   CT_TENSORS_BAD_ENTRY},
  {"metadata that is no object",
   "{\"__metadata__\":[]}",
   0U,
   CT_TENSORS_BAD_ENTRY},
  {"a number in the metadata",
   "{\"__metadata__\":{\"version\":1}}",
   0U,
   CT_TENSORS_BAD_ENTRY},
  {"half floats",
   "{" TENSOR("w", "F16", "[1]", "[0,2]") "}",
   2U,
   CT_TENSORS_BAD_DTYPE},
  {"doubles",
   "{" TENSOR("w", "F64", "[1]", "[0,8]") "}",
   8U,
   CT_TENSORS_BAD_DTYPE},
  {"a lower-case dtype",
   "{" TENSOR("w", "i8", "[1]", "[0,1]") "}",
   1U,
   CT_TENSORS_BAD_DTYPE},
  {"a negative shape",
   "{" TENSOR("w", "I8", "[-1]", "[0,1]") "}",
   1U,
   CT_TENSORS_BAD_SHAPE},
  {"a string in a shape",
   "{" TENSOR("w", "I8", "[\"1\"]", "[0,1]") "}",
   1U,
   CT_TENSORS_BAD_SHAPE},
  {"five dimensions",
   "{" TENSOR("w", "I8", "[1,1,1,1,1]", "[0,1]") "}",
   1U,
   CT_TENSORS_BAD_SHAPE},
  {"a shape too small",
   "{" TENSOR("w", "F32", "[1]", "[0,8]") "}",
   8U,
   CT_TENSORS_BAD_SHAPE},
  {"a shape too large",
   "{" TENSOR("w", "F32", "[2]", "[0,4]") "}",
   4U,
   CT_TENSORS_BAD_SHAPE},
  {"a product of 2^64, which wraps to none",
   "{" TENSOR("w", "F32", "[4294967296,1073741824]", "[0,0]") "}",
   0U,
   CT_TENSORS_SIZE_OVERFLOW},
  {"an end past the data",
   "{" TENSOR("w", "I8", "[2]", "[0,2]") "}",
   1U,
   CT_TENSORS_OUT_OF_RANGE},
  {"a begin past the data",
   "{" TENSOR("w", "I8", "[0]", "[2,2]") "}",
   1U,
   CT_TENSORS_OUT_OF_RANGE},
  {"an end before the begin",
   "{" TENSOR("w", "I8", "[1]", "[1,0]") "}",
   1U,
   CT_TENSORS_OUT_OF_RANGE},
  {"two tensors over each other",
   "{" TENSOR("v", "I8", "[2]", "[0,2]") "," TENSOR("w",
                                                    "I8",
                                                    "[2]",
                                                    "[1,3]") "}",
   3U,
   CT_TENSORS_OVERLAP},
  {"two tensors at one place",
   "{" TENSOR("v", "I8", "[1]", "[0,1]") "," TENSOR("w",
                                                    "I8",
                                                    "[1]",
                                                    "[0,1]") "}",
   1U,
   CT_TENSORS_OVERLAP},
  {"a hole before",
   "{" TENSOR("w", "I8", "[1]", "[1,2]") "}",
   2U,
   CT_TENSORS_HOLE},
  {"a hole between",
   "{" TENSOR("v", "I8", "[1]", "[0,1]") "," TENSOR("w",
                                                    "I8",
                                                    "[1]",
                                                    "[2,3]") "}",
   3U,
   CT_TENSORS_HOLE},
  {"bytes after",
   "{" TENSOR("w", "I8", "[1]", "[0,1]") "}",
   2U,
   CT_TENSORS_HOLE},
  {"bytes and no tensors", "{}", 1U, CT_TENSORS_HOLE},
  {"a name twice",
   "{" TENSOR("w", "I8", "[1]", "[0,1]") "," TENSOR("w",
                                                    "I8",
                                                    "[1]",
                                                    "[1,2]") "}",
   2U,
   CT_TENSORS_DUPLICATE},
  {"an entry twice",
   "{" TENSOR("w", "I8", "[1]", "[0,1]") "," TENSOR("w",
                                                    "I8",
                                                    "[1]",
                                                    "[0,1]") "}",
   1U,
   CT_TENSORS_DUPLICATE},
  {"metadata twice",
   "{\"__metadata__\":{},\"__metadata__\":{}}",
   0U,
   CT_TENSORS_DUPLICATE},
};

static void
test_refusals(void** const state)
{
  (void)state;

  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    const CtStatus status = try_header(cases[i].header, cases[i].data_size);
    if (status != cases[i].status) {
      fail_msg("%s: %s", cases[i].what, ct_strerror(status));
    }
  }
}

static void
test_header_length(void** const state)
{
  (void)state;

  const File file = build("{}", 0U);
  assert_int_equal(CT_TENSORS_TOO_SHORT, try_open(file.bytes, 0U));
  assert_int_equal(CT_TENSORS_TOO_SHORT,
                   try_open(file.bytes, LENGTH_SIZE - 1U));
  assert_int_equal(CT_TENSORS_TOO_SHORT, try_open(file.bytes, file.size - 1U));

  put_length(file.bytes, 3U);
  assert_int_equal(CT_TENSORS_TOO_SHORT, try_open(file.bytes, file.size));
  put_length(file.bytes, 100000000U);
  assert_int_equal(CT_TENSORS_TOO_SHORT, try_open(file.bytes, file.size));
  put_length(file.bytes, 100000001U);
  assert_int_equal(CT_TENSORS_HEADER_SIZE, try_open(file.bytes, file.size));
  put_length(file.bytes, UINT64_MAX);
  assert_int_equal(CT_TENSORS_HEADER_SIZE, try_open(file.bytes, file.size));
  free(file.bytes);
}

/// A header of `depth` nested arrays
static CtStatus
try_depth(const size_t depth)
{
  static const char begin[] = "{\"w\":";

  const size_t at     = sizeof(begin) - 1U;
  char* const  header = (char*)calloc(1U, at + (2U * depth) + 2U);
  assert_non_null(header);
  memcpy(header, begin, at);
  memset(header + at, '[', depth);
  memset(header + at + depth, ']', depth);
  header[at + (2U * depth)] = '}';

  const CtStatus status = try_header(header, 0U);
  free(header);
  return status;
}

static void
test_deep_header(void** const state)
{
  (void)state;
  assert_int_equal(CT_TENSORS_BAD_ENTRY, try_depth(100U));
  assert_int_equal(CT_TENSORS_NOT_JSON,
                   try_depth(100000U)); // And no stack overflow
}

static void
test_misaligned(void** const state)
{
  (void)state;

  static const char header[] = "{" TENSOR("a", "I8", "[1]", "[0,1]") "," TENSOR(
    "w", "F32", "[1]", "[1,5]") "}";

  // White space in front moves the data: one of four places is right
  uint32_t n_aligned = 0U;
  for (int n_spaces = 0; n_spaces < 4; ++n_spaces) {
    char text[sizeof(header) + 4U];
    snprintf(text, sizeof(text), "%*s%s", n_spaces, "", header);
    const CtStatus status = try_header(text, 5U);
    assert_true(status == CT_SUCCESS || status == CT_TENSORS_MISALIGNED);
    n_aligned += status == CT_SUCCESS;
  }
  assert_int_equal(1, n_aligned);
}

static void
test_every_truncation(void** const state)
{
  (void)state;

  const File file = build(good_header, GOOD_DATA_SIZE);
  for (size_t size = 1U; size < file.size; ++size) {
    uint8_t* const copy = (uint8_t*)malloc(size);
    assert_non_null(copy);
    memcpy(copy, file.bytes, size);
    assert_int_not_equal(CT_SUCCESS, try_open(copy, size));
    free(copy);
  }
  free(file.bytes);
}

/// Next number of a linear congruential generator, the upper bits of which are
/// good
static uint32_t
next(uint32_t* const seed)
{
  *seed = (*seed * 1664525U) + 1013904223U;
  return *seed >> 16U;
}

/// Read every byte of every tensor, for the sanitizers
static uint32_t
sum_tensors(const CtTensorFile* const tensors)
{
  uint32_t sum = 0U;
  for (size_t i = 0U; i < ct_tensors_count(tensors); ++i) {
    const CtTensor* const tensor = ct_tensors_at(tensors, i);
    assert_ptr_equal(tensor, ct_tensors_get(tensors, tensor->name));
    for (size_t j = 0U; j < tensor->size; ++j) {
      sum += tensor->data[j];
    }
  }
  return sum;
}

static void
test_flipped_bytes(void** const state)
{
  (void)state;

  enum { N_ROUNDS = 20000, MAX_FLIPS = 3 };

  const size_t header_end = LENGTH_SIZE + sizeof(good_header) - 1U;
  uint32_t     seed       = 2U;
  uint32_t     n_refused  = 0U;
  for (uint32_t round = 0U; round < N_ROUNDS; ++round) {
    const File     flipped = build(good_header, GOOD_DATA_SIZE);
    const uint32_t n_flips = 1U + (next(&seed) % MAX_FLIPS);
    for (uint32_t i = 0U; i < n_flips; ++i) {
      flipped.bytes[next(&seed) % header_end] = (uint8_t)next(&seed);
    }

    CtTensorFile*  tensors = NULL;
    const CtStatus status =
      ct_tensors_open(flipped.bytes, flipped.size, &tensors);
    if (status) {
      ++n_refused;
    } else {
      // What is still a file covers the same data: 0 + 1 + ... + 31
      assert_int_equal(496, sum_tensors(tensors));
    }
    ct_tensors_free(tensors);
    free(flipped.bytes);
  }

  // Some flips hit only names, white space or the same value
  assert_in_range(n_refused, N_ROUNDS / 2, N_ROUNDS - 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_good_file),
    cmocka_unit_test(test_empty_file),
    cmocka_unit_test(test_refusals),
    cmocka_unit_test(test_header_length),
    cmocka_unit_test(test_deep_header),
    cmocka_unit_test(test_misaligned),
    cmocka_unit_test(test_every_truncation),
    cmocka_unit_test(test_flipped_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

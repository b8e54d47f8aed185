// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/base64.h"
#include "base/crc32.h"
#include "base/rng.h"

// cmocka.h asks for these to come first
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void
assert_refused(const char* text)
{
  uint8_t* bytes = NULL;
  size_t   size  = 1U;
  assert_int_equal(ct_base64_decode(text, &bytes, &size), CT_NOT_BASE64);
  assert_null(bytes);
  assert_int_equal(size, 0);
}

static void
test_vectors(void** state)
{
  (void)state;
  // RFC 4648, section 10
  static const char* const pairs[][2] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xFB\xFF\xBE", "+/++"},
  };
  for (size_t i = 0U; i < sizeof(pairs) / sizeof(pairs[0]); ++i) {
    const char* const plain = pairs[i][0];
    char*             text  = NULL;
    uint8_t*          bytes = NULL;
    size_t            size  = 0U;
    assert_int_equal(
      ct_base64_encode((const uint8_t*)plain, strlen(plain), &text),
      CT_SUCCESS);
    assert_string_equal(text, pairs[i][1]);
    assert_int_equal(ct_base64_decode(text, &bytes, &size), CT_SUCCESS);
    assert_int_equal(size, strlen(plain));
    assert_memory_equal(bytes, plain, size);
    free(text);
    free(bytes);
  }
}

static void
test_all_sizes(void** state)
{
  (void)state;
  uint8_t bytes[256];
  for (size_t size = 0U; size <= sizeof(bytes); ++size) {
    char*    text  = NULL;
    uint8_t* again = NULL;
    size_t   n     = 0U;
    for (size_t i = 0U; i < size; ++i) {
      bytes[i] = (uint8_t)ct_mix((size << 8U) | i);
    }
    assert_int_equal(ct_base64_encode(bytes, size, &text), CT_SUCCESS);
    assert_int_equal(strlen(text), (size + 2U) / 3U * 4U);
    assert_null(strpbrk(text, "\"\\"));
    assert_int_equal(ct_base64_decode(text, &again, &n), CT_SUCCESS);
    assert_int_equal(n, size);
    assert_memory_equal(again, bytes, size);
    free(text);
    free(again);
  }
}

static void
test_refused(void** state)
{
  (void)state;
  static const char* const texts[] = {
    "Z",         "Zg",       "Zg=",  "Zm9vZ", "=",       "==",        "====",
    "Z===",      "Zg==Zg==", "Zm=v", "Zh==",  "Zm9=",    "Zm9v\n",    "Zm 9",
    "Zm9v\nZg=", "-_-_",     "Zm9*", "Zg=v",  "\x80gg=", "Zm9vZg===",
  };
  for (size_t i = 0U; i < sizeof(texts) / sizeof(texts[0]); ++i) {
    assert_refused(texts[i]);
  }
}

static void
test_crc32(void** state)
{
  (void)state;
  // The check value that all catalogues of checksums give
  assert_int_equal(ct_crc32((const uint8_t*)"123456789", 9U), 0xCBF43926U);
  assert_int_equal(ct_crc32(NULL, 0U), 0U);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_vectors),
    cmocka_unit_test(test_all_sizes),
    cmocka_unit_test(test_refused),
    cmocka_unit_test(test_crc32),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

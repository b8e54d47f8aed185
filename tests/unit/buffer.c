// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file buffer.c The buffer grows, keeps its first failure, and hands over

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

static void
bytes_are_in_order(void** const state)
{
  (void)state;
  static const uint8_t expected[] = {'a', 'b', 1, 2, 3, 9, 9, 9, 9, 4, 3,
                                     2,   1,   8, 7, 6, 5, 4, 3, 2, 1};
  CtBuffer             buffer     = ct_buffer_init();
  ct_put_text(&buffer, "ab");
  ct_put_u8(&buffer, 1U);
  ct_put_u16_be(&buffer, 0x0203U);
  ct_put_u32_be(&buffer, 0U);
  ct_put_u32_le(&buffer, 0x01020304U);
  ct_put_u64_le(&buffer, UINT64_C(0x0102030405060708));
  ct_patch_u32_be(&buffer, 5U, 0x09090909U);
  ct_patch_u32_be(
    &buffer, buffer.size - 3U, 0U); // Does not fit: nothing happens

  uint8_t* bytes = NULL;
  size_t   size  = 0U;
  assert_int_equal(ct_buffer_take(&buffer, &bytes, &size), CT_SUCCESS);
  assert_int_equal(size, sizeof(expected));
  assert_memory_equal(bytes, expected, sizeof(expected));
  assert_null(buffer.bytes);
  free(bytes);
}

static void
it_grows(void** const state)
{
  (void)state;
  CtBuffer buffer = ct_buffer_init();
  for (uint32_t i = 0U; i < 100000U; ++i) {
    ct_put_u32_le(&buffer, i);
  }
  assert_int_equal(buffer.status, CT_SUCCESS);
  assert_int_equal(buffer.size, 400000);
  const uint8_t last[] = {0x9F, 0x86, 0x01, 0x00};
  assert_memory_equal(buffer.bytes + 399996, last, sizeof(last));
  ct_buffer_free(&buffer);
}

static void
the_first_failure_stays(void** const state)
{
  (void)state;
  CtBuffer buffer = ct_buffer_init();
  ct_put_u8(&buffer, 1U);
  buffer.status = CT_NO_MEMORY;
  ct_put_u8(&buffer, 2U);
  assert_int_equal(buffer.size, 1);
  uint8_t* bytes = NULL;
  size_t   size  = 7U;
  assert_int_equal(ct_buffer_take(&buffer, &bytes, &size), CT_NO_MEMORY);
  assert_null(bytes);
  assert_int_equal(size, 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(bytes_are_in_order),
    cmocka_unit_test(it_grows),
    cmocka_unit_test(the_first_failure_stays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

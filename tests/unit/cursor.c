// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file cursor.c The cursor reads both byte orders and never past the end

#include "base/cursor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const uint8_t bytes[] =
  {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0xF8, 0x09};

static void
numbers_have_their_byte_order(void** const state)
{
  (void)state;
  uint8_t  u8  = 0U;
  uint16_t u16 = 0U;
  uint32_t u32 = 0U;
  uint64_t u64 = 0U;
  CtCursor be  = ct_cursor_init(bytes, sizeof(bytes));
  assert_int_equal(ct_read_u16_be(&be, &u16), CT_SUCCESS);
  assert_int_equal(u16, 0x0102);
  assert_int_equal(ct_read_u32_be(&be, &u32), CT_SUCCESS);
  assert_int_equal(u32, 0x03040506);
  assert_int_equal(ct_read_u8(&be, &u8), CT_SUCCESS);
  assert_int_equal(u8, 7);
  assert_int_equal(ct_cursor_left(&be), 2);

  CtCursor le = ct_cursor_init(bytes, sizeof(bytes));
  assert_int_equal(ct_read_u64_le(&le, &u64), CT_SUCCESS);
  assert_int_equal(u64, UINT64_C(0xF807060504030201));
  le = ct_cursor_init(bytes, sizeof(bytes));
  assert_int_equal(ct_read_u32_le(&le, &u32), CT_SUCCESS);
  assert_int_equal(u32, 0x04030201);
  assert_int_equal(ct_read_u16_le(&le, &u16), CT_SUCCESS);
  assert_int_equal(u16, 0x0605);
}

static void
the_end_leaves_all_as_it_was(void** const state)
{
  (void)state;
  uint8_t        u8     = 0xAAU;
  uint16_t       u16    = 0xAAAAU;
  uint32_t       u32    = 0xAAAAAAAAU;
  uint64_t       u64    = 1U;
  const uint8_t* slice  = NULL;
  CtCursor       part   = {NULL, NULL};
  CtCursor       cursor = ct_cursor_init(bytes, 1U);
  assert_int_equal(ct_read_u16_be(&cursor, &u16), CT_REACHED_END);
  assert_int_equal(ct_read_u16_le(&cursor, &u16), CT_REACHED_END);
  assert_int_equal(ct_read_u32_be(&cursor, &u32), CT_REACHED_END);
  assert_int_equal(ct_read_u32_le(&cursor, &u32), CT_REACHED_END);
  assert_int_equal(ct_read_u64_le(&cursor, &u64), CT_REACHED_END);
  assert_int_equal(ct_read_bytes(&cursor, SIZE_MAX, &slice), CT_REACHED_END);
  assert_int_equal(ct_read_part(&cursor, 2U, &part), CT_REACHED_END);
  assert_int_equal(ct_skip(&cursor, 2U), CT_REACHED_END);
  assert_int_equal(u16, 0xAAAA);
  assert_int_equal(u32, 0xAAAAAAAA);
  assert_int_equal(u64, 1);
  assert_null(slice);
  assert_ptr_equal(cursor.at, bytes);
  assert_int_equal(ct_read_u8(&cursor, &u8), CT_SUCCESS);
  assert_int_equal(ct_read_u8(&cursor, &u8), CT_REACHED_END);
  assert_int_equal(u8, 1);
}

static void
a_part_ends_by_itself(void** const state)
{
  (void)state;
  uint8_t  u8     = 0U;
  CtCursor part   = {NULL, NULL};
  CtCursor cursor = ct_cursor_init(bytes, sizeof(bytes));
  assert_int_equal(ct_skip(&cursor, 1U), CT_SUCCESS);
  assert_int_equal(ct_read_part(&cursor, 1U, &part), CT_SUCCESS);
  assert_int_equal(ct_read_u8(&part, &u8), CT_SUCCESS);
  assert_int_equal(u8, 2);
  assert_int_equal(ct_read_u8(&part, &u8), CT_REACHED_END);
  assert_int_equal(ct_read_u8(&cursor, &u8), CT_SUCCESS);
  assert_int_equal(u8, 3);
}

static void
nothing_has_an_end_too(void** const state)
{
  (void)state;
  uint8_t  u8     = 0U;
  CtCursor cursor = ct_cursor_init(NULL, 0U);
  assert_int_equal(ct_cursor_left(&cursor), 0);
  assert_int_equal(ct_read_u8(&cursor, &u8), CT_REACHED_END);
  assert_int_equal(ct_skip(&cursor, 0U), CT_SUCCESS);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers_have_their_byte_order),
    cmocka_unit_test(the_end_leaves_all_as_it_was),
    cmocka_unit_test(a_part_ends_by_itself),
    cmocka_unit_test(nothing_has_an_end_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

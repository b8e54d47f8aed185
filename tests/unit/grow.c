// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file grow.c Lists keep what they hold while they grow

#include "base/grow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

static void
a_list_keeps_its_items(void** const state)
{
  (void)state;
  static const size_t n_items  = 1000U;
  size_t              capacity = 0U;
  uint32_t*           list     = NULL;
  for (uint32_t i = 0U; i < n_items; ++i) {
    uint32_t* const moved =
      (uint32_t*)ct_grow(list, i, &capacity, sizeof(uint32_t));
    assert_non_null(moved);
    assert_true(capacity > i);
    list    = moved;
    list[i] = i * i;
  }
  for (uint32_t i = 0U; i < n_items; ++i) {
    assert_int_equal(list[i], i * i);
  }
  free(list);
}

static void
room_that_is_there_is_used(void** const state)
{
  (void)state;
  uint32_t item     = 0U;
  size_t   capacity = 3U;
  assert_ptr_equal(ct_grow(&item, 2U, &capacity, sizeof(item)), &item);
  assert_int_equal(capacity, 3);
}

static void
a_size_that_overflows_is_refused(void** const state)
{
  (void)state;
  size_t capacity = 8U;
  assert_null(ct_grow(NULL, 8U, &capacity, SIZE_MAX / 8U));
  assert_int_equal(capacity, 8);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_list_keeps_its_items),
    cmocka_unit_test(room_that_is_there_is_used),
    cmocka_unit_test(a_size_that_overflows_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

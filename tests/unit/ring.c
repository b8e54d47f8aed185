// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file ring.c The ring keeps order and loses nothing, with one thread and
/// with two

#include "base/ring.h"
#include "base/thread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { N_ITEMS = 200000 };

typedef struct {
  uint64_t number;
  uint64_t complement; ///< Shows a torn item
  uint32_t filler;
} Item;

static void
a_full_ring_refuses(void** const state)
{
  (void)state;
  CtRing* const ring = ct_ring_new(3U, sizeof(uint32_t));
  assert_non_null(ring);
  uint32_t value = 0U;
  assert_false(ct_ring_read(ring, &value));
  for (uint32_t round = 0U; round < 10U; ++round) {
    for (value = 0U; value < 4U; ++value) { // Rounded up to four
      assert_int_equal(ct_ring_n_writable(ring), 4U - value);
      assert_true(ct_ring_write(ring, &value));
    }
    assert_false(ct_ring_write(ring, &value));
    assert_int_equal(ct_ring_n_readable(ring), 4);
    for (uint32_t i = 0U; i < 4U; ++i) {
      assert_true(ct_ring_read(ring, &value));
      assert_int_equal(value, i);
    }
    assert_false(ct_ring_read(ring, &value));
  }
  ct_ring_free(ring);
  ct_ring_free(NULL);
}

static void
sizes_out_of_range_give_null(void** const state)
{
  (void)state;
  assert_null(ct_ring_new(0U, 1U));
  assert_null(ct_ring_new(1U, 0U));
  assert_null(ct_ring_new(SIZE_MAX / 2U, 16U));
}

static void
write_all(void* const handle)
{
  CtRing* const ring = (CtRing*)handle;
  for (uint64_t i = 0U; i < N_ITEMS; ++i) {
    const Item item = {i, ~i, 0U};
    while (!ct_ring_write(ring, &item)) {
      ct_sleep_ms(0U);
    }
  }
}

static void
two_threads_lose_nothing(void** const state)
{
  (void)state;
  CtRing* const ring   = ct_ring_new(64U, sizeof(Item));
  CtThread      writer = {0};
  assert_int_equal(ct_thread_start(&writer, write_all, ring), CT_SUCCESS);
  for (uint64_t i = 0U; i < N_ITEMS; ++i) {
    Item item = {0U, 0U, 0U};
    while (!ct_ring_read(ring, &item)) {
      ct_sleep_ms(0U);
    }
    assert_int_equal(item.number, i);
    assert_int_equal(item.complement, ~i);
  }
  ct_thread_join(&writer);
  assert_int_equal(ct_ring_n_readable(ring), 0);
  ct_ring_free(ring);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_full_ring_refuses),
    cmocka_unit_test(sizes_out_of_range_give_null),
    cmocka_unit_test(two_threads_lose_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

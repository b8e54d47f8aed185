// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file arena.c Pieces of an arena are aligned, zero and apart

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
pieces_are_aligned_and_apart(void** const state)
{
  (void)state;
  CtArena* const arena = ct_arena_new(200U);
  assert_non_null(arena);
  uint8_t* const a = (uint8_t*)ct_arena_alloc(arena, 1U);
  uint8_t* const b = (uint8_t*)ct_arena_alloc(arena, 65U);
  assert_non_null(a);
  assert_non_null(b);
  assert_int_equal((uintptr_t)a % CT_ARENA_ALIGNMENT, 0);
  assert_int_equal(b - a, CT_ARENA_ALIGNMENT);
  assert_int_equal(b[64], 0);
  assert_int_equal(ct_arena_used(arena), 192);
  assert_non_null(ct_arena_alloc(arena, 64U));
  ct_arena_free(arena);
}

static void
a_full_arena_gives_null(void** const state)
{
  (void)state;
  CtArena* const arena = ct_arena_new(64U);
  assert_null(ct_arena_alloc(arena, 65U));
  assert_null(ct_arena_alloc(arena, SIZE_MAX));
  assert_non_null(ct_arena_alloc(arena, 64U));
  assert_null(ct_arena_alloc(arena, 1U));
  ct_arena_free(arena);
  ct_arena_free(NULL);
  assert_null(ct_arena_new(SIZE_MAX));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(pieces_are_aligned_and_apart),
    cmocka_unit_test(a_full_arena_gives_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

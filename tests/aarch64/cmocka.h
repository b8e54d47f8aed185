// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file cmocka.h As much of cmocka as some unit tests use, for a processor
/// that it is not installed for.  The first failure ends the program

#ifndef CMOCKA_H
#define CMOCKA_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// One test
struct CMUnitTest {
  const char* name;
  void (*run)(void** state);
};

static inline void
check_that(const int         is_true,
           const char* const text,
           const char* const file,
           const int         line)
{
  if (!is_true) {
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, text);
    exit(EXIT_FAILURE);
  }
}

static inline int
run_tests(const struct CMUnitTest* const tests, const size_t n)
{
  for (size_t i = 0U; i < n; ++i) {
    void* state = NULL;
    tests[i].run(&state);
    printf("OK %s\n", tests[i].name);
  }
  return EXIT_SUCCESS;
}

// clang-format off
#define cmocka_unit_test(function) {#function, function}
// clang-format on
#define cmocka_run_group_tests(tests, set_up, tear_down) \
  run_tests(tests, sizeof(tests) / sizeof((tests)[0]))

#define print_message(...) ((void)printf(__VA_ARGS__))
#define assert_true(x) check_that((x) ? 1 : 0, #x, __FILE__, __LINE__)
#define assert_null(x) assert_true((x) == NULL)
#define assert_non_null(x) assert_true((x) != NULL)
#define assert_int_equal(a, b) assert_true((a) == (b))
#define assert_memory_equal(a, b, size) assert_true(!memcmp(a, b, size))
#define assert_in_range(x, low, high) assert_true((x) >= (low) && (x) <= (high))

#endif // CMOCKA_H

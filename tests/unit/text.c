// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void
test_copy(void** state)
{
  (void)state;
  char* const copy = ct_text_copy("chorale", 4U);
  assert_string_equal(copy, "chor");
  free(copy);
}

static void
test_join(void** state)
{
  (void)state;
  char* const text = ct_text_join("a", "/", "bc");
  assert_string_equal(text, "a/bc");
  free(text);
}

static void
test_end(void** state)
{
  (void)state;
  assert_true(ct_text_has_end("reel.preset", ".preset"));
  assert_false(ct_text_has_end(".preset", ".preset"));
  assert_false(ct_text_has_end("reel.presets", ".preset"));
  assert_false(ct_text_has_end("", ".preset"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_copy),
    cmocka_unit_test(test_join),
    cmocka_unit_test(test_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

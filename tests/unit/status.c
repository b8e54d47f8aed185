// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file status.c Every status has a sentence of its own

#include "base/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void
every_status_has_its_own_sentence(void** const state)
{
  (void)state;
  for (int a = CT_SUCCESS; a <= CT_SOUNDFONT_DAMAGED; ++a) {
    const char* const text = ct_strerror((CtStatus)a);
    assert_true(text[0] >= 'A' && text[0] <= 'Z');
    assert_true(text[strlen(text) - 1U] != '.');
    assert_string_not_equal(text, "Unknown error");
    for (int b = CT_SUCCESS; b < a; ++b) {
      assert_string_not_equal(text, ct_strerror((CtStatus)b));
    }
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_status_has_its_own_sentence),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

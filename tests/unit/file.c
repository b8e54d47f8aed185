// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file file.c Files are mapped whole and replaced at once

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

static char path[] = "continuo-test-file.bin";

static void
what_is_written_is_mapped(void** const state)
{
  (void)state;
  CtMappedFile file = {NULL, 0U};
  assert_int_equal(ct_file_write(path, "first words", 11U), CT_SUCCESS);
  assert_int_equal(ct_file_map(path, &file), CT_SUCCESS);
  assert_int_equal(file.size, 11);

  // The mapping is of the old file, which the new one does not touch
  CtMappedFile later = {NULL, 0U};
  assert_int_equal(ct_file_write(path, "then", 4U), CT_SUCCESS);
  assert_memory_equal(file.bytes, "first words", 11U);
  assert_int_equal(ct_file_map(path, &later), CT_SUCCESS);
  assert_int_equal(later.size, 4);
  assert_memory_equal(later.bytes, "then", 4U);
  ct_file_unmap(&later);
  ct_file_unmap(&file);
  assert_null(file.bytes);
  remove(path);
}

static void
an_empty_file_is_empty(void** const state)
{
  (void)state;
  CtMappedFile file = {NULL, 7U};
  assert_int_equal(ct_file_write(path, NULL, 0U), CT_SUCCESS);
  assert_int_equal(ct_file_map(path, &file), CT_SUCCESS);
  assert_int_equal(file.size, 0);
  ct_file_unmap(&file);
  remove(path);
}

static void
what_is_no_file_is_refused(void** const state)
{
  (void)state;
  CtMappedFile file = {NULL, 7U};
  assert_int_equal(ct_file_map("no-such-directory/file", &file),
                   CT_CANNOT_OPEN);
  assert_int_equal(file.size, 0);
  assert_int_equal(ct_file_map(".", &file), CT_BAD_READ);
  assert_int_equal(ct_file_write("no-such-directory/file", "x", 1U),
                   CT_CANNOT_OPEN);
}

static void
a_device_is_not_replaced(void** const state)
{
  (void)state;
  assert_int_equal(ct_file_write("/dev/null", "x", 1U), CT_SUCCESS);
  CtMappedFile file = {NULL, 0U};
  assert_int_equal(ct_file_map("/dev/null", &file), CT_BAD_READ);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_written_is_mapped),
    cmocka_unit_test(an_empty_file_is_empty),
    cmocka_unit_test(what_is_no_file_is_refused),
    cmocka_unit_test(a_device_is_not_replaced),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

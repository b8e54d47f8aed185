// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file shelf.c Whoever asks for the same model gets the same one, until the
/// last gives it back

#include "gen/shelf.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define N_OWNERS 3U

static CtMappedFile
map(void)
{
  CtMappedFile file = {NULL, 0U};
  assert_int_equal(ct_file_map(CONTINUO_MODEL, &file), CT_SUCCESS);
  return file;
}

static void
file_and_bytes_share_a_model(void** const state)
{
  (void)state;
  CtMappedFile   file             = map();
  const CtModel* models[N_OWNERS] = {NULL};
  assert_int_equal(ct_shelf_take(file.bytes, file.size, &models[0]),
                   CT_SUCCESS);
  assert_non_null(models[0]);
  assert_int_equal(models[0]->size, file.size);

  // Elsewhere in memory they are the same bytes
  uint8_t* const copy = (uint8_t*)malloc(file.size);
  assert_non_null(copy);
  memcpy(copy, file.bytes, file.size);
  assert_int_equal(ct_shelf_take(copy, file.size, &models[1]), CT_SUCCESS);
  free(copy);
  ct_file_unmap(&file);
  assert_int_equal(ct_shelf_take_file(CONTINUO_MODEL, &models[2]), CT_SUCCESS);
  assert_ptr_equal(models[1], models[0]);
  assert_ptr_equal(models[2], models[0]);

  // The address sanitizer sees if the first to give it back frees it, or if
  // the last does not
  for (uint32_t i = 0U; i < N_OWNERS; ++i) {
    assert_true(strlen(models[i]->name) > 0U);
    ct_shelf_put_back(models[i]);
  }
  assert_int_equal(ct_shelf_take_file(CONTINUO_MODEL, &models[0]), CT_SUCCESS);
  assert_true(strlen(models[0]->name) > 0U);
  ct_shelf_put_back(models[0]);
  ct_shelf_put_back(NULL);
}

static void
other_bytes_are_another_model(void** const state)
{
  (void)state;
  CtMappedFile   file  = map();
  const CtModel* one   = NULL;
  const CtModel* other = NULL;
  uint8_t* const copy  = (uint8_t*)malloc(file.size);
  assert_non_null(copy);
  memcpy(copy, file.bytes, file.size);

  // A letter of the licence, so that it still loads
  static const char word[] = "CC-BY-SA-4.0";
  size_t            i      = 0U;
  while (i + sizeof(word) < file.size &&
         memcmp(copy + i, word, sizeof(word) - 1U) != 0) {
    ++i;
  }
  assert_true(i + sizeof(word) < file.size);
  copy[i] = 'X';
  assert_int_equal(ct_shelf_take(file.bytes, file.size, &one), CT_SUCCESS);
  assert_int_equal(ct_shelf_take(copy, file.size, &other), CT_SUCCESS);
  assert_ptr_not_equal(one, other);
  ct_shelf_put_back(one);
  assert_non_null(strstr(other->licence, "XC-BY"));
  ct_shelf_put_back(other);
  ct_file_unmap(&file);
  free(copy);
}

static void
what_cannot_be_loaded_is_not_kept(void** const state)
{
  (void)state;
  CtMappedFile   file  = map();
  const CtModel* model = (const CtModel*)&file;
  CtModel*       same  = NULL;
  const CtStatus cut   = ct_model_load(file.bytes, file.size - 4U, &same);
  assert_int_not_equal(cut, CT_SUCCESS);
  for (uint32_t i = 0U; i < 2U; ++i) {
    assert_int_equal(ct_shelf_take(file.bytes, file.size - 4U, &model), cut);
    assert_null(model);
  }
  model = (const CtModel*)&file;
  assert_int_equal(ct_shelf_take_file("/no/such/file", &model),
                   ct_model_load_file("/no/such/file", &same));
  assert_null(model);
  ct_file_unmap(&file);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(file_and_bytes_share_a_model),
    cmocka_unit_test(other_bytes_are_another_model),
    cmocka_unit_test(what_cannot_be_loaded_is_not_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

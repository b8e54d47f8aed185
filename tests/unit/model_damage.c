// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file model_damage.c Model files that are cut short or have a wrong bit do
/// no harm

#include "gen/model.h"

#include "base/file.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define LENGTH_SIZE 8U
#define N_TRUNCATED 40U
#define N_HEADER_FLIPS 120U
#define N_DATA_FLIPS 40U

/// Floats come first in the data: their exponents are worth most
#define N_FLOAT_BYTES 55000U

static CtStatus
load(const uint8_t* const bytes, const size_t size)
{
  CtModel*       model  = NULL;
  const CtStatus status = ct_model_load(bytes, size, &model);
  assert_true((status == CT_SUCCESS) == (model != NULL));
  ct_model_free(model);
  return status;
}

/// Bytes in front of the data
static size_t
header_size(const CtMappedFile* const file)
{
  uint64_t length = 0U;
  for (uint32_t i = 0U; i < LENGTH_SIZE; ++i) {
    length |= (uint64_t)file->bytes[i] << (8U * i);
  }
  return LENGTH_SIZE + (size_t)length;
}

static void
truncated_files_are_refused(void** const state)
{
  (void)state;
  CtMappedFile file;
  uint32_t     seed = 21U;
  assert_int_equal(ct_file_map(CONTINUO_MODEL, &file), CT_SUCCESS);
  for (uint32_t i = 0U; i < N_TRUNCATED; ++i) {
    const size_t size = i < LENGTH_SIZE ? i : fixture_random(&seed) % file.size;
    uint8_t* const bytes = (uint8_t*)malloc(size + 1U);
    assert_non_null(bytes);
    if (size) {
      memcpy(bytes, file.bytes, size);
    }
    assert_int_not_equal(load(bytes, size), CT_SUCCESS);
    free(bytes);
  }
  ct_file_unmap(&file);
}

// Some load all the same: a letter of a name, a bit of a weight that the
// self-test does not hear.  None crashes
static void
flipped_bits_do_no_harm(void** const state)
{
  (void)state;
  CtMappedFile file;
  assert_int_equal(ct_file_map(CONTINUO_MODEL, &file), CT_SUCCESS);
  const size_t   size   = file.size;
  const size_t   n_head = header_size(&file);
  uint8_t* const bytes  = (uint8_t*)malloc(size);
  assert_non_null(bytes);
  memcpy(bytes, file.bytes, size);

  uint32_t seed      = 22U;
  uint32_t n_refused = 0U;
  for (uint32_t i = 0U; i < N_HEADER_FLIPS + N_DATA_FLIPS; ++i) {
    const size_t  at  = i < N_HEADER_FLIPS
                          ? fixture_random(&seed) % n_head
                          : n_head + (fixture_random(&seed) % N_FLOAT_BYTES);
    const uint8_t bit = (uint8_t)(1U << (fixture_random(&seed) % 8U));
    bytes[at] ^= bit;
    n_refused += load(bytes, size) != CT_SUCCESS;
    bytes[at] ^= bit;
  }
  assert_true(n_refused > N_HEADER_FLIPS / 4U);
  assert_int_equal(load(bytes, size), CT_SUCCESS);
  free(bytes);
  ct_file_unmap(&file);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(truncated_files_are_refused),
    cmocka_unit_test(flipped_bits_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

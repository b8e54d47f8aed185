// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file model_damage.c Model files that are cut short or have a wrong bit do
/// no harm

#include "gen/model.h"

#include "parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

static void
truncated_files_are_refused(void** const state)
{
  (void)state;
  parts_truncate(CONTINUO_MODEL, load, N_TRUNCATED);
}

static void
flipped_bits_do_no_harm(void** const state)
{
  (void)state;
  const uint32_t n_refused = parts_flip(
    CONTINUO_MODEL, load, N_HEADER_FLIPS, N_DATA_FLIPS, N_FLOAT_BYTES);
  assert_true(n_refused > N_HEADER_FLIPS / 4U);
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

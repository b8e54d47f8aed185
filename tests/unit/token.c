// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file token.c One thread has a token at a time

#include "base/token.h"

#include "base/thread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define N_THREADS 3U
#define N_TURNS 2000U

/// A token and what it guards
typedef struct {
  CtToken  token;
  uint32_t n_turns;
} Guarded;

static void
one_has_it_until_it_is_given_back(void** const state)
{
  (void)state;
  CtToken token = {false, 0U};
  assert_true(ct_token_try(&token));
  assert_false(ct_token_try(&token));
  assert_false(ct_token_try(&token));
  ct_token_release(&token);
  assert_true(ct_token_try(&token));
}

static void
wanting_it_takes_nothing(void** const state)
{
  (void)state;
  CtToken token = {false, 0U};
  assert_false(ct_token_is_wanted(&token));
  ct_token_want(&token, true);
  assert_true(ct_token_is_wanted(&token));
  assert_true(ct_token_try(&token));
  assert_true(ct_token_is_wanted(&token));
  ct_token_want(&token, true); // By another
  ct_token_want(&token, false);
  assert_true(ct_token_is_wanted(&token));
  ct_token_want(&token, false);
  assert_false(ct_token_is_wanted(&token));
  assert_false(ct_token_try(&token));
}

static void
count(void* const handle)
{
  Guarded* const guarded = (Guarded*)handle;
  for (uint32_t i = 0U; i < N_TURNS; ++i) {
    while (!ct_token_try(&guarded->token)) {
      ct_sleep_ms(0U);
    }
    ++guarded->n_turns;
    ct_token_release(&guarded->token);
  }
}

// The thread sanitizer sees if what is guarded is not
static void
threads_take_turns(void** const state)
{
  (void)state;
  Guarded  guarded = {{false, 0U}, 0U};
  CtThread threads[N_THREADS];
  for (uint32_t i = 0U; i < N_THREADS; ++i) {
    assert_int_equal(ct_thread_start(&threads[i], count, &guarded), CT_SUCCESS);
  }
  for (uint32_t i = 0U; i < N_THREADS; ++i) {
    ct_thread_join(&threads[i]);
  }
  assert_int_equal(guarded.n_turns, N_THREADS * N_TURNS);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_has_it_until_it_is_given_back),
    cmocka_unit_test(wanting_it_takes_nothing),
    cmocka_unit_test(threads_take_turns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

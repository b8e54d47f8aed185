// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file blocks.c Block size does not matter, and time runs forwards

#include "property.h"

#define N_ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

static const uint32_t by_1[]    = {1U};
static const uint32_t by_7[]    = {7U};
static const uint32_t by_64[]   = {64U};
static const uint32_t by_512[]  = {512U};
static const uint32_t by_4096[] = {4096U};
static const uint32_t mixed[]   = {1U, 4096U, 7U, 0U, 64U, 1000U, 512U, 3U};

static const struct {
  const uint32_t* sizes;
  size_t          n_sizes;
} all_sizes[] = {
  {by_1, N_ELEMENTS(by_1)},
  {by_7, N_ELEMENTS(by_7)},
  {by_64, N_ELEMENTS(by_64)},
  {by_4096, N_ELEMENTS(by_4096)},
  {mixed, N_ELEMENTS(mixed)},
};

typedef void (*Script)(FakeHost* host);

static FakeHost*
play(const Script script, const uint32_t* sizes, const size_t n_sizes)
{
  FakeHost* const host = fake_host_new(CONTINUO_SYNCHRONOUS);
  fake_host_set_blocks(host, sizes, n_sizes);
  script(host);
  assert_whole_notes(host);
  return host;
}

static void
assert_same_in_all_sizes(const Script script)
{
  FakeHost* const reference = play(script, by_512, N_ELEMENTS(by_512));
  assert_music(reference, 8U);
  for (size_t i = 0U; i < N_ELEMENTS(all_sizes); ++i) {
    FakeHost* const host =
      play(script, all_sizes[i].sizes, all_sizes[i].n_sizes);
    assert_same_messages(reference, host);
    fake_host_free(host);
  }
  fake_host_free(reference);
}

static void
steady(FakeHost* host)
{
  fake_host_set_tempo(host, 117.0); // A quarter is no whole number of frames
  fake_host_roll(host);
  fake_host_run_quarters(host, 24.0);
  fake_host_stop(host);
  fake_host_run(host, 512);
}

static void
eventful(FakeHost* host)
{
  fake_host_run(host, 1000);
  fake_host_roll(host);
  fake_host_run_quarters(host, 4.3);
  fake_host_set(host, CONTINUO_KEY, 7.0F);
  fake_host_run_quarters(host, 3.7);
  fake_host_set_tempo(host, 90.0);
  fake_host_run_quarters(host, 5.2);
  fake_host_set_tempo(host, 120.0);
  fake_host_locate(host, 2.0);
  fake_host_run_quarters(host, 3.1);
  fake_host_stop(host);
  fake_host_run(host, 5000);
  fake_host_roll(host);
  fake_host_run_quarters(host, 4.0);
  fake_host_stop(host);
  fake_host_run(host, 512);
}

static void
looped(FakeHost* host)
{
  fake_host_set_loop(host, 2.0, 6.0);
  fake_host_roll(host);
  fake_host_run_quarters(host, 17.0);
  fake_host_stop(host);
  fake_host_run(host, 512);
}

static void
test_steady(void** state)
{
  (void)state;
  assert_same_in_all_sizes(steady);
}

static void
test_eventful(void** state)
{
  (void)state;
  assert_same_in_all_sizes(eventful);
}

static void
test_looped(void** state)
{
  (void)state;
  assert_same_in_all_sizes(looped);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_steady),
    cmocka_unit_test(test_eventful),
    cmocka_unit_test(test_looped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file scripts.c Same project, same notes: block sizes, sample rates, live
/// and bounced.  An argument is the only test to run

#include "compare.h"
#include "property.h"
#include "trial.h"

#include <inttypes.h>
#include <stdio.h>

#define N_ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

/// Everything that a script may hold
static const uint32_t all_flags = SCRIPT_WITH_SECTIONS | SCRIPT_WITH_TRANSPORT |
                                  SCRIPT_WITH_SEED | SCRIPT_WITH_SETTINGS |
                                  SCRIPT_WITH_BYPASS | SCRIPT_WITH_INPUT;

/// Quarters that most scripts play
static const uint32_t usual_length = 6U;

static const uint32_t by_1[]    = {1U};
static const uint32_t by_7[]    = {7U};
static const uint32_t by_64[]   = {64U};
static const uint32_t by_512[]  = {512U};
static const uint32_t by_4096[] = {4096U};

static FakeHost*
new_host(const ContinuoMode mode, const double sample_rate)
{
  FakeHost* const host = fake_host_new_at(mode, sample_rate);
  fake_host_set_blocks(host, by_512, N_ELEMENTS(by_512));
  return host;
}

/// Compare `sizes` with blocks of 512
static bool
is_same_in_blocks(const Script*   script,
                  const FakeHost* reference,
                  const uint32_t* sizes,
                  const size_t    n_sizes)
{
  FakeHost* const host = new_host(CONTINUO_SYNCHRONOUS, TRIAL_SAMPLE_RATE);
  fake_host_set_blocks(host, sizes, n_sizes);
  player_play(host, script);
  const bool is_same = is_whole(host) && is_same_messages(reference, host);
  if (!is_same) {
    fprintf(stderr, "in blocks of 512 and of %" PRIu32 "\n", sizes[0]);
  }
  fake_host_free(host);
  return is_same;
}

/// Blocks of 512 against one other size, or random ones
static bool
blocks_do_not_matter(const uint64_t seed)
{
  static const struct {
    const uint32_t* sizes;
    size_t          n_sizes;
  } all[] = {
    {by_1, N_ELEMENTS(by_1)},
    {by_7, N_ELEMENTS(by_7)},
    {by_64, N_ELEMENTS(by_64)},
    {by_4096, N_ELEMENTS(by_4096)},
  };

  uint32_t      mixed[64];
  Dice          dice    = {~seed};
  const int64_t largest = 3000;
  for (size_t i = 0U; i < N_ELEMENTS(mixed); ++i) {
    mixed[i] =
      (uint32_t)(dice_one_in(&dice, 2) ? dice_between(&dice, 0, largest)
                                       : dice_between(&dice, 1, 64));
  }
  mixed[0] = 1U; // One at least is not empty

  const Script    script    = script_new(seed, all_flags, usual_length);
  FakeHost* const reference = new_host(CONTINUO_SYNCHRONOUS, TRIAL_SAMPLE_RATE);
  player_play(reference, &script);
  const uint64_t size = seed % (N_ELEMENTS(all) + 1U);
  const bool     is_same =
    is_whole(reference) &&
    (size < N_ELEMENTS(all)
       ? is_same_in_blocks(
           &script, reference, all[size].sizes, all[size].n_sizes)
       : is_same_in_blocks(&script, reference, mixed, N_ELEMENTS(mixed)));
  fake_host_free(reference);
  return judge_script(&script, is_same);
}

/// The sample rate that music is written at has no part in it
static bool
rates_do_not_matter(const uint64_t seed)
{
  static const double rates[] = {44100.0, 96000.0};

  const Script    script    = script_new(seed, all_flags, usual_length);
  FakeHost* const reference = new_host(CONTINUO_SYNCHRONOUS, TRIAL_SAMPLE_RATE);
  FakeHost* const other =
    new_host(CONTINUO_SYNCHRONOUS, rates[seed % N_ELEMENTS(rates)]);
  player_play(reference, &script);
  player_play(other, &script);
  const bool is_same =
    is_whole(reference) && is_whole(other) && is_same_ticks(reference, other);
  fake_host_free(reference);
  fake_host_free(other);
  return judge_script(&script, is_same);
}

/// Whether notes can be in time at all: the thread sanitizer is too slow for it
#if defined(__SANITIZE_THREAD__)
static const bool is_in_time = false;
#else
static const bool is_in_time = true;
#endif

/// What is heard live, at `pace` times real time or as fast as it goes
static bool
is_live_same(const uint64_t seed, const uint32_t flags, const double pace)
{
  const Script    script    = script_new(seed, flags, usual_length);
  FakeHost* const reference = new_host(CONTINUO_SYNCHRONOUS, TRIAL_SAMPLE_RATE);
  FakeHost* const live      = new_host(CONTINUO_LIVE, TRIAL_SAMPLE_RATE);
  live->pace                = pace;
  player_play(reference, &script);
  player_play(live, &script);
  uint32_t   n_late = 0U;
  const bool is_same =
    is_whole(reference) && is_whole(live) &&
    (!is_in_time || is_same_but_late(reference, live, &n_late));
  fake_host_free(reference);
  fake_host_free(live);
  return judge_script(&script, is_same);
}

static bool
live_is_bounce(const uint64_t seed)
{
  const double pace = 8.0;
  return is_live_same(seed, all_flags & ~(uint32_t)SCRIPT_WITH_BYPASS, pace);
}

static bool
fast_is_live(const uint64_t seed)
{
  return is_live_same(seed, all_flags & ~(uint32_t)SCRIPT_WITH_BYPASS, 0.0);
}

static void
test_blocks(void** state)
{
  (void)state;
  try_scripts(blocks_do_not_matter, 34);
}

static void
test_rates(void** state)
{
  (void)state;
  try_scripts(rates_do_not_matter, 20);
}

static void
test_live(void** state)
{
  (void)state;
  try_scripts(live_is_bounce, 2);
}

static void
test_fast(void** state)
{
  (void)state;
  try_scripts(fast_is_live, 4);
}

int
main(int argc, char** argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_blocks),
    cmocka_unit_test(test_rates),
    cmocka_unit_test(test_live),
    cmocka_unit_test(test_fast),
  };
  if (argc > 1) {
    cmocka_set_test_filter(argv[1]);
  }
  return cmocka_run_group_tests(tests, keep_instance, drop_instance);
}

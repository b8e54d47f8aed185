// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file chaos.c A host gone mad, a million times: every note still ends.

   CONTINUO_ACTIONS is how many actions there are, CONTINUO_SEED where chance
   begins.
*/

#include "dice.h"
#include "property.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define N_ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

#if defined(NDEBUG)
enum { N_ACTIONS = 1000000 };
#else
enum { N_ACTIONS = 50000 }; // Sanitizers, and no optimisation
#endif

enum {
  LARGEST_BLOCK = 256,
  STATUS_BIT    = 0x80,
  LAST_BYTE     = 0xFF,
  LAST_DATA     = 0x7F,
};

/// Quarters that the host moves in, so that the take stays short
static const double last_quarter = 12.0;

/// Someone at the machine
typedef struct {
  FakeHost* host;
  Dice      dice;
  uint32_t  size;    ///< Of the next blocks
  int64_t   n_done;  ///< Actions so far
  int64_t   n_stops; ///< After which all had to be silent
  bool      is_live;
} Chaos;

/// Something that it does
typedef void (*Deed)(Chaos* chaos);

static void
run_random(Chaos* chaos)
{
  const int64_t mostly = 6;
  chaos->size          = (uint32_t)(dice_one_in(&chaos->dice, mostly)
                                      ? dice_between(&chaos->dice, 0, LARGEST_BLOCK)
                                      : 64);
  fake_host_run(chaos->host, chaos->size);
}

static void
set_room(Chaos* chaos)
{
  const int64_t few       = 3;
  chaos->host->max_writes = dice_one_in(&chaos->dice, 2)
                              ? (uint32_t)dice_between(&chaos->dice, 0, few)
                              : UINT32_MAX;
}

/// What a stop must bring, once there is room
static void
check_silence(Chaos* chaos)
{
  FakeHost* const host = chaos->host;
  host->max_writes     = UINT32_MAX;
  fake_host_run(host, LARGEST_BLOCK);
  fake_host_run(host, 1);
  if (host->notes.n_sounding || host->notes.n_stray_off || host->n_disorders) {
    fail_msg("after %" PRId64 " actions: %zu notes left on, %zu stray offs, "
             "%zu messages out of order; CONTINUO_SEED plays it again",
             chaos->n_done,
             host->notes.n_sounding,
             host->notes.n_stray_off,
             host->n_disorders);
  }
  ++chaos->n_stops;
}

static void
roll_or_stop(Chaos* chaos)
{
  const int64_t mostly = 3;
  if (chaos->host->transport.rolling && dice_one_in(&chaos->dice, mostly)) {
    fake_host_stop(chaos->host);
    check_silence(chaos);
  } else {
    fake_host_roll(chaos->host);
  }
}

static void
locate(Chaos* chaos)
{
  const double pre_roll = -4.0;
  const double quarter  = dice_real(&chaos->dice, pre_roll, last_quarter);
  fake_host_locate(chaos->host,
                   dice_one_in(&chaos->dice, 2) ? floor(quarter) : quarter);
}

static void
loop(Chaos* chaos)
{
  const double longest  = 4.0;
  const double shortest = 0.01; // Some frames at least, at any tempo
  const double start    = dice_real(&chaos->dice, 0.0, last_quarter - longest);
  const double length   = dice_real(&chaos->dice, shortest, longest);
  fake_host_set_loop(
    chaos->host, start, start + shortest + length * length / longest);
}

static void
change_tempo(Chaos* chaos)
{
  const double    slowest = 40.0;
  const double    fastest = 960.0;
  FakeHost* const host    = chaos->host;
  fake_host_set_tempo(host, dice_real(&chaos->dice, slowest, fastest));
  if ((double)host->transport.frame >
      2.0 * last_quarter * fake_host_frames_per_quarter(host)) {
    locate(chaos); // A plugin that takes it for the tempo of the whole song
                   // would else have to write all the music up to here
  }
}

static void
change_meter(Chaos* chaos)
{
  const int64_t  most = 13;
  const unsigned last = 4;
  fake_host_set_meter(chaos->host,
                      (uint32_t)dice_between(&chaos->dice, 1, most),
                      1U << (unsigned)dice_between(&chaos->dice, 0, last));
}

/// A position that no host should tell
static void
tell_garbage(Chaos* chaos)
{
  static const double numbers[] = {
    NAN, INFINITY, -INFINITY, 0.0, -1.0, 1e300, -1e300, 1e-300, 120.0, 3.99999};
  static const uint32_t wholes[] = {0U, 1U, 3U, 4U, 5U, 255U, UINT32_MAX};
  static const int64_t  frames[] = {INT64_MIN,
                                    INT64_MAX,
                                    -(INT64_C(1) << 48U),
                                    INT64_C(1) << 48U,
                                    -1,
                                    INT64_C(1) << 33U};

  Dice* const   dice   = &chaos->dice;
  const int64_t spread = 100000;
  // In a thread of its own it need not write all the music up to there
  const bool             is_far   = chaos->is_live && dice_one_in(dice, 4);
  const ContinuoPosition position = {
    .rolling   = dice_one_in(dice, 2),
    .frame     = is_far ? frames[dice_between(dice, 0, N_ELEMENTS(frames) - 1)]
                        : chaos->host->transport.frame +
                        dice_between(dice, -spread, spread),
    .has_meter = !dice_one_in(dice, 4),
    .tempo     = numbers[dice_between(dice, 0, N_ELEMENTS(numbers) - 1)],
    .numerator = wholes[dice_between(dice, 0, N_ELEMENTS(wholes) - 1)],
    .denominator = wholes[dice_between(dice, 0, N_ELEMENTS(wholes) - 1)],
    .beat        = numbers[dice_between(dice, 0, N_ELEMENTS(numbers) - 1)]};
  fake_host_run_at(chaos->host,
                   dice_one_in(dice, 8) ? NULL : &position,
                   (uint32_t)dice_between(dice, 0, LARGEST_BLOCK));
}

/// Turn knobs without a block between
static void
set_parameters(Chaos* chaos)
{
  const int64_t most  = 20;
  const double  past  = 0.1; // and a bit out of range
  const int64_t count = dice_between(&chaos->dice, 1, most);
  for (int64_t i = 0; i < count; ++i) {
    const uint32_t id =
      (uint32_t)dice_between(&chaos->dice, 0, CONTINUO_N_PARAMS);
    const ContinuoParam* const row = continuo_param(id);
    const float                value =
      row ? (float)dice_real(&chaos->dice, row->min - past, row->max + past)
                         : 1.0F;
    fake_host_set(chaos->host, id, dice_one_in(&chaos->dice, 64) ? NAN : value);
    ++chaos->n_done;
  }
}

/// Back to settings that play
static void
reset_parameters(Chaos* chaos)
{
  const float lively = 5.0F;
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    fake_host_set(chaos->host, id, continuo_param(id)->initial);
  }
  fake_host_set(chaos->host, CONTINUO_DENSITY, lively);
}

static void
set_one(Chaos* chaos)
{
  static const struct {
    uint32_t id;
    float    low;
    float    high;
  } knobs[] = {
    {CONTINUO_BYPASS, 0.0F, 1.0F},
    {CONTINUO_OCTAVE, -3.0F, 3.0F},
    {CONTINUO_CHANNEL_MODE, 0.0F, 1.0F},
    {CONTINUO_NEW_TAKE, 0.0F, 1.0F},
    {CONTINUO_TAKE_MODE, 0.0F, 1.0F},
    {CONTINUO_INPUT_MODE, 0.0F, 3.0F},
  };
  const size_t i = (size_t)dice_between(&chaos->dice, 0, N_ELEMENTS(knobs) - 1);
  fake_host_set(chaos->host,
                knobs[i].id,
                (float)dice_between(
                  &chaos->dice, (int64_t)knobs[i].low, (int64_t)knobs[i].high));
}

/// Any bytes on the input's channel, or none of a channel at all
static void
send_input(Chaos* chaos)
{
  Dice* const   dice   = &chaos->dice;
  const int64_t notes  = 0x90;
  const int64_t system = 0xF0;
  const int64_t kind =
    dice_one_in(dice, 2)
      ? (dice_one_in(dice, 2) ? notes : STATUS_BIT)
      : dice_between(dice, STATUS_BIT, system - 1) & ~(int64_t)0xF;
  const uint8_t data[] = {(uint8_t)(kind | FAKE_HOST_INPUT_CHANNEL),
                          (uint8_t)dice_between(dice, 0, LAST_DATA),
                          (uint8_t)dice_between(dice, 0, LAST_DATA)};
  fake_host_send(chaos->host, 0U, data, sizeof(data));
}

static void
reactivate(Chaos* chaos)
{
  fake_host_reactivate(chaos->host);
}

static void
load_model(Chaos* chaos)
{
  assert_int_equal(continuo_load_model(chaos->host->continuo, CONTINUO_MODEL),
                   0);
  assert_int_not_equal(continuo_load_model(chaos->host->continuo, "none"), 0);
}

/// What is done how often of a hundred thousand times; the rest are blocks
static const struct {
  Deed    deed;
  int64_t share;
} deeds[] = {
  {send_input, 8000},
  {set_room, 4000},
  {roll_or_stop, 2000},
  {tell_garbage, 150},
  {locate, 150},
  {loop, 150},
  {change_tempo, 400},
  {change_meter, 50},
  {set_parameters, 70},
  {reset_parameters, 90},
  {set_one, 250},
  {reactivate, 30},
  {load_model, 2},
};

static void
do_something(Chaos* chaos)
{
  const int64_t all = 100000;
  int64_t throw     = dice_between(&chaos->dice, 0, all - 1);
  ++chaos->n_done;
  for (size_t i = 0U; i < N_ELEMENTS(deeds); ++i) {
    if (throw < deeds[i].share) {
      deeds[i].deed(chaos);
      return;
    }
    throw -= deeds[i].share;
  }

  run_random(chaos);
  if (chaos->host->transport.quarter > last_quarter) {
    locate(chaos);
  }
}

/// Let `n_actions` happen, and see that there was music and that it ended
static void
go_mad(const ContinuoMode mode, const int64_t n_actions)
{
  const int         base  = 10;
  const char* const seed  = getenv("CONTINUO_SEED");
  Chaos             chaos = {
                .host    = fake_host_new(mode),
                .dice    = {seed ? strtoull(seed, NULL, base) : 1U},
                .is_live = mode == CONTINUO_LIVE,
  };
  while (chaos.n_done < n_actions) {
    do_something(&chaos);
  }
  fake_host_stop(chaos.host);
  check_silence(&chaos);
  assert_true(chaos.n_stops > n_actions / 2000);
  assert_music(chaos.host, (size_t)n_actions / 1000U);
  print_message("%" PRId64 " actions, %" PRId64 " stops, %zu notes\n",
                chaos.n_done,
                chaos.n_stops,
                chaos.host->notes.n_notes);
  fake_host_free(chaos.host);
}

static int64_t
n_actions(void)
{
  const int         base  = 10;
  const char* const count = getenv("CONTINUO_ACTIONS");
  return count ? strtoll(count, NULL, base) : N_ACTIONS;
}

static void
test_synchronous(void** state)
{
  (void)state;
  go_mad(CONTINUO_SYNCHRONOUS, n_actions() / 100 * 60);
}

static void
test_live(void** state)
{
  (void)state;
  go_mad(CONTINUO_LIVE, n_actions() / 100 * 40);
}

int
main(int argc, char** argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_synchronous),
    cmocka_unit_test(test_live),
  };
  if (argc > 1) {
    cmocka_set_test_filter(argv[1]);
  }
  return cmocka_run_group_tests(tests, NULL, NULL);
}

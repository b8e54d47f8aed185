// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file clock_hosts.c What each kind of host gets wrong does not move our
/// clock

#include "clock_script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/// What a host did to our clock
typedef struct {
  uint32_t n_moves; ///< After the start
  double   worst;   ///< Most ticks off the song's, over whole blocks
  CtTick   end;     ///< Where it led
} Run;

static CtTransport transport;

static ClockSong
steady_song(const double   tempo,
            const uint32_t numerator,
            const uint32_t denominator)
{
  return (ClockSong){.tempi    = {{0.0, tempo, tempo}},
                     .n_tempi  = 1U,
                     .meters   = {{0.0, numerator, denominator}},
                     .n_meters = 1U,
                     .length   = 1200.0};
}

static void
play_block(ClockHost* const host, const uint32_t n_frames, Run* const run)
{
  CtPosition   position;
  const bool   told = clock_host_tell(host, n_frames, &position);
  const CtMove move =
    ct_transport_begin(&transport, told ? &position : NULL, n_frames);
  const CtTickRange range = ct_transport_range(&transport);
  run->n_moves += move == CT_MOVE_SEEKED;
  assert_true(move != CT_MOVE_NONE || range.begin == run->end);
  run->end = range.end;
  clock_host_advance(host, n_frames);
  const double error =
    fabs((double)range.end - ceil(clock_host_tick(host, host->frame - 1)));
  run->worst = error > run->worst ? error : run->worst;
}

static Run
play(ClockHost* const host, const int64_t n_frames, const uint32_t block)
{
  Run run = {.end = ct_transport_range(&transport).end};
  for (int64_t frame = 0; frame < n_frames; frame += block) {
    play_block(host, block, &run);
  }
  return run;
}

static void
twenty_minutes_drift_by_no_frame(void** const state)
{
  (void)state;
  for (uint32_t style = 0U; style < CLOCK_N_STYLES; ++style) {
    const double tempo = style == CLOCK_SILENT ? 120.0 : 117.0;
    ClockSong    song  = steady_song(tempo, 4U, 4U);
    ClockHost    host  = clock_host_new((ClockStyle)style, &song, 48000.0);
    ct_transport_reset(&transport, 48000.0);
    clock_host_roll(&host, true);
    const Run run = play(&host, INT64_C(20) * 60 * 48000, 64U);
    assert_int_equal(run.n_moves, 0);
    assert_true(run.worst <= 1.0); // The ticks of a frame are a 25th of one

    // The first tick that the next block would play
    const double tick = clock_host_tick(&host, host.frame - 1);
    assert_true(fabs((double)run.end - (tick + 0.5)) <= 0.5 + 1e-3);
  }
}

static void
beats_of_any_meter_do_not_move_us(void** const state)
{
  (void)state;
  static const uint32_t meters[][2] = {
    {4U, 4U}, {7U, 8U}, {6U, 8U}, {3U, 8U}, {5U, 8U}, {2U, 2U}, {11U, 16U}};
  static const uint32_t blocks[] = {64U, 1024U, 4096U};
  for (uint32_t i = 0U; i < 7U * 3U * (uint32_t)CLOCK_SILENT; ++i) {
    const uint32_t* const meter = meters[i / 3U % 7U];
    ClockSong             song  = steady_song(151.0, meter[0], meter[1]);
    ClockHost host = clock_host_new((ClockStyle)(i / 21U), &song, 48000.0);
    ct_transport_reset(&transport, 48000.0);
    clock_host_roll(&host, true);
    const Run run = play(&host, INT64_C(60) * 48000, blocks[i % 3U]);
    assert_int_equal(run.n_moves, 0);
    assert_true(run.worst <= 1.0);
  }
}

static void
a_seek_without_frames_shows_by_the_beat(void** const state)
{
  (void)state;
  static const int64_t places[] = {96000, 12000, 0, 300000, 60000, 24000};
  ClockSong            song     = steady_song(120.0, 4U, 4U);
  ClockHost            host     = clock_host_new(CLOCK_CLAP, &song, 48000.0);
  ct_transport_reset(&transport, 48000.0);
  clock_host_roll(&host, true);
  (void)play(&host, 25600, 256U);
  for (size_t i = 0U; i < sizeof(places) / sizeof(places[0]); ++i) {
    clock_host_locate(&host, places[i]);
    const Run run = play(&host, 25600, 256U);
    assert_int_equal(run.n_moves, 1);
    const double place = fmod(clock_host_tick(&host, host.frame), 3840.0);
    assert_true(fabs(fmod((double)run.end, 3840.0) - place) <= 1.0);
  }
}

static void
a_device_clock_stands_with_the_song(void** const state)
{
  (void)state;
  ClockSong song = steady_song(120.0, 4U, 4U);
  ClockHost host = clock_host_new(CLOCK_CLAP, &song, 48000.0);
  ct_transport_reset(&transport, 48000.0);
  clock_host_roll(&host, true);
  const Run before = play(&host, 480000, 480U);
  clock_host_roll(&host, false);
  const Run pause = play(&host, 480000, 480U);
  assert_int_equal(pause.n_moves, 0);
  assert_int_equal(pause.end, before.end);
  clock_host_roll(&host, true);
  (void)play(&host, 480, 480U);
  assert_int_equal(ct_transport_range(&transport).begin, before.end);
}

static void
a_host_whose_frames_stick_is_followed_by_its_beat(void** const state)
{
  (void)state;
  ClockSong song = steady_song(117.0, 4U, 4U);
  ClockHost host = clock_host_new(CLOCK_EXACT, &song, 48000.0);
  ct_transport_reset(&transport, 48000.0);
  clock_host_roll(&host, true);
  for (uint32_t i = 0U; i < 3000U; ++i) {
    CtPosition position;
    (void)clock_host_tell(&host, 480U, &position);
    position.frame = 0;
    assert_int_equal(ct_transport_begin(&transport, &position, 480U),
                     i ? CT_MOVE_NONE : CT_MOVE_STARTED);
    clock_host_advance(&host, 480U);
  }
  const double tick = clock_host_tick(&host, host.frame);
  assert_true(fabs((double)ct_transport_range(&transport).end - tick) <= 1.0);
}

static void
a_beat_that_stands_still_for_a_while_is_not_followed(void** const state)
{
  (void)state;
  ClockSong song = steady_song(117.0, 4U, 4U);
  ClockHost host = clock_host_new(CLOCK_EXACT, &song, 48000.0);
  ct_transport_reset(&transport, 48000.0);
  clock_host_roll(&host, true);
  for (uint32_t i = 0U; i < 3000U; ++i) {
    CtPosition position;
    (void)clock_host_tell(&host, 480U, &position);
    position.beat = i < 900U ? 0.0 : position.beat;
    assert_int_equal(ct_transport_begin(&transport, &position, 480U),
                     i ? CT_MOVE_NONE : CT_MOVE_STARTED);
    clock_host_advance(&host, 480U);
  }
  const double tick = clock_host_tick(&host, host.frame);
  assert_true(fabs((double)ct_transport_range(&transport).end - tick) <= 1.0);
}

static void
a_loop_of_one_block_is_one(void** const state)
{
  (void)state;
  ClockSong song = steady_song(117.0, 7U, 8U);
  ClockHost host = clock_host_new(CLOCK_JALV, &song, 48000.0);
  ct_transport_reset(&transport, 48000.0);
  clock_host_roll(&host, true);
  (void)play(&host, 4800, 480U);
  for (uint32_t i = 0U; i < 100U; ++i) {
    clock_host_locate(&host, 9600);
    const Run run = play(&host, 100, 100U);
    assert_int_equal(run.n_moves, 1);
    assert_int_equal(ct_transport_range(&transport).begin, 375);
  }
}

static void
a_ramp_told_by_its_first_tempo_is_followed(void** const state)
{
  (void)state;
  ClockSong song = {.tempi    = {{0.0, 120.0, 180.0}, {20.0, 180.0, 180.0}},
                    .n_tempi  = 2U,
                    .meters   = {{0.0, 4U, 4U}},
                    .n_meters = 1U,
                    .length   = 30.0};
  static const uint32_t blocks[] = {64U, 1024U};
  for (size_t i = 0U; i < 2U; ++i) {
    ClockHost host = clock_host_new(CLOCK_ARDOUR, &song, 48000.0);
    ct_transport_reset(&transport, 48000.0);
    clock_host_roll(&host, true);
    const Run run = play(&host, INT64_C(30) * 48000, blocks[i]);
    assert_int_equal(run.n_moves, 0);

    assert_true(run.worst <= CT_JITTER_TICKS + 22.0);
  }
}

/// Ticks by which our place between two ticks is not the host's
static double
fraction_error(const ClockHost* const host)
{
  const double ours =
    ct_segment_tick(&transport.anchor, host->frame, host->sample_rate);
  const double error = ours - clock_host_tick(host, host->frame);
  return fabs(error - round(error));
}

static void
an_unheard_place_is_met_to_a_part_of_a_tick(void** const state)
{
  (void)state;
  static const struct {
    ClockTempo tempi[3];
    ClockMeter meters[2];
    double     heard; ///< From where, for half a second
    double     stand; ///< Told without rolling
    double     roll;  ///< Where to roll from, past the last tempo
  } cases[] = {
    {// Beyond any bar heard
     {{0.0, 144.1, 144.1}, {4.0, 65.0, 65.0}, {8.0, 50.3, 50.3}},
     {{0.0, 2U, 4U}, {10.0, 5U, 4U}},
     0.0,
     7.17,
     7.17},
    {// Where a first guess made one tempo of all look right
     {{0.0, 204.7, 204.7}, {2.0, 40.0, 40.0}, {13.0, 203.0, 203.0}},
     {{0.0, 2U, 4U}, {8.0, 12U, 8U}},
     0.0,
     8.77,
     12.3},
    {// Before all that was heard, at a tempo near it, in eighths
     {{0.0, 225.5, 225.5}, {2.0, 224.5, 224.5}, {4.0, 221.7, 221.7}},
     {{0.0, 6U, 8U}, {0.0, 6U, 8U}},
     4.5,
     1.33,
     1.33},
    {// After it
     {{0.0, 192.2, 192.2}, {2.0, 194.0, 194.0}, {6.0, 64.0, 64.0}},
     {{0.0, 6U, 8U}, {0.0, 6U, 8U}},
     0.0,
     4.33,
     4.33},
  };
  static const uint32_t blocks[] = {7U, 512U, 4096U};
  for (size_t i = 0U; i < 12U; ++i) {
    ClockSong song = {.n_tempi = 3U, .n_meters = 2U, .length = 20.0};
    memcpy(song.tempi, cases[i / 3U].tempi, sizeof(cases[0].tempi));
    memcpy(song.meters, cases[i / 3U].meters, sizeof(cases[0].meters));
    ClockHost host = clock_host_new(CLOCK_EXACT, &song, 48000.0);
    ct_transport_reset(&transport, 48000.0);
    clock_host_locate(&host, llround(cases[i / 3U].heard * 48000.0));
    clock_host_roll(&host, true);
    (void)play(&host, 24000, 480U);
    clock_host_roll(&host, false);
    clock_host_locate(&host, llround(cases[i / 3U].stand * 48000.0));
    (void)play(&host, 4800, 480U);
    clock_host_locate(&host, llround(cases[i / 3U].roll * 48000.0));
    clock_host_roll(&host, true);
    const int64_t last = llround(song.tempi[2].seconds * 48000.0);
    while (host.frame < last + 96000) {
      const int64_t left = clock_host_next_change(&host, host.frame);
      const int64_t cut  = left - host.frame;
      Run           run  = {.end = ct_transport_range(&transport).end};
      const int64_t size = blocks[i % 3U];
      play_block(&host, (uint32_t)(cut < size ? cut : size), &run);
      assert_true(fraction_error(&host) < 1e-3);
    }
  }
}

/**
   Why a tempo is taken for quarters whatever the meter.

   LV2 words it as beats of the meter's denominator, and some hosts tell it so.
   In 6/8 at 60 they tell just what others do at 120: of quarters, where DPF
   takes them for beats (CLAP), or goes on from one position at one beat for
   each of the tempo's (LV2 told on change).  That is so to a tick for most of
   a minute, until the floats that DPF adds up in the latter have drifted.
*/
static void
a_tempo_of_eighths_looks_like_one_of_quarters(void** const state)
{
  (void)state;
  static const ClockStyle styles[] = {CLOCK_CLAP, CLOCK_JALV};
  static const double     bar      = 3.0;
  for (size_t i = 0U; i < 2U; ++i) {
    ClockSong slow_song = steady_song(60.0, 6U, 8U);
    ClockSong song      = steady_song(120.0, 6U, 8U);
    ClockHost slow      = clock_host_new(CLOCK_EXACT, &slow_song, 48000.0);
    ClockHost host      = clock_host_new(styles[i], &song, 48000.0);
    clock_host_roll(&slow, true);
    clock_host_roll(&host, true);
    ct_transport_reset(&transport, 48000.0);
    for (uint32_t block = 0U; block < 40000U; ++block) {
      CtPosition of_eighths;
      CtPosition of_quarters;
      (void)clock_host_tell(&slow, 64U, &of_eighths);
      (void)clock_host_tell(&host, 64U, &of_quarters);
      of_eighths.tempo *= 2.0;
      assert_int_equal(of_eighths.frame, of_quarters.frame);
      assert_true(of_eighths.tempo == of_quarters.tempo);
      const double error = of_eighths.beat - of_quarters.beat;
      assert_true(fabs(error - (bar * round(error / bar))) * CT_PPQN < 1.0);

      assert_int_equal(ct_transport_begin(&transport, &of_eighths, 64U),
                       block ? CT_MOVE_NONE : CT_MOVE_STARTED);
      clock_host_advance(&slow, 64U);
      clock_host_advance(&host, 64U);
    }
    const double tick = clock_host_tick(&host, host.frame - 1);
    assert_true(fabs((double)ct_transport_range(&transport).end - tick) <= 1.0);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(twenty_minutes_drift_by_no_frame),
    cmocka_unit_test(beats_of_any_meter_do_not_move_us),
    cmocka_unit_test(a_seek_without_frames_shows_by_the_beat),
    cmocka_unit_test(a_device_clock_stands_with_the_song),
    cmocka_unit_test(a_host_whose_frames_stick_is_followed_by_its_beat),
    cmocka_unit_test(a_beat_that_stands_still_for_a_while_is_not_followed),
    cmocka_unit_test(a_loop_of_one_block_is_one),
    cmocka_unit_test(a_ramp_told_by_its_first_tempo_is_followed),
    cmocka_unit_test(an_unheard_place_is_met_to_a_part_of_a_tick),
    cmocka_unit_test(a_tempo_of_eighths_looks_like_one_of_quarters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

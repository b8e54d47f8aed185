// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file clock_property.c Our clock agrees with the song's, whatever the host
   does and however it tells it.

   CONTINUO_CLOCK_SEED=N runs the script of that number alone,
   CONTINUO_CLOCK_SCRIPTS=N as many as that in each test.
*/

#include "clock_script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#define N_SCRIPTS 60U

static const ClockBlocks usual = {512U, false, true, false};

static ClockLog reference;
static ClockLog other;

static const char* const style_names[CLOCK_N_STYLES] =
  {"exact", "ardour", "jalv", "vst3", "clap", "silent"};

static void
fail_script(const ClockScript* const script, const char* const what)
{
  fail_msg("CONTINUO_CLOCK_SEED=%u, %s host: %s",
           script->seed,
           style_names[script->style],
           what);
}

/// Whether DPF's formats and hosts agree on what a beat is
static bool
has_sure_beats(const ClockSong* const song)
{
  for (size_t i = 0U; i < song->n_meters; ++i) {
    if (song->meters[i].denominator != 4U) {
      return false;
    }
  }
  return true;
}

/// Whether the host's beats are of other bars than the song's: in VST3, DPF
/// counts bars of whole quarters, and from the song's beginning in one meter
static bool
misplaces_bars(const ClockScript* const script)
{
  return script->style == CLOCK_VST3 && !script->is_steady &&
         (script->song.n_meters > 1U || !has_sure_beats(&script->song));
}

/// Tell what was made of each move, for whoever has to find out why
static void
print_moves(const ClockScript* const script, const ClockLog* const log)
{
  const ClockSong* const song = &script->song;
  for (size_t i = 0U; i < song->n_tempi; ++i) {
    print_message("from %.2f s %.2f to %.2f QPM\n",
                  song->tempi[i].seconds,
                  song->tempi[i].tempo,
                  song->tempi[i].end);
  }
  for (size_t i = 0U; i < song->n_meters; ++i) {
    print_message("from quarter %.2f %u/%u\n",
                  song->meters[i].quarter,
                  song->meters[i].numerator,
                  song->meters[i].denominator);
  }
  for (size_t i = 0U; i < log->n_moves; ++i) {
    print_message(
      "frame %d at tick %d\n", (int)log->frames[i], (int)log->begins[i]);
  }
}

/// Ticks by which the song's ramps change their speed within a block
static double
ramp_ticks(const ClockSong* const song, const double block_seconds)
{
  double ticks = 0.0;
  for (size_t i = 0U; i < song->n_tempi; ++i) {
    ticks += fabs(song->tempi[i].end - song->tempi[i].tempo) * block_seconds *
             CT_PPQN / 60.0;
  }
  return ticks;
}

/// Ticks by which the host's own way to tell makes us miss the song's time
static double
tolerance(const ClockScript* const script,
          const ClockLog* const    log,
          const double             block_seconds)
{
  static const double rounding = 0.05;
  double              ticks    = rounding + log->max_bend;
  if (script->style == CLOCK_ARDOUR && !script->is_steady) {
    ticks += 0.5 + (script->has_ramps ? 2.0 * CT_JITTER_TICKS : 0.0);
  }
  if (!has_sure_beats(&script->song)) {
    // A bend by less than a tick may be none: the beat can be read two ways
    ticks += 1.0 + ramp_ticks(&script->song, block_seconds);
  }
  return ticks;
}

/// Check each onset's frame: the first that is not before its tick
static void
check_truth(const ClockScript* const script,
            const double             sample_rate,
            const uint32_t           block_size,
            const ClockLog* const    log)
{
  const ClockHost host = {.song = script->song, .sample_rate = sample_rate};
  const double    most = tolerance(script, log, block_size / sample_rate);
  for (size_t i = 0U; i < log->n_onsets && !misplaces_bars(script); ++i) {
    const ClockOnset* const onset  = &log->onsets[i];
    const double            tick   = clock_host_tick(&host, onset->frame);
    const double            before = clock_host_tick(&host, onset->frame - 1);
    if (!onset->is_bent && ((double)onset->tick > tick + most ||
                            (double)onset->tick < before - most)) {
      print_message("tick %d at frame %d is at %f to %f in the song\n",
                    (int)onset->tick,
                    (int)onset->frame,
                    before,
                    tick);
      print_moves(script, log);
      fail_script(script, "a tick is off the song's");
    }
  }
}

/// Whether the host tells of ramps neither by tempo nor by beat
static bool
is_lost(const ClockScript* const script)
{
  return script->style == CLOCK_ARDOUR && script->has_ramps &&
         !has_sure_beats(&script->song);
}

static void
check_moves(const ClockScript* const script, const ClockLog* const log)
{
  if (log->has_gap) {
    fail_script(script, "ranges do not follow each other");
  }
  if (log->n_moves != log->n_steps && !is_lost(script)) {
    print_message("%d moves for %d\n", (int)log->n_moves, (int)log->n_steps);
    print_moves(script, log);
    fail_script(script, "moves were missed or made up");
  }
}

/// Check that the same sounded at the same time, within some frames
static void
check_same(const ClockScript* const script, const int64_t max_frames)
{
  if (reference.n_onsets != other.n_onsets) {
    print_moves(script, &reference);
    print_moves(script, &other);
    fail_script(script, "another number of ticks");
  }
  for (size_t i = 0U; i < reference.n_onsets; ++i) {
    const ClockOnset* const a = &reference.onsets[i];
    const ClockOnset* const b = &other.onsets[i];
    if (a->tick != b->tick || llabs(a->time - b->time) > max_frames) {
      print_message("tick %d at %d, or %d at %d\n",
                    (int)a->tick,
                    (int)a->time,
                    (int)b->tick,
                    (int)b->time);
      fail_script(script, "the block size matters");
    }
  }
}

/// Call `check` with many scripts of each style
static void
for_scripts(const bool is_steady, void (*const check)(const ClockScript*))
{
  const char* const seed = getenv("CONTINUO_CLOCK_SEED");
  const char* const most = getenv("CONTINUO_CLOCK_SCRIPTS");
  const uint32_t    n    = most ? (uint32_t)strtoul(most, NULL, 10) : N_SCRIPTS;
  const uint32_t    first = seed ? (uint32_t)strtoul(seed, NULL, 10) : 1U;
  for (uint32_t i = first; i < first + (seed ? 1U : n); ++i) {
    for (uint32_t style = 0U; style < CLOCK_SILENT; ++style) {
      const ClockScript script =
        clock_script_new(i, (ClockStyle)style, is_steady);
      check(&script);
    }
  }
}

/// Whether the host's frames are the song's
static bool
tells_frames(const ClockScript* const script)
{
  return script->style != CLOCK_CLAP;
}

static void
check_song(const ClockScript* const script)
{
  if (!tells_frames(script)) {
    return;
  }
  clock_script_play(script, 48000.0, usual, &reference);
  check_moves(script, &reference);
  if (!is_lost(script)) {
    check_truth(script, 48000.0, usual.size, &reference);
  }
}

static void
ticks_are_the_songs(void** const state)
{
  (void)state;
  for_scripts(true, check_song);
}

static void
ticks_are_the_songs_through_changes(void** const state)
{
  (void)state;
  for_scripts(false, check_song);
}

static void
check_sizes(const ClockScript* const script)
{
  static const ClockBlocks blocks[] = {{1U, false, true, false},
                                       {7U, false, true, false},
                                       {64U, false, true, false},
                                       {4096U, false, true, false},
                                       {3000U, true, true, false}};
  if (script->has_ramps || !tells_frames(script) || misplaces_bars(script)) {
    return;
  }
  clock_script_play(script, 48000.0, usual, &reference);
  const size_t  begin = script->seed % 8U ? 1U : 0U;
  const int64_t most =
    script->style == CLOCK_ARDOUR && !script->is_steady ? 40 : 0;
  for (size_t i = begin; i < sizeof(blocks) / sizeof(blocks[0]); ++i) {
    clock_script_play(script, 48000.0, blocks[i], &other);
    check_moves(script, &other);
    check_same(script, most);
  }
}

static void
the_block_size_does_not_matter(void** const state)
{
  (void)state;
  for_scripts(true, check_sizes);
  for_scripts(false, check_sizes);
}

static void
check_uncut(const ClockScript* const script)
{
  static const ClockBlocks blocks[] = {{64U, false, false, true},
                                       {1024U, false, false, true},
                                       {4096U, false, false, true}};
  if (!tells_frames(script)) {
    return;
  }
  for (size_t i = 0U; i < sizeof(blocks) / sizeof(blocks[0]); ++i) {
    clock_script_play(script, 44100.0, blocks[i], &reference);
    if (script->style != CLOCK_ARDOUR) {
      check_moves(script, &reference);
    } else if (reference.n_moves < reference.n_steps) {
      // Into a block with a change it moves twice: DPF tells its frame first
      fail_script(script, "moves were missed");
    }
    if (!(script->has_ramps && script->style == CLOCK_ARDOUR)) {
      check_truth(script, 44100.0, blocks[i].size, &reference);
    }
  }
}

static void
changes_may_lie_inside_a_block(void** const state)
{
  (void)state;
  for_scripts(true, check_uncut);
  for_scripts(false, check_uncut);
}

static void
check_rates(const ClockScript* const script)
{
  static const double rates[] = {44100.0, 96000.0};
  if (script->has_ramps || !tells_frames(script) || misplaces_bars(script)) {
    return;
  }
  clock_script_play(script, 48000.0, usual, &reference);
  for (size_t i = 0U; i < sizeof(rates) / sizeof(rates[0]); ++i) {
    clock_script_play(script, rates[i], usual, &other);
    check_moves(script, &other);
    for (size_t move = 0U; move < reference.n_moves; ++move) {
      // The frame a host seeks to owns the ticks since the frame before
      if (llabs(reference.begins[move] - other.begins[move]) > 1) {
        fail_script(script, "the sample rate matters");
      }
    }
  }
}

static void
the_sample_rate_does_not_matter(void** const state)
{
  (void)state;
  for_scripts(true, check_rates);
  for_scripts(false, check_rates);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(ticks_are_the_songs),
    cmocka_unit_test(ticks_are_the_songs_through_changes),
    cmocka_unit_test(the_block_size_does_not_matter),
    cmocka_unit_test(changes_may_lie_inside_a_block),
    cmocka_unit_test(the_sample_rate_does_not_matter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

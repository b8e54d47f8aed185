// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file passes.c Place decides: from any bar, in any pass, with the same
/// automation.  An argument is the only test to run

#include "compare.h"
#include "property.h"
#include "trial.h"

#include <inttypes.h>
#include <stdio.h>

#define N_ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

static int64_t
bar_length(const Script* script)
{
  const int64_t whole = 4L * SCRIPT_QUARTER;
  return whole * script->sections[0].numerator /
         script->sections[0].denominator;
}

/// Play from `begin` to `end`.  @return What came
static HeardSpan
play_from(Player* player, const int64_t begin, const int64_t end)
{
  FakeHost* const host = player->host;
  player_locate(player, begin);
  fake_host_roll(host);
  const int64_t time = host->time;
  player_run_to(player, end);
  const HeardSpan span = {host, time, host->time};
  player_stop(player);
  return span;
}

/// From bar N it plays what it plays there when it comes from bar 1, whether it
/// was elsewhere before or not
static bool
place_decides(const uint64_t seed)
{
  const int64_t n_bars = 3;
  const Script  script = script_new(seed, 0U, 1U);
  Dice          dice   = {~seed};
  const int64_t start =
    dice_between(&dice, 1, n_bars - 1) * bar_length(&script);
  const int64_t   end          = n_bars * bar_length(&script);
  FakeHost* const whole        = fake_host_new(CONTINUO_SYNCHRONOUS);
  FakeHost* const late         = fake_host_new(CONTINUO_SYNCHRONOUS);
  Player          whole_player = player_new(whole, &script);
  Player          late_player  = player_new(late, &script);
  begin_script(&whole_player);
  begin_script(&late_player);

  player_locate(&whole_player, 0);
  fake_host_roll(whole);
  player_run_to(&whole_player, start);
  const int64_t begin = whole->time;
  player_run_to(&whole_player, end);
  const HeardSpan heard = {whole, begin, whole->time};
  player_stop(&whole_player);

  const HeardSpan fresh = play_from(&late_player, start, end);
  const int64_t   elsewhere =
    dice_between(&dice, 0, n_bars) * bar_length(&script);
  (void)play_from(&late_player, elsewhere, elsewhere + SCRIPT_QUARTER);
  const HeardSpan again   = play_from(&late_player, start, end);
  const bool      is_same = is_whole(whole) && is_whole(late) &&
                       is_same_notes(heard, fresh) &&
                       is_same_notes(heard, again);
  fake_host_free(whole);
  fake_host_free(late);
  return judge_script(&script, is_same);
}

/// Change `n` parameters from one beat to the next
typedef struct {
  int64_t      tick;
  ScriptAction set;
} Move;

/// Parameters by position, as a session keeps them
typedef struct {
  Script  script;
  Move    moves[8];
  int64_t end;
  bool    tells_late; ///< The host tells parameters when it starts
} Automation;

static Automation
random_automation(const uint64_t seed)
{
  const int64_t n_bars     = 4;
  Automation    automation = {.script = script_new(seed, 0U, 1U)};
  Dice          dice       = {~seed};
  automation.end           = n_bars * bar_length(&automation.script);
  automation.tells_late    = dice_one_in(&dice, 2);
  const int64_t stretch =
    automation.end / (int64_t)N_ELEMENTS(automation.moves);
  for (size_t i = 0U; i < N_ELEMENTS(automation.moves); ++i) {
    // Between two places of the grid, and not in the last sixteenth of a beat:
    // whoever starts on the beat then starts under the new value
    const int64_t sixteenth = SCRIPT_QUARTER / 4;
    const int64_t begin     = (int64_t)i * stretch;
    const int64_t beat      = begin / SCRIPT_QUARTER * SCRIPT_QUARTER;
    automation.moves[i].tick =
      beat +
      dice_between(&dice, 0, (3 * sixteenth) / SCRIPT_GRID - 1) * SCRIPT_GRID +
      SCRIPT_GRID / 2;
    automation.moves[i].set = script_random_set(&dice, 0U);
  }
  return automation;
}

/// Play from `begin` to the end with the automation, which tells what holds
/// there at the start
static HeardSpan
play_automation(Player*           player,
                const Automation* automation,
                const int64_t     begin)
{
  FakeHost* const host = player->host;
  const int64_t   wait = SCRIPT_QUARTER / 4;
  size_t          i    = 0U;
  // Some hosts tell what holds here when they get here, some when they start
  player_locate(player, begin);
  if (automation->tells_late) {
    player_run(player, wait);
  }
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    fake_host_set(host, id, continuo_param(id)->initial);
  }
  begin_script(player);
  for (; i < N_ELEMENTS(automation->moves) && automation->moves[i].tick < begin;
       ++i) {
    player_do(player, &automation->moves[i].set);
  }
  if (!automation->tells_late) {
    player_run(player, wait);
  }

  fake_host_roll(host);
  const int64_t time = host->time;
  for (; i < N_ELEMENTS(automation->moves); ++i) {
    player_run_to(player, automation->moves[i].tick);
    player_do(player, &automation->moves[i].set);
  }
  player_run_to(player, automation->end);
  const HeardSpan span = {host, time, host->time};
  player_stop(player);
  return span;
}

/// A second pass of recorded automation gives what the first gave, from
/// anywhere
static bool
passes_are_same(const uint64_t seed)
{
  const Automation automation = random_automation(seed);
  FakeHost* const  host       = fake_host_new(CONTINUO_SYNCHRONOUS);
  Player           player     = player_new(host, &automation.script);
  Dice             dice       = {seed};
  const HeardSpan  first      = play_automation(&player, &automation, 0);

  const int64_t n_quarters = automation.end / SCRIPT_QUARTER;
  const int64_t begin = dice_between(&dice, 1, n_quarters - 2) * SCRIPT_QUARTER;
  Player        measure = player_new(host, &automation.script);
  player_locate(&measure, begin);
  const HeardSpan rest = {host, first.begin + host->transport.frame, first.end};
  const HeardSpan middle  = play_automation(&player, &automation, begin);
  const HeardSpan second  = play_automation(&player, &automation, 0);
  const bool      is_same = is_whole(host) && is_same_notes(first, second) &&
                       is_same_notes(rest, middle);
  if (!is_same) {
    fprintf(stderr,
            "one: the first pass; other: the second, or from tick %" PRId64
            " on; parameters told %s\n",
            begin,
            automation.tells_late ? "at the start" : "before");
    for (size_t i = 0U; i < N_ELEMENTS(automation.moves); ++i) {
      fprintf(stderr,
              "at %" PRId64 ": %s %g\n",
              automation.moves[i].tick,
              continuo_param(automation.moves[i].set.id)->symbol,
              (double)automation.moves[i].set.value);
    }
  }
  fake_host_free(host);
  return judge_script(&automation.script, is_same);
}

enum { N_PASSES = 4 };

/// Loop from `start` to `end`, coming in from the song's beginning
static void
play_passes(Player*       player,
            const int64_t start,
            const int64_t end,
            HeardSpan     passes[N_PASSES])
{
  FakeHost* const host = player->host;
  fake_host_roll(host);
  player_run_to(player, start);
  for (int i = 0; i < N_PASSES; ++i) {
    const int64_t begin = host->time;
    player_run_to(player, end);
    passes[i] = (HeardSpan){host, begin, host->time};
    player_locate(player, start);
    fake_host_run(host, 0); // Notes that the jump ends, end there
  }
  player_stop(player);
}

/// Each pass of a loop gives the same notes, also the one that came in from
/// before
static bool
loops_are_same(const uint64_t seed)
{
  const int64_t   sixteenth = SCRIPT_QUARTER / 4;
  const Script    script    = script_new(seed, SCRIPT_WITH_SECTIONS, 1U);
  Dice            dice      = {~seed};
  const int64_t   start     = dice_between(&dice, 0, 24) * sixteenth;
  const int64_t   end       = start + dice_between(&dice, 1, 20) * sixteenth;
  FakeHost* const host      = fake_host_new(CONTINUO_SYNCHRONOUS);
  Player          player    = player_new(host, &script);
  HeardSpan       passes[N_PASSES];
  begin_script(&player);
  play_passes(&player, start, end, passes);

  bool is_same = is_whole(host);
  for (int i = 1; i < N_PASSES; ++i) {
    is_same = is_same && is_same_notes(passes[0], passes[i]);
  }
  if (!is_same) {
    fprintf(stderr, "loop from %" PRId64 " to %" PRId64 "\n", start, end);
  }
  fake_host_free(host);
  return judge_script(&script, is_same);
}

/// Who improvises plays each pass anew, and so does the other who is asked to
static bool
improvised_loops_differ(const uint64_t seed)
{
  const int64_t   n_bars  = 2;
  const size_t    few     = 4U; // Notes that could be the same by chance
  const Script    script  = script_new(seed, 0U, 1U);
  FakeHost* const hosts[] = {fake_host_new(CONTINUO_SYNCHRONOUS),
                             fake_host_new(CONTINUO_SYNCHRONOUS)};
  HeardSpan       passes[N_ELEMENTS(hosts)][N_PASSES];
  bool            holds = true;
  for (size_t i = 0U; i < N_ELEMENTS(hosts); ++i) {
    Player player = player_new(hosts[i], &script);
    begin_script(&player);
    fake_host_set(hosts[i], CONTINUO_TAKE_MODE, 1.0F);
    play_passes(&player, 0, n_bars * bar_length(&script), passes[i]);
    holds = holds && is_whole(hosts[i]);
  }

  for (int i = 0; i < N_PASSES; ++i) {
    holds = holds && is_same_notes(passes[0][i], passes[1][i]);
    if (i > 0 && count_heard_notes(passes[0][i]) > few &&
        has_same_notes(passes[0][i - 1], passes[0][i])) {
      fprintf(stderr, "passes %d and %d are the same\n", i - 1, i);
      holds = false;
    }
  }
  fake_host_free(hosts[0]);
  fake_host_free(hosts[1]);
  return judge_script(&script, holds);
}

static void
test_place(void** state)
{
  (void)state;
  try_scripts(place_decides, 12);
}

static void
test_automation(void** state)
{
  (void)state;
  try_scripts(passes_are_same, 12);
}

static void
test_loops(void** state)
{
  (void)state;
  try_scripts(loops_are_same, 12);
}

static void
test_improvised(void** state)
{
  (void)state;
  try_scripts(improvised_loops_differ, 4);
}

int
main(int argc, char** argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_place),
    cmocka_unit_test(test_automation),
    cmocka_unit_test(test_loops),
    cmocka_unit_test(test_improvised),
  };
  if (argc > 1) {
    cmocka_set_test_filter(argv[1]);
  }
  return cmocka_run_group_tests(tests, keep_instance, drop_instance);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "clock_script.h"

#include <math.h>
#include <string.h>

#define CENTIS 100
#define PPQN_F 960.0

/// The host, and what it drives
typedef struct {
  ClockHost   host;
  CtTransport transport;
  ClockBlocks blocks;
  uint32_t    seed;
  CtTick      last_end;
  bool        was_bent; ///< The last block had a change inside
  ClockLog*   log;
} Player;

uint32_t
clock_random(uint32_t* const seed, const uint32_t n)
{
  *seed = (*seed * 1664525U) + 1013904223U; // Numerical Recipes, 7.1
  return (*seed >> 8U) % n;
}

static ClockMeter
random_meter(uint32_t* const seed, const double quarter)
{
  static const uint32_t meters[][2] = {
    {4U, 4U}, {3U, 4U}, {5U, 4U}, {2U, 2U}, {7U, 8U}, {6U, 8U}, {9U, 8U}};
  const uint32_t i = clock_random(seed, sizeof(meters) / sizeof(meters[0]));
  return (ClockMeter){quarter, meters[i][0], meters[i][1]};
}

static double
random_tempo(uint32_t* const seed)
{
  return 40.0 + (clock_random(seed, 20000U) / 100.0);
}

/// A song of about ten seconds
static ClockSong
random_song(uint32_t* const seed, const bool is_steady, bool* const has_ramps)
{
  ClockSong song = {.n_tempi  = 1U + (is_steady ? 0U : clock_random(seed, 5U)),
                    .n_meters = 1U + (is_steady ? 0U : clock_random(seed, 4U)),
                    .length   = 8.0};
  double    seconds = 0.0;
  for (size_t i = 0U; i < song.n_tempi; ++i) {
    const double tempo = random_tempo(seed);
    song.tempi[i]      = (ClockTempo){seconds, tempo, tempo};
    seconds += 0.5 + (clock_random(seed, 200U) / 100.0);
  }
  *has_ramps = false;
  for (size_t i = 0U; i + 1U < song.n_tempi; ++i) {
    const double ratio = song.tempi[i + 1U].tempo / song.tempi[i].tempo;
    if (!clock_random(seed, 2U) && ratio > 0.5 && ratio < 2.0) {
      song.tempi[i].end = song.tempi[i + 1U].tempo;
      *has_ramps        = true;
    }
  }
  double quarter = 0.0;
  for (size_t i = 0U; i < song.n_meters; ++i) {
    song.meters[i] = random_meter(seed, quarter);
    quarter += (1.0 + clock_random(seed, 3U)) * 4.0 * song.meters[i].numerator /
               song.meters[i].denominator;
  }
  return song;
}

static void
add_step(ClockScript* const  script,
         const ClockStepKind kind,
         const int32_t       centis)
{
  script->steps[script->n_steps++] = (ClockStep){kind, centis};
}

/// Roll, stand and move about; loops are short rolls from one place
static void
add_random_steps(ClockScript* const script, uint32_t* const seed)
{
  const int32_t length = (int32_t)(script->song.length * CENTIS);
  const int32_t early  = script->is_steady ? 150 : 0;
  while (script->n_steps + 14U < CLOCK_MAX_STEPS) {
    const int32_t to =
      (int32_t)clock_random(seed, (uint32_t)(length + early - 300)) - early;
    switch (clock_random(seed, 5U)) {
    case 0U:
      add_step(script, CLOCK_STAND, 5);
      add_step(script, CLOCK_LOCATE, to);
      add_step(script, CLOCK_STAND, 5);
      break;
    case 1U:
      add_step(script, CLOCK_STAND, 7);
      break;
    case 2U:
      for (uint32_t i = 0U; i < 6U; ++i) {
        add_step(script, CLOCK_LOCATE, to);
        add_step(script, CLOCK_ROLL, 1 + (to & 15));
      }
      break;
    default:
      add_step(script, CLOCK_LOCATE, to);
      break;
    }
    add_step(script, CLOCK_ROLL, 20 + (int32_t)clock_random(seed, 250U));
  }
}

ClockScript
clock_script_new(const uint32_t   seed,
                 const ClockStyle style,
                 const bool       is_steady)
{
  uint32_t    chance = seed * 2654435761U;
  ClockScript script = {.seed = seed, .style = style, .is_steady = is_steady};
  script.song        = random_song(&chance, is_steady, &script.has_ramps);
  if (style == CLOCK_VST3 && is_steady) {
    // In odd meters its beat is wrong from anywhere but the beginning
    add_step(&script, CLOCK_ROLL, 20);
  }
  if (!is_steady) {
    // Hear it once: of what was not heard yet no host tells the bars before
    add_step(&script, CLOCK_ROLL, (int32_t)(script.song.length * CENTIS));
    add_step(&script, CLOCK_STAND, 5);
  }
  add_random_steps(&script, &chance);
  return script;
}

static uint32_t
next_length(Player* const player, const int64_t left)
{
  const ClockBlocks* const blocks = &player->blocks;
  int64_t                  length = blocks->size;
  if (blocks->is_random) {
    length = 1 + (int64_t)clock_random(&player->seed, blocks->size);
  }
  if (blocks->is_cut) {
    const int64_t change =
      clock_host_next_change(&player->host, player->host.frame);
    if (player->host.rolling && change < player->host.frame + length) {
      length = change - player->host.frame;
    }
  }
  return (uint32_t)(!blocks->overshoots && left < length ? left : length);
}

static void
collect(Player* const player, const uint32_t n_frames)
{
  ClockLog* const   log   = player->log;
  const CtTickRange range = ct_transport_range(&player->transport);
  const int64_t     frame = player->host.frame;
  const bool        is_bent =
    clock_host_next_change(&player->host, frame) < frame + (int64_t)n_frames;
  for (CtTick tick =
         ct_ceil_div(range.begin, CLOCK_ONSET_TICKS) * CLOCK_ONSET_TICKS;
       tick < range.end && log->n_onsets < CLOCK_MAX_ONSETS;
       tick += CLOCK_ONSET_TICKS) {
    // What a change made us miss comes with the next block
    const int64_t offset         = ct_transport_frame(&player->transport, tick);
    const bool    is_late        = player->was_bent && !offset;
    log->onsets[log->n_onsets++] = (ClockOnset){
      tick, player->host.steady + offset, frame + offset, is_bent || is_late};
  }
  player->was_bent = is_bent && player->host.rolling;
}

/// How far a ramp bends away from its tangent in a block, ticks
static double
bend_of(const Player* const player, const uint32_t n_frames)
{
  const ClockHost* const host  = &player->host;
  const double           begin = clock_host_tick(host, host->frame);
  const double           half =
    clock_host_tick(host, host->frame + (int64_t)(n_frames / 2U));
  const double end =
    clock_host_tick(host, host->frame + (int64_t)(n_frames & ~1U));
  return 2.0 * fabs(end + begin - (2.0 * half));
}

static void
play_block(Player* const player, const uint32_t n_frames)
{
  ClockLog* const log = player->log;
  CtPosition      position;
  const bool      told = clock_host_tell(&player->host, n_frames, &position);
  const CtMove    move =
    ct_transport_begin(&player->transport, told ? &position : NULL, n_frames);
  const CtTickRange range = ct_transport_range(&player->transport);
  if (move != CT_MOVE_NONE && ct_transport_is_rolling(&player->transport) &&
      log->n_moves < CLOCK_MAX_MOVES) {
    log->begins[log->n_moves]         = range.begin;
    log->frames[log->n_moves]         = player->host.frame;
    log->first_onsets[log->n_moves++] = log->n_onsets;
  }
  log->has_gap |= move == CT_MOVE_NONE && range.begin != player->last_end;
  player->last_end = range.end;
  collect(player, n_frames);
  if (player->host.rolling) {
    const double bend = bend_of(player, n_frames);
    log->max_bend     = bend > log->max_bend ? bend : log->max_bend;
  }
  clock_host_advance(&player->host, n_frames);
}

/// Let time pass.  @return Frames beyond, if the host overshoots
static int64_t
play_for(Player* const player, const int64_t n_frames, const bool rolling)
{
  if (player->host.rolling != rolling) {
    clock_host_roll(&player->host, rolling);
  }
  int64_t left = n_frames;
  while (left > 0) {
    const uint32_t n = next_length(player, left);
    play_block(player, n);
    left -= (int64_t)n;
  }
  return -left;
}

void
clock_script_play(const ClockScript* const script,
                  const double             sample_rate,
                  const ClockBlocks        blocks,
                  ClockLog* const          log)
{
  static Player player;
  memset(&player, 0, sizeof(player));
  player.host   = clock_host_new(script->style, &script->song, sample_rate);
  player.blocks = blocks;
  player.seed   = script->seed;
  player.log    = log;
  ct_transport_reset(&player.transport, sample_rate);
  log->n_onsets = 0U;
  log->n_moves  = 0U;
  log->n_steps  = 0U;
  log->has_gap  = false;
  log->max_bend = 0.0;

  const int64_t centi   = llround(sample_rate) / CENTIS;
  bool          moved   = true;
  int64_t       surplus = 0;
  for (size_t i = 0U; i < script->n_steps; ++i) {
    const ClockStep* const step = &script->steps[i];
    if (step->kind == CLOCK_LOCATE) {
      const int64_t frame = (step->centis * centi) + surplus;
      moved |= frame != player.host.frame;
      clock_host_locate(&player.host, frame);
      surplus = 0;
    } else {
      const bool rolling = step->kind == CLOCK_ROLL;
      log->n_steps += rolling && (moved || !player.host.rolling);
      surplus = play_for(&player, step->centis * centi, rolling);
      moved   = false;
    }
  }
}

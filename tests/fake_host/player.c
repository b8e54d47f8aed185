// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "player.h"

#include <math.h>
#include <stddef.h>

/// Part of a frame that is rounding
static const double frame_epsilon = 1e-6;

static double
frames_per_tick(const Player* player, const ScriptSection* section)
{
  const double seconds_per_minute = 60.0;
  return player->host->sample_rate * seconds_per_minute /
         (section->tempo * SCRIPT_QUARTER);
}

/// Place in frames of the beginning of section number `index`
static double
section_frame(const Player* player, const size_t index)
{
  const ScriptSection* const sections = player->script->sections;
  double                     frame    = 0.0;
  for (size_t i = 0U; i < index; ++i) {
    frame += (double)(sections[i + 1U].tick - sections[i].tick) *
             frames_per_tick(player, &sections[i]);
  }
  return frame;
}

/// The section that `tick` is in
static size_t
find_section(const Script* script, const int64_t tick)
{
  size_t i = script->n_sections - 1U;
  while (i > 0U && script->sections[i].tick > tick) {
    --i;
  }
  return i;
}

/// The first frame that is not before `tick`
static int64_t
frame_of(const Player* player, const int64_t tick)
{
  const size_t               i       = find_section(player->script, tick);
  const ScriptSection* const section = &player->script->sections[i];
  const double               frame =
    section_frame(player, i) +
    (double)(tick - section->tick) * frames_per_tick(player, section);
  return (int64_t)ceil(frame - frame_epsilon);
}

/// Tell the host where it is: at our tick
static void
place(Player* player)
{
  const size_t               i = find_section(player->script, player->tick);
  const ScriptSection* const section   = &player->script->sections[i];
  FakeTransport* const       transport = &player->host->transport;
  const double               quarter   = SCRIPT_QUARTER;
  transport->frame                     = frame_of(player, player->tick);
  transport->tempo                     = section->tempo;
  transport->numerator                 = section->numerator;
  transport->denominator               = section->denominator;
  transport->bar_line                  = (double)section->bar_line / quarter;
  transport->quarter                   = ((double)section->tick +
                        ((double)transport->frame - section_frame(player, i)) /
                          frames_per_tick(player, section)) /
                       quarter;
  transport->anchor_frame   = transport->frame;
  transport->anchor_quarter = transport->quarter;
}

Player
player_new(FakeHost* host, const Script* script)
{
  Player player = {.host = host, .script = script};
  place(&player);
  return player;
}

void
player_locate(Player* player, const int64_t tick)
{
  player->tick = tick;
  place(player);
}

/// Roll up to `tick`, at or before the end of section and loop
static void
roll_to(Player* player, const int64_t tick)
{
  const int64_t n_frames =
    frame_of(player, tick) - player->host->transport.frame;
  if (n_frames > 0) {
    fake_host_run(player->host, n_frames);
  }
  player->tick = tick;
}

/// Roll for `ticks`, through sections and round the loop
static void
roll(Player* player, int64_t ticks)
{
  const Script* const script = player->script;
  while (ticks > 0) {
    const size_t i    = find_section(script, player->tick);
    int64_t      next = player->tick + ticks;
    if (i + 1U < script->n_sections && script->sections[i + 1U].tick < next) {
      next = script->sections[i + 1U].tick;
    }
    const bool is_looping =
      player->loop_end > player->loop_start && player->tick < player->loop_end;
    if (is_looping && player->loop_end < next) {
      next = player->loop_end;
    }
    ticks -= next - player->tick;
    roll_to(player, next);
    player_locate(player,
                  is_looping && next == player->loop_end ? player->loop_start
                                                         : next);
  }
}

/// Ticks from `tick` to the middle between two places of the grid
static int64_t
ticks_to_middle(const int64_t tick)
{
  const int64_t past = (tick - SCRIPT_GRID / 2) % SCRIPT_GRID;
  return (SCRIPT_GRID - past) % SCRIPT_GRID;
}

void
player_run(Player* player, const int64_t ticks)
{
  if (player->host->transport.rolling) {
    roll(player,
         ticks > 0 ? ticks + ticks_to_middle(player->tick + ticks) : ticks);
  } else if (ticks > 0) {
    const double quarter = SCRIPT_QUARTER;
    fake_host_run_quarters(player->host, (double)ticks / quarter);
  }
}

void
player_run_to(Player* player, const int64_t tick)
{
  roll(player, tick - player->tick);
}

/**
   Whether going to `tick` now looks like no jump at all for a block.

   Ahead by less than a block, to where a bar, tempo or meter begins, a host
   tells what it also tells in mid-block of a change that it rolls to.  Which of
   both it was shows by the frame of the next block only.
*/
static bool
looks_like_change(const Player* player, const int64_t tick)
{
  const int64_t longest_block = SCRIPT_QUARTER / 2; // 4096 frames at 240 QPM
  const int64_t ahead         = tick - player->tick;
  if (!player->host->transport.rolling || ahead <= 0 ||
      ahead >= longest_block) {
    return false;
  }
  const Script* const        script = player->script;
  const ScriptSection* const section =
    &script->sections[find_section(script, tick)];
  return section != &script->sections[find_section(script, player->tick)] ||
         (tick - section->bar_line) % script_bar_length(section) == 0;
}

void
player_do(Player* player, const ScriptAction* action)
{
  FakeHost* const host = player->host;
  player_run(player, action->after);
  switch (action->kind) {
  case SCRIPT_WAIT:
    break;
  case SCRIPT_ROLL:
    fake_host_roll(host);
    break;
  case SCRIPT_STOP:
    fake_host_stop(host);
    break;
  case SCRIPT_LOCATE:
    if (!looks_like_change(player, action->tick)) {
      player_locate(player, action->tick);
    }
    break;
  case SCRIPT_LOOP:
    player->loop_start = action->tick;
    player->loop_end   = action->end;
    break;
  case SCRIPT_SET:
    fake_host_set(host, action->id, action->value);
    break;
  case SCRIPT_NEW_TAKE:
    fake_host_set(host, CONTINUO_NEW_TAKE, 1.0F);
    player_run(player, SCRIPT_GRID);
    fake_host_set(host, CONTINUO_NEW_TAKE, 0.0F);
    break;
  case SCRIPT_SEND:
    fake_host_send(host, 0U, action->data, sizeof(action->data));
    break;
  case SCRIPT_REACTIVATE:
    fake_host_reactivate(host);
    break;
  }
}

void
player_stop(Player* player)
{
  const int64_t n_frames = 512;
  fake_host_stop(player->host);
  fake_host_run(player->host, n_frames);
}

void
player_play(FakeHost* host, const Script* script)
{
  Player player = player_new(host, script);
  for (size_t i = 0U; i < script->n_actions; ++i) {
    player_do(&player, &script->actions[i]);
  }
  player_stop(&player);
}

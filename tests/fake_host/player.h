// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file player.h Plays a script on a host.

   Whatever happens at a tick happens at the first frame that is not before it.
   While it rolls, actions fall between two places of the model's grid, so that
   rounding to frames puts no note on their other side.
*/

#ifndef CONTINUO_TESTS_PLAYER_H
#define CONTINUO_TESTS_PLAYER_H

#include "fake_host.h"
#include "script.h"

#include <stdint.h>

/// Someone at a host
typedef struct {
  FakeHost*     host;   ///< Borrowed
  const Script* script; ///< Borrowed
  int64_t       tick;   ///< Where the song is
  int64_t       loop_start;
  int64_t       loop_end; ///< No loop if not greater than the start
} Player;

/// Stand at the beginning of the script's song
Player
player_new(FakeHost* host, const Script* script);

/// Go to `tick`
void
player_locate(Player* player, int64_t tick);

/// Let `ticks` pass, and while rolling a bit more: up to the next place between
/// two of the grid
void
player_run(Player* player, int64_t ticks);

/// Roll exactly up to `tick`, which comes next without a loop
void
player_run_to(Player* player, int64_t tick);

/// Do what `action` says, after its time; but go nowhere where that would look
/// like a change of tempo or meter
void
player_do(Player* player, const ScriptAction* action);

/// Stop, and let all notes end
void
player_stop(Player* player);

/// Play the whole script on `host`
void
player_play(FakeHost* host, const Script* script);

#endif // CONTINUO_TESTS_PLAYER_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file script.h What happens to a random host: a song, and someone who plays
   with it.

   A song is tempo and meter by position, as in a session; actions come after
   some musical time each.  Both are in ticks, so that a script means the same
   music at all sample rates and block sizes.
*/

#ifndef CONTINUO_TESTS_SCRIPT_H
#define CONTINUO_TESTS_SCRIPT_H

#include "dice.h"

#include "continuo.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/// Ticks in a quarter
#define SCRIPT_QUARTER 960

/// The model's grid: notes begin and end on multiples of it
#define SCRIPT_GRID (SCRIPT_QUARTER / 24)

#define SCRIPT_MAX_SECTIONS 64U
#define SCRIPT_MAX_ACTIONS 64U

/// A stretch of the song
typedef struct {
  int64_t  tick; ///< Where it begins
  double   tempo;
  uint32_t numerator;   ///< Of the meter
  uint32_t denominator; ///< Of the meter
  int64_t  bar_line;    ///< Where a bar of this meter begins
} ScriptSection;

/// What someone does
typedef enum {
  SCRIPT_WAIT, ///< Nothing
  SCRIPT_ROLL,
  SCRIPT_STOP,
  SCRIPT_LOCATE,     ///< Go to `tick`
  SCRIPT_LOOP,       ///< Loop from `tick` to `end`; no loop if they are equal
  SCRIPT_SET,        ///< Set parameter `id` to `value`
  SCRIPT_NEW_TAKE,   ///< Press the button and let it go
  SCRIPT_SEND,       ///< Play a MIDI message into the plugin
  SCRIPT_REACTIVATE, ///< Switch the plugin off and on
} ScriptKind;

/// When, and what
typedef struct {
  ScriptKind kind;
  int64_t    after; ///< Ticks since the action before
  int64_t    tick;
  int64_t    end;
  uint32_t   id;
  float      value;
  uint8_t    data[3];
} ScriptAction;

/// A song and what is done with it
typedef struct {
  uint64_t      seed;
  ScriptSection sections[SCRIPT_MAX_SECTIONS]; ///< The first is in force before
                                               ///< its beginning too
  size_t       n_sections;
  ScriptAction actions[SCRIPT_MAX_ACTIONS];
  size_t       n_actions;
} Script;

/// What a script may hold, beside the settings that it begins with
typedef enum {
  SCRIPT_WITH_SECTIONS  = 1U << 0U, ///< More than one tempo or meter
  SCRIPT_WITH_TRANSPORT = 1U << 1U, ///< Stops, seeks and loops
  SCRIPT_WITH_SEED      = 1U << 2U, ///< Other takes while it plays
  SCRIPT_WITH_SETTINGS  = 1U << 3U, ///< Parameters move while it plays
  SCRIPT_WITH_BYPASS    = 1U << 4U, ///< Bypassed or deactivated for a while
  SCRIPT_WITH_INPUT     = 1U << 5U, ///< Someone plays into the plugin
} ScriptFlag;

/// Make the script of `seed`, which plays about `quarters` of music and stops
Script
script_new(uint64_t seed, uint32_t flags, uint32_t quarters);

/// Ticks of a bar of the section's meter
int64_t
script_bar_length(const ScriptSection* section);

/// A parameter that a host can automate, at random, and a value of its range;
/// not the bypass, and of those that choose the take only with SCRIPT_WITH_SEED
ScriptAction
script_random_set(Dice* dice, uint32_t flags);

/// Print a line a section and a line an action
void
script_print(const Script* script, FILE* out);

#endif // CONTINUO_TESTS_SCRIPT_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file trial.h Properties that are tried on many random scripts.

   CONTINUO_SCRIPTS is how many scripts are played of all properties together,
   and CONTINUO_SEED the only one to play, as a failure prints it.
*/

#ifndef CONTINUO_TESTS_TRIAL_H
#define CONTINUO_TESTS_TRIAL_H

#include "fake_host.h"
#include "player.h"
#include "script.h"

#include <stdbool.h>
#include <stdint.h>

/// Where most scripts are played
#define TRIAL_SAMPLE_RATE 48000.0

/// Whether a property holds for the script of `seed`; says why if not
typedef bool (*Property)(uint64_t seed);

/// Try `property` on a share of all scripts, in percent
void
try_scripts(Property property, int64_t share);

/// Print the script if it does not hold.  @return Whether it does
bool
judge_script(const Script* script, bool holds);

/// Set what the script begins with.  @return The first action after that
size_t
begin_script(Player* player);

/// Keep an instance for as long as the tests run, so that the others find what
/// instances share.
/// @return Zero
int
keep_instance(void** state);

/// Let it go.  @return Zero
int
drop_instance(void** state);

#endif // CONTINUO_TESTS_TRIAL_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "trial.h"

#include "property.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef NDEBUG
enum { N_SCRIPTS = 2000 };
#else
enum { N_SCRIPTS = 300 }; // Sanitizers, or no optimisation
#endif

void
try_scripts(const Property property, const int64_t share)
{
  const int64_t     whole = 100;
  const int         base  = 10;
  const char* const only  = getenv("CONTINUO_SEED");
  const char* const count = getenv("CONTINUO_SCRIPTS");
  if (only) {
    assert_true(property(strtoull(only, NULL, base)));
    return;
  }

  const int64_t n_scripts =
    (count ? strtoll(count, NULL, base) : N_SCRIPTS) * share / whole + 1;
  for (int64_t seed = 1; seed <= n_scripts; ++seed) {
    if (!property((uint64_t)seed)) {
      fail_msg("CONTINUO_SEED=%" PRId64 " plays it again", seed);
    }
  }
}

bool
judge_script(const Script* script, const bool holds)
{
  if (!holds) {
    script_print(script, stderr);
  }
  return holds;
}

size_t
begin_script(Player* player)
{
  const Script* const script = player->script;
  size_t              i      = 0U;
  while (script->actions[i].kind == SCRIPT_SET) {
    player_do(player, &script->actions[i++]);
  }
  return i;
}

int
keep_instance(void** state)
{
  *state = continuo_new(TRIAL_SAMPLE_RATE, CONTINUO_SYNCHRONOUS);
  return *state ? 0 : 1;
}

int
drop_instance(void** state)
{
  continuo_free(*state);
  return 0;
}

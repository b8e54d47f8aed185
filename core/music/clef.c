// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/clef.h"

#include <stdlib.h>

/// Steps from the middle line that need no ledger line
#define STAFF_REACH 5

/// Clefs that one staff chooses from
#define N_CHOICES 2U

/// What a change of clef costs, in steps that notes lie off the staff
static const uint32_t change_cost = 30U;

/// What it costs to begin with another clef than the usual one
static const uint32_t unusual_cost = 16U;

static const CtClef clefs_table[CT_N_CLEFS] = {
  [CT_CLEF_TREBLE]   = {'G', 2, 0, 34},
  [CT_CLEF_TREBLE_8] = {'G', 2, -1, 27},
  [CT_CLEF_ALTO]     = {'C', 3, 0, 28},
  [CT_CLEF_TENOR]    = {'C', 4, 0, 26},
  [CT_CLEF_BASS]     = {'F', 4, 0, 22},
};

CtClef
ct_clef(const CtClefKind kind)
{
  return clefs_table[kind];
}

void
ct_clef_add(CtClefNeed* const need, const int step)
{
  for (uint32_t kind = 0U; kind < CT_N_CLEFS; ++kind) {
    const int distance = abs(step - clefs_table[kind].middle);
    need->off[kind] +=
      distance > STAFF_REACH ? (uint32_t)(distance - STAFF_REACH) : 0U;
  }
}

CtStatus
ct_clefs_choose(const CtClefNeed* const needs,
                const uint32_t          n_bars,
                const CtClefKind        usual,
                const CtClefKind        other,
                uint8_t* const          clefs)
{
  const CtClefKind kinds[N_CHOICES] = {usual, other};
  uint64_t         costs[N_CHOICES] = {0U, unusual_cost};

  // Viterbi: of each bar and clef, the clef of the bar before on the best way
  uint8_t(*const from)[N_CHOICES] =
    (uint8_t(*)[N_CHOICES])calloc((size_t)n_bars + 1U, sizeof(*from));
  if (!from) {
    return CT_NO_MEMORY;
  }
  for (uint32_t bar = 0U; bar < n_bars; ++bar) {
    const uint64_t before[N_CHOICES] = {costs[0], costs[1]};
    for (uint8_t c = 0U; c < N_CHOICES; ++c) {
      const uint8_t  o       = 1U - c;
      const uint64_t changed = before[o] + (bar ? change_cost : 0U);
      from[bar][c]           = bar && changed <= before[c] ? o : c;
      costs[c] =
        (from[bar][c] == c ? before[c] : changed) + needs[bar].off[kinds[c]];
    }
  }
  uint8_t at = costs[1] < costs[0] ? 1U : 0U;
  for (uint32_t bar = n_bars; bar > 0U; --bar) {
    clefs[bar - 1U] = (uint8_t)kinds[at];
    at              = from[bar - 1U][at];
  }
  free(from);
  return CT_SUCCESS;
}

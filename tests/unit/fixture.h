// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file fixture.h What the tests of core/gen share: the model, plain wishes,
/// and takes of them

#ifndef CT_UNIT_FIXTURE_H
#define CT_UNIT_FIXTURE_H

#include "gen/model.h"
#include "gen/settings.h"
#include "gen/take.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Notes that no take of these tests reaches
#define FIXTURE_MAX_NOTES 8192U

/// The model file, loaded; fails the test if it cannot be.  @return For
/// ct_model_free()
CtModel*
fixture_model(void);

/// A cmocka group's set-up: `*state` becomes fixture_model()
int
fixture_set_up(void** state);

/// A cmocka group's tear-down: free the model that `*state` is
int
fixture_tear_down(void** state);

/// Plain wishes: Chopin in C major, with some min-p and all of the keyboard,
/// and as few candidates for a bar as are a choice
CtSettings
fixture_settings(void);

/// Begin a take in one meter
void
fixture_take(CtTake*           take,
             const CtModel*    model,
             const CtSettings* settings,
             CtMeter           meter);

/// Write until all notes before `until` are there
void
fixture_extend(CtTake* take, CtTick until);

/// Write until all notes in [from, until) are there, and no more than these
/// need
void
fixture_extend_from(CtTake* take, CtTick from, CtTick until);

/// Gather the notes in [begin, end) of all sections, which must lie in order.
/// @return How many of `notes`[FIXTURE_MAX_NOTES] were set
size_t
fixture_notes(const CtSheet* sheet, CtTick begin, CtTick end, CtNote* notes);

/// Fail unless both takes have the same notes in [begin, end), at least one
void
fixture_assert_same(const CtTake* a, const CtTake* b, CtTick begin, CtTick end);

/// Whether both takes have the same notes in [begin, end)
bool
fixture_is_same(const CtTake* a, const CtTake* b, CtTick begin, CtTick end);

/// Next of a row of numbers that is the same in every run
uint32_t
fixture_random(uint32_t* seed);

#endif // CT_UNIT_FIXTURE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file property.h What the property tests share

#ifndef CONTINUO_TESTS_PROPERTY_H
#define CONTINUO_TESTS_PROPERTY_H

#include "fake_host.h"

// cmocka.h asks for these to come first
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/// Sixteenths in a quarter: parameters act on the next one
#define SIXTEENTHS 4.0

/// The model's grid: steps in a quarter
#define GRID 24.0

/// Assert that all messages were in order, and that all notes have ended
void
assert_whole_notes(const FakeHost* host);

/// Stop, assert that all messages were in order and all notes have ended, and
/// free the host
void
stop_and_free(FakeHost* host);

/// Assert that at least `n_notes` notes were played, so that the rest of a test
/// says something
void
assert_music(const FakeHost* host, size_t n_notes);

/// Assert that two hosts got the same messages at the same times
void
assert_same_messages(const FakeHost* a, const FakeHost* b);

/// How many of the note-ons from `start` quarters up to `end` are the same in
/// both
size_t
count_same_onsets(const FakeHost* a,
                  const FakeHost* b,
                  double          start,
                  double          end);

/// How many note-ons there are from `start` quarters up to `end`
size_t
count_onsets(const FakeHost* host, double start, double end);

/// Assert that `b` has all note-ons of `a` from frame `begin` of its time up to
/// `end`
void
assert_has_onsets(const FakeHost* a,
                  const FakeHost* b,
                  int64_t         begin,
                  int64_t         end);

/// Assert that note-ons lie on the model's grid, within the frame they were
/// rounded to
void
assert_on_grid(const FakeHost* host);

#endif // CONTINUO_TESTS_PROPERTY_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file compare.h Whether two hosts got the same music, and where it differs.

   What says `is` prints the first difference to standard error.
*/

#ifndef CONTINUO_TESTS_COMPARE_H
#define CONTINUO_TESTS_COMPARE_H

#include "fake_host.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A stretch of what a host got, by FakeMessage.time
typedef struct {
  const FakeHost* host;
  int64_t         begin; ///< First frame
  int64_t         end;   ///< First frame after it
} HeardSpan;

/// Whether all messages were in order, and all notes have ended
bool
is_whole(const FakeHost* host);

/// Whether the same messages came at the same frames
bool
is_same_messages(const FakeHost* a, const FakeHost* b);

/// Whether the same messages came at the same ticks of the song, each rounded
/// to a frame of its host
bool
is_same_ticks(const FakeHost* a, const FakeHost* b);

/**
   Whether the notes that begin in two spans are the same, by frames from the
   spans' beginnings.

   A note of a key that sounded when its span began may end elsewhere: the
   earlier note and it end each other.
*/
bool
is_same_notes(HeardSpan a, HeardSpan b);

/// The same without a word
bool
has_same_notes(HeardSpan a, HeardSpan b);

/// How many notes begin in `span`
size_t
count_heard_notes(HeardSpan span);

/**
   Whether `live` got the notes of `reference`, but for those that it counted as
   late: they may come later, or not at all.

   @param n_late Set to how many these are.
*/
bool
is_same_but_late(const FakeHost* reference,
                 const FakeHost* live,
                 uint32_t*       n_late);

#endif // CONTINUO_TESTS_COMPARE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file typed.h A melody as one types it: "60 _ 62 _ r _ 64 _ _ _".

   Each word is a sixteenth: a MIDI key begins a note, `r` a rest, and `_` goes
   on with what is; `/` is nothing, and takes no time before the first of these.
*/

#ifndef CT_MUSIC_TYPED_H
#define CT_MUSIC_TYPED_H

#include "base/attributes.h"
#include "base/status.h"
#include "music/score.h"

#include <stdbool.h>

/// Whether a text is made of such words, with a key among them.  @thread any
bool
ct_is_typed(const char* text);

/// Whether the first two words of a text are such words, whatever follows.
/// @thread any
bool
ct_begins_typed(const char* text);

/**
   Read a melody of which ct_is_typed() is true.

   @thread main
   @param score Empty; set to a finished score of one stream.
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_typed_read(const char* text, CtScore* score);

#endif // CT_MUSIC_TYPED_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file arena.h Memory that is taken in pieces and given back at once

#ifndef CT_BASE_ARENA_H
#define CT_BASE_ARENA_H

#include "base/attributes.h"

#include <stddef.h>

/// Alignment of every piece in bytes: a cache line, and the widest SIMD load
#define CT_ARENA_ALIGNMENT 64U

/// Bump allocator for tables that live and die together
typedef struct CtArenaImpl CtArena;

/// An arena of `size` bytes, all zero.  @thread main|worker  @return For
/// ct_arena_free(), or null
CT_NODISCARD CtArena*
ct_arena_new(size_t size);

/// Free everything in it; null is fine.  @thread main|worker
void
ct_arena_free(CtArena* arena);

/**
   Take the next `size` bytes, zeroed and aligned to CT_ARENA_ALIGNMENT.

   Never calls the system, so a failed allocation here is a wrong size given to
   ct_arena_new().  Each piece is rounded up to the alignment.
   @thread The arena's owner
   @return Borrowed from the arena, or null when it is full.
*/
CT_NODISCARD void*
ct_arena_alloc(CtArena* arena, size_t size);

/// Bytes taken so far, with rounding.  @thread The arena's owner
size_t
ct_arena_used(const CtArena* arena);

#endif // CT_BASE_ARENA_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/arena.h"

#include "base/aligned.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct CtArenaImpl {
  uint8_t* bytes; ///< Aligned to CT_ARENA_ALIGNMENT
  size_t   size;  ///< A multiple of it
  size_t   used;  ///< A multiple of it
};

/// Whether `size` can be rounded up without overflow
static bool
can_round(const size_t size)
{
  return size <= SIZE_MAX - CT_ARENA_ALIGNMENT;
}

static size_t
round_up(const size_t size)
{
  return (size + CT_ARENA_ALIGNMENT - 1U) / CT_ARENA_ALIGNMENT *
         CT_ARENA_ALIGNMENT;
}

CtArena*
ct_arena_new(const size_t size)
{
  if (!can_round(size)) {
    return NULL;
  }

  CtArena* const arena = (CtArena*)calloc(1U, sizeof(CtArena));
  if (!arena) {
    return NULL;
  }

  arena->size  = size ? round_up(size) : CT_ARENA_ALIGNMENT;
  arena->bytes = (uint8_t*)ct_aligned_new(CT_ARENA_ALIGNMENT, arena->size);
  if (!arena->bytes) {
    free(arena);
    return NULL;
  }

  memset(arena->bytes, 0, arena->size);
  return arena;
}

void
ct_arena_free(CtArena* const arena)
{
  if (arena) {
    ct_aligned_free(arena->bytes);
    free(arena);
  }
}

void*
ct_arena_alloc(CtArena* const arena, const size_t size)
{
  if (!can_round(size) || round_up(size) > arena->size - arena->used) {
    return NULL;
  }

  void* const piece = arena->bytes + arena->used;
  arena->used += round_up(size);
  return piece;
}

size_t
ct_arena_used(const CtArena* const arena)
{
  return arena->used;
}

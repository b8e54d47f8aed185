// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file token.h A thing that one thread has at a time, and that others can ask
/// for

#ifndef CT_BASE_TOKEN_H
#define CT_BASE_TOKEN_H

#include "base/attributes.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// All zero is free
typedef struct {
  _Atomic bool     is_taken;
  _Atomic uint32_t n_wanting; ///< Whoever has it is to give it up soon
} CtToken;

/// Take it if it is free.  @thread any
CT_REALTIME static inline bool
ct_token_try(CtToken* const token)
{
  return !atomic_exchange_explicit(
    &token->is_taken, true, memory_order_acquire);
}

/// Give it back.  @thread Who has it
CT_REALTIME static inline void
ct_token_release(CtToken* const token)
{
  atomic_store_explicit(&token->is_taken, false, memory_order_release);
}

/// Say that this thread waits for it, or no longer.  @thread any
CT_REALTIME static inline void
ct_token_want(CtToken* const token, const bool is_wanted)
{
  if (is_wanted) {
    atomic_fetch_add_explicit(&token->n_wanting, 1U, memory_order_relaxed);
  } else {
    atomic_fetch_sub_explicit(&token->n_wanting, 1U, memory_order_relaxed);
  }
}

/// Whether others wait for it.  @thread any
CT_REALTIME static inline bool
ct_token_is_wanted(const CtToken* const token)
{
  return atomic_load_explicit(&token->n_wanting, memory_order_relaxed) > 0U;
}

#endif // CT_BASE_TOKEN_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file token.h A thing that one thread has at a time, and that the audio
/// thread can ask for

#ifndef CT_BASE_TOKEN_H
#define CT_BASE_TOKEN_H

#include "base/attributes.h"

#include <stdatomic.h>
#include <stdbool.h>

/// All zero is free
typedef struct {
  _Atomic bool is_taken;
  _Atomic bool is_wanted; ///< Whoever has it is to give it up soon
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

/// Say that the audio thread waits for it, or no longer.  @thread audio
CT_REALTIME static inline void
ct_token_want(CtToken* const token, const bool is_wanted)
{
  atomic_store_explicit(&token->is_wanted, is_wanted, memory_order_relaxed);
}

/// Whether the audio thread waits for it.  @thread any
CT_REALTIME static inline bool
ct_token_is_wanted(const CtToken* const token)
{
  return atomic_load_explicit(&token->is_wanted, memory_order_relaxed);
}

#endif // CT_BASE_TOKEN_H

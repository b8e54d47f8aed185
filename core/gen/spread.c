// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/spread.h"

#include "base/rng.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

// Room for 256 bars of a thick texture, twice
#define N_WAYS 4U
#define N_SETS 2048U

/// 64-bit words of a spread: the counts, then keys and weights
#define N_WORDS ((sizeof(CtSpread) + sizeof(uint64_t) - 1U) / sizeof(uint64_t))

/// A place in the table.  Its number is odd while it is written: who looks then
/// looks in vain (a sequence lock, as in Boehm, "Can seqlocks get along with
/// programming language memory models?", 2012)
typedef struct {
  _Atomic uint64_t number;
  _Atomic int64_t  tick;
  _Atomic uint64_t name; ///< Part and pitch; 0 if it is empty
  _Atomic uint64_t words[N_WORDS];
} Slot;

struct CtSpreadsImpl {
  Slot sets[N_SETS][N_WAYS];
};

CtSpreads*
ct_spreads_new(void)
{
  CtSpreads* const self = (CtSpreads*)malloc(sizeof(CtSpreads));
  if (self) {
    // Written to, so that no page is first touched by the audio thread
    memset(self, 0, sizeof(CtSpreads));
  }
  return self;
}

void
ct_spreads_free(CtSpreads* const self)
{
  free(self);
}

static uint64_t
name_of(const uint8_t part, const uint8_t pitch)
{
  return ((uint64_t)1U << 16U) | ((uint64_t)part << 8U) | pitch;
}

static uint64_t
set_of(const CtTick tick, const uint64_t name)
{
  return ct_mix((uint64_t)tick ^ (name << 32U)) % N_SETS;
}

/// The place of a note, or else an empty one, or else one that depends on the
/// note alone
static Slot*
choose(CtSpreads* const self, const CtTick tick, const uint64_t name)
{
  Slot* const slots = self->sets[set_of(tick, name)];
  Slot*       empty = NULL;
  for (uint32_t i = 0U; i < N_WAYS; ++i) {
    const uint64_t there =
      atomic_load_explicit(&slots[i].name, memory_order_relaxed);
    if (there == name &&
        atomic_load_explicit(&slots[i].tick, memory_order_relaxed) == tick) {
      return &slots[i];
    }
    empty = there || empty ? empty : &slots[i];
  }
  return empty ? empty : &slots[(uint64_t)tick % N_WAYS];
}

void
ct_spreads_enter(CtSpreads* const      self,
                 const CtNote* const   note,
                 const CtSpread* const spread)
{
  const uint64_t name           = name_of(note->part, note->pitch);
  Slot* const    slot           = choose(self, note->tick, name);
  uint64_t       words[N_WORDS] = {0U};
  memcpy(words, spread, sizeof(*spread));

  const uint64_t number =
    atomic_load_explicit(&slot->number, memory_order_relaxed);
  atomic_store_explicit(&slot->number, number + 1U, memory_order_relaxed);
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&slot->tick, note->tick, memory_order_relaxed);
  atomic_store_explicit(&slot->name, name, memory_order_relaxed);
  for (size_t i = 0U; i < N_WORDS; ++i) {
    atomic_store_explicit(&slot->words[i], words[i], memory_order_relaxed);
  }
  atomic_store_explicit(&slot->number, number + 2U, memory_order_release);
}

/// @return False if it is another's, or changes just now
static bool
read_slot(const Slot* const slot,
          const CtTick      tick,
          const uint64_t    name,
          CtSpread* const   spread)
{
  const uint64_t number =
    atomic_load_explicit(&slot->number, memory_order_acquire);
  const bool is_it =
    atomic_load_explicit(&slot->name, memory_order_relaxed) == name &&
    atomic_load_explicit(&slot->tick, memory_order_relaxed) == tick;
  uint64_t words[N_WORDS];
  for (size_t i = 0U; i < N_WORDS; ++i) {
    words[i] = atomic_load_explicit(&slot->words[i], memory_order_relaxed);
  }
  atomic_thread_fence(memory_order_acquire);
  if (!is_it || number % 2U ||
      atomic_load_explicit(&slot->number, memory_order_relaxed) != number) {
    return false;
  }
  memcpy(spread, words, sizeof(*spread));
  return true;
}

bool
ct_spreads_look(const CtSpreads* const self,
                const CtTick           tick,
                const uint8_t          part,
                const uint8_t          pitch,
                CtSpread* const        spread)
{
  const uint64_t    name  = name_of(part, pitch);
  const Slot* const slots = self->sets[set_of(tick, name)];
  for (uint32_t i = 0U; i < N_WAYS; ++i) {
    if (read_slot(&slots[i], tick, name, spread)) {
      return true;
    }
  }
  return false;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/ring.h"

#include "base/aligned.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// Ends of the ring are this far apart, so that the threads share no cache line
#define CACHE_LINE 64U

/// Heads count items for ever and are reduced only to index, so full and empty
/// differ. A head is released after its item was copied and acquired before the
/// other side copies: Lamport, "Proving the Correctness of Multiprocess
/// Programs" (1977).
struct CtRingImpl {
  uint8_t* items;     ///< [n_items * item_size]
  size_t   n_items;   ///< A power of two
  size_t   item_size; ///< In bytes
  alignas(CACHE_LINE)
    atomic_size_t write_head; ///< Items written; changed by the writer
  alignas(CACHE_LINE)
    atomic_size_t read_head; ///< Items read; changed by the reader
};

static uint8_t*
item_at(const CtRing* const ring, const size_t head)
{
  return ring->items + ((head & (ring->n_items - 1U)) * ring->item_size);
}

CtRing*
ct_ring_new(const size_t n_items, const size_t item_size)
{
  if (!n_items || !item_size || n_items > SIZE_MAX / 4U / item_size) {
    return NULL;
  }

  CtRing* const ring = (CtRing*)ct_aligned_new(CACHE_LINE, sizeof(CtRing));
  if (!ring) {
    return NULL;
  }

  memset(ring, 0, sizeof(CtRing));
  ring->n_items = 1U;
  while (ring->n_items < n_items) {
    ring->n_items *= 2U;
  }

  ring->item_size = item_size;
  ring->items     = (uint8_t*)calloc(ring->n_items, item_size);
  if (!ring->items) {
    ct_aligned_free(ring);
    return NULL;
  }

  atomic_init(&ring->write_head, 0U);
  atomic_init(&ring->read_head, 0U);
  return ring;
}

void
ct_ring_free(CtRing* const ring)
{
  if (ring) {
    free(ring->items);
    ct_aligned_free(ring);
  }
}

bool
ct_ring_write(CtRing* const ring, const void* const item)
{
  const size_t w =
    atomic_load_explicit(&ring->write_head, memory_order_relaxed);
  const size_t r = atomic_load_explicit(&ring->read_head, memory_order_acquire);
  if (w - r == ring->n_items) {
    return false;
  }

  memcpy(item_at(ring, w), item, ring->item_size);
  atomic_store_explicit(&ring->write_head, w + 1U, memory_order_release);
  return true;
}

bool
ct_ring_read(CtRing* const ring, void* const item)
{
  const size_t r = atomic_load_explicit(&ring->read_head, memory_order_relaxed);
  const size_t w =
    atomic_load_explicit(&ring->write_head, memory_order_acquire);
  if (r == w) {
    return false;
  }

  memcpy(item, item_at(ring, r), ring->item_size);
  atomic_store_explicit(&ring->read_head, r + 1U, memory_order_release);
  return true;
}

size_t
ct_ring_n_readable(const CtRing* const ring)
{
  return atomic_load_explicit(&ring->write_head, memory_order_acquire) -
         atomic_load_explicit(&ring->read_head, memory_order_relaxed);
}

size_t
ct_ring_n_writable(const CtRing* const ring)
{
  return ring->n_items -
         (atomic_load_explicit(&ring->write_head, memory_order_relaxed) -
          atomic_load_explicit(&ring->read_head, memory_order_acquire));
}

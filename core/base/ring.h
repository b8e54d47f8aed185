// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file ring.h A lock-free queue from one thread to one other

#ifndef CT_BASE_RING_H
#define CT_BASE_RING_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stddef.h>

/// Ring of items of one size, with one writing and one reading thread
typedef struct CtRingImpl CtRing;

/**
   Make an empty ring.

   @thread main
   @param n_items Least capacity, at least 1; rounded up to a power of two.
   @param item_size Bytes of an item, at least 1.
   @return A ring for ct_ring_free(), or null if out of memory or out of range.
*/
CT_NODISCARD CtRing*
ct_ring_new(size_t n_items, size_t item_size);

/// Free the ring; null is fine.  @thread main, with neither end in use
void
ct_ring_free(CtRing* ring);

/// Copy `item` to the ring.  @thread The writer  @return False if the ring is
/// full
CT_REALTIME bool
ct_ring_write(CtRing* ring, const void* item);

/// Move the oldest item to `item`.  @thread The reader  @return False if the
/// ring is empty
CT_REALTIME bool
ct_ring_read(CtRing* ring, void* item);

/// Items that can be read at least.  @thread The reader
CT_REALTIME size_t
ct_ring_n_readable(const CtRing* ring);

/// Items that can be written at least.  @thread The writer
CT_REALTIME size_t
ct_ring_n_writable(const CtRing* ring);

#endif // CT_BASE_RING_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file grow.h Lists that grow while they are filled

#ifndef CT_BASE_GROW_H
#define CT_BASE_GROW_H

#include "base/attributes.h"

#include <stddef.h>

/**
   Make room for one more item in a list of `n`; capacity doubles.

   @thread main|worker
   @param list Heap, or null if `capacity` is 0.
   @param capacity Items there is room for; raised if need be.
   @return The list, moved perhaps, or null if out of memory: `list` is then as
   it was.
*/
CT_NODISCARD void*
ct_grow(void* list, size_t n, size_t* capacity, size_t item_size);

#endif // CT_BASE_GROW_H

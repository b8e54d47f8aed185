// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

void*
ct_grow(void* const   list,
        const size_t  n,
        size_t* const capacity,
        const size_t  item_size)
{
  static const size_t first_capacity = 64U;

  if (n < *capacity) {
    return list;
  }

  const size_t larger = *capacity ? 2U * *capacity : first_capacity;
  void* const  moved =
    larger <= SIZE_MAX / item_size ? realloc(list, larger * item_size) : NULL;
  if (moved) {
    *capacity = larger;
  }
  return moved;
}

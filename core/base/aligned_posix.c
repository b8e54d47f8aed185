// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/aligned.h"

#include <stdlib.h>

void*
ct_aligned_new(const size_t alignment, const size_t size)
{
  return aligned_alloc(alignment, size);
}

void
ct_aligned_free(void* const memory)
{
  free(memory);
}

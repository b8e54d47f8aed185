// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/aligned.h"

#include <malloc.h>

void*
ct_aligned_new(const size_t alignment, const size_t size)
{
  return _aligned_malloc(size, alignment);
}

void
ct_aligned_free(void* const memory)
{
  _aligned_free(memory);
}

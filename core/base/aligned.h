// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file aligned.h Memory that begins at a multiple of a power of two

#ifndef CT_BASE_ALIGNED_H
#define CT_BASE_ALIGNED_H

#include <stddef.h>

/// Memory for ct_aligned_free(), or null.  @thread main|worker
/// @param size In bytes, a multiple of `alignment`
void*
ct_aligned_new(size_t alignment, size_t size);

/// Null is fine.  @thread main|worker
void
ct_aligned_free(void* memory);

#endif // CT_BASE_ALIGNED_H

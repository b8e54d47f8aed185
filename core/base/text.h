// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file text.h Texts put together, and how they end

#ifndef CT_BASE_TEXT_H
#define CT_BASE_TEXT_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stddef.h>

/// The first `length` bytes of a text, with an end.  @thread main|worker
/// @return Memory for free(), or null
CT_NODISCARD char*
ct_text_copy(const char* text, size_t length);

/// Three texts in a row.  @thread main|worker  @return Memory for free(), or
/// null
CT_NODISCARD char*
ct_text_join(const char* a, const char* b, const char* c);

/// Whether a text ends with `end`, and has more before it.  @thread any
bool
ct_text_has_end(const char* text, const char* end);

#endif // CT_BASE_TEXT_H

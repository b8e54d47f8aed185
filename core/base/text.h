// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file text.h Copies of texts

#ifndef CT_BASE_TEXT_H
#define CT_BASE_TEXT_H

#include "base/attributes.h"

#include <stddef.h>

/// The first `length` bytes of a text, with an end.  @thread main|worker
/// @return Memory for free(), or null
CT_NODISCARD char*
ct_text_copy(const char* text, size_t length);

#endif // CT_BASE_TEXT_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file base64.h Bytes as text: RFC 4648 with padding, and nothing else

#ifndef CT_BASE_BASE64_H
#define CT_BASE_BASE64_H

#include "base/attributes.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/**
   Write bytes as text.

   @thread main|worker
   @param text Set to memory for free(), null-terminated, or to null on failure.
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_base64_encode(const uint8_t* bytes, size_t size, char** text);

/**
   Read what ct_base64_encode() wrote.

   Line breaks, other alphabets and bits that belong to no byte are refused.
   @thread main|worker
   @param bytes Set to memory for free(), or to null on failure.
   @param size Set to its size, zero on failure.
   @return CT_SUCCESS, CT_NO_MEMORY or CT_NOT_BASE64.
*/
CT_NODISCARD CtStatus
ct_base64_decode(const char* text, uint8_t** bytes, size_t* size);

#endif // CT_BASE_BASE64_H

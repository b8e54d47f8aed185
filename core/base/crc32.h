// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file crc32.h A checksum that finds damage

#ifndef CT_BASE_CRC32_H
#define CT_BASE_CRC32_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32 of `size` bytes as in PNG and zip (ISO 3309).  @thread main|worker
uint32_t
ct_crc32(const uint8_t* bytes, size_t size);

#endif // CT_BASE_CRC32_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/crc32.h"

uint32_t
ct_crc32(const uint8_t* const bytes, const size_t size)
{
  static const uint32_t polynomial = 0xEDB88320U; // Lowest bit first

  uint32_t crc = UINT32_MAX;
  for (size_t i = 0U; i < size; ++i) {
    crc ^= bytes[i];
    for (uint32_t bit = 0U; bit < 8U; ++bit) {
      crc = (crc >> 1U) ^ (crc & 1U ? polynomial : 0U);
    }
  }
  return ~crc;
}

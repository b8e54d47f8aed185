// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The kernel that splits a vector into three bytes, for AVX-512 with VNNI:
// every register holds a quad of each of 16 rows

#include "model/branchless.h"
#include "model/dot_kernels.h"

#if CT_DOT_HAS_X86

#  include <immintrin.h>

#  include <stddef.h>
#  include <string.h>

#  define ROWS CT_DOT_ROWS
#  define QUAD CT_DOT_QUAD

#  define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

#  define BYTE_SIZE 256
#  define HALF_BYTE 128
#  define REGISTER_ROWS 16U
#  define REGISTERS (ROWS / REGISTER_ROWS)

/// x = 2^16 high + 2^8 middle + low, all with a sign
VNNI static void
split_bytes(const int32_t* const x, const uint32_t n, CtDotVector* const vector)
{
  for (uint32_t i = 0U; i < n; ++i) {
    const int32_t low  = ((x[i] + HALF_BYTE) & (BYTE_SIZE - 1)) - HALF_BYTE;
    const int32_t rest = (x[i] - low) / BYTE_SIZE;
    const int32_t next = ((rest + HALF_BYTE) & (BYTE_SIZE - 1)) - HALF_BYTE;
    vector->parts.bytes[0][i] = (int8_t)low;
    vector->parts.bytes[1][i] = (int8_t)next;
    vector->parts.bytes[2][i] = (int8_t)((rest - next) / BYTE_SIZE);
  }
}

/// Put the sums of the bytes together, less what the offset added: exact in
/// double, and then rounded once
VNNI CT_INLINE void
join_bytes(__m512i (*const s)[REGISTERS],
           const CtDotVector* const vector,
           float* const             sums)
{
  int32_t parts[CT_DOT_BYTES][ROWS];
  for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
    for (uint32_t j = 0U; j < REGISTERS; ++j) {
      _mm512_storeu_si512(&parts[b][(size_t)j * REGISTER_ROWS], s[b][j]);
    }
  }
  const double excess = (double)CT_DOT_OFFSET * vector->total;
  for (uint32_t r = 0U; r < ROWS; ++r) {
    const double high = (double)parts[2][r] * (BYTE_SIZE * BYTE_SIZE);
    const double next = (double)parts[1][r] * BYTE_SIZE;
    sums[r]           = (float)(high + next + (double)parts[0][r] - excess);
  }
}

VNNI CT_INLINE void
multiply_n_vnni(const uint8_t* const     block,
                const uint32_t           n_quads,
                const CtDotVector* const vectors,
                const uint32_t           n,
                float (*const sums)[ROWS])
{
  __m512i s[CT_DOT_BATCH][CT_DOT_BYTES][REGISTERS];
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
      for (uint32_t j = 0U; j < REGISTERS; ++j) {
        s[k][b][j] = _mm512_setzero_si512();
      }
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8_t* const at = block + ((size_t)q * ROWS * QUAD);
    for (uint32_t k = 0U; k < n; ++k) {
      for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
        int32_t quad = 0;
        memcpy(
          &quad, &vectors[k].parts.bytes[b][(size_t)q * QUAD], sizeof(quad));
        const __m512i x = _mm512_set1_epi32(quad);
        for (uint32_t j = 0U; j < REGISTERS; ++j) {
          const __m512i w = _mm512_loadu_si512(at + (j * sizeof(__m512i)));
          s[k][b][j]      = _mm512_dpbusd_epi32(s[k][b][j], w, x);
        }
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    join_bytes(s[k], &vectors[k], sums[k]);
  }
}

CT_DOT_DEFINE(multiply_vnni, multiply_n_vnni, VNNI)

const CtDotKernel ct_dot_vnni = {split_bytes, multiply_vnni};

#endif // CT_DOT_HAS_X86

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The kernel that splits a vector into three bytes, for AVX-512 with VNNI:
// every register holds a quad of each of 16 rows

#include "model/branchless.h"
#include "model/dot_kernels.h"
#include "model/dot_parts.h"

#if CT_DOT_HAS_X86

#  include <immintrin.h>

#  include <stddef.h>

#  define ROWS CT_DOT_ROWS
#  define QUAD CT_DOT_QUAD

#  define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

#  define REGISTER_ROWS 16U
#  define REGISTERS (ROWS / REGISTER_ROWS)

/// As CtDotKernel has it
VNNI static void
split(const int32_t* const x, const uint32_t n, CtDotVector* const vector)
{
  ct_dot_split_bytes(x, n, vector);
}

VNNI CT_INLINE void
join(__m512i (*const s)[REGISTERS],
     const CtDotVector* const vector,
     float* const             sums)
{
  int32_t parts[CT_DOT_BYTES][ROWS];
  for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
    for (uint32_t j = 0U; j < REGISTERS; ++j) {
      _mm512_storeu_si512(&parts[b][(size_t)j * REGISTER_ROWS], s[b][j]);
    }
  }
  ct_dot_join_bytes(parts, ct_dot_excess(vector), sums);
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
        const __m512i x =
          _mm512_set1_epi32(ct_dot_byte_quad(&vectors[k], b, q));
        for (uint32_t j = 0U; j < REGISTERS; ++j) {
          const __m512i w = _mm512_loadu_si512(at + (j * sizeof(__m512i)));
          s[k][b][j]      = _mm512_dpbusd_epi32(s[k][b][j], w, x);
        }
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    join(s[k], &vectors[k], sums[k]);
  }
}

CT_DOT_DEFINE(multiply_vnni, multiply_n_vnni, VNNI)

const CtDotKernel ct_dot_vnni = {split, multiply_vnni};

#endif // CT_DOT_HAS_X86

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The kernel that splits a vector into two bytes, for AVX-512 with VNNI: every
// register holds a quad of each of 16 rows

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

/// Quads that are summed apart, as an addition takes longer than the next one
/// should wait
#  define CHAINS 2U

/// The sums of one vector
typedef struct {
  __m512i s[CHAINS][CT_DOT_BYTES][REGISTERS];
} Sums;

/// As CtDotKernel has it, with wide registers
VNNI static void
split(const int32_t* const x, const uint32_t n, CtDotVector* const vector)
{
  ct_dot_split_bytes(x, n, vector);
}

VNNI CT_INLINE void
begin(Sums* const sums, const CtDotVector* const vector)
{
  for (uint32_t chain = 0U; chain < CHAINS; ++chain) {
    for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
      for (uint32_t j = 0U; j < REGISTERS; ++j) {
        sums->s[chain][b][j] = chain || b
                                 ? _mm512_setzero_si512()
                                 : _mm512_set1_epi32(ct_dot_start(vector));
      }
    }
  }
}

/// Add a quad of each row to a chain of the `n` vectors' sums
VNNI CT_INLINE void
add_quad(const uint8_t* const     block,
         const CtDotVector* const vectors,
         const uint32_t           n,
         const uint32_t           q,
         const uint32_t           chain,
         Sums* const              sums)
{
  __m512i w[REGISTERS];
  for (uint32_t j = 0U; j < REGISTERS; ++j) {
    const size_t at = (size_t)q * ROWS + (size_t)j * REGISTER_ROWS;
    w[j]            = _mm512_loadu_si512(block + (at * QUAD));
  }
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
      const __m512i x = _mm512_set1_epi32(ct_dot_byte_quad(&vectors[k], b, q));
      for (uint32_t j = 0U; j < REGISTERS; ++j) {
        __m512i* const s = &sums[k].s[chain][b][j];
        *s               = _mm512_dpbusd_epi32(*s, w[j], x);
      }
    }
  }
}

VNNI CT_INLINE void
finish(const Sums* const sums, int32_t* const out)
{
  for (uint32_t j = 0U; j < REGISTERS; ++j) {
    const __m512i low  = _mm512_add_epi32(sums->s[0][0][j], sums->s[1][0][j]);
    const __m512i high = _mm512_add_epi32(sums->s[0][1][j], sums->s[1][1][j]);
    _mm512_storeu_si512(
      out + ((size_t)j * REGISTER_ROWS),
      _mm512_add_epi32(low, _mm512_slli_epi32(high, CT_DOT_BYTE_BITS)));
  }
}

VNNI CT_INLINE void
multiply_n_vnni(const uint8_t* const     block,
                const uint32_t           n_quads,
                const CtDotVector* const vectors,
                const uint32_t           n,
                int32_t (*const sums)[ROWS])
{
  Sums s[CT_DOT_BATCH];
  for (uint32_t k = 0U; k < n; ++k) {
    begin(&s[k], &vectors[k]);
  }
  uint32_t q = 0U;
  for (; q + CHAINS <= n_quads; q += CHAINS) {
    for (uint32_t chain = 0U; chain < CHAINS; ++chain) {
      add_quad(block, vectors, n, q + chain, chain, s);
    }
  }
  if (q < n_quads) {
    add_quad(block, vectors, n, q, 0U, s);
  }
  for (uint32_t k = 0U; k < n; ++k) {
    finish(&s[k], sums[k]);
  }
}

CT_DOT_DEFINE(multiply_vnni, multiply_n_vnni, VNNI)

const CtDotKernel ct_dot_vnni = {split, multiply_vnni};

#endif // CT_DOT_HAS_X86

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Kernels that multiply words of 16 bits

#include "model/branchless.h"
#include "model/dot_kernels.h"
#include "model/dot_parts.h"

#include <stddef.h>

#if CT_DOT_HAS_X86
#  include <immintrin.h>
#endif

#define ROWS CT_DOT_ROWS
#define QUAD CT_DOT_QUAD

static void
multiply_plain(const uint8_t* const     block,
               const uint32_t           n_quads,
               const CtDotVector* const vectors,
               const uint32_t           n,
               int32_t (*const sums)[ROWS])
{
  for (uint32_t k = 0U; k < n; ++k) {
    const int16_t* const x = vectors[k].parts.words;
    uint32_t             s[ROWS]; // Without a sign, as those wrap around
    for (uint32_t r = 0U; r < ROWS; ++r) {
      s[r] = (uint32_t)ct_dot_start(&vectors[k]);
    }
    for (uint32_t q = 0U; q < n_quads; ++q) {
      const uint8_t* const w = block + ((size_t)q * ROWS * QUAD);
      for (uint32_t r = 0U; r < ROWS; ++r) {
        for (uint32_t c = 0U; c < QUAD; ++c) {
          s[r] += (uint32_t)(w[(r * QUAD) + c] * x[(q * QUAD) + c]);
        }
      }
    }
    memcpy(sums[k], s, sizeof(s));
  }
}

const CtDotKernel ct_dot_plain = {ct_dot_split_words, multiply_plain};

#if CT_DOT_HAS_X86

#  define AVX2 __attribute__((target("avx2")))

// A word of weights holds a column in its low byte and the next in its high
// one.  So vectors have columns 0 and 2 of a quad side by side, and 1 and 3

#  define BYTE_BITS 8
#  define BYTE_MASK 0xFF
#  define EVEN_ODD 0xD8 // Words 0, 2, 1, 3

/// As CtDotKernel has it
static void
split_pairs(const int32_t* const x, const uint32_t n, CtDotVector* const vector)
{
  for (uint32_t i = 0U; i < n; i += QUAD) {
    const __m128i quad  = _mm_loadu_si128((const __m128i*)(const void*)(x + i));
    const __m128i words = _mm_packs_epi32(quad, quad);
    _mm_storel_epi64((__m128i*)(void*)(vector->parts.words + i),
                     _mm_shufflelo_epi16(words, EVEN_ODD));
  }
}

/// Rows that SSE2 computes together: so many sums for each of two vectors stay
/// in registers
#  define STRIP 16U

CT_INLINE void
multiply_strip(const uint8_t* const     block,
               const uint32_t           n_quads,
               const CtDotVector* const vectors,
               const uint32_t           n,
               int32_t (*const sums)[ROWS],
               const uint32_t first)
{
  enum { REGISTER_ROWS = 4, REGISTERS = STRIP / REGISTER_ROWS };
  const __m128i even = _mm_set1_epi16(BYTE_MASK);
  __m128i       s[CT_DOT_BATCH][REGISTERS];
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t j = 0U; j < REGISTERS; ++j) {
      s[k][j] = _mm_set1_epi32(ct_dot_start(&vectors[k]));
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8_t* const at = block + ((((size_t)q * ROWS) + first) * QUAD);
    __m128i              x[CT_DOT_BATCH][2];
    for (uint32_t k = 0U; k < n; ++k) {
      x[k][0] = _mm_set1_epi32(ct_dot_word_pair(&vectors[k], q, 0U));
      x[k][1] = _mm_set1_epi32(ct_dot_word_pair(&vectors[k], q, 1U));
    }
    for (uint32_t j = 0U; j < REGISTERS; ++j) {
      const __m128i w =
        _mm_loadu_si128((const __m128i*)(const void*)(at + j * sizeof(w)));
      const __m128i low  = _mm_and_si128(w, even);
      const __m128i high = _mm_srli_epi16(w, BYTE_BITS);
      for (uint32_t k = 0U; k < n; ++k) {
        const __m128i added = _mm_add_epi32(_mm_madd_epi16(low, x[k][0]),
                                            _mm_madd_epi16(high, x[k][1]));
        s[k][j]             = _mm_add_epi32(s[k][j], added);
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t j = 0U; j < REGISTERS; ++j) {
      _mm_storeu_si128(
        (__m128i*)(void*)(sums[k] + first + (size_t)j * REGISTER_ROWS),
        s[k][j]);
    }
  }
}

CT_INLINE void
multiply_n_sse2(const uint8_t* const     block,
                const uint32_t           n_quads,
                const CtDotVector* const vectors,
                const uint32_t           n,
                int32_t (*const sums)[ROWS])
{
  for (uint32_t r = 0U; r < ROWS; r += STRIP) {
    multiply_strip(block, n_quads, vectors, n, sums, r);
  }
}

// AVX2: all rows at once

AVX2 CT_INLINE void
multiply_n_avx2(const uint8_t* const     block,
                const uint32_t           n_quads,
                const CtDotVector* const vectors,
                const uint32_t           n,
                int32_t (*const sums)[ROWS])
{
  enum { REGISTER_ROWS = 8, REGISTERS = ROWS / REGISTER_ROWS };
  const __m256i even = _mm256_set1_epi16(BYTE_MASK);
  __m256i       s[CT_DOT_BATCH][REGISTERS];
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t j = 0U; j < REGISTERS; ++j) {
      s[k][j] = _mm256_set1_epi32(ct_dot_start(&vectors[k]));
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8_t* const at = block + ((size_t)q * ROWS * QUAD);
    __m256i              x[CT_DOT_BATCH][2];
    for (uint32_t k = 0U; k < n; ++k) {
      x[k][0] = _mm256_set1_epi32(ct_dot_word_pair(&vectors[k], q, 0U));
      x[k][1] = _mm256_set1_epi32(ct_dot_word_pair(&vectors[k], q, 1U));
    }
    for (uint32_t j = 0U; j < REGISTERS; ++j) {
      const __m256i w =
        _mm256_loadu_si256((const __m256i*)(const void*)(at + j * sizeof(w)));
      const __m256i low  = _mm256_and_si256(w, even);
      const __m256i high = _mm256_srli_epi16(w, BYTE_BITS);
      for (uint32_t k = 0U; k < n; ++k) {
        const __m256i added = _mm256_add_epi32(
          _mm256_madd_epi16(low, x[k][0]), _mm256_madd_epi16(high, x[k][1]));
        s[k][j] = _mm256_add_epi32(s[k][j], added);
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t j = 0U; j < REGISTERS; ++j) {
      _mm256_storeu_si256(
        (__m256i*)(void*)(sums[k] + (size_t)j * REGISTER_ROWS), s[k][j]);
    }
  }
}

CT_DOT_DEFINE(multiply_sse2, multiply_n_sse2, )
CT_DOT_DEFINE(multiply_avx2, multiply_n_avx2, AVX2)

const CtDotKernel ct_dot_sse2 = {split_pairs, multiply_sse2};
const CtDotKernel ct_dot_avx2 = {split_pairs, multiply_avx2};

#endif // CT_DOT_HAS_X86

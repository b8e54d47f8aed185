// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Kernels that split a vector into halves of 12 bits, and multiply 16 bits

#include "model/branchless.h"
#include "model/dot_kernels.h"
#include "model/dot_parts.h"

#include <stddef.h>

#if CT_DOT_HAS_X86
#  include <immintrin.h>
#endif

#define ROWS CT_DOT_ROWS
#define QUAD CT_DOT_QUAD

/// As CtDotKernel has it
static void
split(const int32_t* const x, const uint32_t n, CtDotVector* const vector)
{
  ct_dot_split_halves(x, n, vector);
}

static void
multiply_plain(const uint8_t* const     block,
               const uint32_t           n_quads,
               const CtDotVector* const vectors,
               const uint32_t           n,
               float (*const sums)[ROWS])
{
  for (uint32_t k = 0U; k < n; ++k) {
    int32_t s[CT_DOT_HALVES][ROWS] = {{0}};
    for (uint32_t q = 0U; q < n_quads; ++q) {
      const uint8_t* const w = block + ((size_t)q * ROWS * QUAD);
      for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
        const int16_t* const x =
          vectors[k].parts.halves[half] + ((size_t)q * QUAD);
        for (uint32_t r = 0U; r < ROWS; ++r) {
          for (uint32_t c = 0U; c < QUAD; ++c) {
            s[half][r] += w[(r * QUAD) + c] * x[c];
          }
        }
      }
    }
    ct_dot_join_halves(s, ct_dot_excess(&vectors[k]), sums[k]);
  }
}

const CtDotKernel ct_dot_plain = {split, multiply_plain};

#if CT_DOT_HAS_X86

#  define AVX2 __attribute__((target("avx2")))

#  define EVEN 0x88     // Quarters 0, 2 of both
#  define ODD 0xDD      // Quarters 1, 3 of both
#  define IN_ORDER 0xD8 // Quarters 0, 2, 1, 3

// SSE2: as AVX2, four rows at once

#  define STRIP 4U
#  define STRIP_REGISTERS 2U

/// The sums of one half of a vector for a strip: columns still by twos
typedef struct {
  __m128i rows[STRIP_REGISTERS];
} Strip;

CT_INLINE void
store_strip(const Strip* const strip, int32_t* const sums)
{
  const __m128 low   = _mm_castsi128_ps(strip->rows[0]);
  const __m128 high  = _mm_castsi128_ps(strip->rows[1]);
  const __m128 left  = _mm_shuffle_ps(low, high, EVEN);
  const __m128 right = _mm_shuffle_ps(low, high, ODD);
  _mm_storeu_si128(
    (__m128i*)(void*)sums,
    _mm_add_epi32(_mm_castps_si128(left), _mm_castps_si128(right)));
}

CT_INLINE void
multiply_strip(const uint8_t* const     block,
               const uint32_t           n_quads,
               const CtDotVector* const vectors,
               const uint32_t           n,
               int32_t (*const sums)[CT_DOT_HALVES][ROWS],
               const uint32_t first)
{
  const __m128i zero = _mm_setzero_si128();
  Strip         s[CT_DOT_BATCH][CT_DOT_HALVES];
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
      s[k][half].rows[0] = zero;
      s[k][half].rows[1] = zero;
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8_t* const at  = block + ((((size_t)q * ROWS) + first) * QUAD);
    const __m128i        w   = _mm_loadu_si128((const __m128i*)(const void*)at);
    const __m128i        low = _mm_unpacklo_epi8(w, zero);
    const __m128i        high = _mm_unpackhi_epi8(w, zero);
    for (uint32_t k = 0U; k < n; ++k) {
      for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
        Strip* const  sum = &s[k][half];
        const __m128i x =
          _mm_set1_epi64x(ct_dot_half_quad(&vectors[k], half, q));
        sum->rows[0] = _mm_add_epi32(sum->rows[0], _mm_madd_epi16(low, x));
        sum->rows[1] = _mm_add_epi32(sum->rows[1], _mm_madd_epi16(high, x));
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
      store_strip(&s[k][half], sums[k][half] + first);
    }
  }
}

CT_INLINE void
multiply_n_sse2(const uint8_t* const     block,
                const uint32_t           n_quads,
                const CtDotVector* const vectors,
                const uint32_t           n,
                float (*const sums)[ROWS])
{
  int32_t s[CT_DOT_BATCH][CT_DOT_HALVES][ROWS];
  for (uint32_t r = 0U; r < ROWS; r += STRIP) {
    multiply_strip(block, n_quads, vectors, n, s, r);
  }
  for (uint32_t k = 0U; k < n; ++k) {
    ct_dot_join_halves(s[k], ct_dot_excess(&vectors[k]), sums[k]);
  }
}

// AVX2: eight rows at once, of which every register holds half the columns of
// four

#  define WIDE_STRIP 8U

/// The sums of one half of a vector for a wide_strip: columns still by twos
typedef struct {
  __m256i rows[STRIP_REGISTERS];
} WideStrip;

AVX2 CT_INLINE void
store_wide_strip(const WideStrip* const wide_strip, int32_t* const sums)
{
  const __m256i added =
    _mm256_hadd_epi32(wide_strip->rows[0], wide_strip->rows[1]);
  const __m256i whole = _mm256_permute4x64_epi64(added, IN_ORDER);
  _mm256_storeu_si256((__m256i*)(void*)sums, whole);
}

AVX2 CT_INLINE void
multiply_wide_strip(const uint8_t* const     block,
                    const uint32_t           n_quads,
                    const CtDotVector* const vectors,
                    const uint32_t           n,
                    int32_t (*const sums)[CT_DOT_HALVES][ROWS],
                    const uint32_t first)
{
  WideStrip s[CT_DOT_BATCH][CT_DOT_HALVES];
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
      s[k][half].rows[0] = _mm256_setzero_si256();
      s[k][half].rows[1] = _mm256_setzero_si256();
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8_t* const at = block + ((((size_t)q * ROWS) + first) * QUAD);
    __m256i              w[STRIP_REGISTERS];
    for (uint32_t j = 0U; j < STRIP_REGISTERS; ++j) {
      w[j] = _mm256_cvtepu8_epi16(_mm_loadu_si128(
        (const __m128i*)(const void*)(at + ((size_t)j * sizeof(__m128i)))));
    }
    for (uint32_t k = 0U; k < n; ++k) {
      for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
        const __m256i x =
          _mm256_set1_epi64x(ct_dot_half_quad(&vectors[k], half, q));
        for (uint32_t j = 0U; j < STRIP_REGISTERS; ++j) {
          s[k][half].rows[j] =
            _mm256_add_epi32(s[k][half].rows[j], _mm256_madd_epi16(w[j], x));
        }
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
      store_wide_strip(&s[k][half], sums[k][half] + first);
    }
  }
}

AVX2 CT_INLINE void
multiply_n_avx2(const uint8_t* const     block,
                const uint32_t           n_quads,
                const CtDotVector* const vectors,
                const uint32_t           n,
                float (*const sums)[ROWS])
{
  int32_t s[CT_DOT_BATCH][CT_DOT_HALVES][ROWS];
  for (uint32_t r = 0U; r < ROWS; r += WIDE_STRIP) {
    multiply_wide_strip(block, n_quads, vectors, n, s, r);
  }
  for (uint32_t k = 0U; k < n; ++k) {
    ct_dot_join_halves(s[k], ct_dot_excess(&vectors[k]), sums[k]);
  }
}

CT_DOT_DEFINE(multiply_sse2, multiply_n_sse2, )
CT_DOT_DEFINE(multiply_avx2, multiply_n_avx2, AVX2)

const CtDotKernel ct_dot_sse2 = {split, multiply_sse2};
const CtDotKernel ct_dot_avx2 = {split, multiply_avx2};

#endif // CT_DOT_HAS_X86

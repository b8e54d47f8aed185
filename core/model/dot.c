// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/dot.h"

#include "model/branchless.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#  include <immintrin.h>
#  define HAVE_X86 1
#else
#  define HAVE_X86 0
#endif

#define ROWS CT_DOT_ROWS
#define QUAD CT_DOT_QUAD
#define COLUMNS CT_DOT_COLUMNS

static const float   largest      = 4194303.0F;
static const int32_t without_sign = 0x7FFFFFFF;

void
ct_dot_round(const CtDotKernel* const kernel,
             const float* const       x,
             const uint32_t           n,
             CtDotVector* const       vector)
{
  assert(n <= COLUMNS);

  // Floats without their sign are in the order of their bits
  int32_t top_bits = 0;
  for (uint32_t i = 0U; i < n; ++i) {
    int32_t bits = 0;
    memcpy(&bits, &x[i], sizeof(bits));
    bits &= without_sign;
    top_bits = bits > top_bits ? bits : top_bits;
  }
  float top = 0.0F;
  memcpy(&top, &top_bits, sizeof(top));

  const float factor = top > 0.0F ? largest / top : 0.0F;
  int32_t     total  = 0;
  int32_t     whole[COLUMNS];
  for (uint32_t i = 0U; i < n; ++i) {
    // Clamped, as a broken model may make numbers that no integer holds
    whole[i] = ct_round(ct_clamp(x[i] * factor, -largest, largest));
    total += whole[i];
  }

  const uint32_t n_padded = (n + QUAD - 1U) / QUAD * QUAD;
  for (uint32_t i = n; i < n_padded; ++i) {
    whole[i] = 0;
  }
  kernel->split(whole, n_padded, vector);
  vector->total = total;
  vector->scale = top / largest;
}

// The plain kernel: halves of 12 bits, products of 16 bits

#define HALF_BITS 12U
#define HALF_SIZE (1 << HALF_BITS)

/// x = high 2^12 + low, where low may be negative
static void
split_halves(const int32_t* const x,
             const uint32_t       n,
             CtDotVector* const   vector)
{
  for (uint32_t i = 0U; i < n; ++i) {
    const int32_t middle       = x[i] + (HALF_SIZE / 2);
    const int32_t low          = (middle & (HALF_SIZE - 1)) - (HALF_SIZE / 2);
    vector->parts.halves[0][i] = (int16_t)low;
    vector->parts.halves[1][i] = (int16_t)((x[i] - low) / HALF_SIZE);
  }
}

/// Put the sums of the halves together, less what the offset added: exact in
/// double, and then rounded once
CT_INLINE void
join_halves(const int32_t* const     low,
            const int32_t* const     high,
            const CtDotVector* const vector,
            float* const             sums)
{
  const double excess = (double)CT_DOT_OFFSET * vector->total;
  for (uint32_t r = 0U; r < ROWS; ++r) {
    sums[r] = (float)(((double)high[r] * HALF_SIZE) + (double)low[r] - excess);
  }
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
    join_halves(s[0], s[1], &vectors[k], sums[k]);
  }
}

static const CtDotKernel plain_kernel = {split_halves, multiply_plain};

#if HAVE_X86

#  define AVX2 __attribute__((target("avx2")))
#  define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

// AVX2: as the plain one, but eight rows at once, of which every register holds
// half the columns of four

#  define STRIP 8U
#  define STRIP_REGISTERS 2U
#  define IN_ORDER 0xD8 // Quarters 0, 2, 1, 3

/// The sums of one half of a vector for a strip: columns still by twos
typedef struct {
  __m256i rows[STRIP_REGISTERS];
} Strip;

AVX2 CT_INLINE void
store_strip(const Strip* const strip, int32_t* const sums)
{
  const __m256i added = _mm256_hadd_epi32(strip->rows[0], strip->rows[1]);
  const __m256i whole = _mm256_permute4x64_epi64(added, IN_ORDER);
  _mm256_storeu_si256((__m256i*)(void*)sums, whole);
}

AVX2 CT_INLINE void
multiply_strip(const uint8_t* const     block,
               const uint32_t           n_quads,
               const CtDotVector* const vectors,
               const uint32_t           n,
               int32_t (*const sums)[CT_DOT_HALVES][ROWS],
               const uint32_t first)
{
  Strip s[CT_DOT_BATCH][CT_DOT_HALVES];
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
        int64_t quad = 0;
        memcpy(&quad,
               &vectors[k].parts.halves[half][(size_t)q * QUAD],
               sizeof(quad));
        const __m256i x = _mm256_set1_epi64x(quad);
        for (uint32_t j = 0U; j < STRIP_REGISTERS; ++j) {
          s[k][half].rows[j] =
            _mm256_add_epi32(s[k][half].rows[j], _mm256_madd_epi16(w[j], x));
        }
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
      store_strip(&s[k][half], sums[k][half] + first);
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
  for (uint32_t r = 0U; r < ROWS; r += STRIP) {
    multiply_strip(block, n_quads, vectors, n, s, r);
  }
  for (uint32_t k = 0U; k < n; ++k) {
    join_halves(s[k][0], s[k][1], &vectors[k], sums[k]);
  }
}

// AVX-512 with VNNI, which multiplies bytes: every register holds a quad of
// each of 16 rows

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

/// As join_halves()
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

// With `n` known the sums stay in registers
#  define DEFINE_KERNEL(name, multiply_n, attribute)             \
    attribute static void name(const uint8_t* const     block,   \
                               const uint32_t           n_quads, \
                               const CtDotVector* const vectors, \
                               const uint32_t           n,       \
                               float(*const sums)[ROWS])         \
    {                                                            \
      if (n == 1U) {                                             \
        multiply_n(block, n_quads, vectors, 1U, sums);           \
      } else {                                                   \
        multiply_n(block, n_quads, vectors, 2U, sums);           \
      }                                                          \
    }

DEFINE_KERNEL(multiply_avx2, multiply_n_avx2, AVX2)
DEFINE_KERNEL(multiply_vnni, multiply_n_vnni, VNNI)

static const CtDotKernel avx2_kernel = {split_halves, multiply_avx2};
static const CtDotKernel vnni_kernel = {split_bytes, multiply_vnni};

#endif // HAVE_X86

const CtDotKernel*
ct_dot_kernel(const CtDotId id)
{
  // Asks about features, not the model of the processor, which a hypervisor
  // may hide
  switch (id) {
  case CT_DOT_PLAIN:
    return &plain_kernel;
#if HAVE_X86
  case CT_DOT_AVX2:
    return __builtin_cpu_supports("avx2") ? &avx2_kernel : NULL;
  case CT_DOT_AVX512_VNNI:
    return __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vnni")
             ? &vnni_kernel
             : NULL;
#else
  case CT_DOT_AVX2:
  case CT_DOT_AVX512_VNNI:
#endif
  case CT_N_DOTS:
    break;
  }
  return NULL;
}

const CtDotKernel*
ct_dot_best(void)
{
  uint32_t id = CT_N_DOTS - 1U;
  while (id > CT_DOT_PLAIN && !ct_dot_kernel((CtDotId)id)) {
    --id;
  }
  return ct_dot_kernel((CtDotId)id);
}

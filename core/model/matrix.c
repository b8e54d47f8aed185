// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/matrix.h"

#include <assert.h>
#include <string.h>

#define BLOCK CT_MATRIX_BLOCK

// The wide kernels are the plain ones, compiled for AVX2: same products, same
// sums, same order, so the same notes.  No FMA, which would round otherwise
#if defined(__x86_64__) && defined(__GNUC__)
#  define HAVE_WIDE 1
#  define WIDE __attribute__((target("avx2")))
#else
#  define HAVE_WIDE 0
#  define WIDE
#endif

uint32_t
ct_matrix_packed_size(const uint32_t n_rows, const uint32_t n_cols)
{
  return (n_rows + BLOCK - 1U) / BLOCK * BLOCK * n_cols;
}

/// Where element [r, c] of a matrix of `n_cols` lies when packed
static size_t
packed_index(const uint32_t r, const uint32_t c, const uint32_t n_cols)
{
  return ((((size_t)(r / BLOCK) * n_cols) + c) * BLOCK) + (r % BLOCK);
}

void
ct_matrix_pack_floats(const float* const rows,
                      const uint32_t     n_rows,
                      const uint32_t     n_cols,
                      float* const       packed)
{
  memset(packed, 0, ct_matrix_packed_size(n_rows, n_cols) * sizeof(float));
  for (uint32_t r = 0U; r < n_rows; ++r) {
    for (uint32_t c = 0U; c < n_cols; ++c) {
      packed[packed_index(r, c, n_cols)] = rows[((size_t)r * n_cols) + c];
    }
  }
}

void
ct_matrix_pack_bytes(const int8_t* const rows,
                     const uint32_t      n_rows,
                     const uint32_t      n_cols,
                     int8_t* const       packed)
{
  memset(packed, 0, ct_matrix_packed_size(n_rows, n_cols));
  for (uint32_t r = 0U; r < n_rows; ++r) {
    for (uint32_t c = 0U; c < n_cols; ++c) {
      packed[packed_index(r, c, n_cols)] = rows[((size_t)r * n_cols) + c];
    }
  }
}

// sums[N][BLOCK] = one block times each of N vectors, for either type of weight
#define DEFINE_KERNEL(name, type, N, attribute)                \
  attribute static void name(const type* restrict block,       \
                             const float* restrict x,          \
                             const size_t   stride,            \
                             const uint32_t n_cols,            \
                             float(*restrict sums)[BLOCK])     \
  {                                                            \
    float s[N][BLOCK] = {{0.0F}};                              \
    for (uint32_t c = 0U; c < n_cols; ++c) {                   \
      for (uint32_t i = 0U; i < BLOCK; ++i) {                  \
        const float w = (float)block[((size_t)c * BLOCK) + i]; \
        for (uint32_t k = 0U; k < (N); ++k) {                  \
          s[k][i] += w * x[(k * stride) + c];                  \
        }                                                      \
      }                                                        \
    }                                                          \
    memcpy(sums, s, sizeof(s));                                \
  }

DEFINE_KERNEL(multiply_floats, float, 1U, )
DEFINE_KERNEL(multiply_bytes, int8_t, 1U, )
DEFINE_KERNEL(multiply_floats_pair, float, 2U, )
DEFINE_KERNEL(multiply_bytes_pair, int8_t, 2U, )
DEFINE_KERNEL(multiply_floats_wide, float, 1U, WIDE)
DEFINE_KERNEL(multiply_bytes_wide, int8_t, 1U, WIDE)
DEFINE_KERNEL(multiply_floats_pair_wide, float, 2U, WIDE)
DEFINE_KERNEL(multiply_bytes_pair_wide, int8_t, 2U, WIDE)

typedef void (*FloatsKernel)(const float*,
                             const float*,
                             size_t,
                             uint32_t,
                             float (*)[BLOCK]);
typedef void (*BytesKernel)(const int8_t*,
                            const float*,
                            size_t,
                            uint32_t,
                            float (*)[BLOCK]);

static const FloatsKernel float_kernels[2][CT_MAX_BATCH] = {
  {multiply_floats, multiply_floats_pair},
  {multiply_floats_wide, multiply_floats_pair_wide}};
static const BytesKernel byte_kernels[2][CT_MAX_BATCH] = {
  {multiply_bytes, multiply_bytes_pair},
  {multiply_bytes_wide, multiply_bytes_pair_wide}};

static _Bool
has_wide(void)
{
#if HAVE_WIDE
  // Asks about the feature, not the model of the processor, which a hypervisor
  // may hide
  return __builtin_cpu_supports("avx2") != 0;
#else
  return 0;
#endif
}

void
ct_matrix_multiply_add(const CtMatrix* const m,
                       const float* const    x,
                       const size_t          stride,
                       const uint32_t        n,
                       float* const          y)
{
  assert(n > 0U && n <= CT_MAX_BATCH);
  const size_t       wide               = has_wide() ? 1U : 0U;
  const FloatsKernel multiply_floats_by = float_kernels[wide][n - 1U];
  const BytesKernel  multiply_bytes_by  = byte_kernels[wide][n - 1U];
  for (uint32_t r = 0U; r < m->n_rows; r += BLOCK) {
    const size_t at = (size_t)r * m->n_cols;
    float        sums[CT_MAX_BATCH][BLOCK];
    if (m->bytes) {
      multiply_bytes_by(m->bytes + at, x, stride, m->n_cols, sums);
    } else {
      multiply_floats_by(m->floats + at, x, stride, m->n_cols, sums);
    }

    const uint32_t left = m->n_rows - r;
    const uint32_t size = left < BLOCK ? left : BLOCK;
    for (uint32_t k = 0U; k < n; ++k) {
      float* const out = y + ((size_t)k * m->n_rows) + r;
      for (uint32_t i = 0U; i < size; ++i) {
        out[i] += m->bytes ? sums[k][i] * m->scales[r + i] : sums[k][i];
      }
    }
  }
}

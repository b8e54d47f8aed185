// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/matrix.h"

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

// sums[BLOCK] = one block times x, for either type of weight
#define DEFINE_KERNEL(name, type, attribute)               \
  attribute static void name(const type* restrict block,   \
                             const float* restrict x,      \
                             const uint32_t n_cols,        \
                             float* restrict sums)         \
  {                                                        \
    float s[BLOCK] = {0.0F};                               \
    for (uint32_t c = 0U; c < n_cols; ++c) {               \
      const float v = x[c];                                \
      for (uint32_t i = 0U; i < BLOCK; ++i) {              \
        s[i] += (float)block[((size_t)c * BLOCK) + i] * v; \
      }                                                    \
    }                                                      \
    memcpy(sums, s, sizeof(s));                            \
  }

DEFINE_KERNEL(multiply_floats, float, )
DEFINE_KERNEL(multiply_bytes, int8_t, )
DEFINE_KERNEL(multiply_floats_wide, float, WIDE)
DEFINE_KERNEL(multiply_bytes_wide, int8_t, WIDE)

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
                       float* const          y)
{
  const _Bool wide = has_wide();
  for (uint32_t r = 0U; r < m->n_rows; r += BLOCK) {
    const size_t at = (size_t)r * m->n_cols;
    float        sums[BLOCK];
    if (m->bytes) {
      (wide ? multiply_bytes_wide
            : multiply_bytes)(m->bytes + at, x, m->n_cols, sums);
    } else {
      (wide ? multiply_floats_wide
            : multiply_floats)(m->floats + at, x, m->n_cols, sums);
    }

    const uint32_t left = m->n_rows - r;
    const uint32_t n    = left < BLOCK ? left : BLOCK;
    for (uint32_t i = 0U; i < n; ++i) {
      y[r + i] += m->bytes ? sums[i] * m->scales[r + i] : sums[i];
    }
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Kernels for aarch64: halves of 12 bits where there is NEON alone, three bytes
// where it has the instructions of the dot product

#include "model/branchless.h"
#include "model/dot_kernels.h"
#include "model/dot_parts.h"

#if CT_DOT_HAS_NEON

#  include <arm_neon.h>

#  include <stddef.h>

#  if defined(__linux__)
#    include <asm/hwcap.h>
#    include <sys/auxv.h>
#  endif

#  define ROWS CT_DOT_ROWS
#  define QUAD CT_DOT_QUAD

// A register holds the quads of as many rows
#  define STRIP 4U

/// Four rows of one half of a vector: every register holds the columns of one
typedef struct {
  int32x4_t rows[STRIP];
} Strip;

static void
split_halves(const int32_t* const x,
             const uint32_t       n,
             CtDotVector* const   vector)
{
  ct_dot_split_halves(x, n, vector);
}

CT_INLINE void
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
      for (uint32_t r = 0U; r < STRIP; ++r) {
        s[k][half].rows[r] = vdupq_n_s32(0);
      }
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8x16_t w =
      vld1q_u8(block + ((((size_t)q * ROWS) + first) * QUAD));
    const int16x8_t low  = vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(w)));
    const int16x8_t high = vreinterpretq_s16_u16(vmovl_high_u8(w));
    for (uint32_t k = 0U; k < n; ++k) {
      for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
        int32x4_t* const rows = s[k][half].rows;
        const int16x8_t  x    = vreinterpretq_s16_s64(
          vdupq_n_s64(ct_dot_half_quad(&vectors[k], half, q)));
        rows[0] = vmlal_s16(rows[0], vget_low_s16(low), vget_low_s16(x));
        rows[1] = vmlal_high_s16(rows[1], low, x);
        rows[2] = vmlal_s16(rows[2], vget_low_s16(high), vget_low_s16(x));
        rows[3] = vmlal_high_s16(rows[3], high, x);
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t half = 0U; half < CT_DOT_HALVES; ++half) {
      const int32x4_t* const rows = s[k][half].rows;
      const int32x4_t        low  = vpaddq_s32(rows[0], rows[1]);
      const int32x4_t        high = vpaddq_s32(rows[2], rows[3]);
      vst1q_s32(sums[k][half] + first, vpaddq_s32(low, high));
    }
  }
}

CT_INLINE void
multiply_n_neon(const uint8_t* const     block,
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

CT_DOT_DEFINE(multiply_neon, multiply_n_neon, )

const CtDotKernel ct_dot_neon = {split_halves, multiply_neon};

#endif // CT_DOT_HAS_NEON

#if CT_DOT_HAS_DOTPROD

#  if defined(__clang__)
#    define DOTPROD __attribute__((target("dotprod")))
#  else
#    define DOTPROD __attribute__((target("arch=armv8.2-a+dotprod")))
#  endif

// Sums of one vector for half a block, or of two for a quarter, are twelve
// registers: compilers keep them there, and with more they do not
#  define REGISTERS (ROWS / STRIP)
#  define MOST_REGISTERS (REGISTERS / 2U)

_Bool
ct_dot_can_dotprod(void)
{
#  if defined(__ARM_FEATURE_DOTPROD)
  return 1;
#  elif defined(__linux__)
  return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0U;
#  else
  return 0;
#  endif
}

static void
split_bytes(const int32_t* const x, const uint32_t n, CtDotVector* const vector)
{
  ct_dot_split_bytes(x, n, vector);
}

/// Multiply the `n_registers` of rows from register `first` on
DOTPROD CT_INLINE void
multiply_registers(const uint8_t* const     block,
                   const uint32_t           n_quads,
                   const CtDotVector* const vectors,
                   const uint32_t           n,
                   int32_t (*const sums)[CT_DOT_BYTES][ROWS],
                   const uint32_t first,
                   const uint32_t n_registers)
{
  const uint8x16_t offset = vdupq_n_u8(CT_DOT_OFFSET);
  int32x4_t        s[CT_DOT_BATCH][CT_DOT_BYTES][MOST_REGISTERS];
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
      for (uint32_t j = 0U; j < n_registers; ++j) {
        s[k][b][j] = vdupq_n_s32(0);
      }
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8_t* const at =
      block + ((size_t)q * ROWS * QUAD) + ((size_t)first * STRIP * QUAD);
    for (uint32_t j = 0U; j < n_registers; ++j) {
      const uint8x16_t bytes = vld1q_u8(at + ((size_t)j * STRIP * QUAD));
      const int8x16_t  w     = vreinterpretq_s8_u8(veorq_u8(bytes, offset));
      for (uint32_t k = 0U; k < n; ++k) {
        for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
          const int8x16_t x = vreinterpretq_s8_s32(
            vdupq_n_s32(ct_dot_byte_quad(&vectors[k], b, q)));
          s[k][b][j] = vdotq_s32(s[k][b][j], w, x);
        }
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
      for (uint32_t j = 0U; j < n_registers; ++j) {
        vst1q_s32(&sums[k][b][(size_t)(first + j) * STRIP], s[k][b][j]);
      }
    }
  }
}

DOTPROD CT_INLINE void
multiply_n_dotprod(const uint8_t* const     block,
                   const uint32_t           n_quads,
                   const CtDotVector* const vectors,
                   const uint32_t           n,
                   float (*const sums)[ROWS])
{
  int32_t        s[CT_DOT_BATCH][CT_DOT_BYTES][ROWS];
  const uint32_t n_registers = MOST_REGISTERS / n;
  for (uint32_t first = 0U; first < REGISTERS; first += n_registers) {
    multiply_registers(block, n_quads, vectors, n, s, first, n_registers);
  }
  for (uint32_t k = 0U; k < n; ++k) {
    // The offset is off already: here bytes have a sign
    ct_dot_join_bytes(s[k], 0.0, sums[k]);
  }
}

CT_DOT_DEFINE(multiply_dotprod, multiply_n_dotprod, DOTPROD)

const CtDotKernel ct_dot_dotprod = {split_bytes, multiply_dotprod};

#endif // CT_DOT_HAS_DOTPROD

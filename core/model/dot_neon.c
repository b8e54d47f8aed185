// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Kernels for aarch64: words of 16 bits where there is NEON alone, two bytes
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
#  define REGISTER_ROWS 4U

// Rows that are computed together: so many sums for each of two vectors stay in
// registers
#  define STRIP 8U

/// Sums of a strip: every register holds the columns of one row
typedef struct {
  int32x4_t rows[STRIP];
} Strip;

CT_INLINE void
multiply_strip(const uint8_t* const     block,
               const uint32_t           n_quads,
               const CtDotVector* const vectors,
               const uint32_t           n,
               int32_t (*const sums)[ROWS],
               const uint32_t first)
{
  Strip s[CT_DOT_BATCH];
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t r = 0U; r < STRIP; ++r) {
      s[k].rows[r] = vdupq_n_s32(0);
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8_t* const at = block + ((((size_t)q * ROWS) + first) * QUAD);
    for (uint32_t r = 0U; r < STRIP; r += REGISTER_ROWS) {
      const uint8x16_t w    = vld1q_u8(at + ((size_t)r * QUAD));
      const int16x8_t  low  = vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(w)));
      const int16x8_t  high = vreinterpretq_s16_u16(vmovl_high_u8(w));
      for (uint32_t k = 0U; k < n; ++k) {
        int32x4_t* const rows = s[k].rows + r;
        const int16x8_t  x =
          vreinterpretq_s16_s64(vdupq_n_s64(ct_dot_word_quad(&vectors[k], q)));
        rows[0] = vmlal_s16(rows[0], vget_low_s16(low), vget_low_s16(x));
        rows[1] = vmlal_high_s16(rows[1], low, x);
        rows[2] = vmlal_s16(rows[2], vget_low_s16(high), vget_low_s16(x));
        rows[3] = vmlal_high_s16(rows[3], high, x);
      }
    }
  }
  for (uint32_t k = 0U; k < n; ++k) {
    const int32x4_t start = vdupq_n_s32(ct_dot_start(&vectors[k]));
    for (uint32_t r = 0U; r < STRIP; r += REGISTER_ROWS) {
      const int32x4_t* const rows = s[k].rows + r;
      const int32x4_t        low  = vpaddq_s32(rows[0], rows[1]);
      const int32x4_t        high = vpaddq_s32(rows[2], rows[3]);
      const int32x4_t        sum  = vpaddq_s32(low, high);
      vst1q_s32(sums[k] + first + r, vaddq_s32(sum, start));
    }
  }
}

CT_INLINE void
multiply_n_neon(const uint8_t* const     block,
                const uint32_t           n_quads,
                const CtDotVector* const vectors,
                const uint32_t           n,
                int32_t (*const sums)[ROWS])
{
  for (uint32_t r = 0U; r < ROWS; r += STRIP) {
    multiply_strip(block, n_quads, vectors, n, sums, r);
  }
}

CT_DOT_DEFINE(multiply_neon, multiply_n_neon, )

const CtDotKernel ct_dot_neon = {ct_dot_split_words, multiply_neon};

#endif // CT_DOT_HAS_NEON

#if CT_DOT_HAS_DOTPROD

#  if defined(__clang__)
#    define DOTPROD __attribute__((target("dotprod")))
#  else
#    define DOTPROD __attribute__((target("arch=armv8.2-a+dotprod")))
#  endif

// Sums of one vector for a block, or of two for half a block, are sixteen
// registers: compilers keep them there, and with more they do not
#  define REGISTERS (ROWS / REGISTER_ROWS)

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

/// Multiply the `n_registers` of rows from register `first` on
DOTPROD CT_INLINE void
multiply_registers(const uint8_t* const     block,
                   const uint32_t           n_quads,
                   const CtDotVector* const vectors,
                   const uint32_t           n,
                   int32_t (*const sums)[ROWS],
                   const uint32_t first,
                   const uint32_t n_registers)
{
  const uint8x16_t offset = vdupq_n_u8(CT_DOT_OFFSET);
  int32x4_t        s[CT_DOT_BATCH][CT_DOT_BYTES][REGISTERS];
  for (uint32_t k = 0U; k < n; ++k) {
    for (uint32_t b = 0U; b < CT_DOT_BYTES; ++b) {
      for (uint32_t j = 0U; j < n_registers; ++j) {
        s[k][b][j] = vdupq_n_s32(0);
      }
    }
  }
  for (uint32_t q = 0U; q < n_quads; ++q) {
    const uint8_t* const at = block + ((size_t)q * ROWS * QUAD) +
                              ((size_t)first * REGISTER_ROWS * QUAD);
    for (uint32_t j = 0U; j < n_registers; ++j) {
      const uint8x16_t bytes =
        vld1q_u8(at + ((size_t)j * REGISTER_ROWS * QUAD));
      const int8x16_t w = vreinterpretq_s8_u8(veorq_u8(bytes, offset));
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
    for (uint32_t j = 0U; j < n_registers; ++j) {
      const int32x4_t high = vshlq_n_s32(s[k][1][j], CT_DOT_BYTE_BITS);
      vst1q_s32(&sums[k][(size_t)(first + j) * REGISTER_ROWS],
                vaddq_s32(s[k][0][j], high));
    }
  }
}

DOTPROD CT_INLINE void
multiply_n_dotprod(const uint8_t* const     block,
                   const uint32_t           n_quads,
                   const CtDotVector* const vectors,
                   const uint32_t           n,
                   int32_t (*const sums)[ROWS])
{
  const uint32_t n_registers = REGISTERS / n;
  for (uint32_t first = 0U; first < REGISTERS; first += n_registers) {
    multiply_registers(block, n_quads, vectors, n, sums, first, n_registers);
  }
}

CT_DOT_DEFINE(multiply_dotprod, multiply_n_dotprod, DOTPROD)

const CtDotKernel ct_dot_dotprod = {ct_dot_split_bytes, multiply_dotprod};

#endif // CT_DOT_HAS_DOTPROD

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file dot_kernels.h The kernels behind dot.h, and what they share

#ifndef CT_MODEL_DOT_KERNELS_H
#define CT_MODEL_DOT_KERNELS_H

#include "model/dot.h"

#if defined(__x86_64__) && defined(__GNUC__)
#  define CT_DOT_HAS_X86 1
#else
#  define CT_DOT_HAS_X86 0
#endif

#if defined(__aarch64__) && defined(__GNUC__) && !defined(__ARM_BIG_ENDIAN)
#  define CT_DOT_HAS_NEON 1
#else
#  define CT_DOT_HAS_NEON 0
#endif

// Clang before 16 hides the intrinsics of what the whole file is not compiled
// for
#if CT_DOT_HAS_NEON && (!defined(__clang__) || __clang_major__ >= 16 || \
                        defined(__ARM_FEATURE_DOTPROD))
#  define CT_DOT_HAS_DOTPROD 1
#else
#  define CT_DOT_HAS_DOTPROD 0
#endif

/// In plain C
extern const CtDotKernel ct_dot_plain;

#if CT_DOT_HAS_X86

/// What every x86-64 has
extern const CtDotKernel ct_dot_sse2;

extern const CtDotKernel ct_dot_avx2;
extern const CtDotKernel ct_dot_vnni;

#endif // CT_DOT_HAS_X86

#if CT_DOT_HAS_NEON

/// What every aarch64 has
extern const CtDotKernel ct_dot_neon;

#endif // CT_DOT_HAS_NEON

#if CT_DOT_HAS_DOTPROD

/// Whether this processor has ct_dot_dotprod's instructions.  @thread any
CT_REALTIME _Bool
ct_dot_can_dotprod(void);

extern const CtDotKernel ct_dot_dotprod;

#endif // CT_DOT_HAS_DOTPROD

// A kernel out of `multiply_n`, in which the sums stay in registers as `n` is
// known
#define CT_DOT_DEFINE(name, multiply_n, attribute)              \
  attribute static void name(const uint8_t* const     block,    \
                             const uint32_t           n_quads,  \
                             const CtDotVector* const vectors,  \
                             const uint32_t           n,        \
                             int32_t(*const sums)[CT_DOT_ROWS]) \
  {                                                             \
    if (n == 1U) {                                              \
      multiply_n(block, n_quads, vectors, 1U, sums);            \
    } else {                                                    \
      multiply_n(block, n_quads, vectors, 2U, sums);            \
    }                                                           \
  }

#endif // CT_MODEL_DOT_KERNELS_H

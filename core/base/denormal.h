// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file denormal.h Flush tiny floats to zero, which are slow on many
/// processors

#ifndef CT_BASE_DENORMAL_H
#define CT_BASE_DENORMAL_H

#include "base/attributes.h"

#include <stdint.h>

#if defined(__SSE__)
#  include <xmmintrin.h>
#endif

/// Floating-point control word of a thread, to be put back
typedef struct {
  uint64_t word; ///< MXCSR or FPCR; unused elsewhere
} CtDenormalState;

/// Flush-to-zero and denormals-are-zero bits of MXCSR (Intel SDM vol.
/// 1, 10.2.3)
#define CT_MXCSR_FTZ_DAZ 0x8040U

/// Flush-to-zero bit of FPCR (Arm ARM, C5.2.8)
#define CT_FPCR_FZ (UINT64_C(1) << 24U)

/// Flush denormals in this thread from here on.  @thread any  @return For
/// ct_denormals_restore()
CT_REALTIME static inline CtDenormalState
ct_denormals_off(void)
{
  CtDenormalState state = {0U};
#if defined(__SSE__)
  const unsigned mxcsr = _mm_getcsr();
  state.word           = mxcsr;
  _mm_setcsr(mxcsr | CT_MXCSR_FTZ_DAZ);
#elif defined(__aarch64__)
  uint64_t fpcr = 0U;
  __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
  state.word = fpcr;
  __asm__ volatile("msr fpcr, %0" ::"r"(fpcr | CT_FPCR_FZ));
#endif
  return state;
}

/// Put the thread's control word back: the host may rely on it.  @thread any
CT_REALTIME static inline void
ct_denormals_restore(const CtDenormalState state)
{
#if defined(__SSE__)
  _mm_setcsr((unsigned)state.word);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" ::"r"(state.word));
#else
  (void)state;
#endif
}

#endif // CT_BASE_DENORMAL_H

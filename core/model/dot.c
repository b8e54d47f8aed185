// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "model/dot.h"

#include "model/branchless.h"
#include "model/dot_kernels.h"
#include "model/wide.h"

#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

#define QUAD CT_DOT_QUAD
#define COLUMNS CT_DOT_COLUMNS

/// What multiplies, or null as long as nothing has
static _Atomic(const CtDotKernel*) chosen;

static const float   largest      = CT_DOT_LARGEST;
static const int32_t without_sign = 0x7FFFFFFF;

/// Round `n` numbers of x, so that the largest becomes CT_DOT_LARGEST
CT_INLINE void
round_all_loop(const float* const x,
               const uint32_t     n,
               int32_t* const     whole,
               CtDotVector* const vector)
{
  // Floats without their sign are in the order of their bits
  int32_t top_bits = 0;
  for (uint32_t i = 0U; i < n; ++i) {
    const int32_t bits = ct_bits(x[i]) & without_sign;
    top_bits           = bits > top_bits ? bits : top_bits;
  }

  const float top    = ct_of_bits(top_bits);
  const float factor = top > 0.0F ? largest / top : 0.0F;
  int32_t     total  = 0;
  for (uint32_t i = 0U; i < n; ++i) {
    // Clamped, as a broken model may make numbers that no integer holds
    whole[i] = ct_round(ct_clamp(x[i] * factor, -largest, largest));
    total += whole[i];
  }
  vector->total = total;
  vector->scale = top / largest;
}

CT_WIDEN(round_all,
         (const float* const x,
          const uint32_t     n,
          int32_t* const     whole,
          CtDotVector* const vector),
         (x, n, whole, vector))

void
ct_dot_round(const CtDotKernel* const kernel,
             const float* const       x,
             const uint32_t           n,
             CtDotVector* const       vector)
{
  assert(n <= COLUMNS);
  int32_t whole[COLUMNS];
  round_all(x, n, whole, vector);

  const uint32_t n_padded = (n + QUAD - 1U) / QUAD * QUAD;
  for (uint32_t i = n; i < n_padded; ++i) {
    whole[i] = 0;
  }
  kernel->split(whole, n_padded, vector);
}

const CtDotKernel*
ct_dot_kernel(const CtDotId id)
{
  // Asks about features, not the model of the processor, which a hypervisor
  // may hide
  switch (id) {
  case CT_DOT_PLAIN:
    return &ct_dot_plain;
#if CT_DOT_HAS_X86
  case CT_DOT_SSE2:
    return &ct_dot_sse2;
  case CT_DOT_AVX2:
    return __builtin_cpu_supports("avx2") ? &ct_dot_avx2 : NULL;
  case CT_DOT_AVX512_VNNI:
    return __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vnni")
             ? &ct_dot_vnni
             : NULL;
#endif
#if CT_DOT_HAS_NEON
  case CT_DOT_NEON:
    return &ct_dot_neon;
#endif
#if CT_DOT_HAS_DOTPROD
  case CT_DOT_NEON_DOTPROD:
    return ct_dot_can_dotprod() ? &ct_dot_dotprod : NULL;
#endif
  default: // Those of other processors
    return NULL;
  }
}

const char*
ct_dot_name(const CtDotId id)
{
  static const char* const names[CT_N_DOTS] = {
    [CT_DOT_PLAIN]        = "plain",
    [CT_DOT_SSE2]         = "sse2",
    [CT_DOT_AVX2]         = "avx2",
    [CT_DOT_AVX512_VNNI]  = "avx512_vnni",
    [CT_DOT_NEON]         = "neon",
    [CT_DOT_NEON_DOTPROD] = "neon_dotprod",
  };
  return id < CT_N_DOTS ? names[id] : NULL;
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

void
ct_dot_choose(const CtDotKernel* const kernel)
{
  atomic_store_explicit(&chosen, kernel, memory_order_relaxed);
}

const CtDotKernel*
ct_dot_chosen(void)
{
  // Threads that come here first at once find the same
  const CtDotKernel* kernel =
    atomic_load_explicit(&chosen, memory_order_relaxed);
  if (!kernel) {
    kernel = ct_dot_best();
    ct_dot_choose(kernel);
  }
  return kernel;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// What is left of a step if nothing is computed: the reading of its weights

#include "step_ways.h"

/// Words that are added side by side: eight cache lines of them
#define N_SUMS ((size_t)64U)

#if defined(__x86_64__) && defined(__GNUC__)
#  define HAVE_WIDE 1
#  define AVX2 __attribute__((target("avx2")))
// GCC halves its registers unless it is told not to; Clang knows no such word
#  if defined(__clang__)
#    define AVX512 __attribute__((target("avx512f")))
#  else
#    define AVX512 __attribute__((target("avx512f,prefer-vector-width=512")))
#  endif
#else
#  define HAVE_WIDE 0
#endif

// As many sums side by side as hide the time that an addition takes; compilers
// make vectors of the words of a line
#define DEFINE_READ(name, attribute)                                          \
  attribute static uint64_t name(const uint64_t* const words, const size_t n) \
  {                                                                           \
    uint64_t sums[N_SUMS] = {0U};                                             \
    size_t   i            = 0U;                                               \
    for (; i + N_SUMS <= n; i += N_SUMS) {                                    \
      for (size_t j = 0U; j < N_SUMS; ++j) {                                  \
        sums[j] += words[i + j];                                              \
      }                                                                       \
    }                                                                         \
    for (; i < n; ++i) {                                                      \
      sums[0] += words[i];                                                    \
    }                                                                         \
    uint64_t sum = 0U;                                                        \
    for (size_t j = 0U; j < N_SUMS; ++j) {                                    \
      sum += sums[j];                                                         \
    }                                                                         \
    return sum;                                                               \
  }

DEFINE_READ(read_plain, )
#if HAVE_WIDE
DEFINE_READ(read_avx2, AVX2)
DEFINE_READ(read_avx512, AVX512)
#endif

/// Where sums go, so that compilers do not leave the reading out
static volatile uint64_t sink;

void
ct_step_read(const uint64_t* const words, const size_t n)
{
#if HAVE_WIDE
  if (__builtin_cpu_supports("avx512f")) {
    sink = read_avx512(words, n);
    return;
  }
  if (__builtin_cpu_supports("avx2")) {
    sink = read_avx2(words, n);
    return;
  }
#endif
  sink = read_plain(words, n);
}

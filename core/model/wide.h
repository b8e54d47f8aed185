// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file wide.h Loops compiled more than once: for every processor, and for
/// wide registers where it has them

#ifndef CT_MODEL_WIDE_H
#define CT_MODEL_WIDE_H

#if defined(__x86_64__) && defined(__GNUC__)
#  define CT_HAS_WIDE 1
#  define CT_WIDE __attribute__((target("avx2")))
// GCC halves its registers unless it is told not to; Clang knows no such word
#  if defined(__clang__)
#    define CT_WIDEST __attribute__((target("avx512f,avx512bw")))
#  else
#    define CT_WIDEST \
      __attribute__((target("avx512f,avx512bw,prefer-vector-width=512")))
#  endif
#else
#  define CT_HAS_WIDE 0
#endif

// `name`, out of the inlined `name##_loop`.  Wide loops are the plain one,
// compiled for more: the same operations in the same order, so the same numbers
// and the same notes.  No FMA, which would round otherwise.  Processors with
// AVX-512 but not VNNI are those that it slows down
#if CT_HAS_WIDE
#  define CT_WIDEN(name, parameters, arguments)    \
    static void name##_plain parameters            \
    {                                              \
      name##_loop arguments;                       \
    }                                              \
    CT_WIDE static void name##_wide parameters     \
    {                                              \
      name##_loop arguments;                       \
    }                                              \
    CT_WIDEST static void name##_widest parameters \
    {                                              \
      name##_loop arguments;                       \
    }                                              \
    static void name parameters                    \
    {                                              \
      if (__builtin_cpu_supports("avx512vnni") &&  \
          __builtin_cpu_supports("avx512bw")) {    \
        name##_widest arguments;                   \
      } else if (__builtin_cpu_supports("avx2")) { \
        name##_wide arguments;                     \
      } else {                                     \
        name##_plain arguments;                    \
      }                                            \
    }
#else
#  define CT_WIDEN(name, parameters, arguments) \
    static void name parameters                 \
    {                                           \
      name##_loop arguments;                    \
    }
#endif

#endif // CT_MODEL_WIDE_H

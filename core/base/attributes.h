// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file attributes.h Words the compiler checks, for functions of core/

#ifndef CT_BASE_ATTRIBUTES_H
#define CT_BASE_ATTRIBUTES_H

#if defined(__GNUC__)
#  define CT_NODISCARD __attribute__((warn_unused_result))
#else
#  define CT_NODISCARD
#endif

/// Never allocates, locks, waits or touches a file: safe in the audio thread
#if defined(__clang__) && __clang_major__ >= 20
#  define CT_REALTIME __attribute__((nonblocking))
#else
#  define CT_REALTIME
#endif

#endif // CT_BASE_ATTRIBUTES_H

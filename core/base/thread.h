// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file thread.h A thread, a nap and a pause

#ifndef CT_BASE_THREAD_H
#define CT_BASE_THREAD_H

#include "base/attributes.h"
#include "base/status.h"

#include <pthread.h>
#include <stdint.h>

/// What a thread runs
typedef void (*CtThreadFunc)(void* handle);

/// A running thread; must stay in place until joined
typedef struct {
  pthread_t    id;     ///< Of the system
  CtThreadFunc func;   ///< What it runs
  void*        handle; ///< Passed to `func` as it is
} CtThread;

/// Start `func(handle)` in a thread of its own.
/// @thread main
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_thread_start(CtThread* thread, CtThreadFunc func, void* handle);

/// Wait for a started thread to return.  @thread main
void
ct_thread_join(CtThread* thread);

/// Sleep for about `ms` milliseconds.  @thread worker|main, never audio
void
ct_sleep_ms(uint32_t ms);

/// Sleep for about `us` microseconds.  @thread worker|main, never audio
void
ct_sleep_us(uint32_t us);

/// Tell the processor that we are spinning; no system call.  @thread any
CT_REALTIME void
ct_cpu_relax(void);

#endif // CT_BASE_THREAD_H

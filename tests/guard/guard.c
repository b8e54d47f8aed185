// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#define _GNU_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "guard.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/ucontext.h>
#include <unistd.h>

/// Different catches kept; further ones are counted
#define MAX_CATCHES 64U

#define HIDDEN __attribute__((visibility("hidden")))

// What stubs.S shares with this file

/// What the kernel and the stubs look at: whether this thread is in a section
HIDDEN extern _Thread_local volatile char guard_selector;

/// libc's own functions, in the order of calls.def; null before the first call
HIDDEN extern _Atomic(void*) guard_real[];

/// Called by a stub if there is something to do.  @return libc's function
HIDDEN void*
guard_enter(uint64_t index);

static const char* const names[] = {
#define WATCH(name) #name,
#include "calls.def"
#undef WATCH
};

#define N_CALLS (sizeof(names) / sizeof(names[0]))

_Thread_local volatile char guard_selector = SYSCALL_DISPATCH_FILTER_ALLOW;
_Atomic(void*)              guard_real[N_CALLS];

static GuardCatch     catches[MAX_CATCHES];
static size_t         n_kept;
static size_t         n_caught;
static atomic_flag    is_keeping = ATOMIC_FLAG_INIT;
static pthread_once_t prepared   = PTHREAD_ONCE_INIT;
static bool           has_kernel;
static uintptr_t      handler_exit;

/// Bytes from `handler_exit` to past its system call
static const unsigned long handler_exit_size = 16UL;

static _Thread_local bool          is_registered;
static _Thread_local struct rusage begin_usage;

/// Whether both were called the same way
static bool
is_same(const GuardCatch* const a, const GuardCatch* const b)
{
  return a->name == b->name && a->number == b->number && a->depth == b->depth &&
         !memcmp(a->way, b->way, (size_t)a->depth * sizeof(a->way[0]));
}

/// Write down what this thread does, called with the selector off
static void
keep(const char* const name, const long number)
{
  GuardCatch caught = {name, number, 1U, {NULL}, 0};
  caught.depth      = backtrace(caught.way, GUARD_MAX_DEPTH);
  while (atomic_flag_test_and_set(&is_keeping)) {
  }
  size_t at = 0U;
  while (at < n_kept && !is_same(&catches[at], &caught)) {
    ++at;
  }
  if (at < n_kept) {
    ++catches[at].n_times;
  } else if (at < MAX_CATCHES) {
    catches[n_kept++] = caught;
  }
  ++n_caught;
  atomic_flag_clear(&is_keeping);
}

static void*
real_function(const uint64_t index)
{
  void* real = atomic_load(&guard_real[index]);
  if (!real) {
    real = dlsym(RTLD_NEXT, names[index]);
    atomic_store(&guard_real[index], real);
  }
  return real;
}

void*
guard_enter(const uint64_t index)
{
  const char selector = guard_selector;
  const int  error    = errno;
  guard_selector      = SYSCALL_DISPATCH_FILTER_ALLOW;
  void* const real    = real_function(index);
  if (!real) {
    abort();
  }
  if (selector == SYSCALL_DISPATCH_FILTER_BLOCK) {
    keep(names[index], 0);
  }
  errno          = error;
  guard_selector = selector;
  return real;
}

/// Do the system call of `regs` as the kernel would have.  @return What goes
/// into rax
static greg_t
do_syscall(const greg_t* const regs)
{
  greg_t          result             = regs[REG_RAX];
  register greg_t r10 __asm__("r10") = regs[REG_R10];
  register greg_t r8 __asm__("r8")   = regs[REG_R8];
  register greg_t r9 __asm__("r9")   = regs[REG_R9];
  __asm__ volatile("syscall"
                   : "+a"(result)
                   : "D"(regs[REG_RDI]),
                     "S"(regs[REG_RSI]),
                     "d"(regs[REG_RDX]),
                     "r"(r10),
                     "r"(r8),
                     "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

static void
on_syscall(const int signal, siginfo_t* const info, void* const context)
{
  (void)signal;
  guard_selector      = SYSCALL_DISPATCH_FILTER_ALLOW;
  const int     error = errno;
  greg_t* const regs  = ((ucontext_t*)context)->uc_mcontext.gregs;
  keep(NULL, info->si_syscall);
  regs[REG_RAX]  = do_syscall(regs);
  errno          = error;
  guard_selector = SYSCALL_DISPATCH_FILTER_BLOCK;
}

/// Where a signal handler returns to: a system call that must not be caught,
/// or the handler for caught ones would never end
static uintptr_t
find_handler_exit(void)
{
  struct { // As the kernel defines it (sigaction(2), "C library/kernel
           // differences")
    void*         handler;
    unsigned long flags;
    void*         restorer;
    uint64_t      mask;
  } action = {0};
  (void)syscall(SYS_rt_sigaction, SIGSYS, NULL, &action, sizeof(action.mask));
  return (uintptr_t)action.restorer;
}

/// Let the kernel look at this thread's selector.  @return False if it cannot.
static bool
register_thread(void)
{
  return prctl(PR_SET_SYSCALL_USER_DISPATCH,
               PR_SYS_DISPATCH_ON,
               handler_exit,
               handler_exit_size,
               &guard_selector) == 0;
}

/// Let on_syscall() have what the kernel tells.  @return False if it cannot.
static bool
install_handler(void)
{
  struct sigaction action;
  memset(&action, 0, sizeof(action));
  action.sa_sigaction = on_syscall;
  action.sa_flags     = SA_SIGINFO;
  return !sigaction(SIGSYS, &action, NULL);
}

static void
prepare(void)
{
  void* way[1];
  (void)backtrace(way, 1); // The first one loads a library

  if (install_handler()) {
    handler_exit = find_handler_exit();
    has_kernel   = handler_exit && register_thread();
  }
  for (uint64_t i = 0U; i < N_CALLS; ++i) {
    (void)real_function(i);
  }
}

bool
guard_has_kernel(void)
{
  pthread_once(&prepared, prepare);
  return has_kernel;
}

void
guard_begin(void)
{
  if (!is_registered) {
    is_registered = true;
    if (guard_has_kernel() && !register_thread()) {
      abort();
    }
  }
  (void)install_handler(); // Again: cmocka sets its own before each test
  (void)getrusage(RUSAGE_THREAD, &begin_usage);
  guard_selector = SYSCALL_DISPATCH_FILTER_BLOCK;
}

GuardFaults
guard_end(void)
{
  guard_selector = SYSCALL_DISPATCH_FILTER_ALLOW;

  struct rusage usage;
  (void)getrusage(RUSAGE_THREAD, &usage);
  return (GuardFaults){usage.ru_minflt - begin_usage.ru_minflt,
                       usage.ru_majflt - begin_usage.ru_majflt};
}

size_t
guard_n_caught(void)
{
  return n_caught;
}

const GuardCatch*
guard_caught(const size_t index)
{
  return index < n_kept ? &catches[index] : NULL;
}

void
guard_print(void)
{
  for (size_t i = 0U; i < n_kept; ++i) {
    const GuardCatch* const caught = &catches[i];
    if (caught->name) {
      fprintf(stderr, "caught %s()", caught->name);
    } else {
      fprintf(stderr, "caught system call %ld", caught->number);
    }
    fprintf(stderr, ", %zu times, from\n", caught->n_times);
    fflush(stderr);
    backtrace_symbols_fd(caught->way, caught->depth, STDERR_FILENO);
  }
  fprintf(stderr, "%zu caught in all\n", n_caught);
}

void
guard_clear(void)
{
  n_kept   = 0U;
  n_caught = 0U;
}

const char*
guard_find_unknown(void)
{
  for (uint64_t i = 0U; i < N_CALLS; ++i) {
    if (!real_function(i)) {
      return names[i];
    }
  }
  return NULL;
}

void
guard_warm_up(void)
{
  static char buffer[1U << 16U];
  const int   file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    while (read(file, buffer, sizeof(buffer)) > 0) {
    }
    (void)close(file);
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file guard.h Catches what a section of code must not do in an audio thread.

   Between guard_begin() and guard_end() everything that the thread asks of
   libc (the list of calls.def) or of the kernel (any system call at all) is
   caught: written down with the way to it, and then let go on.  Other threads
   are not disturbed, and may be guarded at the same time.

   libc's half works by symbols of the same name in the program, which libraries
   find first, plugins loaded with dlopen() too.  The kernel's is Syscall User
   Dispatch (Linux 5.11; Documentation/admin-guide/syscall-user-dispatch.rst
   there).  A page fault is no system call and cannot be caught so: they are
   counted.
*/

#ifndef CONTINUO_TESTS_GUARD_H
#define CONTINUO_TESTS_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#define GUARD_MAX_DEPTH 24

/// Something that was caught, each time that it came the same way
typedef struct {
  const char* name;   ///< Of the call, or null for a system call
  long        number; ///< Of the system call
  size_t      n_times;
  void*       way[GUARD_MAX_DEPTH]; ///< Return addresses, innermost first
  int         depth;                ///< How many
} GuardCatch;

/// Page faults of a thread in a section
typedef struct {
  long n_minor; ///< Memory touched for the first time
  long n_major; ///< Memory that had to be read from a file
} GuardFaults;

/// Whether the kernel can tell of system calls.  Without it only libc's calls
/// are caught.
bool
guard_has_kernel(void);

/// Catch what this thread does from here on
void
guard_begin(void);

/// Catch no more.  @return Faults since guard_begin()
GuardFaults
guard_end(void);

// What follows is for when no section is open

/// How much was caught in all threads since the start or guard_clear()
size_t
guard_n_caught(void);

/// The `index`th of the different things that were caught, or null past the
/// last
const GuardCatch*
guard_caught(size_t index);

/// Tell what was caught on standard error.  Places are of the program or
/// library that is named, for addr2line.
void
guard_print(void);

/// Forget what was caught
void
guard_clear(void);

/// The name of the first watched call that libc does not have, or null
const char*
guard_find_unknown(void);

/// Read this program's file, so that no page of its code has still to be
/// fetched when it first runs
void
guard_warm_up(void);

#endif // CONTINUO_TESTS_GUARD_H

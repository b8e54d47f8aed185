// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file catches.c The guard catches what it is there for, and nothing else

#define _GNU_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

// Out of the compiler's sight, which may leave out calls that it knows
static void* volatile memory;
static volatile double number  = 2.0;
static volatile size_t size    = 100U;
static pthread_mutex_t mutex   = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t  cond    = PTHREAD_COND_INITIALIZER;
static pthread_once_t  once    = PTHREAD_ONCE_INIT;
static const char*     no_file = "/nonexistent/file";

static int
forget(void** state)
{
  (void)state;
  guard_clear();
  return 0;
}

static size_t
n_called(const char* name)
{
  size_t n = 0U;
  for (size_t i = 0U; guard_caught(i); ++i) {
    const GuardCatch* const caught = guard_caught(i);
    n += caught->name && !strcmp(caught->name, name) ? caught->n_times : 0U;
  }
  return n;
}

static size_t
n_system_calls(const long call)
{
  size_t n = 0U;
  for (size_t i = 0U; guard_caught(i); ++i) {
    const GuardCatch* const caught = guard_caught(i);
    n += !caught->name && caught->number == call ? caught->n_times : 0U;
  }
  return n;
}

/// Do without the kernel's half where it is missing, but not where all must run
static void
need_kernel(void)
{
  const char* const ci = getenv("CI");
  if (!guard_has_kernel()) {
    print_message("This kernel has no Syscall User Dispatch\n");
    assert_false(ci && !strcmp(ci, "true"));
    skip();
  }
}

static void
test_names(void** state)
{
  (void)state;
  const char* const unknown = guard_find_unknown();
  assert_string_equal(unknown ? unknown : "", "");
}

static void
test_memory(void** state)
{
  (void)state;
  guard_begin();
  memory = malloc(size);
  memory = realloc(memory, 200U);
  free(memory);
  memory = calloc(2U, 100U);
  free(memory);
  memory = aligned_alloc(64U, 128U);
  free(memory);
  void*     other  = NULL;
  const int result = posix_memalign(&other, 64U, 128U);
  memory           = other;
  free(memory);
  guard_end();

  assert_int_equal(result, 0);
  assert_int_equal(n_called("malloc"), 1U);
  assert_int_equal(n_called("realloc"), 1U);
  assert_int_equal(n_called("calloc"), 1U);
  assert_int_equal(n_called("aligned_alloc"), 1U);
  assert_int_equal(n_called("posix_memalign"), 1U);
  assert_int_equal(n_called("free"), 4U);
}

static void
test_hidden_memory(void** state)
{
  // What libc allocates for itself counts as well
  (void)state;
  guard_begin();
  memory = strdup(no_file);
  guard_end();
  free(memory);
  assert_int_equal(n_called("malloc"), 1U);
}

static void
do_nothing(void)
{}

static void
test_locks(void** state)
{
  (void)state;
  sem_t semaphore;
  assert_int_equal(sem_init(&semaphore, 0, 0U), 0);
  guard_begin();
  pthread_mutex_lock(&mutex);
  const int tried = pthread_mutex_trylock(&mutex);
  pthread_cond_signal(&cond);
  pthread_mutex_unlock(&mutex);
  sem_post(&semaphore);
  const int waited = sem_trywait(&semaphore);
  pthread_once(&once, do_nothing);
  guard_end();

  assert_int_equal(tried, EBUSY);
  assert_int_equal(waited, 0);
  assert_int_equal(n_called("pthread_mutex_lock"), 1U);
  assert_int_equal(n_called("pthread_mutex_trylock"), 1U);
  assert_int_equal(n_called("pthread_mutex_unlock"), 1U);
  assert_int_equal(n_called("pthread_cond_signal"), 1U);
  assert_int_equal(n_called("sem_post"), 1U);
  assert_int_equal(n_called("sem_trywait"), 1U);
  assert_int_equal(n_called("pthread_once"), 1U);
  sem_destroy(&semaphore);
}

static void
test_waits(void** state)
{
  (void)state;
  const struct timespec time = {0, 1000};
  struct timespec       now  = {0, 0};
  guard_begin();
  nanosleep(&time, NULL);
  clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
  usleep(1U);
  sched_yield();
  clock_gettime(CLOCK_MONOTONIC, &now);
  guard_end();

  assert_int_equal(n_called("nanosleep"), 1U);
  assert_int_equal(n_called("clock_nanosleep"), 1U);
  assert_int_equal(n_called("usleep"), 1U);
  assert_int_equal(n_called("sched_yield"), 1U);
  assert_int_equal(n_called("clock_gettime"), 1U);
  assert_true(now.tv_sec || now.tv_nsec);
}

static void
test_files(void** state)
{
  (void)state;
  char  text[32] = "";
  FILE* stream   = fmemopen(text, sizeof(text), "w");
  assert_non_null(stream);
  guard_begin();
  const int     file    = open(no_file, O_RDONLY);
  const int     error   = errno;
  const ssize_t written = write(-1, "", 0U);
  fprintf(stream, "%d %.2f %s", 7, number, "is told"); // Nothing is lost of it
  guard_end();
  fclose(stream);

  assert_int_equal(file, -1);
  assert_int_equal(error, ENOENT);
  assert_int_equal(written, -1);
  assert_int_equal(n_called("open"), 1U);
  assert_int_equal(n_called("write"), 1U);
  assert_int_equal(n_called("fprintf"), 1U);
  assert_string_equal(text, "7 2.00 is told");
}

static long
raw_getpid(void)
{
  long result = SYS_getpid;
  __asm__ volatile("syscall" : "+a"(result) : : "rcx", "r11", "memory");
  return result;
}

static void
test_system_calls(void** state)
{
  (void)state;
  need_kernel();
  const pid_t parent = getppid();
  guard_begin();
  const long  own    = raw_getpid(); // Past libc
  const pid_t above  = getppid();    // By a way into libc that is not watched
  const long  again  = raw_getpid();
  const int   closed = close(-1); // By one that is
  const int   error  = errno;
  guard_end();

  assert_int_equal(own, getpid());
  assert_int_equal(again, own);
  assert_int_equal(above, parent);
  assert_int_equal(closed, -1);
  assert_int_equal(error, EBADF);
  assert_int_equal(n_system_calls(SYS_getpid), 2U);
  assert_int_equal(n_system_calls(SYS_getppid), 1U);
  assert_int_equal(n_system_calls(SYS_close), 1U);
  assert_int_equal(n_called("close"), 1U);
  assert_int_equal(guard_n_caught(), 5U);
}

static void
test_way(void** state)
{
  // The way leads to here, so that a culprit can be found
  (void)state;
  guard_begin();
  memory = malloc(size);
  guard_end();
  free(memory);

  const GuardCatch* const caught = guard_caught(0U);
  const uintptr_t         here   = (uintptr_t)test_way;
  const uintptr_t         reach  = 4096U;
  bool                    leads  = false;
  assert_non_null(caught);
  for (int i = 0; i < caught->depth; ++i) {
    leads = leads || (uintptr_t)caught->way[i] - here < reach;
  }
  assert_true(leads);
}

static void
test_often(void** state)
{
  // What comes again and again leaves room for others
  (void)state;
  const int n_times = 1000;
  guard_begin();
  for (int i = 0; i < n_times; ++i) {
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
  }
  guard_end();
  assert_int_equal(n_called("pthread_mutex_lock"), n_times);
  assert_int_equal(n_called("pthread_mutex_unlock"), n_times);
  assert_int_equal(guard_n_caught(), 2 * n_times);
  assert_null(guard_caught(2U));
}

static void
test_outside(void** state)
{
  (void)state;
  guard_begin();
  number = sqrt(number) * number;
  guard_end();
  memory = malloc(size);
  free(memory);
  (void)raw_getpid();
  assert_int_equal(guard_n_caught(), 0U);
}

static void*
run_unguarded(void* handle)
{
  sem_t* const semaphores = handle;
  sem_wait(&semaphores[0]);
  memory = malloc(size);
  free(memory);
  (void)raw_getpid();
  sem_post(&semaphores[1]);
  return NULL;
}

static void
test_other_thread(void** state)
{
  // What others do meanwhile does not count
  (void)state;
  sem_t     semaphores[2];
  pthread_t thread;
  assert_int_equal(sem_init(&semaphores[0], 0, 0U), 0);
  assert_int_equal(sem_init(&semaphores[1], 0, 0U), 0);
  assert_int_equal(pthread_create(&thread, NULL, run_unguarded, semaphores), 0);

  guard_begin();
  sem_post(&semaphores[0]);
  int value = 0;
  while (!value) { // Asks no one
    sem_getvalue(&semaphores[1], &value);
  }
  guard_end();
  pthread_join(thread, NULL);
  assert_int_equal(n_called("sem_post"), 1U);
  assert_int_equal(n_called("malloc"), 0U);
  assert_int_equal(n_system_calls(SYS_getpid), 0U);
}

static void*
run_guarded(void* handle)
{
  (void)handle;
  guard_begin();
  memory = malloc(size);
  (void)raw_getpid();
  guard_end();
  free(memory);
  return NULL;
}

static void
test_any_thread(void** state)
{
  (void)state;
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, run_guarded, NULL), 0);
  pthread_join(thread, NULL);
  assert_int_equal(n_called("malloc"), 1U);
  assert_int_equal(n_system_calls(SYS_getpid), guard_has_kernel() ? 1U : 0U);
}

static void
test_faults(void** state)
{
  static const size_t n_pages = 16U;

  (void)state;
  const size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
  char* const  pages     = mmap(NULL,
                           n_pages * page_size,
                           PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS,
                           -1,
                           0);
  assert_true(pages != MAP_FAILED);
  guard_begin();
  for (size_t i = 0U; i < n_pages; ++i) {
    pages[i * page_size] = 1;
  }
  const GuardFaults faults = guard_end();
  munmap(pages, n_pages * page_size);
  assert_in_range(faults.n_minor, n_pages, SIZE_MAX);
  assert_int_equal(guard_n_caught(), 0U);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_names, forget),
    cmocka_unit_test_setup(test_memory, forget),
    cmocka_unit_test_setup(test_hidden_memory, forget),
    cmocka_unit_test_setup(test_locks, forget),
    cmocka_unit_test_setup(test_waits, forget),
    cmocka_unit_test_setup(test_files, forget),
    cmocka_unit_test_setup(test_system_calls, forget),
    cmocka_unit_test_setup(test_way, forget),
    cmocka_unit_test_setup(test_often, forget),
    cmocka_unit_test_setup(test_outside, forget),
    cmocka_unit_test_setup(test_other_thread, forget),
    cmocka_unit_test_setup(test_any_thread, forget),
    cmocka_unit_test_setup(test_faults, forget),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

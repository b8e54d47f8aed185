// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define BAR_WIDTH 40

#define NANOSECOND 1e-9

/// Seconds after which a bar is worth its place
#define DELAY_SECONDS 1.0

static double
seconds_since(const struct timespec* const start)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - start->tv_sec) +
         (NANOSECOND * (double)(now.tv_nsec - start->tv_nsec));
}

void
cli_progress_begin(CliProgress* const progress, const char* const what)
{
  progress->what       = what;
  progress->n_percent  = -1;
  progress->is_visible = false;
  clock_gettime(CLOCK_MONOTONIC, &progress->start);
}

void
cli_progress_show(void* const handle, const double done)
{
  CliProgress* const progress  = (CliProgress*)handle;
  const int          n_percent = (int)(100.0 * done);
  if (n_percent == progress->n_percent || !isatty(STDERR_FILENO) ||
      seconds_since(&progress->start) < DELAY_SECONDS) {
    return;
  }

  const int n_filled   = (int)(BAR_WIDTH * done);
  progress->n_percent  = n_percent;
  progress->is_visible = true;
  fprintf(stderr, "\r%s [", progress->what);
  for (int i = 0; i < BAR_WIDTH; ++i) {
    fputc(i < n_filled ? '#' : ' ', stderr);
  }
  fprintf(stderr, "] %3d %%", n_percent);
}

void
cli_progress_end(CliProgress* const progress)
{
  if (progress->is_visible) {
    fputs("\r\x1b[K", stderr); // Back to the margin, and erase the line
  }
}
